//! A choice between a few named values.

use leptos::prelude::*;

use crate::ui::context::Ui;
use crate::ui::safely::safely;
use crate::ui::text::Locale;

/// A value to choose, its name in the page and its words.
pub type Choice<T> = (T, &'static str, fn(Locale) -> &'static str);

/// A labelled list of choices.
#[component]
pub fn Switch<T: Copy + PartialEq + Send + Sync + 'static>(
    /// `data-testid` of the list.
    testid: &'static str,
    /// What it is called.
    label: fn(Locale) -> &'static str,
    /// What is chosen.
    #[prop(into)]
    value: Signal<T>,
    /// Takes what the learner chooses.
    choose: Callback<T>,
    /// What there is to choose.
    options: &'static [Choice<T>],
) -> impl IntoView {
    let ui = Ui::get();
    let change = move |event| {
        let chosen = event_target_value(&event);
        if let Some((option, ..)) = options.iter().find(|(_, name, _)| *name == chosen) {
            choose.run(*option);
        }
    };
    let name = move || options.iter().find(|(which, ..)| value.get() == *which).map(|(_, name, _)| *name);
    let option = move |(which, name, label): &Choice<T>| {
        let (which, name, label) = (*which, *name, *label);
        view! { <option value=name selected=move || value.get() == which>{ui.t(label)}</option> }
    };
    view! {
        <label class="inline">{ui.t(label)}" "
            <select data-testid=testid prop:value=name on:change=safely(change)>{options.iter().map(option).collect_view()}</select>
        </label>
    }
}
