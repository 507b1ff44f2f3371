//! What every component needs: the state, the engines, the language, the look.

use leptos::prelude::*;

use super::keeping::handle::Keeping;
use super::link::Link;
use super::prefs::{self, Step, Theme};
use super::state::settings::AutoencoderForm;
use super::store::Store;
use super::text::Locale;
use super::voice::Voice;

/// Handles that every component shares; get it with [`Ui::get`].
#[derive(Clone, Copy)]
pub struct Ui {
    /// All that the page knows.
    pub store: Store,
    /// The engines.
    pub link: Link,
    /// The language.
    pub locale: RwSignal<Locale>,
    /// Light or dark.
    pub theme: RwSignal<Theme>,
    /// The step on show.
    pub step: RwSignal<Step>,
    /// Counts changes of colours: canvases that read them draw anew.
    pub palette: RwSignal<u32>,
    /// What screen readers are told.
    pub voice: Voice,
    /// What is kept of the work.
    pub keeping: Keeping,
    /// The autoencoder's form.
    pub form: RwSignal<AutoencoderForm>,
}

impl Ui {
    /// The handles of a new page.
    pub fn new() -> Self {
        let store = Store::new();
        Self {
            store,
            link: Link::new(store),
            locale: RwSignal::new(prefs::language()),
            theme: prefs::kept("theme"),
            step: RwSignal::new(Step::from_address()),
            palette: RwSignal::new(0),
            voice: Voice::new(),
            keeping: Keeping::new(),
            form: prefs::kept("autoencoder"),
        }
    }

    /// The handles, inside any component of the page.
    pub fn get() -> Self {
        expect_context()
    }

    /// A phrase that follows the language: `{ui.t(text::pause)}`.
    pub fn t(self, phrase: fn(Locale) -> &'static str) -> impl Fn() -> &'static str + Copy + Send + Sync {
        move || phrase(self.locale.get())
    }
}

impl Default for Ui {
    fn default() -> Self {
        Self::new()
    }
}
