//! The frame around the steps: status bar, navigation, the fault on show.

mod announcer;
mod banners;
mod icons;
mod resume;
mod run_bar;
mod status;

use leptos::prelude::*;

pub use announcer::Announcer;
pub use banners::{ErrorBanner, Reload, SyntheticBanner};
pub use resume::{ResumeBanner, RevivalNote};
pub use status::{Header, source_name};

use super::context::Ui;
use super::prefs::Step;
use super::text::{self, Locale};
use crate::ui::safely::safely;

/// A step's name in the learner's language.
pub fn step_name(locale: Locale, step: Step) -> &'static str {
    match step {
        Step::Data => text::step_data(locale),
        Step::Autoencoder => text::step_autoencoder(locale),
        Step::Latent => text::step_latent(locale),
        Step::Classifiers => text::step_classifiers(locale),
        Step::Draw => text::step_draw(locale),
    }
}

/// The five steps: at the left, on a phone at the bottom.
#[component]
pub fn Steps() -> impl IntoView {
    let ui = Ui::get();
    let button = move |step: Step| {
        let current = move || (ui.step.get() == step).then_some("step");
        view! {
            <li>
                <button type="button" data-testid=format!("step-{}", step.name()) aria-current=current
                    on:click=safely(move |_| ui.step.set(step))>
                    {icons::step(step)}
                    <span>{move || step_name(ui.locale.get(), step)}</span>
                </button>
            </li>
        }
    };
    view! {
        <nav class="steps" aria-label=ui.t(text::steps)>
            <ol>{Step::ALL.map(button).collect_view()}</ol>
        </nav>
    }
}
