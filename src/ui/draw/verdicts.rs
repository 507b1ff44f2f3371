//! What each classifier says: ten probabilities side by side.

use leptos::prelude::*;

use super::models::{CLASSIFIERS, name, top};
use super::studio::{Stages, Studio};
use crate::data::CLASS_COUNT;
use crate::protocol::ModelSlot;
use crate::ui::css::css;
use crate::ui::format;
use crate::ui::state::Part;
use crate::ui::state::engines::Health;
use crate::ui::text::{self, draw};

/// All verdicts; the messages where there are none.
#[component]
pub fn Verdicts() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let blank = move || studio.stages.with(|stages| *stages == Stages::Blank);
    let none =
        ui.store.memo(&[Part::Models], |state| CLASSIFIERS.iter().all(|slot| state.model(*slot).is_none()));
    let loading = ui
        .store
        .memo(&[Part::Engines], |state| matches!(state.engines.cpu.health, Health::Absent | Health::Loading));
    let word = move || match (none.get(), loading.get()) {
        (true, true) => text::waits_for_engine(ui.locale.get()),
        (true, false) => draw::no_classifier(ui.locale.get()),
        _ => draw::blank(ui.locale.get()),
    };
    let words = move || {
        studio
            .latency
            .get()
            .filter(|_| !blank() && !none.get())
            .map(|time| draw::latency(ui.locale.get(), &format!("{time:.0}")))
    };
    view! {
        <section class="panel" data-testid="draw-verdicts" data-latency=move || studio.latency.get().map(|time| format!("{time:.1}"))>
            <h2>{ui.t(draw::verdicts)}</h2>
            <p class="empty verdict-word" hidden=move || !blank() && !none.get()>{word}</p>
            <div class="verdicts" class:expected=move || !blank() && !none.get()>
                {CLASSIFIERS.map(|model| view! { <One model /> }).collect_view()}
            </div>
            <small>{words}</small>
        </section>
    }
}

#[component]
fn One(model: ModelSlot) -> impl IntoView {
    let testid = model.name();
    let studio = Studio::get();
    let ui = studio.room.ui;
    let verdict =
        Memo::new(move |_| studio.verdicts.with(|all| all.iter().find(|one| one.slot == model).cloned()));
    let bar = move |class: u8| {
        let share = move || {
            verdict.with(|v| v.as_ref().and_then(|v| v.probabilities.get(usize::from(class)).copied()))
        };
        let share = move || f64::from(share().unwrap_or_default());
        let best = move || verdict.with(|v| v.as_ref().and_then(top)) == Some(class);
        view! {
            <li class:best=best>
                <span>{move || text::class_name(ui.locale.get(), class)}</span>
                <i style=move || css(format!("--share:{:.3}", share()))></i>
                <b>{move || format::percent(ui.locale.get(), share())}</b>
            </li>
        }
    };
    let card = move || {
        let attributes = move || {
            verdict.get().map(|verdict| {
                let numbers: Vec<String> =
                    verdict.probabilities.iter().map(|value| format!("{value:.4}")).collect();
                (top(&verdict).map(|class| class.to_string()), numbers.join(","))
            })
        };
        let novel = move || verdict.with(|v| v.as_ref().is_some_and(|v| v.novelty > 1.0));
        view! {
            <article class="verdict" data-testid=format!("draw-verdict-{testid}") style=css(format!("--c:var(--mode-{testid})"))
                data-top=move || attributes().and_then(|(top, _)| top)
                data-probabilities=move || attributes().map(|(_, numbers)| numbers)>
                <h3>{move || name(ui.locale.get(), model)}</h3>
                <p class="verdict-top">
                    {move || verdict.with(|v| v.as_ref().and_then(top)).map(|class| text::class_name(ui.locale.get(), class))}
                </p>
                <p class="novel" data-testid=format!("draw-novel-{testid}") hidden=move || !novel()>{ui.t(draw::novel)}</p>
                <ul class="bars">{(0..CLASS_COUNT as u8).map(bar).collect_view()}</ul>
            </article>
        }
    };
    let there = Memo::new(move |_| verdict.with(Option::is_some));
    move || there.get().then(card)
}
