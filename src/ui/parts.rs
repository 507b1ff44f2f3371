//! The steps as parts of the page that are fetched when they are needed: `cargo xtask build` splits the
//! page's wasm file at the functions marked `wasm_split`, and what only they use goes with them.

// The macro declares the foreign functions by which the parts are reached.
#![allow(unsafe_code)]

use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::File;

use super::context::Ui;
use super::link::fetch;
use super::prefs::Step;
use super::safely::{Effect, safely};
use super::shell::Reload;
use super::state::{self, engines::Health, spoken::Topic};
use super::{autoencoder, classifiers, data_step, draw, keeping, latent, offline, text};
use crate::protocol::RunConfig;

#[wasm_split(autoencoder, fallible, preload(fetch_autoencoder))]
fn autoencoder_step() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <autoencoder::AutoencoderStep /> }.into_any())
}

/// Begins an autoencoder that stays paused after its first batch; what reads its form is part of that step.
#[wasm_split(autoencoder, fallible)]
pub fn begin_paused(ui: Ui) -> Result<(), SplitLoaderError> {
    if let Ok(config) = ui.form.with_untracked(|form| form.config()) {
        ui.link.start(RunConfig::Autoencoder(config), true);
    }
    ui.link.step();
    Ok(())
}

#[wasm_split(latent, fallible, preload(fetch_latent))]
fn latent_step() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <latent::LatentStep /> }.into_any())
}

#[wasm_split(classifiers, fallible, preload(fetch_classifiers))]
fn classifiers_step() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <classifiers::ClassifiersStep /> }.into_any())
}

#[wasm_split(draw, fallible, preload(fetch_draw))]
fn draw_step() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <draw::DrawStep /> }.into_any())
}

#[wasm_split(offline, fallible)]
fn offline_part() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <offline::Offline /> }.into_any())
}

/// How long the page rests, once there is something to train on and no run at work, before it is kept for days
/// without a network.
const STILL: Duration = Duration::from_secs(3);

/// What keeps the page offline and tells of new versions: nobody waits for it, so it comes last, when the first
/// visit has all that it needs. Nor does a training wait: reading, checking and keeping every file takes time from its
/// cores, and some 20 MB.
#[component]
pub fn Offline() -> impl IntoView {
    let ui = Ui::get();
    let rests = ui.store.memo(&[state::Part::Data, state::Part::Runs], |state| {
        state.data.trainable() && state.runs.at_work().is_none()
    });
    let view = RwSignal::new_local(None::<AnyView>);
    let owner = Owner::current().expect("a component has an owner");
    let fetch = move || {
        ScopedFuture::new_untracked(async move {
            // Not fetched, the page is kept at the next visit.
            view.set(offline_part().await.ok());
        })
    };
    let asked = StoredValue::new(false);
    Effect::new(move |_| {
        if !rests.get() {
            return;
        }
        let owner = owner.clone();
        let still = move || {
            if rests.get_untracked() && !asked.get_value() {
                asked.set_value(true);
                spawn_local(owner.with(fetch));
            }
        };
        set_timeout(still, STILL);
    });
    move || {
        view.track();
        view.try_update_untracked(Option::take).flatten()
    }
}

/// Brings the kept work back, and keeps it from now on.
#[wasm_split(work, fallible)]
fn begin_keeping(ui: Ui) -> Result<(), SplitLoaderError> {
    keeping::begin(ui);
    Ok(())
}

#[wasm_split(work, fallible)]
fn work_panel() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <keeping::Panel /> }.into_any())
}

/// Opens a file of the whole work.
#[wasm_split(work, fallible)]
pub fn open_work(ui: Ui, file: File) -> Result<(), SplitLoaderError> {
    keeping::open(ui, file);
    Ok(())
}

async fn step_view(step: Step) -> Result<AnyView, SplitLoaderError> {
    match step {
        Step::Data => Ok(view! { <data_step::DataStep /> }.into_any()),
        Step::Autoencoder => autoencoder_step().await,
        Step::Latent => latent_step().await,
        Step::Classifiers => classifiers_step().await,
        Step::Draw => draw_step().await,
    }
}

/// Fetches the parts before they are asked for: the one that works without data as soon as the engine
/// is there, the others when the data no longer needs the line.
pub fn fetch_ahead(ui: Ui) {
    let ready = ui.store.memo(&[state::Part::Engines], |state| state.engines.cpu.health == Health::Ready);
    let trainable = ui.store.memo(&[state::Part::Data], |state| state.data.trainable());
    // A part that cannot be had now is asked for again, and missed, when its step is visited.
    Effect::new(move |_| {
        if ready.get() {
            spawn_local(async { drop(fetch_draw().await) });
        }
    });
    Effect::new(move |_| {
        if trainable.get() {
            spawn_local(async {
                drop(fetch_latent().await);
                drop(fetch_autoencoder().await);
                drop(fetch_classifiers().await);
            });
        }
    });
}

/// How long a part that could not be fetched rests until it is asked for again.
const REST: Duration = Duration::from_secs(15);

/// The learner's work at the foot of the page: fetched once the engine is there, so that nothing waits for it.
#[component]
pub fn Work() -> impl IntoView {
    let ui = Ui::get();
    let there = RwSignal::new(false);
    let fetched = StoredValue::new_local(None::<AnyView>);
    let tries = RwSignal::new(0);
    let ready = ui.store.memo(&[state::Part::Engines], |state| {
        matches!(state.engines.cpu.health, Health::Ready | Health::Failed(_))
    });
    let owner = Owner::current().expect("a component has an owner");
    let fetch = move || {
        ScopedFuture::new_untracked(async move {
            match (work_panel().await, begin_keeping(ui).await) {
                (Ok(view), Ok(())) => {
                    fetched.set_value(Some(view));
                    there.set(true);
                }
                _ => set_timeout(move || tries.update(|tries| *tries += 1), REST),
            }
        })
    };
    Effect::new(move |_| {
        tries.track();
        if ready.get() && !there.get_untracked() {
            spawn_local(owner.with(fetch));
        }
    });
    move || there.get().then(|| fetched.try_update_value(Option::take).flatten())
}

/// How far a step is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Fetching,
    There,
    Missing,
    /// Gone with the release that this page is of.
    Gone,
}

/// A step: fetched, then shown; where it cannot be fetched, this is said and can be tried again.
#[component]
pub fn Part(step: Step) -> impl IntoView {
    let progress = RwSignal::new(Progress::Fetching);
    let fetched = StoredValue::new_local(None::<AnyView>);
    // What the step creates belongs to this component, not to one run of the effect.
    let owner = Owner::current().expect("a component has an owner");
    let fetch = move || {
        ScopedFuture::new_untracked(async move {
            let view = fetch::within(fetch::PATIENCE, step_view(step)).await.and_then(Result::ok);
            let now = match &view {
                Some(_) => Progress::There,
                None if fetch::release_is_gone().await => Progress::Gone,
                None => Progress::Missing,
            };
            fetched.set_value(view);
            progress.set(now);
        })
    };
    let ui = Ui::get();
    Effect::new(move |_| match progress.get() {
        Progress::Fetching => spawn_local(owner.with(fetch)),
        Progress::There => {}
        Progress::Missing => ui.voice.say(Topic::Fault, text::part_missing(ui.locale.get_untracked())),
        Progress::Gone => ui.voice.say(Topic::Fault, text::part_gone(ui.locale.get_untracked())),
    });
    move || match progress.get() {
        Progress::Fetching => view! { <p class="empty">{Ui::get().t(text::part_loading)}</p> }.into_any(),
        Progress::There => fetched.try_update_value(Option::take).flatten().into_any(),
        Progress::Missing => missing(move || progress.set(Progress::Fetching)).into_any(),
        Progress::Gone => gone().into_any(),
    }
}

fn gone() -> impl IntoView {
    view! {
        <div class="empty" data-testid="part-gone">
            <p>{Ui::get().t(text::part_gone)}</p>
            <Reload />
        </div>
    }
}

fn missing(again: impl Fn() + 'static) -> impl IntoView {
    let ui = Ui::get();
    view! {
        <div class="empty">
            <p>{ui.t(text::part_missing)}</p>
            <button type="button" data-testid="part-again" on:click=safely(move |_| again())>{ui.t(text::part_again)}</button>
        </div>
    }
}
