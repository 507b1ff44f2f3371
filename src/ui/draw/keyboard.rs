//! Drawing by keyboard: keys move a cursor over the pad and set the pen down and lift it; what happens
//! is shown by a cross and told to screen readers.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::cursor::{Cursor, Stroke};
use super::models::top;
use super::pad::Pressed;
use super::studio::Studio;
use crate::ui::css::css;
use crate::ui::format;
use crate::ui::safely::Effect;
use crate::ui::state::spoken::Topic;
use crate::ui::text::{self, draw, say};

/// A verdict must stand this long before it is told.
const REST: Duration = Duration::from_millis(900);

/// The keyboard's pen.
#[derive(Clone, Copy)]
pub struct Keyboard {
    studio: Studio,
    cursor: RwSignal<Option<Cursor>>,
    /// What the last pressing did.
    pressed: RwSignal<Pressed>,
}

impl Keyboard {
    /// A pen that is up.
    pub fn new(studio: Studio, pressed: RwSignal<Pressed>) -> Self {
        follow_verdicts(studio);
        Self { studio, cursor: RwSignal::new(None), pressed }
    }

    /// A key goes down on the pad.
    pub fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let side = self.studio.pad.with_untracked(|pad| pad.drawing().side);
        let mut cursor = self.cursor.get_untracked().unwrap_or(Cursor::middle(side));
        let Some(stroke) = cursor.key(&event.key(), event.shift_key(), side) else { return };
        event.prevent_default();
        let done = match stroke {
            Stroke::Press => self.press(&mut cursor),
            Stroke::Lift => self.lift(),
            Stroke::Move => self.draw(cursor),
        };
        self.cursor.set(Some(cursor));
        if done {
            self.tell(cursor, side);
        }
    }

    /// The focus leaves the pad: the pen goes up, the cross goes away.
    pub fn leave(self) {
        if self.cursor.get_untracked().is_some_and(|cursor| cursor.down) {
            self.lift();
        }
        self.cursor.set(None);
    }

    fn press(self, cursor: &mut Cursor) -> bool {
        let settings = self.studio.settings.get_untracked();
        let pressed =
            self.studio.change(|pad| pad.press(settings, cursor.point())).unwrap_or(Pressed::OnPhoto);
        self.pressed.set(pressed);
        if self.studio.pad.with_untracked(|pad| !pad.is_stroking()) {
            cursor.down = false;
            self.studio.keep();
        }
        let ui = self.studio.room.ui;
        let locale = ui.locale.get_untracked();
        match pressed {
            Pressed::Done => {}
            Pressed::NothingToFill => ui.voice.say(Topic::Answer, draw::nothing_to_fill(locale)),
            Pressed::OnPhoto => ui.voice.say(Topic::Answer, draw::on_photo(locale)),
        }
        pressed == Pressed::Done
    }

    fn lift(self) -> bool {
        self.studio.pad.update_untracked(|pad| pad.lift());
        self.studio.keep();
        true
    }

    fn draw(self, cursor: Cursor) -> bool {
        if cursor.down {
            self.studio.pad.update(|pad| {
                pad.draw(cursor.point());
            });
        }
        true
    }

    fn tell(self, cursor: Cursor, side: f32) {
        let ui = self.studio.room.ui;
        let locale = ui.locale.get_untracked();
        let pen = if cursor.down { say::pen_down(locale) } else { say::pen_up(locale) };
        let (across, down) = cursor.percent(side);
        ui.voice.say(Topic::Answer, say::pen_at(locale, pen, across, down));
    }
}

/// The cross over the pad; nothing until a key has been used on it.
#[component]
pub fn PenCross(keyboard: Keyboard) -> impl IntoView {
    let cross = move || {
        let cursor = keyboard.cursor.get()?;
        let side = keyboard.studio.pad.with(|pad| pad.drawing().side);
        let share = |value: f32| value / side * 100.0;
        let place = css(format!("left:{:.2}%;top:{:.2}%", share(cursor.x), share(cursor.y)));
        Some(
            view! { <i class="pen-cross" class:down=cursor.down data-testid="draw-cross" style=place aria-hidden="true"></i> },
        )
    };
    view! { {cross} }
}

/// Tells the first classifier's verdict once it has stood for a moment.
fn follow_verdicts(studio: Studio) {
    let ui = studio.room.ui;
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let tell = move || {
        let locale = ui.locale.get_untracked();
        let words = studio.verdicts.with_untracked(|all| {
            let verdict = all.first()?;
            let class = top(verdict)?;
            let share = f64::from(*verdict.probabilities.get(usize::from(class))?);
            let known =
                say::verdict(locale, text::class_name(locale, class), &format::percent(locale, share));
            let novel = (verdict.novelty > 1.0).then(|| draw::novel(locale));
            Some([known.as_str(), novel.unwrap_or_default()].join(" "))
        });
        if let Some(words) = words {
            ui.voice.say(Topic::Verdict, words.trim());
        }
    };
    Effect::new(move |_| {
        studio.verdicts.track();
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        timer.set_value(set_timeout_with_handle(tell, REST).ok());
    });
}
