//! A training on all cores: what the status bar says, how soon a pause takes effect, how fast a slider
//! and a stroke answer meanwhile, and how much memory it takes.

use std::time::{Duration, Instant};

use xtask::{
    project,
    serve::{self, Site},
};

use crate::{
    autoencoder,
    browser::Browser,
    copies, drawing,
    latent::{SLOWEST_DECODE, decode_latencies, open_step},
    memory,
    page::Page,
    responsiveness,
    setup::{self, Data, Setup},
};

/// Most megabytes that the page may take beyond a browser without one, all data and helpers included.
const MOST_MEMORY: f64 = 300.0;

/// How long a browser goes on building its own surface.
const SURFACE: Duration = Duration::from_secs(4);

/// Starts a training that does not end by itself, and notes the most workers that ever calculated: a
/// helper that brings nothing on a busy machine is let go again.
async fn start_long_training(page: &Page) {
    autoencoder::data_loaded(page).await;
    page.click("step-autoencoder").await;
    page.fill("ae-epochs", "100").await;
    page.run(
        "const cores = document.querySelector(\"[data-testid='status-cores']\");
        window.mostCores = 0;
        const note = () => { window.mostCores = Math.max(window.mostCores, Number(cores.dataset.cores)); };
        new MutationObserver(note).observe(cores, { attributes: true });",
    )
    .await;
    page.click("ae-start").await;
    page.until_engine("running", 60).await;
}

async fn most_cores(page: &Page) -> f64 {
    page.run("return window.mostCores;").await.as_f64().unwrap_or_default()
}

async fn cores_there(page: &Page) -> f64 {
    page.run("return navigator.hardwareConcurrency;").await.as_f64().unwrap_or(1.0)
}

/// Starts a long training and waits until more than one core works on it, where there are more.
pub async fn share_out_a_training(page: &Page) {
    start_long_training(page).await;
    let expected = cores_there(page).await.min(2.0);
    page.until("workers on all cores", 180, async || most_cores(page).await >= expected).await;
    println!("{} workers calculated at once: {}", most_cores(page).await, page.text("status-cores").await);
}

async fn use_all_cores(page: Page, bare: Option<f64>) {
    open_step(&page).await;
    assert_eq!(page.attribute("status-cores", "data-cores").await, "0", "nothing calculates yet");
    share_out_a_training(&page).await;

    responsiveness::forget_long_tasks(&page).await;
    let pauses = responsiveness::pause_latencies(&page, 5).await;
    println!("pause took effect after {pauses:?} ms");
    assert!(pauses[2] <= 200.0, "median of {pauses:?} ms");
    assert_eq!(page.attribute("status-cores", "data-cores").await, "0", "nothing calculates in a pause");
    page.click("run-pause").await;
    page.until_engine("running", 20).await;

    page.click("step-latent").await;
    decode_latencies(&page, 10).await;
    let mut latencies = decode_latencies(&page, 100).await;
    latencies.sort_by(f64::total_cmp);
    println!(
        "slider to picture while training: median {:.1} ms, 95th percentile {:.1} ms",
        latencies[50], latencies[95]
    );
    assert!(latencies[95] <= SLOWEST_DECODE, "{latencies:?}");
    drawing::measure_strokes(&page, "while training").await;
    // With every core at work the page's thread is held up at times: told, not judged.
    responsiveness::tell_long_tasks(&page).await;
    judge_memory(&page, bare).await;
    page.click("run-stop").await;
}

/// Megabytes of a browser with next to no page, once its own surface is there.
async fn bare(browser: &Browser) -> Option<f64> {
    browser.client().goto("data:text/html,<p>nothing</p>").await.expect("it needs no server");
    tokio::time::sleep(SURFACE).await;
    memory::of_browser()
}

async fn judge_memory(page: &Page, bare: Option<f64>) {
    if let (Some(bare), Some(now)) = (bare, memory::of_browser()) {
        let train = page.attribute("status-data", "data-train").await;
        let (helpers, more) = (most_cores(page).await - 1.0, now - bare);
        println!(
            "memory: {now:.0} MB with {train} images and {helpers} helpers, {bare:.0} MB the bare browser, {more:.0} MB more"
        );
        assert!(more <= MOST_MEMORY, "{more:.0} MB");
    }
}

/// A browser that claims four cores gets a second helper for a while, whatever it is worth.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn two_helpers_keep_within_the_memory() {
    const FOUR: &str =
        "Object.defineProperty(Object.getPrototypeOf(navigator), 'hardwareConcurrency', { get: () => 4 });";
    let browser = Browser::start(&Setup::new("two-helpers")).await;
    let bare = bare(&browser).await;
    let dist = copies::copy("four-cores", FOUR, |css| css);
    let site = Site { dist, data: project::data(), base: "/".to_owned() };
    let server = serve::start(site, ([127, 0, 0, 1], 0).into()).await.expect("dist/ is built");
    let page = Page::open(browser.client(), &format!("{}?mirrors=off", server.url)).await;
    start_long_training(&page).await;
    let begun = Instant::now();
    while most_cores(&page).await < 3.0 && begun.elapsed().as_secs() < 60 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    judge_memory(&page, bare).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_training_uses_all_cores_and_the_page_stays_at_hand() {
    let setup = Setup { data: Data::RealIfPresent, ..Setup::new("cores") };
    let browser = Browser::start(&setup).await;
    let bare = bare(&browser).await;
    browser.close().await;
    setup::run(setup, async |page: Page| use_all_cores(page, bare).await).await;
}
