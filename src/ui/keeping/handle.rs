//! What every component may know of the keeping of the learner's work.

use leptos::prelude::*;

use crate::drawing::Drawing;
use crate::ui::keep::{Role, Trouble};
use crate::ui::state::work::{Counts, Lost, Work};
use crate::workspace::WorkspaceError;

/// What became of a workspace's file.
#[derive(Clone, Debug, PartialEq)]
pub enum FileNews {
    /// It is being read.
    Reading(String),
    /// It is open: how many runs and drawings were added, how many models taken.
    Opened(String, [usize; 3]),
    /// It was not opened.
    Refused(String, WorkspaceError),
    /// The work was not made into one.
    Unsaved(WorkspaceError),
}

/// What every component may know of the keeping; copies are the same.
#[derive(Clone, Copy)]
pub struct Keeping {
    /// The gallery of drawings, oldest first.
    pub gallery: RwSignal<Vec<Drawing>>,
    /// Why the browser does not keep, where it does not.
    pub trouble: RwSignal<Option<Trouble>>,
    /// What this tab does.
    pub role: RwSignal<Role>,
    /// Work that the browser does not have yet.
    pub behind: RwSignal<Lost>,
    /// How much there is.
    pub counts: RwSignal<Counts>,
    /// Why what was kept, or how much of it, could not be read.
    pub unread: RwSignal<Option<(usize, WorkspaceError)>>,
    /// The kept work is back, or there is none.
    pub back: RwSignal<bool>,
    /// What became of the last file.
    pub file: RwSignal<Option<FileNews>>,
    /// Bytes that the browser holds for this page in all.
    pub(super) occupied: RwSignal<Option<u64>>,
    pub(super) looked_up: StoredValue<Option<u64>>,
    pub(super) work: StoredValue<Work>,
    pub(super) waiting: StoredValue<bool>,
    pub(super) writing: StoredValue<bool>,
    pub(super) over: StoredValue<bool>,
    /// What is kept is of another version: it stays as it is.
    pub(super) frozen: StoredValue<bool>,
}

impl Keeping {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self {
            gallery: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(None),
            role: RwSignal::new(Role::Unknown),
            behind: RwSignal::new(Lost::default()),
            counts: RwSignal::new(Counts::default()),
            unread: RwSignal::new(None),
            back: RwSignal::new(false),
            file: RwSignal::new(None),
            occupied: RwSignal::new(None),
            looked_up: StoredValue::new(None),
            work: StoredValue::new(Work::of_visit(js_sys::Date::now())),
            waiting: StoredValue::new(false),
            writing: StoredValue::new(false),
            over: StoredValue::new(false),
            frozen: StoredValue::new(false),
        }
    }
}

impl Default for Keeping {
    fn default() -> Self {
        Self::new()
    }
}
