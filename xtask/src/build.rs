//! `cargo xtask build`: Trunk, then the finish that Trunk does not give.
//!
//! The finish: wasm files lose their custom sections; the workers' files, which Trunk does not
//! hash, move into a folder named after their content, and the page is told where; whatever
//! compresses gets a `.gz` beside it, for servers that can hand it out.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::{
    process::{self, command},
    project, sizes, tools, wasm,
};

/// The tag in `index.html` that names the workers' folder.
const ENGINES_TAG: &str = r#"<meta name="telar-engines" content="./""#;
/// What Trunk names the workers' files after.
const ENGINES: [&str; 2] = ["engine_cpu", "engine_gpu"];
/// Files that compress well.
const COMPRESSIBLE: [&str; 7] = ["html", "css", "js", "json", "svg", "wasm", "safetensors"];

/// Builds `dist/` and prints the size of its wasm files.
///
/// # Errors
/// Where a tool is missing or a step fails.
pub fn build() -> Result<()> {
    tools::ensure()?;
    process::run(
        "Building the page and its workers",
        command("trunk").arg("build").env("RUST_BACKTRACE", "0"),
    )?;
    let dist = project::dist();
    finish(&dist)?;
    sizes::print(&sizes::measure(&dist)?);
    println!("The page is in {}: copy it to any static host.", dist.display());
    Ok(())
}

/// Finishes what Trunk wrote.
///
/// # Errors
/// Where a file is missing or cannot be written.
pub fn finish(dist: &Path) -> Result<()> {
    for path in sizes::files_under(dist)?.iter().filter(|path| has_extension(path, &["wasm"])) {
        let stripped = wasm::strip(&fs::read(path)?).with_context(|| path.display().to_string())?;
        fs::write(path, stripped)?;
    }
    let folder = move_engines(dist)?;
    point_page_at(dist, &folder)?;
    compress(dist)
}

/// Moves the workers' files into a folder named after their content; returns its name.
fn move_engines(dist: &Path) -> Result<String> {
    let files = engine_files(dist)?;
    ensure!(!files.is_empty(), "Trunk wrote no workers into {}", dist.display());
    let mut sum = Sha256::new();
    for file in &files {
        sum.update(fs::read(file)?);
    }
    let name = format!("engines-{:.16}", format!("{:x}", sum.finalize()));
    fs::create_dir_all(dist.join(&name))?;
    for file in files {
        fs::rename(&file, dist.join(&name).join(file.file_name().expect("a file has a name")))?;
    }
    for script in sizes::files_under(&dist.join(&name))?.iter().filter(|path| has_extension(path, &["js"])) {
        // Shared snippets stay beside the page.
        fs::write(script, fs::read_to_string(script)?.replace("'./snippets/", "'../snippets/"))?;
    }
    Ok(name)
}

fn engine_files(dist: &Path) -> Result<Vec<PathBuf>> {
    let is_engine = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        path.is_file() && ENGINES.iter().any(|engine| name.starts_with(engine))
    };
    let mut files: Vec<_> = fs::read_dir(dist)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(is_engine);
    files.sort();
    Ok(files)
}

fn point_page_at(dist: &Path, folder: &str) -> Result<()> {
    let path = dist.join("index.html");
    let page = fs::read_to_string(&path).context("reading the built index.html")?;
    ensure!(page.contains(ENGINES_TAG), "index.html has no {ENGINES_TAG}>");
    let tag = ENGINES_TAG.replace("./", &format!("./{folder}/"));
    Ok(fs::write(&path, page.replace(ENGINES_TAG, &tag))?)
}

fn compress(dist: &Path) -> Result<()> {
    for path in sizes::files_under(dist)?.iter().filter(|path| has_extension(path, &COMPRESSIBLE)) {
        let plain = fs::read(path)?;
        let compressed = sizes::gzip(&plain)?;
        if compressed.len() < plain.len() {
            let mut beside = path.clone().into_os_string();
            beside.push(".gz");
            fs::write(beside, compressed)?;
        }
    }
    Ok(())
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known))
}
