//! The reasons: influential pixels, the autoencoder's view, the nearest garments, the way to the map.

use std::sync::Arc;
use std::time::Duration;

use leptos::html::Canvas;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::gray::paint_rgba;
use super::models::{CLASSIFIERS, name};
use super::studio::Studio;
use crate::data::{CLASS_COUNT, IMAGE_SIDE};
use crate::protocol::{DrawingCommand, DrawingEvent, ModelSlot, Pictures};
use crate::ui::latent::{Nearest, Picture};
use crate::ui::newest::Newest;
use crate::ui::prefs::Step;
use crate::ui::safely::{Effect, safely};
use crate::ui::text::{self, draw};

/// A drawing must stand this long before the reasons are asked for.
const REST: Duration = Duration::from_millis(250);
/// Orange speaks for, blue against (safe for the colour-blind).
const INKS: [[f32; 3]; 2] = [[238.0, 119.0, 51.0], [60.0, 150.0, 230.0]];

/// An answer of the engine.
#[derive(Clone, PartialEq)]
struct Reasons {
    class: u8,
    influence: Vec<f32>,
    seen: Vec<u8>,
    reconstruction: Option<Arc<Pictures>>,
    latent: Option<Vec<f32>>,
}

/// The reasons of one classifier.
#[component]
pub fn Why() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let slot = RwSignal::new(ModelSlot::Shipped);
    let class = RwSignal::new(None::<u8>);
    let reasons = RwSignal::new(None::<Reasons>);
    follow(studio, slot, class, reasons);
    let some = move || reasons.with(Option::is_some);
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move |_| {
        if let (Some(canvas), Some(reasons)) = (canvas.get(), reasons.get()) {
            let side = IMAGE_SIDE as u32;
            paint_rgba(&canvas, side, side, &influence(&reasons));
        }
    });
    let about = move || {
        let name = reasons.with(|r| r.as_ref().map(|r| text::class_name(ui.locale.get(), r.class)));
        draw::influence(ui.locale.get(), name.unwrap_or_default())
    };
    let reconstruction =
        Signal::derive(move || reasons.with(|r| r.as_ref().and_then(|r| r.reconstruction.clone())));
    let point = Signal::derive(move || reasons.with(|r| r.as_ref().and_then(|r| r.latent.clone())));
    let go = move |_| {
        if let Some(point) = point.get_untracked() {
            studio.room.go_to(&point);
            ui.step.set(Step::Latent);
        }
    };
    view! {
        <section class="panel">
            <h2>{ui.t(draw::why)}</h2>
            <Choice model=slot class />
            <p class="empty" hidden=some>{ui.t(draw::why_empty)}</p>
            <div class="reasons" hidden=move || !some()>
                <figure>
                    <canvas class="picture why" node_ref=canvas data-testid="draw-influence" role="img" aria-label=about></canvas>
                    <figcaption>{about}<small>{ui.t(draw::influence_note)}</small></figcaption>
                </figure>
                <figure hidden=move || reconstruction.with(Option::is_none)>
                    <Picture pictures=reconstruction scale=5 testid="draw-reconstruction"
                        label=Signal::derive(move || draw::reconstruction(ui.locale.get()).to_owned()) />
                    <figcaption>{ui.t(draw::reconstruction)}</figcaption>
                </figure>
                <div class="reasons-near" hidden=move || point.with(Option::is_none)>
                    <h3>{ui.t(draw::nearest)}</h3>
                    <Nearest point testid="draw-neighbours" />
                    <button type="button" data-testid="draw-to-latent" on:click=safely(go)>{ui.t(draw::to_latent)}</button>
                </div>
            </div>
        </section>
    }
}

#[component]
fn Choice(model: RwSignal<ModelSlot>, class: RwSignal<Option<u8>>) -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let there = Memo::new(move |_| {
        studio.verdicts.with(|all| all.iter().map(|verdict| verdict.slot).collect::<Vec<_>>())
    });
    let choose_slot = move |event: web_sys::Event| {
        let chosen = event_target_value(&event);
        if let Some(found) = CLASSIFIERS.iter().find(|one| one.name() == chosen) {
            model.set(*found);
        }
    };
    let choose_class = move |event: web_sys::Event| class.set(event_target_value(&event).parse().ok());
    let slots = move || {
        let option = |one: ModelSlot| {
            view! { <option value=one.name() selected=move || model.get() == one>{name(ui.locale.get(), one)}</option> }
        };
        CLASSIFIERS
            .into_iter()
            .filter(|one| there.with(|there| there.contains(one)))
            .map(option)
            .collect_view()
    };
    let option = move |class: u8| view! { <option value=class>{move || text::class_name(ui.locale.get(), class)}</option> };
    view! {
        <div class="row" hidden=move || there.with(Vec::is_empty)>
            <label class="inline"><span>{ui.t(draw::why_of)}</span>
                <select data-testid="draw-why-model" on:change=safely(choose_slot)>{slots}</select></label>
            <label class="inline"><span>{ui.t(draw::why_class)}</span>
                <select data-testid="draw-why-class" on:change=safely(choose_class)>
                    <option value="">{ui.t(draw::why_verdict)}</option>
                    {(0..CLASS_COUNT as u8).map(option).collect_view()}
                </select></label>
        </div>
    }
}

/// Asks for reasons whenever picture, classifier or class have rested for a moment.
fn follow(
    studio: Studio,
    slot: RwSignal<ModelSlot>,
    class: RwSignal<Option<u8>>,
    reasons: RwSignal<Option<Reasons>>,
) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let newest = Newest::new();
    let judged = Memo::new(move |_| {
        studio.verdicts.with(|all| {
            let there = |wanted: ModelSlot| all.iter().any(|verdict| verdict.slot == wanted);
            there(slot.get()).then(|| slot.get()).or_else(|| all.first().map(|verdict| verdict.slot))
        })
    });
    Effect::new(move |_| {
        let (seen, chosen, class) = (studio.room.drawn.get(), judged.get(), class.get());
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let wanted = newest.begin();
        let (Some(seen), Some(slot)) = (seen, chosen) else { return reasons.set(None) };
        // A late answer to an old question is dropped.
        let take = move |found| {
            if wanted() {
                reasons.set(Some(found));
            }
        };
        timer.set_value(set_timeout_with_handle(move || ask(studio, &seen, slot, class, take), REST).ok());
    });
}

fn ask(
    studio: Studio,
    seen: &Arc<Vec<u8>>,
    slot: ModelSlot,
    class: Option<u8>,
    found: impl FnOnce(Reasons) + 'static,
) {
    let (seen, picture) = (seen.to_vec(), Pictures { pixels: seen.to_vec(), labels: Vec::new() });
    let take = move |event| {
        if let DrawingEvent::Explanation { class, influence, reconstruction, latent, .. } = event {
            found(Reasons {
                class,
                influence,
                seen,
                reconstruction: (!reconstruction.is_empty()).then(|| Arc::new(reconstruction)),
                latent: (!latent.is_empty()).then_some(latent),
            });
        }
    };
    studio
        .room
        .ui
        .link
        .ask_drawing(|request| DrawingCommand::Explain { request, picture, slot, class }, take);
}

/// The picture in dark grey with the influence over it, strongest at full colour.
fn influence(reasons: &Reasons) -> Vec<u8> {
    let most = reasons.influence.iter().fold(f32::MIN_POSITIVE, |most, value| most.max(value.abs()));
    let pixel = |(&value, &seen): (&f32, &u8)| {
        let strength = (value.abs() / most).clamp(0.0, 1.0).sqrt();
        let ground = f32::from(seen) * 0.45;
        let ink = INKS[usize::from(value < 0.0)];
        let mix = ink.map(|ink| (ground + (ink - ground) * strength) as u8);
        [mix[0], mix[1], mix[2], 255]
    };
    reasons.influence.iter().zip(&reasons.seen).flat_map(pixel).collect()
}
