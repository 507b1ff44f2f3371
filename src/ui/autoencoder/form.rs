//! The autoencoder's settings, each with its range at the field, and Start.

use leptos::prelude::*;

use crate::protocol::RunConfig;
use crate::ui::context::Ui;
use crate::ui::state::Part;
use crate::ui::state::settings::{self, AutoencoderForm, Field};
use crate::ui::text::{Locale, ae};
use crate::ui::widgets::{NumberField, StartRow};

/// How a field reads and writes the form.
type Lens = fn(&mut AutoencoderForm) -> &mut String;
/// A phrase.
type Phrase = fn(Locale) -> &'static str;

const FIELDS: [(Field, Phrase, Phrase, Lens); 6] = [
    (settings::LATENT, ae::latent, ae::latent_help, |form| &mut form.latent),
    (settings::EPOCHS, ae::epochs, ae::epochs_help, |form| &mut form.epochs),
    (settings::BATCH, ae::batch, ae::batch_help, |form| &mut form.batch),
    (settings::RATE, ae::rate, ae::rate_help, |form| &mut form.rate),
    (settings::SEED, ae::seed, ae::seed_help, |form| &mut form.seed),
    (settings::LIMIT, ae::limit, ae::limit_help, |form| &mut form.limit),
];

/// The form.
#[component]
pub fn Settings() -> impl IntoView {
    let ui = Ui::get();
    let shown = ui.store.memo(&[Part::Error], |state| state.errors.faults());
    let own = Memo::new(move |_| ui.form.with(|form| form.config().err().unwrap_or_default()));
    let faults = Signal::derive(move || own.get().into_iter().chain(shown.get()).collect::<Vec<_>>());
    let field = move |(field, label, help, lens): (Field, Phrase, Phrase, Lens)| {
        let value = Signal::derive(move || ui.form.with(|form| lens(&mut form.clone()).clone()));
        let on_input = move |text: String| ui.form.update(|form| *lens(form) = text);
        view! { <NumberField field label help placeholder=if field.optional { ae::limit_all } else { |_| "" } value on_input faults /> }
    };
    let blocked = Signal::derive(move || own.with(|faults| !faults.is_empty()));
    view! {
        <section class="panel settings">
            <h2>{ui.t(ae::settings)}</h2>
            <div class="fields">{FIELDS.map(field).collect_view()}</div>
            <StartRow testid="ae-start" phrase=ae::start blocked start=Callback::new(move |()| start(ui))
                defaults=Callback::new(move |()| ui.form.set(AutoencoderForm::default())) />
        </section>
    }
}

fn start(ui: Ui) {
    if let Ok(config) = ui.form.with_untracked(AutoencoderForm::config) {
        ui.link.start(RunConfig::Autoencoder(config), false);
    }
}
