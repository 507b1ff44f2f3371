//! The garment under the pointer, beside it.

use std::sync::Arc;

use leptos::prelude::*;

use super::Plane;
use crate::protocol::{LatentCommand, LatentEvent, Pictures};
use crate::ui::css::css;
use crate::ui::latent::picture::Picture;
use crate::ui::safely::Effect;
use crate::ui::text;

/// The tip; nothing while no garment is under the pointer.
#[component]
pub fn Tip(plane: Plane) -> impl IntoView {
    let ui = plane.room.ui;
    let picture = RwSignal::new(None::<Arc<Pictures>>);
    Effect::new(move |_| {
        let Some(index) = plane.hover.get() else { return picture.set(None) };
        let take = move |event| {
            if let LatentEvent::Garments { pictures, .. } = event
                && plane.hover.try_get_untracked() == Some(Some(index))
            {
                picture.set(Some(Arc::new(pictures)));
            }
        };
        ui.link.ask_latent(|request| LatentCommand::Garments { request, indices: vec![index as u32] }, take);
    });
    let dot = Memo::new(move |_| plane.dots.get().get(plane.hover.get()?).copied());
    let style = move || {
        let (view, dot) = (plane.view.get()?, dot.get()?);
        let (x, y) = view.to_pixel((dot.x, dot.y));
        let density = plane.density.get();
        let side = if x > view.size.0 / 2.0 { "transform:translateX(calc(-100% - 24px));" } else { "" };
        Some(css(format!("left:{}px;top:{}px;{side}", x / density + 12.0, (y / density - 32.0).max(0.0))))
    };
    let name = move || dot.get().map(|dot| text::class_name(ui.locale.get(), dot.class));
    let label = Signal::derive(move || name().unwrap_or_default().to_owned());
    view! {
        <div class="map-tip" style=style hidden=move || picture.with(Option::is_none)>
            <Picture pictures=picture scale=3 label />
            <span>{name}</span>
        </div>
    }
}
