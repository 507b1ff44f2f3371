//! `cargo xtask bench`: training speed of the reference work R on both engines in a browser, on
//! this machine without one, in PyTorch where it is installed; and the size of each wasm file.
//!
//! R's batch of 64 is summed up from units, as the page's batches are: from units of 32, and of 16 for
//! comparison. The rows say how large the units are and how many workers calculate them.

use std::{process::Command, thread};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{
    browser, build,
    process::{self, cargo, command},
    project, sizes, test, tools,
};

/// The same work in PyTorch, on one thread.
const PYTORCH: &str = include_str!("reference.py");

/// Each engine's name, features and profile: compiled as those that are shipped.
const ENGINES: [(&str, &str, &str); 2] =
    [("CPU", "engine-cpu", "engine-cpu"), ("GPU", "engine-gpu", "engine")];
/// The row that other rows are compared with.
const PYTORCH_ROW: &str = "PyTorch, 1 thread";

/// `cargo xtask bench`'s arguments.
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
    /// Measure the sizes of `dist/` as it is, without building.
    #[arg(long)]
    no_build: bool,
    /// Sizes only, no speeds.
    #[arg(long)]
    sizes: bool,
    /// Print one JSON object at the end.
    #[arg(long)]
    json: bool,
    /// Time the page's own trainings instead, on the real data: half an hour.
    #[arg(long)]
    page: bool,
    /// With `--page`, only those whose name holds this word: autoencoder, comparison, best, study, ninety.
    #[arg(long, requires = "page")]
    only: Option<String>,
}

/// One measured speed.
struct Speed {
    what: String,
    images_per_second: f64,
}

impl Speed {
    fn new(what: impl Into<String>, images_per_second: f64) -> Self {
        Self { what: what.into(), images_per_second }
    }
}

/// Measures and prints.
///
/// # Errors
/// Where a measurement fails, or a wasm file is over its budget.
pub fn run(arguments: &Arguments) -> Result<()> {
    tools::ensure()?;
    if !arguments.no_build {
        build::build(&build::Arguments::default())?;
    }
    if arguments.page {
        return page(arguments.only.as_deref());
    }
    let speeds = if arguments.sizes { Vec::new() } else { speeds()? };
    let sizes = sizes::measure(&project::dist())?;
    print(&speeds);
    let first_visit = sizes::first_visit(&project::dist())?;
    sizes::print(&sizes, first_visit);
    if arguments.json {
        let speeds: Value =
            speeds.iter().map(|speed| (speed.what.clone(), json!(speed.images_per_second))).collect();
        println!(
            "{}",
            json!({ "images_per_second": speeds, "wasm": sizes::to_json(&sizes), "first_visit": first_visit })
        );
    }
    sizes::check(&sizes, first_visit)
}

/// The page's own trainings, timed in a headless browser.
fn page(only: Option<&str>) -> Result<()> {
    let mut command = test::page_test(&browser::ensure()?);
    process::run("the page's trainings", command.arg(format!("lessons::{}", only.unwrap_or_default())))
}

/// PyTorch before and after the engines: a machine does not go at one speed for so long.
fn speeds() -> Result<Vec<Speed>> {
    let before = pytorch_speed();
    let mut speeds = Vec::new();
    for (name, features, profile) in ENGINES {
        speeds.extend(browser_speeds(name, features, profile)?);
    }
    speeds.push(Speed::new("flex, native, all cores", native_speed()?));
    match before.zip(pytorch_speed()) {
        Some((before, after)) => {
            println!("PyTorch: {before:.0} images/s before, {after:.0} after.");
            speeds.push(Speed::new(PYTORCH_ROW, (before + after) / 2.0));
        }
        None => println!("PyTorch is not installed (pip install torch): no comparison."),
    }
    Ok(speeds)
}

fn print(speeds: &[Speed]) {
    if speeds.is_empty() {
        return;
    }
    let pytorch = speeds.iter().find(|speed| speed.what == PYTORCH_ROW).map(|speed| speed.images_per_second);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!("\n{:<36} {:>10} {:>10}   ({cores} cores)", "reference work R", "images/s", "/ PyTorch");
    for speed in speeds {
        let ratio =
            pytorch.map_or("–".to_owned(), |pytorch| format!("{:.2}", speed.images_per_second / pytorch));
        println!("{:<36} {:>10.1} {ratio:>10}", speed.what, speed.images_per_second);
    }
    println!();
}

/// An engine, by the wasm test that prints a line for each setting.
fn browser_speeds(name: &str, features: &str, profile: &str) -> Result<Vec<Speed>> {
    let mut command = test::wasm_test("bench_browser", profile, features, &browser::ensure()?)?;
    println!("==> Measuring the {name} engine in a headless browser");
    let printed = process::output(command.args(["--", "--nocapture"]))?;
    let lines = printed.lines().filter_map(|line| line.trim().strip_prefix("bench: "));
    let speeds: Vec<Speed> = lines.map(browser_speed).collect::<Result<_>>()?;
    ensure!(!speeds.is_empty(), "the browser reported no speed for the {name} engine:\n{printed}");
    Ok(speeds)
}

fn browser_speed(line: &str) -> Result<Speed> {
    let value: Value = serde_json::from_str(line).context("reading a measurement")?;
    let number = |key: &str| value[key].as_f64().with_context(|| format!("no {key} in «{line}»"));
    let engine = value["engine"].as_str().context("no engine")?;
    let workers = match number("workers")? {
        1.0 => "1 worker".to_owned(),
        workers => format!("{workers} workers"),
    };
    let what = format!("{engine}, {workers}, units of {}", number("unit")?);
    Ok(Speed::new(what, number("images_per_second")?))
}

/// The command line's own measurement.
fn native_speed() -> Result<f64> {
    println!("==> Measuring flex natively");
    let mut command =
        cargo(["run", "--release", "--features", "cli", "--bin", "telar", "--", "bench", "--json"]);
    last_number(&mut command)
}

fn pytorch_speed() -> Option<f64> {
    let mut python = command("python3");
    let installed = command("python3").args(["-c", "import torch"]).output().ok()?.status.success();
    installed.then(|| println!("==> Measuring PyTorch"))?;
    last_number(python.args(["-c", PYTORCH])).ok()
}

/// `images_per_second` of the JSON object on a command's last line.
fn last_number(command: &mut Command) -> Result<f64> {
    let printed = process::output(command)?;
    let last = printed.lines().last().context("nothing was printed")?;
    let value: Value = serde_json::from_str(last).with_context(|| format!("reading «{last}»"))?;
    value["images_per_second"].as_f64().with_context(|| format!("no images_per_second in «{last}»"))
}
