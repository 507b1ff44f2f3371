//! What outlives a reload: language, theme, engine and forms in the browser's storage, the step in
//! the address. A browser that keeps nothing (private windows) is no fault: the page then forgets.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Array, Reflect};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::safely::Effect;
use super::text::Locale;

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// The steps of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Where the data come from.
    Data,
    /// Training the autoencoder.
    Autoencoder,
    /// The latent space.
    Latent,
    /// The classifiers.
    Classifiers,
    /// Drawing.
    Draw,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Step; 5] = [Step::Data, Step::Autoencoder, Step::Latent, Step::Classifiers, Step::Draw];

    /// The name in the address and in the test contract.
    pub fn name(self) -> &'static str {
        match self {
            Step::Data => "data",
            Step::Autoencoder => "autoencoder",
            Step::Latent => "latent",
            Step::Classifiers => "classifiers",
            Step::Draw => "draw",
        }
    }

    /// The step in the page's address; the first where there is none.
    pub fn from_address() -> Step {
        let hash = window().location().hash().unwrap_or_default();
        let name = hash.trim_start_matches('#');
        Step::ALL.into_iter().find(|step| step.name() == name).unwrap_or(Step::Data)
    }
}

/// Reads a signal anew from what is kept.
type Reread = Box<dyn Fn()>;

thread_local! {
    /// The signals that follow what is kept.
    static FOLLOWING: RefCell<Vec<Reread>> = const { RefCell::new(Vec::new()) };
    /// Hears of every change.
    static LISTENER: RefCell<Option<Reread>> = const { RefCell::new(None) };
    /// What the browser refuses to keep: for this visit.
    static REFUSED: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// A value kept by the browser under `telar.NAME`; the default where there is none that fits.
pub fn load<T: DeserializeOwned + Default>(name: &str) -> T {
    text_of(name).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// The JSON kept under `telar.NAME`.
pub fn text_of(name: &str) -> Option<String> {
    let refused = REFUSED.with_borrow(|refused| refused.get(name).cloned());
    refused.or_else(|| storage()?.get_item(&format!("telar.{name}")).ok().flatten())
}

/// Takes values from elsewhere, as JSON by name, and shows them.
pub fn take(values: BTreeMap<String, String>) {
    values.iter().for_each(|(name, text)| {
        keep_text(name, text);
    });
    FOLLOWING.with_borrow(|following| following.iter().for_each(|reread| reread()));
}

/// Forgets what is kept under `telar.NAME`.
pub fn remove(name: &str) {
    // Deleting cannot fail.
    storage().into_iter().for_each(|storage| drop(storage.remove_item(&format!("telar.{name}"))));
}

/// Tells `listener` of every change.
pub fn follow(listener: impl Fn() + 'static) {
    LISTENER.set(Some(Box::new(listener)));
}

/// Forgets all that is kept here.
pub fn forget_all() {
    REFUSED.take();
    let Some(storage) = storage() else { return };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|place| storage.key(place).ok().flatten());
    let ours: Vec<_> = names.filter(|name| name.starts_with("telar.")).collect();
    // Deleting cannot fail.
    ours.iter().for_each(|name| drop(storage.remove_item(name)));
}

fn keep_text(name: &str, text: &str) -> bool {
    let kept = storage().is_some_and(|storage| storage.set_item(&format!("telar.{name}"), text).is_ok());
    REFUSED.with_borrow_mut(|refused| match kept {
        true => drop(refused.remove(name)),
        false => drop(refused.insert(name.to_owned(), text.to_owned())),
    });
    LISTENER.with_borrow(|listener| listener.iter().for_each(|listener| listener()));
    kept
}

/// Keeps a value under `telar.NAME`; whether it is kept. A full or forbidden storage costs no more than
/// the memory of a setting; where it costs work, the one who asked says so.
pub fn save<T: Serialize>(name: &str, value: &T) -> bool {
    serde_json::to_string(value).is_ok_and(|text| keep_text(name, &text))
}

/// A signal that is kept under `telar.NAME` whenever it changes.
pub fn kept<T>(name: &'static str) -> RwSignal<T>
where
    T: DeserializeOwned + Serialize + Default + Clone + Send + Sync + 'static,
{
    let signal = RwSignal::new(load(name));
    let reread: Reread = Box::new(move || drop(signal.try_set(load(name))));
    FOLLOWING.with_borrow_mut(|following| following.push(reread));
    Effect::new(move |_| {
        signal.with(|value| save(name, value));
    });
    signal
}

/// The language chosen before, or the first of the browser's that the page speaks.
pub fn language() -> Locale {
    let chosen: String = load("language");
    let browser = browser_languages();
    Locale::from_preferences(
        std::iter::once(chosen.as_str())
            .filter(|tag| !tag.is_empty())
            .chain(browser.iter().map(String::as_str)),
    )
}

/// The browser's languages, the most wanted first; some in-app browsers tell one only, or none.
fn browser_languages() -> Vec<String> {
    let read = |name: &str| Reflect::get(&window().navigator(), &name.into()).unwrap_or_default();
    let all = read("languages");
    let one = || read("language").as_string().into_iter().collect();
    if Array::is_array(&all) {
        Array::from(&all).iter().filter_map(|tag| tag.as_string()).collect()
    } else {
        one()
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
