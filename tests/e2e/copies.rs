//! Copies of the built page that begin with a script of the test's own, in the page and in its workers.

use std::{
    fs,
    path::{Path, PathBuf},
};

use xtask::{project, sizes};

/// The test's script in a copy.
const OWN: &str = "begin.js";
/// Before the version in the page.
const VERSION: &str = r#"<meta name="telar-version" content=""#;

/// The page with its console and its downloads recorded, in any browser.
pub fn watched() -> PathBuf {
    copy("watched", include_str!("watch.js"), |css| css)
}

/// A copy named so whose page and workers begin with `script`, its style sheets changed by `restyle`.
pub fn copy(name: &str, script: &str, restyle: impl Fn(String) -> String) -> PathBuf {
    let (dist, copy) = (project::dist(), Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
    // There is no copy before the first run.
    let _ = fs::remove_dir_all(&copy);
    let files = sizes::files_under(&dist).expect("dist/ is built: cargo xtask build");
    for file in files.iter().filter(|file| !is_compressed(file)) {
        let there = copy.join(file.strip_prefix(&dist).expect("it lies in dist/"));
        fs::create_dir_all(there.parent().expect("a file lies in a folder")).expect("writable");
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let read = || fs::read_to_string(file).expect("a text");
        let changed = match name.as_str() {
            "index.html" => Some(begun_with_file(&read())),
            worker if worker.starts_with("engine_") && worker.ends_with(".js") => {
                Some(begun_with(&read(), script))
            }
            sheet if sheet.ends_with(".css") => Some(restyle(read())),
            _ => None,
        };
        match changed {
            Some(text) => fs::write(there, text),
            None => fs::copy(file, there).map(|_| ()),
        }
        .expect("the target folder can be written");
    }
    fs::write(copy.join(OWN), script).expect("the target folder can be written");
    list_anew(&copy);
    copy
}

/// The page begins with a file: its security policy takes no script in the page itself.
fn begun_with_file(page: &str) -> String {
    page.replacen("<title>", &format!("<script src=\"./{OWN}\"></script>\n<title>"), 1)
}

/// Gives the service worker of a changed copy its list, and the copy a version of its own.
pub fn list_anew(copy: &Path) {
    let path = copy.join("index.html");
    let page = fs::read_to_string(&path).expect("the page");
    let (before, rest) = page.split_once(VERSION).expect("the page has a version");
    let (_, after) = rest.split_once('"').expect("the version ends");
    fs::write(&path, format!("{before}{VERSION}\"{after}")).expect("the copy can be changed");
    xtask::offline::prepare(copy).expect("the copy is whole");
}

/// Imports are hoisted: what stands before them in the text runs after them all the same, but before
/// anything that this module does itself.
fn begun_with(module: &str, script: &str) -> String {
    format!("{script}\n{module}")
}

/// The twins for servers that hand them out: they would be taken instead of what is changed.
fn is_compressed(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "br" || extension == "gz")
}
