//! What the page's code keeps to, so that no failure of one part holds up another, and screen readers hear one
//! voice: read from the sources.
#![cfg(not(target_arch = "wasm32"))]

use std::{fs, path::Path};

/// Every source of the page, with its path.
fn sources() -> Vec<(String, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the sources are there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).expect("sources are text");
                found.push((path.to_string_lossy().into_owned(), text));
            }
        }
    }
    found
}

/// Whether `safely` is imported with `name`.
fn imports(text: &str, name: &str) -> bool {
    let lines = text.lines().filter(|line| line.starts_with("use ") && line.contains("safely::"));
    lines.into_iter().any(|line| line.split(|sign: char| !sign.is_alphanumeric()).any(|word| word == name))
}

#[test]
fn effects_tasks_and_handlers_outlive_their_failures() {
    let sources = sources();
    assert!(sources.len() > 100);
    for (path, text) in sources.iter().filter(|(path, _)| !path.ends_with("safely.rs")) {
        assert!(!text.contains("Effect::new(") || imports(text, "Effect"), "{path}: not `safely::Effect`");
        let tasks =
            text.lines().filter(|line| line.contains("wasm_bindgen_futures") && line.contains("spawn_local"));
        assert_eq!(tasks.count(), 0, "{path}: not `leptos::task::spawn_local`");
        let handlers = text.match_indices(" on:").filter_map(|(at, _)| text[at + 4..].split_once('='));
        let named = |event: &str| event.chars().all(|letter| letter.is_ascii_lowercase());
        for (event, handler) in handlers.filter(|(event, _)| named(event)) {
            assert!(handler.starts_with("safely("), "{path}: on:{event} is not guarded");
        }
    }
}

/// The page's security policy takes neither style attributes nor scripts in the page, and nothing that came from
/// elsewhere is ever read as HTML.
#[test]
fn styles_are_set_by_the_style_object_and_nothing_is_read_as_html() {
    let marks = [
        "style=\"",
        "style=format!",
        "style=move || format!",
        "(\"style\"",
        "inner_html",
        "set_outer_html",
        "insert_adjacent_html",
    ];
    for (path, text) in sources() {
        let found: Vec<_> = marks.iter().filter(|mark| text.contains(**mark)).collect();
        assert!(found.is_empty(), "{path}: {found:?}");
    }
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html")).expect("the page");
    let policy = page.split_once("Content-Security-Policy").expect("the page has a policy").1;
    assert!(!policy.split_once('>').expect("a tag ends").0.contains("unsafe-inline"));
    assert!(!page.contains("<script>") && !page.contains("<style") && !page.contains(" style="));
}

#[test]
fn screen_readers_hear_one_voice() {
    let speaks = |text: &str| {
        ["role=\"alert\"", "role=\"status\"", "aria-live"].iter().any(|mark| text.contains(mark))
    };
    let speaking: Vec<_> =
        sources().into_iter().filter(|(_, text)| speaks(text)).map(|(path, _)| path).collect();
    assert!(matches!(&speaking[..], [one] if one.ends_with("announcer.rs")), "{speaking:?}");
}

/// Figures that people read come from `ui::format`, which knows the language; styles and the test contract do not.
#[test]
fn decimals_are_written_in_one_place() {
    let machine = ["data-latency", "--", "left:", "probabilities", "≠"];
    for (path, text) in sources().iter().filter(|(path, _)| !path.ends_with("ui/format.rs")) {
        for line in text.lines().filter(|line| (1..=9).any(|digits| line.contains(&format!(":.{digits}")))) {
            assert!(machine.iter().any(|mark| line.contains(mark)), "{path}: {}", line.trim());
        }
    }
}
