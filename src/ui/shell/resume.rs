//! An interrupted run on offer, and the one line about an engine that broke down under a run.

use leptos::prelude::*;

use super::icons;
use crate::protocol::{EngineKind, RunConfig, RunHead};
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::prefs::Step;
use crate::ui::safely::safely;
use crate::ui::state::resume::{Resume, Revival};
use crate::ui::state::{Part, State};
use crate::ui::text::{self, Locale};

/// The run on offer as the banner shows it.
#[derive(Clone, PartialEq)]
struct Offer {
    head: RunHead,
    wanted: bool,
    lacking: bool,
}

impl Offer {
    fn of(resume: &Resume) -> Option<Self> {
        let (wanted, lacking) = (resume.wanted, resume.lacking);
        resume.offered.as_ref().map(|kept| Self { head: kept.head.clone(), wanted, lacking })
    }

    fn words(&self, locale: Locale) -> String {
        let head = &self.head;
        if self.wanted {
            return text::resume_waiting(locale).to_owned();
        }
        if self.lacking {
            return text::resume_lacking(locale, &format::count(locale, head.train.into()));
        }
        text::resume_offer(locale, &part_of(locale, &head.config, (head.part, head.parts)))
    }
}

/// «epoch 3 of 5», or what such a run has instead.
fn part_of(locale: Locale, config: &RunConfig, (part, parts): (u32, u32)) -> String {
    match config {
        RunConfig::Autoencoder(_) | RunConfig::Experiment(_) => text::epoch_of(locale, part, parts),
        RunConfig::Study(_) => text::size_of(locale, part, parts),
        RunConfig::Labels(_) => text::training_of(locale, part, parts),
    }
}

/// What an interrupted run is, in a sentence, for eyes and ears.
pub fn offer_words(locale: Locale, resume: &Resume) -> Option<String> {
    Offer::of(resume).map(|offer| offer.words(locale))
}

/// «A training was interrupted: go on or discard.»
#[component]
pub fn ResumeBanner() -> impl IntoView {
    let ui = Ui::get();
    let offer = ui.store.memo(&[Part::Resume], |state| Offer::of(&state.resume));
    let go = move |_| {
        if let Some(offer) = offer.get_untracked() {
            ui.step.set(match offer.head.config {
                RunConfig::Autoencoder(_) => Step::Autoencoder,
                _ => Step::Classifiers,
            });
        }
        ui.link.go_on();
    };
    let words = move || offer.get().map(|offer| offer.words(ui.locale.get()));
    let wanted = move || offer.with(|offer| offer.as_ref().is_some_and(|offer| offer.wanted));
    let some = Memo::new(move |_| offer.with(Option::is_some));
    move || {
        some.get().then(|| {
            view! {
                <div class="banner offer" data-testid="resume-banner">
                    <p class="banner-text">{words}</p>
                    <div class="row">
                        <button type="button" class="primary" data-testid="resume-go" disabled=wanted on:click=safely(go)>
                            {ui.t(text::resume_go)}
                        </button>
                        <button type="button" data-testid="resume-discard" on:click=safely(move |_| ui.link.discard())>
                            {ui.t(text::resume_discard)}
                        </button>
                    </div>
                </div>
            }
        })
    }
}

fn revival_words(locale: Locale, config: &RunConfig, revival: &Revival) -> String {
    let part = part_of(locale, config, revival.part);
    match revival.moved_to {
        None => text::revived(locale, &part),
        Some(kind) => {
            let engine = if kind == EngineKind::Cpu { "CPU" } else { "GPU" };
            text::revived_elsewhere(locale, engine, &part)
        }
    }
}

/// What is said of an engine that broke down under the run at work, for eyes and ears.
pub fn revived_words(locale: Locale, state: &State) -> Option<String> {
    let revival = state.resume.revival.as_ref()?;
    Some(revival_words(locale, &state.runs.list.last()?.config, revival))
}

/// «The engine broke down and was started anew; the training goes on.»
#[component]
pub fn RevivalNote() -> impl IntoView {
    let ui = Ui::get();
    let some = ui.store.memo(&[Part::Resume], |state| state.resume.revival.clone());
    let dismiss = move |_| {
        ui.link.change(|state| {
            state.resume.revival = None;
            vec![Part::Resume]
        });
    };
    move || {
        some.get().map(|_| {
            let words = move || ui.store.peek(|state| revived_words(ui.locale.get(), state));
            view! {
                <div class="banner note" data-testid="revived">
                    <p class="banner-text">{words}</p>
                    <button type="button" class="quiet" on:click=safely(dismiss) aria-label=ui.t(text::dismiss) title=ui.t(text::dismiss)>
                        {icons::cross()}
                    </button>
                </div>
            }
        })
    }
}
