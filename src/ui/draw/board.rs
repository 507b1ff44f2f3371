//! The pad's canvas under mouse, finger and pen.

use leptos::html::Canvas;
use leptos::prelude::*;
use web_sys::{DragEvent, HtmlCanvasElement, PointerEvent};

use super::keyboard::{Keyboard, PenCross};
use super::pad::Pressed;
use super::studio::Studio;
use super::{brush, keys, photo};
use crate::drawing::Point;
use crate::drawing::gray::Gray;
use crate::ui::effect::Effect;
use crate::ui::hands;
use crate::ui::latent::context_of;
use crate::ui::pointers::{Claim, Kind, Owner};
use crate::ui::safely::safely;
use crate::ui::text::{draw, say};

/// Canvas pixels on a side.
const SIZE: u32 = 672;

/// The pad.
#[component]
pub fn Board() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let canvas = NodeRef::<Canvas>::new();
    let over = RwSignal::new(false);
    let hand = Hand {
        studio,
        canvas,
        owner: StoredValue::new(Owner::default()),
        pressed: RwSignal::new(Pressed::Done),
    };
    let keyboard = Keyboard::new(studio, hand.pressed);
    repaint(studio, canvas);
    keys::follow(studio);
    photo::follow_paste(studio);
    // A pointer that goes up beside the pad is heard there where it could not be captured.
    window_event_listener(leptos::ev::pointerup, safely(move |event| hand.up(&event)));
    window_event_listener(leptos::ev::pointercancel, safely(move |event| hand.lost(&event)));
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(dropped) = event.data_transfer() {
            photo::take_dropped(studio, &dropped);
        }
    };
    let dragged = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    view! {
        <div class="board" class:over=over on:dragover=safely(dragged) on:dragleave=move |_| over.set(false) on:drop=safely(dropped)>
            <canvas node_ref=canvas width=SIZE height=SIZE data-testid="draw-canvas"
                tabindex="0" role="application" aria-label=ui.t(draw::pad) aria-describedby="draw-keys"
                on:keydown=safely(move |event| keyboard.key(&event)) on:blur=move |_| keyboard.leave()
                on:pointerdown=safely(move |event| hand.down(&event))
                on:pointermove=safely(move |event| hand.moved(&event))
                on:pointerup=safely(move |event| hand.up(&event))
                on:pointercancel=safely(move |event| hand.lost(&event))
                on:lostpointercapture=safely(move |event| hand.up(&event))
                on:touchstart=safely(hands::hold) on:touchmove=safely(hands::hold)
                on:contextmenu=safely(hands::hold_menu)></canvas>
            <PenCross keyboard />
        </div>
        <small id="draw-keys" class="visually-hidden">{ui.t(say::pad_keys)}</small>
        <Word pressed=hand.pressed />
    }
}

/// What there is to say of the pad: the trouble with a picture, why it takes no ink, how to draw.
#[component]
fn Word(pressed: RwSignal<Pressed>) -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let words = move || {
        let locale = ui.locale.get();
        match pressed.get() {
            _ if studio.coming.get() => draw::photo_coming(locale),
            _ if studio.photo.with(Option::is_some) => draw::on_photo(locale),
            Pressed::NothingToFill => draw::nothing_to_fill(locale),
            Pressed::Done | Pressed::OnPhoto => draw::pad_help(locale),
        }
    };
    let trouble = move || {
        let trouble = studio.trouble.get()?;
        let words = move || trouble.words(ui.locale.get());
        Some(view! { <p class="pad-trouble" role="alert" data-testid="error">{words}</p> })
    };
    view! {
        <small id="draw-word" data-testid="draw-word">{words}</small>
        {trouble}
    }
}

/// What pointers do on the pad: the one that began draws, a pen before a palm.
#[derive(Clone, Copy)]
struct Hand {
    studio: Studio,
    canvas: NodeRef<Canvas>,
    owner: StoredValue<Owner>,
    pressed: RwSignal<Pressed>,
}

impl Hand {
    fn down(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        let (id, kind) = (event.pointer_id(), hands::kind(event));
        match self.owner.try_update_value(|owner| owner.press(id, kind)) {
            Some(Claim::Begins) => {}
            Some(Claim::TakesOver) => self.studio.pad.update_untracked(|pad| pad.abandon()),
            Some(Claim::Refused) | None => return,
        }
        let Some(canvas) = self.canvas.get_untracked() else { return };
        hands::capture(&canvas, event);
        let at = self.points(&canvas, std::slice::from_ref(event)).remove(0);
        let settings = self.studio.settings.get_untracked();
        if let Some(pressed) = self.studio.change(|pad| pad.press(settings, at)) {
            self.pressed.set(pressed);
        }
    }

    fn moved(self, event: &PointerEvent) {
        if !self.owner.with_value(|owner| owner.owns(event.pointer_id())) {
            return;
        }
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let points = self.points(&canvas, &hands::places(event));
        let added =
            self.studio.pad.try_update_untracked(|pad| points.iter().filter(|at| pad.draw(**at)).count());
        if added.unwrap_or_default() > 0 {
            self.studio.pad.notify();
        }
    }

    fn up(self, event: &PointerEvent) {
        if self.released(event) {
            self.studio.pad.update_untracked(|pad| pad.lift());
            self.studio.keep();
        }
    }

    /// The browser takes the pointer away: it has found a palm, or needs the gesture for itself.
    fn lost(self, event: &PointerEvent) {
        if self.released(event) {
            match hands::kind(event) {
                Kind::Touch => self.studio.pad.update(|pad| pad.lose()),
                Kind::Pen | Kind::Mouse => self.studio.pad.update_untracked(|pad| pad.lift()),
            }
            self.studio.keep();
        }
    }

    fn released(self, event: &PointerEvent) -> bool {
        self.owner.try_update_value(|owner| owner.release(event.pointer_id())).unwrap_or_default()
    }

    /// Places on the pad. Only a pen's pressure means anything.
    fn points(self, canvas: &HtmlCanvasElement, events: &[PointerEvent]) -> Vec<Point> {
        let side = self.studio.pad.with_untracked(|pad| pad.drawing().usable_side());
        let within = canvas.get_bounding_client_rect();
        let share = |value: f64, of: f64| (value / of.max(1.0)) as f32 * side;
        let point = |event: &PointerEvent| {
            let (x, y) = hands::place(event, &within);
            let mut point = Point::new(share(x, within.width()), share(y, within.height()));
            if hands::kind(event) == Kind::Pen && event.pressure() > 0.0 {
                point.pressure = event.pressure();
            }
            point
        };
        events.iter().map(point).collect()
    }
}

/// Paints what is new of a stroke under way, else everything.
fn repaint(studio: Studio, canvas: NodeRef<Canvas>) {
    let painted = StoredValue::new((0usize, 0usize));
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let Some(context) = context_of(&canvas) else { return };
        studio.pad.with(|pad| {
            if let Some(photo) = pad.photo() {
                painted.set_value((0, 0));
                return show_photo(&canvas, &photo.gray);
            }
            let drawing = pad.drawing();
            let size = f64::from(SIZE);
            let now = (drawing.strokes.len(), drawing.strokes.last().map_or(0, |stroke| stroke.points.len()));
            let (strokes, points) = painted.get_value();
            match drawing.strokes.last() {
                Some(stroke) if pad.is_stroking() && now.0 == strokes && points > 0 => {
                    brush::paint_from(&context, stroke, points - 1, size / f64::from(drawing.side), size);
                }
                _ => brush::paint(&context, drawing, size),
            }
            painted.set_value(now);
        });
    });
}

/// A photograph on the pad, as large as fits.
fn show_photo(canvas: &HtmlCanvasElement, gray: &Gray) {
    let Some(context) = context_of(canvas) else { return };
    let size = f64::from(SIZE);
    context.set_fill_style_str("#808080");
    context.fill_rect(0.0, 0.0, size, size);
    let Some(picture) = super::gray::canvas_of(gray) else { return };
    let (width, height) = (f64::from(gray.width()), f64::from(gray.height()));
    let scale = size / width.max(height);
    let (width, height) = (width * scale, height * scale);
    let (left, top) = ((size - width) / 2.0, (size - height) / 2.0);
    // Copying between two canvases of this page cannot fail.
    let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(&picture, left, top, width, height);
}
