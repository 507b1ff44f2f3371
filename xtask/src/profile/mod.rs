//! `cargo xtask profile`: where the time of a training goes. A build that keeps its functions' names
//! trains in a headless browser, and the developer tools take samples of the engine's call stack.

mod devtools;
mod shares;

use std::{fs, net::SocketAddr, path::PathBuf, thread, time::Duration};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use self::{devtools::DevTools, shares::Shares};
use crate::{
    browser, process,
    process::{cargo, command},
    project, serve, tools,
    tools::WASM_TARGET,
};

/// As what is shipped, but without the CPU engine's link-time optimisation, which leaves few names.
const BUILD_PROFILE: &str = "engine";
/// Microseconds between samples.
const INTERVAL: u32 = 500;
/// The page that drives the engine.
const PAGE: &str = include_str!("page.html");
/// What the page starts its worker by.
const WORKER: &str = "import init from './engine_cpu.js'; await init();";

/// Waits for the page and lets the engine load the data.
const LOAD: &str = "(async () => {
    while (!window.telar) await new Promise((done) => setTimeout(done, 20));
    return await telar.load();
})()";

/// `cargo xtask profile`'s arguments.
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
    /// Seconds of each training.
    #[arg(long, default_value_t = 20.0)]
    seconds: f64,
    /// Profile this file (an `engine_cpu.wasm` as cargo wrote it) instead of building one.
    #[arg(long)]
    engine: Option<PathBuf>,
    /// Leave the samples in this folder, for the developer tools' performance panel.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Builds, trains, samples and prints.
///
/// # Errors
/// Where a tool is missing, the build or the training fails.
pub fn run(arguments: &Arguments) -> Result<()> {
    tools::ensure()?;
    let browser = browser::ensure()?.browser;
    let site = serve::Site { dist: site(arguments)?, data: project::data(), base: "/".to_owned() };
    let runtime = tokio::runtime::Runtime::new()?;
    let server = runtime.block_on(serve::start(site, SocketAddr::from(([127, 0, 0, 1], 0))))?;
    let files = project::target().join("profile").join("browser");
    let mut tools = DevTools::start(&browser, &files)?;
    let page = tools.open(&server.url)?;
    let images = tools.run(&page, LOAD)?;
    println!("==> Training on {images} images, {} s each", arguments.seconds);
    let worker = tools.worker()?;
    let mut rows = Vec::new();
    for (run, (name, config)) in (1..).zip(trainings()) {
        tools.run(&page, &format!("telar.start({run}, {config})"))?;
        let profile = sample(&mut tools, &worker, arguments.seconds)?;
        let speed = tools.run(&page, &format!("telar.progress({run})"))?;
        tools.run(&page, &format!("telar.stop({run})"))?;
        if let Some(folder) = &arguments.out {
            fs::create_dir_all(folder)?;
            fs::write(folder.join(format!("{name}.cpuprofile")), profile.to_string())?;
        }
        rows.push((name, speed, Shares::of(&profile)?));
    }
    rows.iter().for_each(|(name, speed, shares)| print(name, speed, shares));
    Ok(())
}

/// The page's default autoencoder and the three classifiers by the best recipe, in serde's form.
fn trainings() -> [(&'static str, Value); 2] {
    let autoencoder = json!({
        "latent": 16, "epochs": 5, "batch": 64, "learning_rate": 3e-3, "seed": 42, "limit": null,
    });
    let experiment = json!({
        "modes": ["scratch", "frozen", "finetuned"], "labels_per_class": null, "reuse": "latent",
        "epochs": 10, "least_batches": 320, "batch": 64, "learning_rate": 5e-3, "encoder_learning_rate": 5e-3,
        "schedule": "one-cycle", "initial": "scaled", "weight_decay": 0.02, "smoothing": 0.05, "nudging": true,
        "seed": 42, "seeds": 1, "sketch_augmentation": false,
    });
    [
        ("autoencoder", json!({ "Autoencoder": autoencoder })),
        ("classifiers", json!({ "Experiment": experiment })),
    ]
}

/// A folder with the engine, its names kept, and the page that drives it.
fn site(arguments: &Arguments) -> Result<PathBuf> {
    let engine = match &arguments.engine {
        Some(engine) => engine.clone(),
        None => build()?,
    };
    let folder = project::target().join("profile").join("site");
    let mut bindgen = command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "engine_cpu", "--out-dir"]);
    process::run("Binding it", bindgen.arg(&folder).arg(&engine))?;
    fs::write(folder.join("index.html"), PAGE)?;
    fs::write(folder.join("engine_cpu_worker.js"), WORKER)?;
    Ok(folder)
}

fn build() -> Result<PathBuf> {
    let mut build = cargo(["build", "--profile", BUILD_PROFILE, "--target", WASM_TARGET]);
    build.args(["--features", "engine-cpu", "--bin", "engine_cpu"]);
    process::run("Building the CPU engine with its functions' names", &mut build)?;
    Ok(project::target().join(WASM_TARGET).join(BUILD_PROFILE).join("engine_cpu.wasm"))
}

fn sample(tools: &mut DevTools, worker: &str, seconds: f64) -> Result<Value> {
    tools.ask(Some(worker), "Profiler.enable", json!({}))?;
    tools.ask(Some(worker), "Profiler.setSamplingInterval", json!({ "interval": INTERVAL }))?;
    tools.ask(Some(worker), "Profiler.start", json!({}))?;
    thread::sleep(Duration::from_secs_f64(seconds));
    let answer = tools.ask(Some(worker), "Profiler.stop", json!({}))?;
    answer.get("profile").cloned().context("the developer tools sent no profile")
}

fn print(name: &str, speed: &Value, shares: &Shares) {
    let speed = speed.as_f64().unwrap_or(f64::NAN);
    println!("\n{name}: {speed:.0} images/s while sampled; {:.1} % explained", shares.explained());
    println!("| operation | share |\n| --- | ---: |");
    for (what, share) in shares.per_cent() {
        println!("| {what} | {share:.1} % |");
    }
}
