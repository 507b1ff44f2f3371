//! What is running, how far it is, and Pause / Step / Stop.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icons;
use crate::protocol::{Phase, Progress, RunConfig};
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::parts;
use crate::ui::prefs::Step;
use crate::ui::safely::safely;
use crate::ui::state::runs::{Run, RunStatus};
use crate::ui::state::{Part, State};
use crate::ui::text::{self, Locale};

/// The run under way as the bar shows it.
#[derive(Clone, PartialEq)]
struct Shown {
    what: What,
    status: RunStatus,
    total: u32,
    /// Epochs, sizes or trainings in all.
    parts: u32,
    progress: Option<Progress>,
}

/// The kinds of runs.
#[derive(Clone, Copy, PartialEq)]
enum What {
    Autoencoder,
    Experiment,
    Study,
    Labels,
}

impl What {
    fn name(self, locale: Locale) -> &'static str {
        match self {
            What::Autoencoder => text::running_autoencoder(locale),
            What::Experiment => text::running_experiment(locale),
            What::Study => text::running_study(locale),
            What::Labels => text::running_labels(locale),
        }
    }

    /// Which part of the whole is running.
    fn part(self, locale: Locale, part: u32, parts: u32) -> String {
        let phrase = match self {
            What::Autoencoder | What::Experiment => text::epoch_of,
            What::Study => text::size_of,
            What::Labels => text::training_of,
        };
        phrase(locale, part.min(parts), parts)
    }
}

impl Shown {
    fn of(run: &Run) -> Self {
        let (what, parts) = match &run.config {
            RunConfig::Autoencoder(config) => (What::Autoencoder, config.epochs),
            RunConfig::Experiment(config) => (What::Experiment, config.epochs),
            RunConfig::Study(config) => (What::Study, config.sizes.len() as u32),
            RunConfig::Labels(config) => (What::Labels, config.trainings()),
        };
        Shown { what, status: run.status, total: run.total_steps, parts, progress: run.progress.clone() }
    }

    fn words(&self, locale: Locale) -> String {
        let mut parts = vec![self.what.name(locale).to_owned()];
        match (&self.progress, self.status) {
            (_, RunStatus::Paused) => parts.push(text::paused(locale).into()),
            (None, _) => parts.push(text::starting(locale).into()),
            (Some(progress), _) => {
                parts.push(phase(locale, progress.phase).into());
                parts.push(text::time_left(locale, &format::duration(progress.seconds_left)));
            }
        }
        if let Some(progress) = &self.progress {
            parts.insert(1, self.what.part(locale, progress.epoch, self.parts));
        }
        parts.join(" · ")
    }
}

fn phase(locale: Locale, phase: Phase) -> &'static str {
    match phase {
        Phase::Training => text::phase_training(locale),
        Phase::Validation => text::phase_validation(locale),
        Phase::Test => text::phase_test(locale),
    }
}

/// The last run: its figures stay on the bar after its end.
fn last(state: &State) -> Option<Progress> {
    state.runs.list.last().and_then(|run| run.progress.clone())
}

/// The bar's part for runs.
#[component]
pub fn RunBar() -> impl IntoView {
    let ui = Ui::get();
    let shown = ui.store.memo(&[Part::Runs], |state| state.runs.active().map(Shown::of));
    let last = ui.store.memo(&[Part::Runs], last);
    let words = move || match shown.get() {
        Some(shown) => shown.words(ui.locale.get()),
        None => text::idle(ui.locale.get()).to_owned(),
    };
    let step = move || last.get().map_or(0, |progress| progress.step);
    let total = move || {
        shown.get().map_or(0, |shown| shown.total).max(last.get().map_or(1, |p| p.total_steps)).max(1)
    };
    view! {
        <div class="run-bar">
            <div class="run-what">
                <span data-testid="run-words">{words}</span>
                <progress data-testid="run-progress" aria-label=ui.t(text::progress)
                    max=total value=step aria-valuetext=words
                    data-step=step
                    data-epoch=move || last.get().map_or(0, |progress| progress.epoch)
                    data-images-per-second=move || last.get().map_or(0.0, |progress| progress.images_per_second.round())
                ></progress>
            </div>
            <RunButtons />
        </div>
    }
}

#[component]
fn RunButtons() -> impl IntoView {
    let ui = Ui::get();
    let status = ui.store.memo(&[Part::Runs], |state| state.runs.active().map(|run| run.status));
    let paused = move || status.get() == Some(RunStatus::Paused);
    let label = move || if paused() { text::resume(ui.locale.get()) } else { text::pause(ui.locale.get()) };
    let none = move || status.get().is_none();
    view! {
        <div class="run-buttons" role="group">
            <button type="button" data-testid="run-pause" disabled=none title=label
                on:click=safely(move |_| ui.link.toggle_pause())>
                {move || if paused() { icons::play().into_any() } else { icons::pause().into_any() }}
                <span>{label}</span>
            </button>
            <button type="button" data-testid="run-step" title=ui.t(text::step_title)
                disabled=move || !paused() && !none() || none() && !startable(ui)
                on:click=safely(move |_| step(ui, none()))>
                {icons::step_forward()}
                <span>{ui.t(text::step)}</span>
            </button>
            <button type="button" data-testid="run-stop" disabled=none title=ui.t(text::stop)
                on:click=safely(move |_| ui.link.stop())>
                {icons::stop()}
                <span>{ui.t(text::stop)}</span>
            </button>
        </div>
    }
}

fn startable(ui: Ui) -> bool {
    ui.store.read(Part::Data, |state| state.data.trainable())
}

/// One batch of the run under way; where there is none, of a new autoencoder, which stays paused.
fn step(ui: Ui, none: bool) {
    if !none {
        return ui.link.step();
    }
    spawn_local(async move {
        // The step itself says that its part is missing, and tries again.
        if parts::begin_paused(ui).await.is_err() {
            ui.step.set(Step::Autoencoder);
        }
    });
}
