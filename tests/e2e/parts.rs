//! The parts in which the page comes.

use crate::{
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
