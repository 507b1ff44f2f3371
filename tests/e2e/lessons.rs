//! How long the page's own trainings take on the real data, and what comes out: `cargo xtask bench --page`.
//! Measurements of minutes, so no part of the checks; each still fails where the page does not get there.

use std::time::Duration;

use crate::{
    autoencoder,
    page::Page,
    setup::{self, Data, Setup},
};

/// Longest that a training may take, in seconds: a machine several times as slow as those measured on.
const PATIENCE: u64 = 3600;

async fn measure<F: Future<Output = ()>>(name: &'static str, lesson: impl FnOnce(Page) -> F) {
    let setup = Setup { data: Data::RealIfPresent, ..Setup::new(name) };
    setup::run(setup, async |page: Page| {
        autoencoder::data_loaded(&page).await;
        if page.attribute("status-data", "data-source").await == "synthetic" {
            return println!("bench: {name} skipped: the real data are not there");
        }
        lesson(page).await;
    })
    .await;
}

/// Milliseconds since the page was opened.
async fn now(page: &Page) -> f64 {
    page.run("return performance.now();").await.as_f64().expect("a clock")
}

/// Clicks `start` and waits until `done`; seconds, by the page's clock.
async fn timed(page: &Page, start: &str, done: impl AsyncFn() -> bool) -> f64 {
    let begun = now(page).await;
    page.click(start).await;
    page.until("the training's end", PATIENCE, done).await;
    (now(page).await - begun) / 1e3
}

/// What the table says of each mode's test accuracy.
async fn accuracies(page: &Page) -> String {
    let mut words = Vec::new();
    for mode in ["scratch", "frozen", "finetuned"] {
        words.push(format!("{mode} {}", page.text(&format!("clf-{mode}-test-accuracy")).await));
    }
    words.join(", ")
}

/// Whether the comparison has ended with every mode tested.
async fn compared(page: &Page) -> bool {
    page.number("clf-finetuned-test-accuracy").await.is_some()
        && page.attribute("status-engine", "data-state").await == "ready"
}

/// Times the comparison that the form asks for.
async fn compare(page: &Page, what: &str) {
    let seconds = timed(page, "clf-start", async || compared(page).await).await;
    println!("bench: {what}: {seconds:.0} s, {}", accuracies(page).await);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask bench --page"]
async fn autoencoder_by_default() {
    measure("autoencoder", async |page: Page| {
        page.click("step-autoencoder").await;
        let tested = async || page.number("ae-test-loss").await.is_some();
        let seconds = timed(&page, "ae-start", tested).await;
        println!(
            "bench: default autoencoder: {seconds:.0} s, test MSE {}, {}",
            page.text("ae-test-loss").await,
            page.text("status-cores").await
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask bench --page"]
async fn comparison_by_default() {
    measure("comparison", async |page: Page| {
        page.click("step-classifiers").await;
        compare(&page, "default comparison, three seeds").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask bench --page"]
async fn best_comparison() {
    measure("best", async |page: Page| {
        page.click("step-classifiers").await;
        page.choose("clf-recipe", "best").await;
        page.fill("clf-epochs", "10").await;
        page.fill("clf-seeds", "1").await;
        compare(&page, "three classifiers, all labels, ten epochs").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask bench --page"]
async fn study_by_default() {
    measure("study", async |page: Page| {
        page.click("step-classifiers").await;
        let done = async || page.has("study-64").await;
        let seconds = timed(&page, "study-start", done).await;
        let mut errors = Vec::new();
        for size in [2, 4, 8, 16, 32, 64] {
            let id = format!("study-{size}");
            let mut figures = Vec::new();
            for name in ["data-test-loss", "data-accuracy-scratch", "data-accuracy", "data-accuracy-finetuned"] {
                figures.push(page.attribute(&id, name).await);
            }
            errors.push(format!("{size}: {}", figures.join(" ")));
        }
        println!("bench: latent-size study: {seconds:.0} s, test MSE and accuracies (scratch, frozen, fine-tuned) by size: {}", errors.join(", "));
    })
    .await;
}

/// From the page's opening to a validation accuracy of 90 %, by a network from scratch.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask bench --page"]
async fn ninety_per_cent() {
    measure("ninety", async |page: Page| {
        page.click("step-classifiers").await;
        page.choose("clf-recipe", "best").await;
        page.choose("clf-reuse", "features").await;
        for mode in ["frozen", "finetuned"] {
            page.click(&format!("clf-mode-{mode}")).await;
        }
        for (id, value) in [("clf-epochs", "4"), ("clf-seeds", "1")] {
            page.fill(id, value).await;
        }
        page.click("clf-start").await;
        let accuracy = async || page.number("clf-scratch-val-accuracy").await.unwrap_or_default();
        let (mut best, mut at) = (0.0, now(&page).await);
        let tested = async || page.number("clf-scratch-test-accuracy").await.is_some();
        while best < 90.0 && !tested().await {
            tokio::time::sleep(Duration::from_millis(200)).await;
            best = f64::max(best, accuracy().await);
            at = now(&page).await;
        }
        println!("bench: page opened to {best:.1} % validation accuracy: {:.0} s", at / 1e3);
        assert!(best >= 90.0, "{best} %");
    })
    .await;
}
