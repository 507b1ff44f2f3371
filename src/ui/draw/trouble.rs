//! Why a picture did not come onto the pad, in the learner's words. No DOM, so that native tests drive it.

use crate::drawing::sniff::Content;
use crate::ui::text::{Locale, draw};

/// Why there is no photograph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser shows no such file; what it seems to be.
    Unshowable(Content),
    /// A folder instead of a file.
    Folder,
    /// An address was dropped instead of a file.
    Link,
    /// Nothing to paste.
    NonePasted,
    /// Too few pixels, across and down.
    Small(u32, u32),
    /// Nothing but ground.
    Blank,
    /// The browser gives noise instead of pixels.
    Noise,
    /// It came after other changes of the pad.
    Late,
}

impl Trouble {
    /// The trouble in a language.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Trouble::Unshowable(content) => content_words(locale, content),
            Trouble::Folder => draw::photo_folder(locale).into(),
            Trouble::Link => draw::photo_link(locale).into(),
            Trouble::NonePasted => draw::photo_none_pasted(locale).into(),
            Trouble::Small(width, height) => draw::photo_small(locale, width, height),
            Trouble::Blank => draw::photo_blank(locale).into(),
            Trouble::Noise => draw::photo_noise(locale).into(),
            Trouble::Late => draw::photo_late(locale).into(),
        }
    }
}

fn content_words(locale: Locale, content: Content) -> String {
    match content {
        Content::Unshown(kind) => return draw::photo_unshown(locale, kind),
        Content::Empty => draw::photo_empty(locale),
        Content::Broken => draw::photo_broken(locale),
        Content::Film => draw::photo_film(locale),
        Content::Pdf => draw::photo_pdf(locale),
        Content::WebPage => draw::photo_web_page(locale),
        Content::Text => draw::photo_text(locale),
        Content::Archive => draw::photo_archive(locale),
        Content::Unknown => draw::photo_unreadable(locale),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_and_what_to_do_is_said_in_both_languages() {
        let heic = Trouble::Unshowable(Content::Unshown("HEIC"));
        assert!(heic.words(Locale::En).starts_with("HEIC") && heic.words(Locale::En).contains("JPEG"));
        assert!(heic.words(Locale::Es).contains("JPEG o PNG"));
        let text = Trouble::Unshowable(Content::Text);
        assert_eq!(text.words(Locale::En), "This is text, not a picture.");
        assert!(Trouble::Small(1, 1).words(Locale::Es).contains("1×1"));
    }
}
