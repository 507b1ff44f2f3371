//! Runs that are interrupted: by a reload, by an engine that panics, by a worker that the browser ends; a run in
//! a tab that nobody sees, and one whose page is frozen.

use std::{
    panic::AssertUnwindSafe,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use fantoccini::Client;
use futures::FutureExt;
use serde_json::{Map, Value, json};

use crate::{
    autoencoder, browser,
    host::{Host, Oddity},
    hosts::REACH_WORKERS,
    page::Page,
    setup::{self, Setup},
};

/// How long a run may take to be kept once more.
const KEPT: u64 = 40;

/// A run of each kind, long enough to be interrupted.
const KINDS: [&str; 4] = ["autoencoder", "comparison", "study", "labels"];

async fn reach_workers(page: &Page) {
    let source = json!({ "source": REACH_WORKERS });
    browser::devtools(&page.client, "Page.addScriptToEvaluateOnNewDocument", source).await;
    page.client.refresh().await.expect("the page can be loaded again");
    page.part("step-data").await;
}

async fn begin(page: &Page, kind: &str) {
    autoencoder::data_loaded(page).await;
    match kind {
        "autoencoder" => {
            page.click("step-autoencoder").await;
            for (field, value) in [("ae-limit", "1600"), ("ae-batch", "32"), ("ae-epochs", "20")] {
                page.fill(field, value).await;
            }
            page.click("ae-start").await;
        }
        _ => {
            page.click("step-classifiers").await;
            page.part("clf-start").await;
            match kind {
                "comparison" => {
                    for (field, value) in [("clf-labels", "100"), ("clf-epochs", "30"), ("clf-seeds", "1")] {
                        page.fill(field, value).await;
                    }
                    page.click("clf-start").await;
                }
                "study" => {
                    open_study(page).await;
                    page.click("study-start").await;
                }
                _ => {
                    page.fill("labels-counts", "10, 30").await;
                    page.click("labels-start").await;
                }
            }
        }
    }
    page.until("the run", 60, async || working(page).await).await;
}

async fn open_study(page: &Page) {
    for (field, value) in [("study-sizes", "2, 4"), ("study-epochs", "9"), ("study-limit", "1600")] {
        page.fill(field, value).await;
    }
}

async fn working(page: &Page) -> bool {
    page.attribute("status-engine", "data-state").await == "running"
}

async fn step(page: &Page) -> f64 {
    page.count("run-progress", "data-step").await
}

/// What the browser's storage holds of the run: its number of bytes.
async fn kept_bytes(page: &Page) -> u64 {
    let script = "const opening = indexedDB.open('telar');
        opening.onerror = () => done(0);
        opening.onsuccess = () => {
            const store = opening.result.transaction('checkpoints').objectStore('checkpoints').get('run');
            store.onsuccess = () => { opening.result.close(); done(store.result ? store.result.length : 0); };
        };";
    page.run_async(script).await.as_u64().unwrap_or_default()
}

async fn interrupted(page: &Page, kind: &str) {
    let begun = Instant::now();
    begin(page, kind).await;
    page.until("some batches", 120, async || step(page).await >= 12.0).await;
    page.until("the run to be kept", KEPT, async || kept_bytes(page).await > 1_000).await;
    // Long enough for more than the beginning to be kept.
    tokio::time::sleep(Duration::from_secs(11)).await;
    assert!(working(page).await, "{kind} is too short to be interrupted");
    let before = step(page).await;
    let bytes = kept_bytes(page).await;
    page.client.refresh().await.expect("the page can be loaded again");
    page.part("resume-banner").await;
    println!(
        "{kind}: interrupted after {:.0} s at batch {before}, {bytes} bytes kept",
        begun.elapsed().as_secs_f64()
    );
    println!("{kind}: «{}»", page.text("resume-banner").await);
    autoencoder::data_loaded(page).await;
    let going = Instant::now();
    page.click("resume-go").await;
    page.until("no banner", 120, async || !page.has("resume-banner").await).await;
    page.until("the run", 60, async || step(page).await > 0.0).await;
    let after = step(page).await;
    println!("{kind}: goes on at batch {after} after {:.1} s", going.elapsed().as_secs_f64());
    assert!(after >= before * 0.2 && after > 1.0, "{kind}: not from the beginning: {after} of {before}");
}

async fn ends(page: &Page, kind: &str) {
    page.until(&format!("the end of {kind}"), 900, async || {
        page.attribute("status-engine", "data-state").await == "ready"
            && page.text("run-words").await == "Idle"
    })
    .await;
    assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    page.until("nothing to be kept", 20, async || kept_bytes(page).await == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_run_of_each_kind_goes_on_after_a_reload() {
    for kind in KINDS {
        setup::run(Setup::new("resume-reload"), async |page: Page| {
            interrupted(&page, kind).await;
            // The longest of them would take minutes: that they end as ever the native tests show.
            if kind == "autoencoder" {
                ends(&page, kind).await;
            } else {
                let at = step(&page).await;
                page.until("more batches", 120, async || step(&page).await > at + 20.0).await;
                page.click("run-stop").await;
                ends(&page, kind).await;
            }
        })
        .await;
    }
}

/// The figures at the end are those of a run that nothing interrupted, to the last digit.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn an_interrupted_run_shows_the_figures_of_an_uninterrupted_one() {
    let figures = async |page: &Page| {
        let mut figures = Vec::new();
        for id in ["ae-train-loss", "ae-val-loss", "ae-test-loss"] {
            figures.push(page.text(id).await);
        }
        figures.push(page.canvas("ae-reconstructions").await.0);
        figures
    };
    setup::run(Setup::new("resume-figures"), async |page: Page| {
        begin(&page, "autoencoder").await;
        ends(&page, "autoencoder").await;
        let whole = figures(&page).await;
        interrupted(&page, "autoencoder").await;
        ends(&page, "autoencoder").await;
        page.part("ae-test-loss").await;
        assert_eq!(figures(&page).await, whole);
        println!("{whole:?}");
    })
    .await;
}

/// What the console says of it is expected.
async fn dies(page: &Page, how: &str, line: &str) {
    page.run(how).await;
    page.until("the line", 60, async || page.text("revived").await.contains(line)).await;
    assert!(!page.has("error").await, "one line tells: {}", page.text("error").await);
    page.until("the run", 60, async || working(page).await).await;
    let at = step(page).await;
    page.until("more batches", 120, async || step(page).await > at).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_run_outlives_its_engine_and_is_given_up_the_next_time() {
    setup::run(Setup::new("resume-engine"), async |page: Page| {
        reach_workers(&page).await;
        begin(&page, "autoencoder").await;
        page.fill("ae-epochs", "60").await;
        page.until("some batches", 60, async || step(&page).await >= 40.0).await;
        // The browser ends the worker, and says nothing.
        let engines = "const engine = workers.findLast((worker) => !worker.ended);";
        let silent = Instant::now();
        dies(&page, &format!("{engines} engine.ended = true; engine.terminate();"), "was started anew").await;
        println!("a worker that says nothing is missed, and the run at work again, after {:.0} s", silent.elapsed().as_secs_f64());
        page.picture("resume-revived").await;
        ends(&page, "autoencoder").await;
        assert!(page.number("ae-test-loss").await.is_some());

        page.fill("ae-epochs", "60").await;
        page.click("ae-start").await;
        page.until("some batches", 60, async || working(&page).await && step(&page).await >= 40.0).await;
        let broken = format!(
            "{engines} engine.dispatchEvent(new ErrorEvent('error', {{ message: 'RuntimeError: unreachable executed' }}));"
        );
        dies(&page, &broken, "was started anew").await;
        page.run(&broken).await;
        page.until("the end", 60, async || page.text("error").await.contains("2 times")).await;
        assert!(!page.has("revived").await, "one line");
        assert!(page.has("resume-banner").await, "it is not lost");
        page.click("resume-go").await;
        page.until("the run", 60, async || working(&page).await).await;
        assert!(!page.has("error").await, "a success clears the error: {}", page.text("error").await);
        page.click("run-stop").await;
        ends(&page, "autoencoder").await;
    })
    .await;
}

/// A browser that holds back what nobody sees, as people's do; the driver's own switches would keep it from that.
async fn holding_back() -> (Child, Client) {
    let found = xtask::browser::find().expect("Chromium and chromedriver are installed");
    let port = browser::free_port();
    let driver = Command::new(&found.driver).arg(format!("--port={port}")).stdout(Stdio::null()).spawn();
    let options = json!({
        "args": ["--headless=new", "--no-sandbox", "--disable-gpu"],
        "binary": found.browser.to_string_lossy(),
        "excludeSwitches": [
            "disable-background-timer-throttling", "disable-renderer-backgrounding",
            "disable-backgrounding-occluded-windows",
        ],
    });
    let capabilities = Map::from_iter([("goog:chromeOptions".to_owned(), options)]);
    (driver.expect("chromedriver starts"), browser::connect(port, capabilities).await)
}

/// Where the run was at each second, and whether the page was seen.
const DIARY: &str = "window.diary = []; setInterval(() => {
    const bar = document.querySelector('[data-testid=run-progress]');
    window.diary.push([document.visibilityState, performance.now() / 1000, Number(bar.dataset.step)]);
}, 1000);";

/// Batches a second while the page was so, by its diary.
fn pace(diary: &Value, state: &str) -> f64 {
    let lines: Vec<(f64, f64)> = diary
        .as_array()
        .expect("a diary")
        .iter()
        .filter(|line| line[0] == state)
        .map(|line| (line[1].as_f64().unwrap_or_default(), line[2].as_f64().unwrap_or_default()))
        .collect();
    let (first, last) = (lines.first().expect("some lines"), lines.last().expect("some lines"));
    assert!(last.0 - first.0 > 8.0, "{state}: {lines:?}");
    (last.1 - first.1) / (last.0 - first.0)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_run_in_a_tab_that_nobody_sees_keeps_its_speed() {
    let host = Host::start("unseen", Oddity::None).await;
    let (mut driver, client) = holding_back().await;
    let page = Page::open(client, &format!("{}?mirrors=off", host.url)).await;
    let outcome = AssertUnwindSafe(unseen(&page)).catch_unwind().await;
    page.client.close().await.ok();
    driver.kill().ok();
    driver.wait().ok();
    outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

async fn unseen(page: &Page) {
    autoencoder::data_loaded(page).await;
    page.click("step-autoencoder").await;
    for (field, value) in [("ae-limit", "1600"), ("ae-batch", "32"), ("ae-epochs", "100")] {
        page.fill(field, value).await;
    }
    page.click("ae-start").await;
    page.until("some batches", 60, async || step(page).await >= 60.0).await;
    page.run(DIARY).await;
    tokio::time::sleep(Duration::from_secs(14)).await;
    let own = page.client.window().await.expect("a window");
    let other = page.client.new_window(true).await.expect("another tab");
    page.client.switch_to_window(other.handle).await.expect("it is there");
    browser::devtools(&page.client, "Page.bringToFront", json!({})).await;
    tokio::time::sleep(Duration::from_secs(20)).await;
    page.client.switch_to_window(own).await.expect("it is there");
    let diary = page.run("return window.diary;").await;
    let (seen, unseen) = (pace(&diary, "visible"), pace(&diary, "hidden"));
    println!("seen {seen:.1} batches a second, unseen {unseen:.1}: {:.0} %", unseen / seen * 100.0);
    assert!(unseen > 0.8 * seen);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_run_goes_on_after_a_freeze_and_the_screen_stays_on() {
    setup::run(Setup::new("resume-frozen"), async |page: Page| {
        page.run(
            "window.asked = 0; window.given = 0;
            Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: { request: async () => {
                window.asked++;
                return { released: false, async release() { this.released = true; window.given++; } };
            } } });",
        )
        .await;
        autoencoder::data_loaded(&page).await;
        page.click("step-autoencoder").await;
        for (field, value) in [("ae-limit", "1600"), ("ae-batch", "32"), ("ae-epochs", "100")] {
            page.fill(field, value).await;
        }
        page.click("ae-start").await;
        page.until("some batches", 60, async || step(&page).await >= 60.0).await;
        assert_eq!(page.run("return [asked, given];").await, json!([1, 0]), "the screen stays on");
        browser::devtools(&page.client, "Page.setWebLifecycleState", json!({ "state": "frozen" })).await;
        tokio::time::sleep(Duration::from_secs(30)).await;
        browser::devtools(&page.client, "Page.setWebLifecycleState", json!({ "state": "active" })).await;
        let at = step(&page).await;
        page.until("more batches", 30, async || step(&page).await > at + 10.0).await;
        assert!(!page.has("error").await && !page.has("revived").await, "nothing broke down");
        page.click("run-stop").await;
        page.until("the screen to be free", 20, async || page.run("return given >= 1;").await == true).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_banner_fits_and_can_be_discarded() {
    for (width, height, mobile, dark, language) in [
        (390, 844, true, false, "es"),
        (390, 844, true, true, "en"),
        (1280, 800, false, true, "es"),
        (1280, 800, false, false, "en"),
    ] {
        let setup = Setup { width, height, mobile, dark, language, ..Setup::new("resume-banner") };
        setup::run(setup, async |page: Page| {
            begin(&page, "autoencoder").await;
            page.until("the run to be kept", KEPT, async || kept_bytes(&page).await > 1_000).await;
            page.client.refresh().await.expect("the page can be loaded again");
            page.part("resume-banner").await;
            autoencoder::data_loaded(&page).await;
            tokio::time::sleep(Duration::from_secs(1)).await;
            let shade = if dark { "dark" } else { "light" };
            page.picture(&format!("resume-banner-{width}-{shade}-{language}")).await;
            let wide = page.run("return document.documentElement.scrollWidth <= innerWidth;").await;
            assert_eq!(wide, json!(true), "nothing is wider than the screen");
            page.click("resume-discard").await;
            page.until("no banner", 10, async || !page.has("resume-banner").await).await;
            page.until("nothing to be kept", 20, async || kept_bytes(&page).await == 0).await;
            page.client.refresh().await.expect("the page can be loaded again");
            autoencoder::data_loaded(&page).await;
            assert!(!page.has("resume-banner").await, "it was discarded");
        })
        .await;
    }
}

/// Its state is read from the device without holding it up, within an epoch as well.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_run_on_the_gpu_is_kept_and_goes_on_after_a_reload() {
    let setup = Setup { gpu: true, ..Setup::new("resume-gpu") };
    setup::run(setup, async |page: Page| {
        autoencoder::data_loaded(&page).await;
        page.choose("engine-select", "gpu").await;
        page.until("the GPU engine", 300, async || {
            page.text("status-engine").await.contains("gpu")
                && page.attribute("status-engine", "data-state").await == "ready"
        })
        .await;
        page.click("step-autoencoder").await;
        for (field, value) in [("ae-limit", "320"), ("ae-batch", "32"), ("ae-epochs", "20")] {
            page.fill(field, value).await;
        }
        page.click("ae-start").await;
        page.until("some batches", 200, async || step(&page).await >= 4.0).await;
        tokio::time::sleep(Duration::from_secs(20)).await;
        let (before, bytes) = (step(&page).await, kept_bytes(&page).await);
        assert!(working(&page).await && bytes > 1_000_000, "with Adam's moments: {bytes} bytes");
        page.client.refresh().await.expect("the page can be loaded again");
        page.part("resume-banner").await;
        page.click("resume-go").await;
        page.until("the run", 300, async || step(&page).await > 0.0).await;
        let after = step(&page).await;
        println!("on the GPU: interrupted at batch {before}, goes on at {after}, {bytes} bytes");
        assert!(after > 1.0, "not from the beginning");
        page.until("more batches", 200, async || step(&page).await > after + 2.0).await;
        page.click("run-stop").await;
        page.until_engine("ready", 60).await;
        assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    })
    .await;
}
