//! The size of each wasm file, raw and compressed, against its budget.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

/// Name's beginning and budget in gzip bytes of each wasm file.
const BUDGETS: [(&str, usize); 3] = [("app", 350_000), ("engine_cpu", 900_000), ("engine_gpu", 3_500_000)];

/// One wasm file of the built page.
#[derive(Clone, Debug)]
pub struct WasmSize {
    /// `app`, `engine_cpu` or `engine_gpu`.
    pub name: &'static str,
    /// Bytes.
    pub raw: usize,
    /// Bytes after gzip at its best level.
    pub gzip: usize,
    /// Most gzip bytes allowed.
    pub budget: usize,
}

/// Measures the wasm files under `dist`.
///
/// # Errors
/// Where one is missing or cannot be read.
pub fn measure(dist: &Path) -> Result<Vec<WasmSize>> {
    let files = files_under(dist)?;
    BUDGETS.into_iter().map(|(name, budget)| measure_one(&files, name, budget)).collect()
}

fn measure_one(files: &[PathBuf], name: &'static str, budget: usize) -> Result<WasmSize> {
    let is_it = |path: &&PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        file.starts_with(name) && file.ends_with("_bg.wasm")
    };
    let path =
        files.iter().find(is_it).with_context(|| format!("no {name} wasm file: build the page first"))?;
    let bytes = fs::read(path)?;
    Ok(WasmSize { name, raw: bytes.len(), gzip: gzip(&bytes)?.len(), budget })
}

/// Prints the table.
pub fn print(sizes: &[WasmSize]) {
    println!("{:<12} {:>12} {:>12} {:>12}", "wasm", "raw bytes", "gzip bytes", "budget");
    for size in sizes {
        let verdict = if size.gzip <= size.budget { "" } else { "  OVER BUDGET" };
        println!("{:<12} {:>12} {:>12} {:>12}{verdict}", size.name, size.raw, size.gzip, size.budget);
    }
}

/// Fails where a file is over its budget.
///
/// # Errors
/// Names the files that are too large.
pub fn check(sizes: &[WasmSize]) -> Result<()> {
    let over: Vec<_> = sizes.iter().filter(|size| size.gzip > size.budget).map(|size| size.name).collect();
    if !over.is_empty() {
        bail!("over the size budget: {}", over.join(", "));
    }
    Ok(())
}

/// The table as JSON.
pub fn to_json(sizes: &[WasmSize]) -> Value {
    sizes
        .iter()
        .map(|size| json!({ "file": size.name, "raw": size.raw, "gzip": size.gzip, "budget": size.budget }))
        .collect()
}

/// Compresses at the best level.
///
/// # Errors
/// Never in practice: the output is memory.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// All files below a folder.
///
/// # Errors
/// Where a folder cannot be read.
pub fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { files.extend(files_under(&path)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}
