//! Why something could not be kept or found.

use wasm_bindgen::{JsCast, JsValue};

/// Why the browser's database does not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The browser keeps nothing for this page: a private window, blocked site data, a sandboxed frame.
    #[error("the browser keeps nothing for this page: {0}")]
    Refused(String),
    /// Another tab of this page keeps.
    #[error("another tab of this page keeps its things")]
    Elsewhere,
    /// There is no room left.
    #[error("the browser has no room left for this page")]
    Full,
    /// A newer version of the page has kept things in a form that this one does not know.
    #[error("a newer version of the page keeps its things here")]
    Newer,
    /// The connection was closed under way: the site's data were deleted, or another tab is of a newer version.
    #[error("the browser closed its database")]
    Closed,
    /// The database did not answer.
    #[error("the browser's database does not answer")]
    Silent,
}

impl Trouble {
    /// What an exception of the database means.
    pub(super) fn of(exception: &JsValue) -> Self {
        let word = |name: &str| js_sys::Reflect::get(exception, &name.into()).ok()?.as_string();
        match word("name").unwrap_or_default().as_str() {
            "QuotaExceededError" => Trouble::Full,
            "VersionError" => Trouble::Newer,
            "InvalidStateError" | "AbortError" => Trouble::Closed,
            name => Trouble::Refused(format!("{name}: {}", word("message").unwrap_or_default())),
        }
    }
}

impl From<idb::Error> for Trouble {
    fn from(error: idb::Error) -> Self {
        match error {
            idb::Error::DomException(exception) => Trouble::of(exception.unchecked_ref()),
            idb::Error::IndexedDbOpenFailed(exception)
            | idb::Error::TransactionOpenFailed(exception)
            | idb::Error::UpdateFailed(exception)
            | idb::Error::RequestResultNotFound(exception) => Trouble::of(&exception),
            other => Trouble::Refused(other.to_string()),
        }
    }
}
