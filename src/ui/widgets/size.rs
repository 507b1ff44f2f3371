//! The width an element has, as a signal.

use crate::ui::effect::Effect;
use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{ResizeObserver, ResizeObserverEntry};

/// The width in CSS pixels of an element, kept up to date; 0 while it is hidden or not there.
pub fn width_of<E>(node: NodeRef<E>) -> ReadSignal<f64>
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<web_sys::Element> + 'static,
{
    let (width, set_width) = signal(0.0);
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut(js_sys::Array)>)>);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let observe = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            for entry in entries.iter() {
                let found = entry.unchecked_into::<ResizeObserverEntry>().content_rect().width();
                if (found - width.get_untracked()).abs() >= 1.0 {
                    // Not at once: what is drawn for the new width would change sizes inside the
                    // browser's own round of telling them, which it reports as an error.
                    request_animation_frame(move || set_width.set(found));
                }
            }
        });
        let element: &web_sys::Element = element.as_ref();
        match ResizeObserver::new(observe.as_ref().unchecked_ref()) {
            Ok(made) => {
                made.observe(element);
                observer.set_value(Some((made, observe)));
            }
            // Without an observer the width is at least right once.
            Err(_) => set_width.set(element.client_width().into()),
        }
    });
    on_cleanup(move || {
        if let Some(Some((made, _))) = observer.try_update_value(Option::take) {
            made.disconnect();
        }
    });
    width
}
