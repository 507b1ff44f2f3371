//! The size of each wasm file, raw and compressed, and of what a first visit fetches, against their
//! budgets.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use crate::split::NEEDS;

/// Name's beginning and budget in gzip bytes of each wasm file.
const BUDGETS: [(&str, usize); 3] = [("app", 350_000), ("engine_cpu", 900_000), ("engine_gpu", 3_500_000)];

/// Brotli bytes that a visitor may fetch before the first verdict: page, CPU engine and weights.
const FIRST_VISIT_BUDGET: usize = 1_550_000;
/// What of the built page is not fetched before it: the other engine, and what is for readers, what comes when all is done.
const LATER: [&str; 5] = ["engine_gpu", "engine_cpu_helper", "README", NEEDS, "service-worker"];
/// The step in which there is a verdict.
const VERDICT_STEP: &str = "draw";
/// Largest file that gets Brotli's best level, which takes about two seconds a megabyte.
const BEST_UP_TO: usize = 8_000_000;

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
    BUDGETS.into_iter().map(|(name, budget)| measure_one(dist, name, budget)).collect()
}

fn measure_one(dist: &Path, name: &'static str, budget: usize) -> Result<WasmSize> {
    let path = find(dist, name, "_bg.wasm")?;
    Ok(WasmSize { name, raw: length(&path)?, gzip: sent(&path, "gz")?, budget })
}

/// The file under `dist` whose name begins with `prefix` and ends with `suffix`.
///
/// # Errors
/// Where there is none.
pub fn find(dist: &Path, prefix: &str, suffix: &str) -> Result<PathBuf> {
    let is_it = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(prefix) && name.ends_with(suffix)
    };
    let found = files_under(dist)?.into_iter().find(is_it);
    found.with_context(|| format!("no {prefix}…{suffix} in {}: build the page first", dist.display()))
}

/// Bytes that a server sends of a file: those of the one packed beside it, where there is one.
fn sent(path: &Path, extension: &str) -> Result<usize> {
    let packed = beside(path, extension);
    length(if packed.is_file() { &packed } else { path })
}

/// Where a file lies packed: `app.wasm.gz` beside `app.wasm`.
pub fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(format!(".{extension}"));
    name.into()
}

fn length(path: &Path) -> Result<usize> {
    Ok(usize::try_from(fs::metadata(path)?.len())?)
}

/// Bytes that a first visit fetches up to the first verdict, from a server that hands out Brotli.
///
/// # Errors
/// Where a file is missing or cannot be read.
pub fn first_visit(dist: &Path) -> Result<usize> {
    let files = files_under(dist)?;
    let needs =
        files.iter().find(|path| path.ends_with(NEEDS)).context("the page's parts: build it first")?;
    let needs: BTreeMap<String, Vec<String>> = serde_json::from_slice(&fs::read(needs)?)?;
    let needed = needs.get(VERDICT_STEP).context("no part for drawing")?;
    let is_part = |name: &str| ["split_", "chunk_"].iter().any(|prefix| name.starts_with(prefix));
    let is_fetched = |name: &str| {
        let stem = name.split('.').next().unwrap_or_default();
        let later = LATER.iter().any(|later| name.starts_with(later));
        let packed = [".gz", ".br"].iter().any(|ending| name.ends_with(ending));
        !later && !packed && (!is_part(name) || needed.iter().any(|part| part == stem))
    };
    let mut total = 0;
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if is_fetched(&name) {
            total += sent(&path, "br")?;
        }
    }
    Ok(total)
}

/// Prints the table, and what a first visit fetches.
pub fn print(sizes: &[WasmSize], first_visit: usize) {
    println!("{:<12} {:>12} {:>12} {:>12}", "wasm", "raw bytes", "gzip bytes", "budget");
    for size in sizes {
        let verdict = if size.gzip <= size.budget { "" } else { "  OVER BUDGET" };
        println!("{:<12} {:>12} {:>12} {:>12}{verdict}", size.name, size.raw, size.gzip, size.budget);
    }
    println!("A first visit fetches {first_visit} bytes (Brotli; at most {FIRST_VISIT_BUDGET}).");
}

/// Fails where a file or a first visit is over its budget.
///
/// # Errors
/// Names what is too large.
pub fn check(sizes: &[WasmSize], first_visit: usize) -> Result<()> {
    let mut over: Vec<_> =
        sizes.iter().filter(|size| size.gzip > size.budget).map(|size| size.name).collect();
    over.extend((first_visit > FIRST_VISIT_BUDGET).then_some("a first visit"));
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

/// Compresses at the best level, or a lower one where that would take minutes.
///
/// # Errors
/// Never in practice: the output is memory.
pub fn brotli(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let quality = if bytes.len() > BEST_UP_TO { 9 } else { 11 };
    let parameters = BrotliEncoderParams { quality, lgwin: 24, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut packed, &parameters)?;
    Ok(packed)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_visit_fetches_packed_what_drawing_needs_and_no_more() -> Result<()> {
        let dist = tempfile::tempdir()?;
        let files = [
            ("app.wasm", 1_000),
            ("app.wasm.gz", 400),
            ("app.wasm.br", 300),
            ("engine_gpu_bg.wasm", 9_000),
            ("split_draw.wasm", 20),
            ("split_latent.wasm", 50),
            ("chunk_1.wasm", 3),
            ("chunk_2.wasm", 5),
        ];
        for (name, size) in files {
            fs::write(dist.path().join(name), vec![0; size])?;
        }
        let needs = r#"{ "draw": ["chunk_1", "split_draw"], "latent": ["chunk_2", "split_latent"] }"#;
        fs::write(dist.path().join(NEEDS), needs)?;
        assert_eq!(first_visit(dist.path())?, 300 + 20 + 3);
        Ok(())
    }

    #[test]
    fn what_is_over_its_budget_is_named() {
        let of = |name, gzip| WasmSize { name, raw: 2 * gzip, gzip, budget: 100 };
        assert!(check(&[of("app", 100)], FIRST_VISIT_BUDGET).is_ok());
        let error = check(&[of("app", 101), of("engine_cpu", 99)], FIRST_VISIT_BUDGET + 1).unwrap_err();
        assert_eq!(error.to_string(), "over the size budget: app, a first visit");
    }

    #[test]
    fn brotli_can_be_read_back() -> Result<()> {
        let plain = b"telar ".repeat(1_000);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut brotli(&plain)?.as_slice(), &mut back)?;
        assert_eq!(back, plain);
        Ok(())
    }
}
