//! Load, train, pause, resume, step, stop, finish, test: step «Autoencoder» on both engines.

use crate::{
    page::Page,
    responsiveness,
    setup::{self, Data, Setup},
};

/// A run small enough for a test.
#[derive(Clone, Copy)]
struct Small {
    limit: &'static str,
    batch: &'static str,
    epochs: &'static str,
}

/// Sees that the page has an autoencoder: the shipped one, else one trained in seconds.
pub async fn have_one(page: &Page) {
    let models = "return fetch(`${document.querySelector('meta[name=telar-models]').content}manifest.json`)
        .then((answer) => answer.json()).then((manifest) => manifest.models.length);";
    if page.run(models).await != 0 {
        return;
    }
    open_step(page, Small { limit: "1600", batch: "32", epochs: "2" }).await;
    page.click("ae-start").await;
    test_loss(page, 120).await;
}

/// Waits until there are images and an engine to train with.
pub async fn data_loaded(page: &Page) {
    page.until("data to be loaded", 120, async || page.count("status-data", "data-train").await > 0.0).await;
    page.until_engine("ready", 60).await;
}

async fn open_step(page: &Page, run: Small) {
    data_loaded(page).await;
    page.click("step-autoencoder").await;
    page.fill("ae-limit", run.limit).await;
    page.fill("ae-batch", run.batch).await;
    page.fill("ae-epochs", run.epochs).await;
}

async fn step(page: &Page) -> f64 {
    page.count("run-progress", "data-step").await
}

async fn test_loss(page: &Page, seconds: u64) -> f64 {
    page.until("the test loss", seconds, async || page.number("ae-test-loss").await.is_some()).await;
    page.number("ae-test-loss").await.expect("it is shown")
}

async fn assert_learned(page: &Page) {
    let (_, originals) = page.canvas("ae-originals").await;
    let (_, reconstructions) = page.canvas("ae-reconstructions").await;
    assert!(originals && reconstructions, "originals and reconstructions are drawn");
    // An untrained sigmoid output is 0.5 everywhere: mean squared error about 0.17.
    let loss = page.number("ae-val-loss").await.expect("a validation loss is shown");
    assert!(loss > 0.0 && loss < 0.15, "validation loss {loss}");
    assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
}

async fn train_with_interruptions(page: Page) {
    open_step(&page, Small { limit: "1600", batch: "32", epochs: "6" }).await;
    page.click("ae-start").await;
    page.until("some batches", 60, async || step(&page).await >= 5.0).await;
    responsiveness::forget_long_tasks(&page).await;

    let pauses = responsiveness::pause_latencies(&page, 3).await;
    println!("pause took effect after {pauses:?} ms");
    assert!(pauses[1] <= 200.0, "median of {pauses:?} ms");

    let paused_at = step(&page).await;
    page.click("run-step").await;
    page.until("one batch more", 20, async || step(&page).await == paused_at + 1.0).await;
    assert_eq!(page.attribute("status-engine", "data-state").await, "paused");

    page.click("run-pause").await;
    page.until("batches after the pause", 60, async || step(&page).await > paused_at + 5.0).await;
    let loss = test_loss(&page, 300).await;
    responsiveness::assert_smooth(&page).await;
    assert_learned(&page).await;
    println!("cpu: test loss {loss}");
    assert!(loss > 0.0 && loss < 0.15);
    page.until_engine("ready", 30).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn cpu_engine_trains_pauses_steps_and_tests() {
    let setup = Setup { data: Data::RealIfPresent, ..Setup::new("cpu-train") };
    setup::run(setup, train_with_interruptions).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn stop_keeps_what_was_measured_and_leaves_the_test_set_alone() {
    setup::run(Setup { base: "/some/folder/", ..Setup::new("cpu-stop") }, async |page: Page| {
        assert_eq!(
            page.attribute("status-data", "data-source").await.replace("none", "synthetic"),
            "synthetic"
        );
        open_step(&page, Small { limit: "1600", batch: "32", epochs: "50" }).await;
        page.click("ae-start").await;
        page.until("a training loss", 60, async || page.number("ae-train-loss").await.is_some()).await;
        page.click("run-stop").await;
        page.until_engine("ready", 10).await;
        assert!(page.number("ae-train-loss").await.is_some());
        assert_eq!(page.number("ae-test-loss").await, None);
        // A stopped run is no obstacle to the next.
        page.fill("ae-epochs", "1").await;
        page.click("ae-start").await;
        assert!(test_loss(&page, 120).await < 0.2);
    })
    .await;
}

/// Trains the same small run on an engine chosen by hand and returns validation and test loss.
async fn losses_on(page: &Page, engine: &str) -> (f64, f64) {
    page.choose("engine-select", engine).await;
    let chosen = async || page.text("status-engine").await.to_lowercase().contains(engine);
    page.until(&format!("the {engine} engine"), 300, chosen).await;
    open_step(page, Small { limit: "256", batch: "32", epochs: "1" }).await;
    page.click("ae-start").await;
    page.until("the run to begin", 300, async || step(page).await >= 1.0).await;
    let test = test_loss(page, 900).await;
    let validation = page.number("ae-val-loss").await.expect("a validation loss is shown");
    let training = page.number("ae-train-loss").await.expect("a training loss is shown");
    println!("{engine}: training {training}, validation {validation}, test {test}");
    (validation, test)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn gpu_engine_agrees_with_the_cpu_engine() {
    setup::run(Setup { gpu: true, ..Setup::new("gpu-train") }, async |page: Page| {
        let cpu = losses_on(&page, "cpu").await;
        let gpu = losses_on(&page, "gpu").await;
        // Sums in another order differ in the last bits; eight steps of Adam widen that a little.
        for (cpu, gpu) in [(cpu.0, gpu.0), (cpu.1, gpu.1)] {
            assert!((cpu - gpu).abs() <= 0.02 * cpu, "CPU {cpu} and GPU {gpu} disagree");
        }
        assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    })
    .await;
}
