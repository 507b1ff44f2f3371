//! Splits the page's wasm file: what only one step of the page needs is fetched with that step.
//!
//! The functions marked `wasm_split` in `src/ui/parts.rs` are where it is cut. Trunk knows nothing of
//! this: its `app` files are replaced by those of the remaining part, under the same names, and the
//! other parts lie in a folder named after their content.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::Options;

use crate::{
    build::move_into_named_folder,
    process::{self, command},
    project, sizes,
    tools::WASM_TARGET,
};

/// The script that fetches parts, as the page's own script names it.
const LOADER: &str = "./__wasm_split.js";
/// How that script makes a module of a part: only where the host names the type of wasm files.
const STREAMED: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// The same from any host; the parts are too small for streaming to matter.
const BUFFERED: &str =
    "src.then((part) => part.arrayBuffer()).then((part) => WebAssembly.instantiate(part, imports))";
/// Beside the parts: which files each step needs.
pub const NEEDS: &str = "needs.json";

/// Splits the `app` that Trunk wrote into `dist`, compiled by the cargo profile `profile`.
///
/// # Errors
/// Where a file is missing, or a tool fails.
pub fn split(dist: &Path, profile: &str) -> Result<()> {
    let script = sizes::find(dist, "app-", ".js")?;
    let name = script.file_stem().expect("a script has a name").to_string_lossy().into_owned();
    let work = project::target().join("split");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let main = work.join(format!("{name}.wasm"));
    let parts = cut(&name, profile, &work.join("parts"), &main)?;
    let mut bindgen = command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name"]).arg(&name);
    process::run("Splitting the page by steps", bindgen.arg("--out-dir").arg(dist).arg(&main))?;
    let folder = move_into_named_folder(dist, "parts", &parts)?;
    let text = fs::read_to_string(&script)?;
    // The import alone: the module's name for it, further down, stays.
    let import = format!("from \"{LOADER}\"");
    ensure!(text.contains(&import), "{} does not import {LOADER}", script.display());
    let moved = import.replace("./", &format!("./{folder}/"));
    Ok(fs::write(&script, text.replace(&import, &moved))?)
}

/// Writes the remaining part to `main` and the others into `folder`; returns the latter's files.
fn cut(name: &str, profile: &str, folder: &Path, main: &Path) -> Result<Vec<PathBuf>> {
    let built = project::target().join(WASM_TARGET).join(profile).join("app.wasm");
    let module = fs::read(&built).with_context(|| format!("reading {}", built.display()))?;
    fs::create_dir_all(folder)?;
    let script = format!("../{name}.js");
    let mut options = Options::new(&module);
    (options.output_dir, options.main_out_path) = (folder, main);
    (options.link_name, options.main_module) = (LOADER, &script);
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("splitting the page: {error:#}"))?;
    let loader = folder.join(LOADER);
    let text = fs::read_to_string(&loader)?;
    ensure!(text.contains(STREAMED), "{} holds no «{STREAMED}»", loader.display());
    fs::write(loader, text.replace(STREAMED, BUFFERED))?;
    let needs: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    fs::write(folder.join(NEEDS), serde_json::to_string_pretty(&needs)?)?;
    sizes::files_under(folder)
}
