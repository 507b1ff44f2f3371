//! Choosing a point: the sliders', a mean, a test garment, the drawing.

use leptos::prelude::*;

use super::decoder::Channel;
use super::picture::Picture;
use super::room::{Described, Room};
use crate::data::CLASS_COUNT;
use crate::ui::effect::Effect;
use crate::ui::text::{self, Locale, lat};

/// A choice of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pick {
    /// The mean of all data.
    Mean,
    /// The mean of a class.
    Class(u8),
    /// A test garment.
    Garment(usize),
    /// The learner's drawing.
    Drawing,
    /// Where the sliders stand, now and later.
    Sliders,
}

/// The point that was picked; `None` where there is no such garment or drawing.
pub fn point_of(room: Room, described: &Described, pick: &Pick) -> Option<Vec<f32>> {
    match pick {
        Pick::Mean => Some(described.space.mean.clone()),
        Pick::Class(class) => Some(described.class_mean(*class)),
        Pick::Garment(index) => described.garment(*index),
        Pick::Drawing => room.drawn_point.get().filter(|point| point.len() == described.size()),
        Pick::Sliders => Some(room.explorer.with(|explorer| explorer.point().to_vec())),
    }
}

/// A test garment at random.
pub fn random_index(room: Room) -> usize {
    let count = room.described.with_untracked(|d| d.as_ref().map_or(0, Described::garments));
    (random_seed() % count.max(1) as u64) as usize
}

/// A seed that nobody chose.
pub fn random_seed() -> u64 {
    (js_sys::Math::random() * 2f64.powi(53)) as u64
}

/// A list of the choices. A garment is picked at random at first.
#[component]
pub fn PickSelect(
    /// What is picked.
    #[prop(into)]
    value: Signal<Pick>,
    /// Called with a new choice.
    on_pick: Callback<Pick>,
    /// What it is for.
    label: fn(Locale) -> &'static str,
    /// `data-testid` of the list.
    testid: &'static str,
    /// Whether the sliders can be picked.
    sliders: bool,
) -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let choose = move |event: web_sys::Event| {
        let pick = match event_target_value(&event).as_str() {
            "sliders" => Pick::Sliders,
            "garment" => Pick::Garment(random_index(room)),
            "drawing" => Pick::Drawing,
            class => class.parse().map_or(Pick::Mean, Pick::Class),
        };
        on_pick.run(pick);
    };
    let class_option = move |class: u8| {
        let words = move || lat::pick_class(ui.locale.get(), text::class_name(ui.locale.get(), class));
        view! { <option value=class selected=move || value.get() == Pick::Class(class)>{words}</option> }
    };
    let undrawn = move || room.drawn.with(Option::is_none);
    view! {
        <label class="inline">
            <span>{ui.t(label)}</span>
            <select data-testid=testid on:change=choose>
                {sliders.then(|| view! {
                    <option value="sliders" selected=move || value.get() == Pick::Sliders>{ui.t(lat::pick_sliders)}</option>
                })}
                <option value="mean" selected=move || value.get() == Pick::Mean>{ui.t(lat::pick_mean)}</option>
                <option value="garment" selected=move || matches!(value.get(), Pick::Garment(_))>{ui.t(lat::pick_garment)}</option>
                <option value="drawing" disabled=undrawn title=ui.t(lat::no_drawing)
                    selected=move || value.get() == Pick::Drawing>{ui.t(lat::pick_drawing)}</option>
                {(0..CLASS_COUNT as u8).map(class_option).collect_view()}
            </select>
        </label>
    }
}

/// A choice with the picture that it decodes to.
#[component]
pub fn PointPicker(
    /// What is picked.
    value: RwSignal<Pick>,
    /// Its point, for others to read.
    point: Memo<Option<Vec<f32>>>,
    /// What it is for.
    label: fn(Locale) -> &'static str,
    /// `data-testid` of the list.
    testid: &'static str,
) -> impl IntoView {
    let room = Room::get();
    let ui = room.ui;
    let preview = Channel::new(ui.link);
    Effect::new(move |_| {
        if let Some(point) = point.get() {
            preview.decode(point);
        }
    });
    let another = move || {
        matches!(value.get(), Pick::Garment(_)).then(|| {
            let again = move |_| value.set(Pick::Garment(random_index(room)));
            view! { <button type="button" on:click=again>{ui.t(lat::another)}</button> }
        })
    };
    let missing = move || point.get().is_none().then(|| view! { <small>{ui.t(lat::no_drawing)}</small> });
    let name = Signal::derive(move || label(ui.locale.get()).to_owned());
    view! {
        <div class="picker">
            <Picture pictures=preview.pictures scale=2 label=name />
            <div>
                <PickSelect value on_pick=Callback::new(move |pick| value.set(pick)) label testid sliders=true />
                {another}
                {missing}
            </div>
        </div>
    }
}

/// The point of a choice, following space, sliders and drawing.
pub fn picked(room: Room, value: RwSignal<Pick>) -> Memo<Option<Vec<f32>>> {
    Memo::new(move |_| room.described.get().and_then(|described| point_of(room, &described, &value.get())))
}
