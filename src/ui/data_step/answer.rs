//! The answer to what the learner did in this step, where it was done.

use std::sync::Arc;

use leptos::prelude::*;

use crate::protocol::{FileOutcome, FilesTaken};
use crate::ui::context::Ui;
use crate::ui::effect::Effect;
use crate::ui::shell::source_name;
use crate::ui::state::Part;
use crate::ui::state::data::{Action, Answer};
use crate::ui::state::spoken::Topic;
use crate::ui::text::{self, Locale, dat};

/// The answer; its place is there from the start, so that nothing moves.
#[component]
pub fn AnswerLine() -> impl IntoView {
    let ui = Ui::get();
    let answer = ui.store.memo(&[Part::Data], |state| (state.data.answer.clone(), state.data.source()));
    let files = Memo::new(move |_| match answer.get().0 {
        Some(Answer::Files(taken)) => Some(taken),
        _ => None,
    });
    let words = move || {
        let (locale, (answer, source)) = (ui.locale.get(), answer.get());
        answer.map(|answer| said(locale, &answer, source_name(locale, source)))
    };
    Effect::new(move |_| {
        if let Some(words) = words() {
            ui.voice.say(Topic::Answer, words);
        }
    });
    let line = move |(name, outcome): (String, FileOutcome)| {
        let class = match &outcome {
            FileOutcome::Taken(_) | FileOutcome::Again => "taken",
            FileOutcome::Passed => "passed",
            FileOutcome::Refused(_) => "refused",
        };
        view! {
            <li class=class><b translate="no">{name}</b>": "{move || text::outcome(ui.locale.get(), &outcome)}</li>
        }
    };
    view! {
        <div class="answer" data-testid="data-answer">
            <p>{words}</p>
            {move || files.get().map(|taken| view! { <ul>{taken.files.clone().into_iter().map(line).collect_view()}</ul> })}
        </div>
    }
}

fn said(locale: Locale, answer: &Answer, source: &str) -> String {
    match answer {
        Answer::Busy(Action::Look) => dat::looking(locale).into(),
        Answer::Busy(Action::Check) => dat::reading_files(locale).into(),
        Answer::Busy(Action::Draw) => dat::drawing(locale).into(),
        Answer::Files(taken) => of_files(locale, taken),
        Answer::InUse => dat::in_use_now(locale, source),
        Answer::NothingFound => dat::nothing_found(locale, source),
        Answer::NoFiles => dat::no_files(locale).into(),
        Answer::EmptyFolder => dat::empty_folder(locale).into(),
        Answer::NoEngine => dat::no_engine(locale).into(),
    }
}

fn of_files(locale: Locale, taken: &Arc<FilesTaken>) -> String {
    let any = taken.files.iter().any(|(_, outcome)| matches!(outcome, FileOutcome::Taken(_)));
    match (any, taken.missing.is_empty()) {
        (false, _) => dat::none_usable(locale).into(),
        (true, true) => dat::all_here(locale).into(),
        (true, false) => dat::still_missing(locale, &taken.missing.join(", ")),
    }
}
