//! Ctrl-C: training ends at the next batch and keeps what it has.

use std::sync::atomic::{AtomicBool, Ordering};

use super::CliError;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Takes Ctrl-C from now on.
///
/// # Errors
/// [`CliError::Failed`] where the system refuses.
pub(super) fn listen() -> Result<(), CliError> {
    let set = ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed));
    set.map_err(|error| CliError::Failed(format!("cannot take Ctrl-C: {error}")))
}

/// Whether it was pressed.
pub(super) fn requested() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
