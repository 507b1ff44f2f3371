//! The service worker's list: which files the page consists of, with their sums, and the version of it all.
//! Written into `dist/service-worker.js` from `www/service-worker.js`, and the version into the page.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::{project, sizes, split::NEEDS};

/// The page itself, which is asked for anew each time.
const PAGE: &str = "index.html";
/// The worker in `dist/`: at its top, because a service worker serves the folder that it lies in.
const WORKER: &str = "service-worker.js";
/// The page's tag for the version.
const VERSION_TAG: &str = r#"<meta name="telar-version" content="""#;
/// What is kept once it has been used.
const LATER: &str = "engine_gpu";
/// What is for readers, for hosts, or comes from elsewhere.
const PASSED_OVER: [&str; 4] = ["README", NEEDS, PAGE, WORKER];

/// Path in the page's folder → SHA-256 in hexadecimal digits.
type Sums = BTreeMap<String, String>;

/// Writes the service worker with its list, and the version into the page; called when all else is in its place.
///
/// # Errors
/// Where a file cannot be read or written, or has no place for what is to be written into it.
pub fn prepare(dist: &Path) -> Result<()> {
    let (later, first): (Sums, Sums) = sums(dist)?.into_iter().partition(|(path, _)| path.contains(LATER));
    let page = fs::read_to_string(dist.join(PAGE)).context("reading the built index.html")?;
    let mut sum = Sha256::new_with_prefix(&page);
    for (path, content) in first.iter().chain(&later) {
        sum.update(format!("{path} {content}\n"));
    }
    let worker =
        fs::read_to_string(project::root().join("www").join(WORKER)).context("reading the worker")?;
    let version = format!(
        "{:.16}",
        format!("{:x}", Sha256::new_with_prefix(&worker).chain_update(sum.finalize()).finalize())
    );
    ensure!(page.contains(VERSION_TAG), "index.html has no {VERSION_TAG}>");
    fs::write(
        dist.join(PAGE),
        page.replace(VERSION_TAG, &VERSION_TAG.replace("\"\"", &format!("\"{version}\""))),
    )?;
    let list = |sums: &Sums| Ok::<_, anyhow::Error>(serde_json::to_string_pretty(sums)?);
    let values = [
        ("const VERSION = \"\"", format!("const VERSION = \"{version}\"")),
        ("const FIRST = {}", format!("const FIRST = {}", list(&first)?)),
        ("const LATER = {}", format!("const LATER = {}", list(&later)?)),
    ];
    Ok(fs::write(dist.join(WORKER), filled(worker, values)?)?)
}

fn filled(mut worker: String, values: [(&str, String); 3]) -> Result<String> {
    for (place, value) in values {
        ensure!(worker.contains(place), "www/{WORKER} has no «{place}»");
        worker = worker.replacen(place, &value, 1);
    }
    Ok(worker)
}

/// The sums of the page's files; the data files are the engine's affair, compressed twins the host's.
fn sums(dist: &Path) -> Result<Sums> {
    let mut sums = Sums::new();
    for file in sizes::files_under(dist)? {
        let inside = file.strip_prefix(dist).context("a file lies in dist/")?;
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.last().cloned().unwrap_or_default();
        let twin = [".gz", ".br"].iter().any(|ending| name.ends_with(ending));
        let other = parts[0] == "data" || parts[0].starts_with('.');
        if !twin && !other && !PASSED_OVER.iter().any(|passed| name.starts_with(passed)) {
            sums.insert(parts.join("/"), format!("{:x}", Sha256::digest(fs::read(&file)?)));
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places;

    fn dist(style: &str) -> Result<tempfile::TempDir> {
        let dist = tempfile::tempdir()?;
        let write = |path: &str, text: &str| {
            let path = dist.path().join(path);
            fs::create_dir_all(path.parent().expect("it lies in a folder"))?;
            fs::write(path, text)
        };
        write(PAGE, &format!("<html>{VERSION_TAG}>"))?;
        write("base-1.css", style)?;
        write("base-1.css.br", "packed")?;
        write("engines-1/engine_cpu.js", "cpu")?;
        write("engines-1/engine_gpu.js", "gpu")?;
        places::lay(dist.path())?;
        prepare(dist.path())?;
        Ok(dist)
    }

    fn version(dist: &Path) -> Result<String> {
        let page = fs::read_to_string(dist.join(PAGE))?;
        Ok(page
            .trim_start_matches("<html><meta name=\"telar-version\" content=\"")
            .trim_end_matches("\">")
            .to_owned())
    }

    #[test]
    fn the_worker_knows_every_file_and_the_version() -> Result<()> {
        let first = dist("a")?;
        let worker = fs::read_to_string(first.path().join(WORKER))?;
        let (before, later) = worker.split_once("const LATER").context("it has both lists")?;
        assert!(before.contains("\"base-1.css\": \"ca978112ca1bbdca"), "the SHA-256 of «a»");
        assert!(before.contains("engines-1/engine_cpu.js") && !before.contains("engine_gpu"));
        assert!(later.contains("engines-1/engine_gpu.js"));
        assert!(!worker.contains("base-1.css.br") && !worker.contains("ubyte"));
        let own = version(first.path())?;
        assert_eq!(own.len(), 16);
        assert!(before.contains(&own));
        assert_ne!(own, version(dist("b")?.path())?, "another file, another version");
        assert_eq!(own, version(dist("a")?.path())?);
        Ok(())
    }

    /// What the service worker says of data that cannot be reached is what the engine takes for a place.
    #[test]
    fn the_worker_says_what_keeps_a_place() -> Result<()> {
        let worker = fs::read_to_string(project::root().join("www").join(WORKER))?;
        let said = worker
            .split_once("NO_DATA = \"")
            .and_then(|(_, rest)| rest.split_once("\\n"))
            .context("it says so")?;
        assert!(places::TEXT.starts_with(said.0));
        Ok(())
    }
}
