//! Boxes that scroll sideways (`.scroll`) can be scrolled by keyboard: while their content is wider than
//! they are, they take the focus. Others are no stop.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

use super::context::Ui;
use super::effect::Effect;
use super::state::Part;

/// What changes is looked at once in a while: asking for sizes makes the browser lay out the page.
const PAUSE: Duration = Duration::from_millis(250);

/// Keeps the stops right over the life of the page.
pub fn follow(ui: Ui) {
    let waiting = StoredValue::new(false);
    let look = move || {
        if !waiting.get_value() {
            waiting.set_value(true);
            set_timeout(
                move || {
                    waiting.set_value(false);
                    look_at_all();
                },
                PAUSE,
            );
        }
    };
    Effect::new(move |_| {
        ui.step.track();
        ui.locale.track();
        [Part::Runs, Part::Models, Part::Space].into_iter().for_each(|part| ui.store.read(part, |_| ()));
        look();
    });
    window_event_listener(leptos::ev::resize, move |_| look());
    request_animation_frame(move || follow_growth(look));
    // A fold's toggle does not bubble: it is heard on its way down.
    let folded = Closure::<dyn FnMut()>::new(look);
    let _ = document().add_event_listener_with_callback_and_bool(
        "toggle",
        folded.into_js_value().unchecked_ref(),
        true,
    );
}

/// Whatever appears later makes the content higher.
fn follow_growth(look: impl Fn() + 'static) {
    let Some(content) = document().get_element_by_id("content") else { return };
    let grown = Closure::<dyn FnMut()>::new(look).into_js_value();
    if let Ok(observer) = ResizeObserver::new(grown.unchecked_ref()) {
        // The observer lives as long as what it observes.
        observer.observe(&content);
    }
}

fn look_at_all() {
    let found = document().get_elements_by_class_name("scroll");
    let boxes = (0..found.length()).filter_map(|index| found.item(index));
    // Sizes first, changes after: no layout between two of them.
    let boxes: Vec<_> = boxes.map(|one| (scrolls(&one), one)).collect();
    boxes.into_iter().for_each(|(scrolls, one)| mark(&one, scrolls));
}

fn scrolls(one: &Element) -> bool {
    one.scroll_width() > one.client_width() || one.scroll_height() > one.client_height()
}

fn mark(one: &Element, scrolls: bool) {
    if one.has_attribute("tabindex") == scrolls {
        return;
    }
    // Plain attributes of an element of the page cannot fail.
    if scrolls {
        let _ = one.set_attribute("tabindex", "0");
        let _ = one.set_attribute("role", "group");
        let _ = one.set_attribute("aria-label", &name(one));
    } else {
        ["tabindex", "role", "aria-label"].into_iter().for_each(|name| {
            let _ = one.remove_attribute(name);
        });
    }
}

/// The heading of the panel that the box is in.
fn name(one: &Element) -> String {
    let panel = one.closest("section, details").ok().flatten();
    let heading = panel.and_then(|panel| panel.query_selector("h2, summary").ok().flatten());
    heading.and_then(|heading| heading.text_content()).unwrap_or_default()
}
