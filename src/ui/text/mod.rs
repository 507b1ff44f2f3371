//! Every sentence of the page, in Spanish and English, checked when it is compiled: a phrase that
//! lacks a language, or a key that does not exist, is a compile error. Plain functions without the
//! DOM, so that the wording of faults and findings is tested natively.
//!
//! Phrases belong to this crate alone, so that the compiler names those that the page no longer shows.
// Natively the page, which shows them, is not there.
#![cfg_attr(not(all(feature = "ui", target_arch = "wasm32")), allow(dead_code, unused_imports))]

mod autoencoder;
mod classifiers;
mod data;
mod drawing;
mod faults;
mod files;
mod findings;
mod latent;
/// Phrases about labels that are wrong.
pub mod noise;
mod shell;
mod spoken;
mod weights;
/// Phrases about what is kept.
pub mod work;
mod worth;

/// Phrases of the autoencoder's step.
pub mod ae {
    pub(crate) use super::autoencoder::*;
}
/// Phrases of the classifiers' step.
pub mod clf {
    pub use super::classifiers::*;
}
/// Phrases of the data's step.
pub mod dat {
    pub(crate) use super::data::*;
}
/// Phrases of the drawing step.
pub mod draw {
    pub(crate) use super::drawing::*;
}
/// Phrases about models as files.
pub mod files_of_models {
    pub(crate) use super::weights::*;
}
/// Phrases of the latent space's step.
pub mod lat {
    pub(crate) use super::latent::*;
}
/// Sentences for screen readers.
pub mod say {
    pub(crate) use super::spoken::*;
}
pub use faults::{detail, fault, reason, reason_detail};
pub use files::{file_fault, outcome, weights_fault};
pub use findings::sentence;
pub(crate) use shell::*;
pub use worth::{worth_cell, worth_sentence};

use crate::data::CLASS_COUNT;

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Locale {
    /// All languages, in the order of the switch.
    pub const ALL: [Locale; 2] = [Locale::Es, Locale::En];

    /// The BCP 47 tag, as in `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::Es => "es",
        }
    }

    /// The language's own name.
    pub fn own_name(self) -> &'static str {
        match self {
            Locale::En => "English",
            Locale::Es => "Español",
        }
    }

    /// The first of a visitor's preferred tags that the page speaks; English where there is none.
    pub fn from_preferences<'a>(tags: impl IntoIterator<Item = &'a str>) -> Locale {
        let primary = |tag: &str| tag.split(['-', '_']).next().map(str::to_ascii_lowercase);
        tags.into_iter()
            .find_map(|tag| Locale::ALL.into_iter().find(|l| primary(tag).as_deref() == Some(l.tag())))
            .unwrap_or_default()
    }
}

/// Declares phrases: `key { en: "…", es: "…" }` is `key(locale) -> &'static str`, and
/// `key(count: u32) { en: "{count} …", es: "{count} …" }` is `key(locale, count) -> String`.
macro_rules! phrases {
    ($($name:ident $(($($arg:ident : $kind:ty),+))? { en: $en:tt, es: $es:tt $(,)? })+) => {
        $($crate::ui::text::phrases!(@one $name $(($($arg : $kind),+))? $en $es);)+
    };
    (@one $name:ident $en:tt $es:tt) => {
        #[doc = $en]
        pub(crate) fn $name(locale: $crate::ui::text::Locale) -> &'static str {
            match locale {
                $crate::ui::text::Locale::En => $en,
                $crate::ui::text::Locale::Es => $es,
            }
        }
    };
    (@one $name:ident ($($arg:ident : $kind:ty),+) $en:tt $es:tt) => {
        #[doc = $en]
        pub(crate) fn $name(locale: $crate::ui::text::Locale, $($arg: $kind),+) -> String {
            match locale {
                $crate::ui::text::Locale::En => format!($en),
                $crate::ui::text::Locale::Es => format!($es),
            }
        }
    };
}
pub(crate) use phrases;

/// The garments in label order, in the learner's language.
pub fn class_name(locale: Locale, class: u8) -> &'static str {
    const ES: [&str; CLASS_COUNT] = [
        "Camiseta",
        "Pantalón",
        "Suéter",
        "Vestido",
        "Abrigo",
        "Sandalia",
        "Camisa",
        "Zapatilla",
        "Bolso",
        "Botín",
    ];
    let names = match locale {
        Locale::En => &crate::data::CLASS_NAMES,
        Locale::Es => &ES,
    };
    names.get(usize::from(class)).copied().unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_spoken_is_taken() {
        assert_eq!(Locale::from_preferences(["fr-FR", "es-MX", "en"]), Locale::Es);
        assert_eq!(Locale::from_preferences(["EN-gb", "es"]), Locale::En);
        assert_eq!(Locale::from_preferences(["eo"]), Locale::En);
    }

    #[test]
    fn phrases_take_arguments_in_both_languages() {
        assert_eq!(images_per_second(Locale::En, "2,000"), "2,000 images/s");
        assert_eq!(images_per_second(Locale::Es, "2000"), "2000 imágenes/s");
        assert_eq!(class_name(Locale::Es, 9), "Botín");
    }
}
