//! What changed is noted, and handed to the browser a moment later.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;
use crate::ui::context::Ui;
use crate::ui::keep;
use crate::ui::state::Part;
use crate::ui::state::work::Work;

/// How long changes wait for more of them.
const REST: Duration = Duration::from_millis(1_200);

/// Whether leaving now would lose work.
pub(super) fn would_lose(ui: Ui) -> bool {
    let alone = ui.keeping.trouble.with_untracked(Option::is_some);
    let lost = ui.keeping.work.with_value(Work::would_be_lost);
    let trains = ui.store.peek(|state| state.runs.active().is_some());
    alone && (lost || trains) && !ui.keeping.over.get_value()
}

/// Something may have changed: it is looked at in a moment.
pub(super) fn changed(ui: Ui) {
    if ui.keeping.back.get_untracked() && !ui.keeping.waiting.get_value() {
        ui.keeping.waiting.set_value(true);
        set_timeout(move || now(ui), REST);
    }
}

/// Looks what changed and hands it to the browser.
pub(super) fn now(ui: Ui) {
    ui.keeping.waiting.set_value(false);
    if ui.keeping.over.get_value() || !ui.keeping.back.get_untracked() {
        return;
    }
    collect(ui);
    if ui.keeping.frozen.get_value() {
        return;
    }
    if !ui.keeping.writing.get_value() && ui.keeping.work.with_value(|work| !work.unkept().is_empty()) {
        ui.keeping.writing.set_value(true);
        spawn_local(write(ui));
    }
}

/// Notes all that there is.
pub(super) fn collect(ui: Ui) {
    let carried = ui.link.carried();
    ui.keeping.work.update_value(|work| {
        carried.iter().for_each(|weights| work.model(weights));
        ui.store.peek(|state| state.runs.list.iter().for_each(|run| work.run(run)));
        ui.keeping.gallery.with_untracked(|drawings| work.gallery(drawings));
        work.settings(&browser::settings());
    });
    ui.keeping.counts.set(ui.keeping.work.with_value(Work::counts));
    tell_whether_behind(ui);
}

fn tell_whether_behind(ui: Ui) {
    let behind = ui.keeping.work.with_value(Work::lost);
    if ui.keeping.behind.with_untracked(|before| *before != behind) {
        ui.keeping.behind.set(behind);
    }
}

pub(super) async fn write(ui: Ui) {
    let unkept = ui.keeping.work.with_value(Work::unkept);
    let outcome = keep::put_all(unkept.clone()).await;
    if outcome.is_ok() {
        ui.keeping.work.update_value(|work| work.kept(&unkept));
        browser::forget_older();
        if !ui.keeping.work.with_value(Work::is_empty) {
            browser::ask_to_persist();
        }
    }
    tell_whether_behind(ui);
    ui.keeping.writing.set_value(false);
    let failed = outcome.err();
    let again = failed.is_none() && ui.keeping.work.with_value(|work| !work.unkept().is_empty());
    if ui.keeping.trouble.get_untracked() != failed {
        ui.keeping.trouble.set(failed);
    }
    if again {
        changed(ui);
    }
}

/// Forgets all that was ever kept here, then fetches the page anew.
pub(super) fn forget_everything(ui: Ui) {
    ui.keeping.over.set_value(true);
    spawn_local(async move {
        // What the browser does not keep needs no forgetting.
        let _ = keep::forget_all().await;
        browser::forget().await;
        let _ = window().location().reload();
    });
}

/// What the state holds has changed in a way that is kept.
pub(super) fn watch(ui: Ui) {
    ui.store.read(Part::Runs, |_| ());
    ui.store.read(Part::Models, |_| ());
    ui.keeping.gallery.track();
    changed(ui);
}
