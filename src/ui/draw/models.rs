//! The classifiers that a drawing is shown to, and their names.

use crate::protocol::{ModelSlot, Verdict};
use crate::ui::text::{Locale, draw};

/// The classifiers in the order of the page.
pub const CLASSIFIERS: [ModelSlot; 4] =
    [ModelSlot::Shipped, ModelSlot::Scratch, ModelSlot::Frozen, ModelSlot::Finetuned];

/// A classifier's name in the learner's language.
pub fn name(locale: Locale, slot: ModelSlot) -> &'static str {
    match slot {
        ModelSlot::Scratch => draw::model_scratch(locale),
        ModelSlot::Frozen => draw::model_frozen(locale),
        ModelSlot::Finetuned => draw::model_finetuned(locale),
        ModelSlot::Shipped | ModelSlot::Autoencoder => draw::model_shipped(locale),
    }
}

/// The class with the highest probability.
pub fn top(verdict: &Verdict) -> Option<u8> {
    let best = verdict.probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    best.map(|(class, _)| class as u8)
}
