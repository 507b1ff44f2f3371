//! `cargo xtask build`: Trunk, then the finish that Trunk does not give.
//!
//! The finish: the page is split by steps; wasm files lose their custom sections; the workers' files,
//! which Trunk does not hash, and the shipped weights move into folders named after their content, and
//! the page is told where; Trunk's script in the page becomes a file, as the page's security policy wants;
//! the data files get their places; the service worker gets its list; whatever compresses gets a `.gz` and
//! a `.br` beside it, for servers that can hand them out.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::{
    offline, places,
    process::{self, command},
    project, sizes, split, tools, wasm,
};

/// What Trunk builds, and what it is called in `dist/`.
const PAGE: &str = "index.html";
/// The same with quicker profiles; written anew each time, not kept in the repository.
const QUICK_PAGE: &str = "index.quick.html";
/// Cargo's profile for the page.
const PAGE_PROFILE: &str = "ui";
/// Cargo's profile for everything in a quick build: the tests', so that dependencies are shared.
const QUICK_PROFILE: &str = "release";
/// The tag in `index.html` that names the workers' folder.
const ENGINES_TAG: &str = r#"<meta name="telar-engines" content="./""#;
/// The tag that names the folder of the weights, and that folder as Trunk copies it.
const MODELS_TAG: &str = r#"<meta name="telar-models" content="./models/""#;
const MODELS: &str = "models";
/// Where a helper of the CPU engine begins, and its name beside that engine.
const HELPER: [&str; 2] = ["www/helper.js", "engine_cpu_helper.js"];
/// Begin and end of the script that Trunk writes into the page.
const BOOT: [&str; 2] = [r#"<script type="module">"#, "</script>"];
/// What Trunk names the workers' files after.
const ENGINES: [&str; 2] = ["engine_cpu", "engine_gpu"];
/// Files that compress well.
const COMPRESSIBLE: [&str; 7] = ["html", "css", "js", "json", "svg", "wasm", "safetensors"];

/// `cargo xtask build`'s arguments.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub struct Arguments {
    /// For trying things out: quick to build, nothing made small, no GPU engine.
    #[arg(long)]
    quick: bool,
    /// The GPU engine as well, where `--quick` leaves it out.
    #[arg(long)]
    gpu: bool,
}

/// Builds `dist/` and prints the size of its wasm files.
///
/// # Errors
/// Where a tool is missing or a step fails; where a build to be shipped, which is complete by then, is over
/// its size budget.
pub fn build(arguments: &Arguments) -> Result<()> {
    tools::ensure()?;
    let dist = project::dist();
    if arguments.quick {
        trunk(&quick_page(arguments.gpu)?)?;
        split::split(&dist, QUICK_PROFILE)?;
        finish(&dist)?;
    } else {
        trunk(Path::new(PAGE))?;
        split::split(&dist, PAGE_PROFILE)?;
        finish(&dist)?;
        compress(&dist)?;
        let (files, first_visit) = (sizes::measure(&dist)?, sizes::first_visit(&dist)?);
        sizes::print(&files, first_visit);
        sizes::check(&files, first_visit)?;
    }
    println!("The page is in {}: copy it to any static host.", dist.display());
    Ok(())
}

fn trunk(page: &Path) -> Result<()> {
    let mut trunk = command("trunk");
    trunk.arg("build").arg(page).args(["--html-output", PAGE]).env("RUST_BACKTRACE", "0");
    process::run("Building the page and its workers", &mut trunk)
}

/// Writes a page that builds the same in the profile of the tests, without the GPU engine unless `gpu`.
fn quick_page(gpu: bool) -> Result<PathBuf> {
    let mut page = fs::read_to_string(project::root().join(PAGE)).context("reading index.html")?;
    for profile in [PAGE_PROFILE, "engine-cpu", "engine"] {
        let [shipped, quick] =
            [profile, QUICK_PROFILE].map(|profile| format!("data-cargo-profile=\"{profile}\""));
        page = page.replace(&shipped, &quick);
    }
    if let (false, Some(gpu)) = (gpu, page.find("data-bin=\"engine_gpu\"")) {
        let begin = page[..gpu].rfind("<link").context("index.html names the GPU engine in no link")?;
        let end = begin + page[begin..].find('>').context("a link ends")? + 1;
        page.replace_range(begin..end, "");
    }
    let path = project::root().join(QUICK_PAGE);
    fs::write(&path, page)?;
    Ok(path)
}

/// Finishes what Trunk wrote.
///
/// # Errors
/// Where a file is missing or cannot be written.
pub fn finish(dist: &Path) -> Result<()> {
    for path in sizes::files_under(dist)?.iter().filter(|path| has_extension(path, &["wasm"])) {
        let stripped = wasm::strip(&fs::read(path)?).with_context(|| path.display().to_string())?;
        wasm::check_instructions(&stripped).with_context(|| path.display().to_string())?;
        fs::write(path, stripped)?;
    }
    fs::copy(project::root().join(HELPER[0]), dist.join(HELPER[1])).context("copying www/helper.js")?;
    let (engines, models) = (move_engines(dist)?, move_models(dist)?);
    places::lay(dist)?;
    point_page_at(dist, ENGINES_TAG, "./", &engines)?;
    point_page_at(dist, MODELS_TAG, "./models/", &models)?;
    move_boot(dist)?;
    offline::prepare(dist)
}

/// Moves the shipped weights into a folder named after their content; returns its name.
fn move_models(dist: &Path) -> Result<String> {
    let mut files = sizes::files_under(&dist.join(MODELS))?;
    files.sort();
    let name = move_into_named_folder(dist, MODELS, &files)?;
    fs::remove_dir(dist.join(MODELS)).context("removing the weights' former folder")?;
    Ok(name)
}

/// Moves the script in the page into a file named after its content.
fn move_boot(dist: &Path) -> Result<()> {
    let path = dist.join(PAGE);
    let page = fs::read_to_string(&path)?;
    let [begin, end] = BOOT;
    let (before, rest) = page.split_once(begin).context("Trunk wrote no script into the page")?;
    let (script, after) = rest.split_once(end).context("the page's script has no end")?;
    let name = format!("boot-{:.16}.js", format!("{:x}", Sha256::digest(script)));
    fs::write(dist.join(&name), script)?;
    let tag = format!(r#"<script type="module" src="./{name}"></script>"#);
    Ok(fs::write(&path, format!("{before}{tag}{after}"))?)
}

/// Moves the workers' files into a folder named after their content; returns its name.
fn move_engines(dist: &Path) -> Result<String> {
    let files = engine_files(dist)?;
    ensure!(!files.is_empty(), "Trunk wrote no workers into {}", dist.display());
    let name = move_into_named_folder(dist, "engines", &files)?;
    for script in sizes::files_under(&dist.join(&name))?.iter().filter(|path| has_extension(path, &["js"])) {
        // Shared snippets stay beside the page.
        fs::write(script, fs::read_to_string(script)?.replace("'./snippets/", "'../snippets/"))?;
    }
    Ok(name)
}

/// Moves `files` into a folder in `dist` whose name is `prefix` and a sum of their content; returns it.
///
/// # Errors
/// Where a file cannot be read or moved.
pub fn move_into_named_folder(dist: &Path, prefix: &str, files: &[PathBuf]) -> Result<String> {
    let mut sum = Sha256::new();
    for file in files {
        sum.update(fs::read(file)?);
    }
    let name = format!("{prefix}-{:.16}", format!("{:x}", sum.finalize()));
    fs::create_dir_all(dist.join(&name))?;
    for file in files {
        // Not renamed: Cargo's target folder may lie on another disk.
        fs::copy(file, dist.join(&name).join(file.file_name().expect("a file has a name")))?;
        fs::remove_file(file)?;
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

/// Writes `folder` into the page's `tag` in place of `former`.
fn point_page_at(dist: &Path, tag: &str, former: &str, folder: &str) -> Result<()> {
    let path = dist.join(PAGE);
    let page = fs::read_to_string(&path).context("reading the built index.html")?;
    ensure!(page.contains(tag), "index.html has no {tag}>");
    let there = tag.replace(former, &format!("./{folder}/"));
    Ok(fs::write(&path, page.replace(tag, &there))?)
}

/// All files at once: the best level of Brotli takes its time.
fn compress(dist: &Path) -> Result<()> {
    let mut files = sizes::files_under(dist)?;
    files.retain(|path| has_extension(path, &COMPRESSIBLE));
    println!("==> Compressing {} files", files.len());
    thread::scope(|scope| {
        let running: Vec<_> = files.iter().map(|path| scope.spawn(|| compress_one(path))).collect();
        running.into_iter().try_for_each(|thread| thread.join().expect("compressing does not panic"))
    })
}

fn compress_one(path: &Path) -> Result<()> {
    let plain = fs::read(path)?;
    for (extension, compressed) in [("gz", sizes::gzip(&plain)?), ("br", sizes::brotli(&plain)?)] {
        if compressed.len() < plain.len() {
            fs::write(sizes::beside(path, extension), compressed)?;
        }
    }
    Ok(())
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known))
}
