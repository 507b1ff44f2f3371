//! `cargo xtask bench`: training speed of the reference work R on both engines in a browser, on
//! this machine without one, in PyTorch where it is installed; and the size of each wasm file.

use std::{process::Command, thread};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{
    browser, build,
    process::{self, cargo, command},
    project, sizes, test, tools,
};

/// The same work in PyTorch, on one thread.
const PYTORCH: &str = include_str!("reference.py");

/// How the engines are compiled for the measurement: as those that are shipped, but for the CPU
/// engine's link-time optimisation, which would take the GPU's code along.
const BENCH_PROFILE: &str = "engine";

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
}

/// One measured speed.
struct Speed {
    what: &'static str,
    images_per_second: f64,
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
    let speeds = if arguments.sizes { Vec::new() } else { speeds()? };
    let sizes = sizes::measure(&project::dist())?;
    print(&speeds);
    let first_visit = sizes::first_visit(&project::dist())?;
    sizes::print(&sizes, first_visit);
    if arguments.json {
        let speeds: Value =
            speeds.iter().map(|speed| (speed.what.to_owned(), json!(speed.images_per_second))).collect();
        println!(
            "{}",
            json!({ "images_per_second": speeds, "wasm": sizes::to_json(&sizes), "first_visit": first_visit })
        );
    }
    sizes::check(&sizes, first_visit)
}

fn speeds() -> Result<Vec<Speed>> {
    let mut speeds = browser_speeds()?;
    speeds.push(Speed { what: "flex, native", images_per_second: native_speed()? });
    match pytorch_speed() {
        Some(images_per_second) => speeds.push(Speed { what: "PyTorch, 1 thread", images_per_second }),
        None => println!("PyTorch is not installed (pip install torch): no comparison."),
    }
    Ok(speeds)
}

fn print(speeds: &[Speed]) {
    if speeds.is_empty() {
        return;
    }
    let of = |what: &str| speeds.iter().find(|speed| speed.what == what).map(|speed| speed.images_per_second);
    println!(
        "\n{:<22} {:>12}   ({} cores)",
        "reference work R",
        "images/s",
        thread::available_parallelism().map_or(1, usize::from)
    );
    for speed in speeds {
        println!("{:<22} {:>12.1}", speed.what, speed.images_per_second);
    }
    if let (Some(cpu), Some(pytorch)) = (of("cpu"), of("PyTorch, 1 thread")) {
        println!("{:<22} {:>12.2}", "cpu / PyTorch", cpu / pytorch);
    }
    println!();
}

/// Both engines, by the wasm test that prints a line for each.
fn browser_speeds() -> Result<Vec<Speed>> {
    let mut command = test::wasm_test("bench_browser", BENCH_PROFILE, &browser::ensure()?)?;
    println!("==> Measuring both engines in a headless browser");
    let printed = process::output(command.args(["--", "--nocapture"]))?;
    let lines = printed.lines().filter_map(|line| line.trim().strip_prefix("bench: "));
    let values = lines.map(|line| serde_json::from_str::<Value>(line).context("reading a measurement"));
    let values: Vec<_> = values.collect::<Result<_>>()?;
    ["cpu", "gpu"].into_iter().map(|engine| browser_speed(&values, engine, &printed)).collect()
}

fn browser_speed(values: &[Value], engine: &'static str, printed: &str) -> Result<Speed> {
    let is_it = |value: &&Value| value["engine"] == engine;
    let Some(images_per_second) =
        values.iter().find(is_it).and_then(|value| value["images_per_second"].as_f64())
    else {
        bail!("the browser reported no speed for {engine}:\n{printed}");
    };
    Ok(Speed { what: engine, images_per_second })
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
