//! The kept work on its way back into the page. What cannot be read is said and left where it is; nothing is read by
//! half.

use leptos::prelude::*;

use super::browser;
use crate::drawing::Drawing;
use crate::protocol::{ModelSlot, WeightsOrigin};
use crate::ui::context::Ui;
use crate::ui::keep;
use crate::ui::state::Part as Shown;
use crate::ui::state::carried::Weights;
use crate::ui::state::kept::restored;
use crate::ui::state::runs::Run;
use crate::workspace::{self, About, Entry, Part, WorkspaceError};

/// What a workspace gives to the page.
#[derive(Default)]
pub(super) struct Parts {
    pub about: About,
    pub models: Vec<Weights>,
    pub runs: Vec<Run>,
    pub gallery: Vec<Drawing>,
    pub settings: workspace::Settings,
}

/// Brings the kept work back, if there is any.
pub(super) async fn bring_back(ui: Ui) {
    let keeping = ui.keeping;
    let parts = vec![Part::About, Part::Model, Part::Run, Part::Drawing, Part::Setting];
    let entries = match keep::list(parts).await {
        Ok(entries) => entries,
        Err(trouble) => {
            keeping.trouble.set(Some(trouble));
            Vec::new()
        }
    };
    let (sound, unread) = sorted(entries);
    if let Some((_, WorkspaceError::Version(_))) = unread {
        keeping.frozen.set_value(true);
        keeping.trouble.set(Some(keep::Trouble::Newer));
    }
    keeping.unread.set(unread);
    let mut parts = taken_apart(&sound);
    if parts.gallery.is_empty() {
        // As the page kept it before it had a database.
        parts.gallery = browser::older_gallery();
    }
    keeping.work.update_value(|work| work.found(sound, parts.about.clone(), parts.gallery.len()));
    keeping.gallery.update(|gallery| {
        let new = std::mem::take(gallery);
        *gallery = parts.gallery.into_iter().chain(new).collect();
    });
    show(ui, parts.models, parts.runs);
    keeping.back.set(true);
}

pub(super) fn show(ui: Ui, models: Vec<Weights>, runs: Vec<Run>) -> usize {
    let mut added = 0;
    if !runs.is_empty() {
        ui.link.change(|state| {
            added = state.runs.restore(runs);
            vec![Shown::Runs]
        });
    }
    ui.link.bring_back(models);
    added
}

/// What can be read, and how much cannot, with the first reason. Of a workspace whose head is of another version
/// nothing is.
fn sorted(entries: Vec<Entry>) -> (Vec<Entry>, Option<(usize, WorkspaceError)>) {
    let head = entries.iter().find(|(part, ..)| *part == Part::About);
    if let Some(error) = head.and_then(|head| workspace::check(head).err()) {
        return (Vec::new(), Some((entries.len(), error)));
    }
    let (mut sound, mut broken) = (Vec::new(), None);
    for entry in entries {
        match workspace::check(&entry) {
            Ok(()) => sound.push(entry),
            Err(error) => broken.get_or_insert((0, error)).0 += 1,
        }
    }
    (sound, broken)
}

/// Entries that were checked, as what they are.
pub(super) fn taken_apart(entries: &[Entry]) -> Parts {
    let mut parts = Parts::default();
    for (part, key, bytes) in entries {
        match part {
            Part::About => parts.about = About::read(bytes).unwrap_or_default(),
            Part::Run => {
                let run = workspace::run_of(key, bytes).ok();
                parts.runs.extend(run.map(|run| restored(key.clone(), run)));
            }
            Part::Drawing => parts.gallery = workspace::gallery(bytes).unwrap_or_default(),
            Part::Setting => parts.settings = serde_json::from_slice(bytes).unwrap_or_default(),
            Part::Model | Part::Checkpoint => {}
        }
    }
    for (_, key, bytes) in entries.iter().filter(|(part, ..)| *part == Part::Model) {
        parts.models.extend(weights(key, bytes, &parts.about));
    }
    parts
}

fn weights(key: &str, bytes: &[u8], about: &About) -> Option<Weights> {
    let slot: ModelSlot = workspace::slot_of(key)?;
    let origin = about.models.get(&slot).copied().unwrap_or(WeightsOrigin::File);
    Some(Weights { slot, bytes: bytes.to_vec(), origin })
}
