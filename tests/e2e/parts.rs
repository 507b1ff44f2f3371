//! The parts in which the page comes.

use crate::{
    autoencoder,
    page::Page,
    setup::{self, Setup},
};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_step_that_cannot_be_fetched_says_so_and_the_others_work() {
    let broken = Setup { lacking: Some("split_classifiers.wasm"), ..Setup::new("part-missing") };
    setup::run(broken, async |page: Page| {
        page.click("step-classifiers").await;
        page.part("part-again").await;
        page.click("part-again").await;
        page.part("part-again").await;
        assert!(!page.has("clf-start").await);
        let told = async || page.text("spoken").await.contains("could not be fetched");
        page.until("the missing step to be spoken", 20, told).await;
        assert_eq!(
            page.run("return document.querySelectorAll('[role=alert]').length;").await,
            0,
            "one voice"
        );
        page.click("step-draw").await;
        page.part("draw-canvas").await;
    })
    .await;
}

/// The button belongs to no step of the story; what it begins does, and need not have been visited.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn step_where_nothing_runs_begins_a_paused_autoencoder() {
    setup::run(Setup::new("step-first"), async |page: Page| {
        autoencoder::data_loaded(&page).await;
        page.click("run-step").await;
        let first = async || page.count("run-progress", "data-step").await == 1.0;
        page.until("one batch", 60, first).await;
        page.until_engine("paused", 30).await;
        page.click("run-stop").await;
        page.until_engine("ready", 60).await;
        assert!(!page.has("error").await, "no error is shown");
    })
    .await;
}
