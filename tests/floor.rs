//! The floor of browsers that the page is written for: Safari 16.4, Firefox 115, Chrome 109. What came
//! later may be used only where it is asked for first (`@supports`) or where its absence changes
//! nothing that matters (`text-wrap`, `scrollbar-gutter`).
#![cfg(not(target_arch = "wasm32"))]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What the floor lacks and a style sheet would break without: a text, and the first browsers that
/// know it (Safari, Firefox, Chrome; MDN's compatibility tables, 2026).
const STYLES: [(&str, &str); 44] = [
    ("light-dark(", "17.5, 120, 123"),
    ("color-mix(", "16.2, 113, 111"),
    ("contrast-color(", "26, 146, –"),
    ("oklch(", "15.4, 113, 111"),
    ("oklab(", "15.4, 113, 111"),
    ("lch(", "15, 113, 111"),
    ("lab(", "15, 113, 111"),
    ("color(", "15, 113, 111"),
    ("rgb(from", "16.4, 128, 119"),
    ("hsl(from", "16.4, 128, 119"),
    (":has(", "15.4, 121, 105"),
    (":user-valid", "16.5, 88, 119"),
    (":user-invalid", "16.5, 88, 119"),
    (":popover-open", "17, 125, 114"),
    (":open", "26.5, 136, 133"),
    (":state(", "17.4, 126, 125"),
    ("::details-content", "18.4, 143, 131"),
    ("::highlight(", "17.2, 140, 105"),
    ("@property", "16.4, 128, 85"),
    ("@scope", "17.4, 146, 118"),
    ("@starting-style", "17.5, 129, 117"),
    ("@view-transition", "18.2, –, 126"),
    ("@position-try", "26, 147, 125"),
    ("@function", "–, –, 139"),
    ("view-transition-name", "18, 144, 111"),
    ("subgrid", "16, 71, 117"),
    ("masonry", "–, –, –"),
    ("anchor(", "26, 147, 125"),
    ("anchor-name", "26, 147, 125"),
    ("position-anchor", "26, 147, 125"),
    ("animation-timeline", "26, –, 115"),
    ("scroll-timeline", "26, –, 115"),
    ("content-visibility", "18, 125, 85"),
    ("field-sizing", "26.2, –, 123"),
    ("interpolate-size", "–, –, 129"),
    ("calc-size(", "–, –, 129"),
    ("linear(", "17.2, 112, 113"),
    ("round(", "15.4, 118, 125"),
    ("abs(", "15.4, 118, 138"),
    ("sin(", "15.4, 108, 111"),
    ("sibling-index(", "26.2, –, 138"),
    ("contain-intrinsic", "17, 107, 83"),
    ("zoom:", "4, 126, 1"),
    (" if(", "–, –, 137"),
];

/// Units that the floor lacks; looked for behind a digit.
const UNITS: [&str; 6] = ["lh", "rlh", "cap", "rcap", "rex", "rch"];

/// Properties that need their prefixed twin beside them for a browser above the floor.
const PREFIXED: [(&str, &str); 5] = [
    ("user-select", "-webkit-user-select"),
    ("backdrop-filter", "-webkit-backdrop-filter"),
    ("mask-image", "-webkit-mask-image"),
    ("mask", "-webkit-mask"),
    ("box-decoration-break", "-webkit-box-decoration-break"),
];

/// What the floor's markup and scripts lack, looked for in `index.html` and the page's own scripts.
const SCRIPTS: [(&str, &str); 18] = [
    (" popover", "17, 125, 114"),
    ("closedby", "–, 141, 134"),
    ("commandfor", "26.2, 144, 135"),
    ("blocking=\"render\"", "18.2, –, 105"),
    ("Promise.withResolvers", "17.4, 121, 119"),
    ("Promise.try", "18.2, 134, 128"),
    ("Array.fromAsync", "16.4, 115, 121"),
    ("Object.groupBy", "17.4, 119, 117"),
    (".toSorted(", "16, 115, 110"),
    (".toReversed(", "16, 115, 110"),
    (".toSpliced(", "16, 115, 110"),
    ("URL.canParse", "17, 115, 120"),
    ("URL.parse", "18, 126, 126"),
    ("AbortSignal.any", "17.4, 124, 116"),
    ("startViewTransition", "18, 144, 111"),
    ("requestIdleCallback", "–, 55, 47"),
    ("scheduler.", "–, 142, 94"),
    ("setHTMLUnsafe", "17.4, 123, 124"),
];

/// A style sheet without comments, texts and addresses, every character of them a space, so that
/// places stay what they were.
fn bare(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(sign) = rest.chars().next() {
        let end = match sign {
            '/' if rest.starts_with("/*") => rest[2..].find("*/").map_or(rest.len(), |end| end + 4),
            '"' | '\'' => rest[1..].find(sign).map_or(rest.len(), |end| end + 2),
            _ => {
                out.push(sign);
                rest = &rest[sign.len_utf8()..];
                continue;
            }
        };
        out.extend(rest[..end].chars().map(|sign| if sign == '\n' { '\n' } else { ' ' }));
        rest = &rest[end..];
    }
    out
}

/// What stands in braces or before them, with its line: (prelude of the rule around, text, line).
fn pieces(css: &str) -> Vec<(Vec<String>, String, usize)> {
    let (mut around, mut found, mut text, mut line) = (Vec::<String>::new(), Vec::new(), String::new(), 1);
    for sign in css.chars() {
        match sign {
            '{' => {
                found.push((around.clone(), text.clone(), line));
                around.push(text.trim().to_owned());
                text.clear();
            }
            '}' | ';' => {
                found.push((around.clone(), text.clone(), line));
                if sign == '}' {
                    around.pop();
                }
                text.clear();
            }
            _ => text.push(sign),
        }
        line += usize::from(sign == '\n');
    }
    found
}

/// The word begins where no letter stands before it: `color(` is not in `--color(`.
fn stands_in(text: &str, what: &str) -> bool {
    let own = |before: &str| !before.ends_with(|sign: char| sign.is_alphanumeric() || "-_".contains(sign));
    let word = what.starts_with(char::is_alphabetic);
    text.match_indices(what).any(|(at, _)| !word || own(&text[..at]))
}

fn has_unit(text: &str, unit: &str) -> bool {
    text.match_indices(unit).any(|(at, _)| {
        let ends = !text[at + unit.len()..].starts_with(|sign: char| sign.is_alphanumeric() || sign == '-');
        ends && text[..at].ends_with(|sign: char| sign.is_ascii_digit())
    })
}

/// What a style sheet uses that the floor lacks, a line each.
fn beyond_the_floor(css: &str) -> Vec<String> {
    let css = bare(css);
    let mut faults = Vec::new();
    for (around, text, line) in pieces(&css) {
        let asked_first = around.iter().any(|rule| rule.starts_with("@supports"));
        if asked_first || text.trim().is_empty() {
            continue;
        }
        let mut fault = |what: &str| faults.push(format!("line {line}: {what}: {}", text.trim()));
        let lower = text.to_lowercase();
        STYLES.iter().filter(|(what, _)| stands_in(&lower, what)).for_each(|(what, since)| {
            fault(&format!("{what} (Safari, Firefox, Chrome: {since})"));
        });
        UNITS.iter().filter(|unit| has_unit(&lower, unit)).for_each(|unit| fault(unit));
        let nested = around.iter().any(|rule| !rule.starts_with('@'));
        let is_rule = text.trim_start().starts_with(['&', '.', '>', '+', '~', '@']);
        if nested && is_rule {
            fault("nested rules (16.5, 117, 112)");
        }
    }
    faults.extend(unprefixed(&css));
    faults
}

/// Properties without the prefixed twin that older browsers need.
fn unprefixed(css: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for block in css.split('}') {
        let names: Vec<_> = block
            .split(['{', ';'])
            .filter_map(|declaration| declaration.split_once(':'))
            .map(|(name, _)| name.trim())
            .collect();
        for (name, prefixed) in PREFIXED {
            if names.contains(&name) && !names.contains(&prefixed) {
                faults.push(format!("{name} without {prefixed}"));
            }
        }
    }
    faults
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder of the repository, of one ending.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn style_sheets_stay_above_the_floor() {
    let sheets = files("www", "css");
    assert!(sheets.len() >= 7, "{sheets:?}");
    let page = fs::read_to_string(root().join("index.html")).expect("the page is there");
    let inline = page.split("<style>").skip(1).filter_map(|part| part.split("</style>").next());
    let mut faults: Vec<String> = inline.flat_map(beyond_the_floor).collect();
    for sheet in sheets {
        let css = fs::read_to_string(&sheet).expect("a style sheet is text");
        faults
            .extend(beyond_the_floor(&css).into_iter().map(|fault| format!("{}: {fault}", sheet.display())));
    }
    assert!(faults.is_empty(), "beyond the floor:\n{}", faults.join("\n"));
}

#[test]
fn markup_and_scripts_stay_above_the_floor() {
    let mut pages = vec![root().join("index.html")];
    pages.extend(files("www", "js").into_iter().chain(files("src", "js")));
    for page in pages {
        let text = fs::read_to_string(&page).expect("a script is text");
        for (what, since) in SCRIPTS {
            assert!(!text.contains(what), "{}: {what} (Safari, Firefox, Chrome: {since})", page.display());
        }
    }
}

#[test]
fn what_the_floor_lacks_is_seen() {
    for (what, _) in STYLES {
        let used = match what.chars().next() {
            Some('@') => format!("{what} x {{ a: b }}"),
            Some(':') => format!("p{what} {{ a: b }}"),
            _ => format!("p {{ a: {what} 1px }}"),
        };
        assert!(!beyond_the_floor(&used).is_empty(), "{used}");
        let asked = format!("@supports (a: b) {{ {used} }}");
        assert!(beyond_the_floor(&asked).is_empty(), "{asked}");
        assert!(beyond_the_floor(&format!("/* {what} */ p {{ content: \"{what}\" }}")).is_empty());
    }
    for css in
        ["p { height: 2lh }", "p { &:hover { a: b } }", "p { .x { a: b } }", "p { @media print { a: b } }"]
    {
        assert!(!beyond_the_floor(css).is_empty(), "{css}");
    }
    assert!(!beyond_the_floor("p { user-select: none }").is_empty());
    assert!(beyond_the_floor("p { -webkit-user-select: none; user-select: none }").is_empty());
}

#[test]
fn what_the_floor_has_passes() {
    for css in [
        "@media (prefers-color-scheme: dark) { :root { --dark: initial; --background-color: #fff } }",
        "p { min-height: 100dvh; inset: 0; translate: 1px; width: clamp(1px, 2vw, 3px); aspect-ratio: 1 }",
        "p:is(.a, .b):not(.c):focus-visible { text-wrap: balance; background: linear-gradient(red, blue) }",
        "@container (width > 3px) { p { accent-color: red; overflow: clip; scrollbar-gutter: stable } }",
        "@layer a { p { color: rgb(1 2 3 / 4%); forced-color-adjust: none } }",
    ] {
        assert_eq!(beyond_the_floor(css), Vec::<String>::new(), "{css}");
    }
}
