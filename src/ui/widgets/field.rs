//! A number's field with its label, help, and the fault at the field itself.

use leptos::prelude::*;

use crate::protocol::Fault;
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::safely::safely;
use crate::ui::state::settings::Field;
use crate::ui::text::{self, Locale};

/// The range of a field that is out of it, in the learner's words.
pub fn fault_of(locale: Locale, field: Field, faults: &[Fault]) -> Option<String> {
    let (min, max) = faults.iter().find_map(|fault| match fault {
        Fault::Setting { field: name, min, max } if name == field.name => Some((*min, *max)),
        _ => None,
    })?;
    let number = |value: f64| {
        if field.whole { format::count(locale, value as u64) } else { format::exact(locale, value) }
    };
    let phrase = if field.whole { text::ae::range_whole } else { text::ae::range };
    Some(phrase(locale, &number(min), &number(max)))
}

/// A number's field; its `data-testid` and `id` are the field's name.
#[component]
pub fn NumberField(
    /// Name and range.
    field: Field,
    /// What it is called.
    label: fn(Locale) -> &'static str,
    /// What it means.
    help: fn(Locale) -> &'static str,
    /// Shown while it is empty.
    #[prop(optional)]
    placeholder: Option<fn(Locale) -> &'static str>,
    /// The text in it.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what is typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// The faults of the form.
    #[prop(into)]
    faults: Signal<Vec<Fault>>,
) -> impl IntoView {
    let ui = Ui::get();
    // Typed with the language's decimal sign; a point is understood as well.
    let shown = move || match field.whole {
        true => value.get(),
        false => format::signed(ui.locale.get(), &value.get()),
    };
    let wrong = move || faults.with(|faults| fault_of(ui.locale.get(), field, faults));
    let help_id = format!("{}-help", field.name);
    let described = help_id.clone();
    view! {
        <div class="field" class:wrong=move || wrong().is_some()>
            <label for=field.name>{ui.t(label)}</label>
            <input id=field.name data-testid=field.name type="text" autocomplete="off"
                inputmode=if field.whole { "numeric" } else { "decimal" }
                placeholder=move || placeholder.map(|phrase| phrase(ui.locale.get()))
                aria-describedby=described
                aria-invalid=move || wrong().map(|_| "true")
                prop:value=shown
                on:input=safely(move |event| on_input.run(event_target_value(&event))) />
            <small id=help_id>{move || wrong().unwrap_or_else(|| help(ui.locale.get()).to_owned())}</small>
        </div>
    }
}
