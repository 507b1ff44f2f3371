//! The study's settings: latent sizes, epochs, images.

use leptos::prelude::*;

use crate::protocol::RunConfig;
use crate::ui::context::Ui;
use crate::ui::prefs;
use crate::ui::state::comparison_form::{self as settings, StudyForm};
use crate::ui::state::settings::Field;
use crate::ui::text::{Locale, ae, clf};
use crate::ui::widgets::{NumberField, StartRow};

/// How a field reads and writes the form.
type Lens = fn(&mut StudyForm) -> &mut String;
/// A phrase.
type Phrase = fn(Locale) -> &'static str;

const FIELDS: [(Field, Phrase, Phrase, Lens); 3] = [
    (settings::STUDY_SIZES, clf::study_sizes, clf::study_sizes_help, |form| &mut form.sizes),
    (settings::STUDY_EPOCHS, ae::epochs, ae::epochs_help, |form| &mut form.epochs),
    (settings::STUDY_LIMIT, ae::limit, ae::limit_help, |form| &mut form.limit),
];

/// The form.
#[component]
pub fn Settings() -> impl IntoView {
    let ui = Ui::get();
    let form: RwSignal<StudyForm> = prefs::kept("study");
    let faults = Memo::new(move |_| form.with(|form| form.config().err().unwrap_or_default()));
    let blocked = Signal::derive(move || faults.with(|faults| !faults.is_empty()));
    let field = move |(field, label, help, lens): (Field, Phrase, Phrase, Lens)| {
        let value = Signal::derive(move || form.with(|form| lens(&mut form.clone()).clone()));
        let on_input = move |text: String| form.update(|form| *lens(form) = text);
        let placeholder: Phrase = if field.optional { ae::limit_all } else { |_| "" };
        view! { <NumberField field label help placeholder value on_input faults /> }
    };
    let start = Callback::new(move |()| {
        if let Ok(config) = form.with_untracked(StudyForm::config) {
            ui.link.start(RunConfig::Study(config), false);
        }
    });
    view! {
        <div class="fields three">{FIELDS.map(field).collect_view()}</div>
        <StartRow testid="study-start" phrase=clf::study_start blocked start
            defaults=Callback::new(move |()| form.set(StudyForm::default())) />
    }
}
