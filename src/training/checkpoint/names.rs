//! Tensors' names without what PyTorch's wrappers put before them: `module.` (data parallel), `_orig_mod.`
//! (compiled), `model.` (Lightning), in any order and number.

use std::collections::HashMap;

/// How the first parts of our own names begin.
const OWN: [&str; 6] = ["encoder", "decoder", "head", "conv", "linear", "novelty"];
/// Wrappers' parts, which may also stand inside a name.
const WRAPPERS: [&str; 2] = ["module", "_orig_mod"];

/// Each name with its plain form.
pub(super) fn plain<'a>(names: impl IntoIterator<Item = &'a str>) -> HashMap<&'a str, String> {
    let mut parted: Vec<(&str, Vec<&str>)> = names
        .into_iter()
        .map(|name| (name, name.split('.').filter(|part| !WRAPPERS.contains(part)).collect()))
        .collect();
    while let Some(first) = common_stranger(&parted) {
        for (_, parts) in &mut parted {
            debug_assert_eq!(parts[0], first, "all share it");
            parts.remove(0);
        }
    }
    parted.into_iter().map(|(name, parts)| (name, parts.join("."))).collect()
}

/// The first part that all names share, where it is none of ours and more follows it in each.
fn common_stranger<'a>(parted: &[(&'a str, Vec<&'a str>)]) -> Option<&'a str> {
    let first = *parted.first()?.1.first()?;
    let shared = parted.iter().all(|(_, parts)| parts.len() > 1 && parts[0] == first);
    (shared && !OWN.iter().any(|own| first.starts_with(own))).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str) -> String {
        plain([name]).remove(name).expect("it was given")
    }

    #[test]
    fn wrappers_are_taken_off_and_own_names_stay() {
        for wrapped in [
            "encoder.conv1.weight",
            "module.encoder.conv1.weight",
            "_orig_mod.module.encoder.conv1.weight",
            "encoder._orig_mod.conv1.weight",
            "model.net.encoder.conv1.weight",
        ] {
            assert_eq!(one(wrapped), "encoder.conv1.weight");
        }
        assert_eq!(one("linear.bias"), "linear.bias");
        assert_eq!(one("weight"), "weight");
    }

    #[test]
    fn only_what_all_share_is_taken_off() {
        let names = plain(["a.encoder.x", "b.encoder.x"]);
        assert_eq!(
            (names["a.encoder.x"].as_str(), names["b.encoder.x"].as_str()),
            ("a.encoder.x", "b.encoder.x")
        );
        assert!(plain([]).is_empty());
    }
}
