//! Which classes count as right for a drawing of a word (the Quick, Draw! data set's words).

/// The classes that count as right, by word; spaces and hyphens are the same. Empty for a word that
/// names no class.
pub fn right_classes(word: &str) -> &'static [u8] {
    match word.to_lowercase().replace(' ', "-").as_str() {
        "t-shirt" => &[0],
        "pants" => &[1],
        "sweater" => &[2],
        "jacket" => &[4],
        "flip-flops" => &[5],
        "shoe" => &[7, 9],
        "purse" => &[8],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_as_the_data_set_and_its_files_spell_them() {
        assert_eq!(right_classes("flip flops"), [5]);
        assert_eq!(right_classes("flip-flops"), [5]);
        assert_eq!(right_classes("shoe"), [7, 9]);
        assert!(right_classes("cat").is_empty());
    }
}
