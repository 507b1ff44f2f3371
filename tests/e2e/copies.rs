//! Copies of the built page that begin with a script of the test's own, in the page and in its workers.

use std::{
    fs,
    path::{Path, PathBuf},
};

use xtask::{project, sizes};

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
            "index.html" => Some(read().replacen("<head>", &format!("<head>\n<script>{script}</script>"), 1)),
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
    copy
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
