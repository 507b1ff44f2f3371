//! Stop where the engine no longer listens: it has a limit, the page says so, and the next start trains.

use crate::{
    host::{Host, Oddity},
    hosts::{REACH_WORKERS, until_said, until_source, visit},
    page::Page,
};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn an_engine_that_does_not_stop_is_ended_and_started_anew() {
    let host = Host::start("hung", Oddity::None).await;
    visit("hung", &host, REACH_WORKERS, false, async |page: Page| {
        until_source(&page, "synthetic", 2_000.0).await;
        page.click("step-autoencoder").await;
        for (field, value) in [("ae-limit", "640"), ("ae-batch", "32"), ("ae-epochs", "100")] {
            page.fill(field, value).await;
        }
        page.click("ae-start").await;
        page.until("some batches", 60, async || page.count("run-progress", "data-step").await >= 2.0).await;
        // From here on the engine hears nothing.
        page.run("workers.forEach((worker) => { worker.postMessage = () => {}; });").await;
        page.click("run-stop").await;
        until_said(&page, "error", "did not stop within 20 seconds").await;
        assert!(page.read("run-stop", "part.disabled").await == true, "the run is over");
        page.fill("ae-epochs", "1").await;
        page.click("ae-start").await;
        page.until("the test loss", 120, async || page.number("ae-test-loss").await.is_some()).await;
        assert!(!page.has("error").await, "a success clears the error: {}", page.text("error").await);
        until_source(&page, "synthetic", 2_000.0).await;
    })
    .await;
}
