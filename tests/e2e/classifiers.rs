//! Step «Classifiers»: a small three-way experiment and a study of two latent sizes.

use crate::{
    autoencoder,
    page::Page,
    setup::{self, Setup},
};

/// The modes of an experiment, by their names in the test contract.
const MODES: [&str; 3] = ["scratch", "frozen", "finetuned"];

/// A percentage or a share shown as text, from 0 to 1; `None` where none is shown yet.
async fn accuracy(page: &Page, id: &str) -> Option<f64> {
    let text = page.text(id).await;
    let value = page.number(id).await?;
    Some(if text.contains('%') { value / 100.0 } else { value })
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn three_modes_are_compared() {
    setup::run(Setup::new("experiment"), async |page: Page| {
        autoencoder::have_one(&page).await;
        autoencoder::data_loaded(&page).await;
        page.click("step-classifiers").await;
        page.fill("clf-labels", "40").await;
        page.fill("clf-epochs", "4").await;
        page.fill("clf-seeds", "1").await;
        page.click("clf-start").await;
        for mode in MODES {
            let id = format!("clf-{mode}-test-accuracy");
            page.until(&format!("{mode}'s test accuracy"), 300, async || {
                accuracy(&page, &id).await.is_some()
            })
            .await;
            let test = accuracy(&page, &id).await.expect("it is shown");
            let validation = accuracy(&page, &format!("clf-{mode}-val-accuracy")).await.expect("it is shown");
            println!("{mode}: validation {validation}, test {test}");
            // Ten classes: a guess is right once in ten.
            assert!((0.2..=1.0).contains(&test) && (0.2..=1.0).contains(&validation));
            assert!(
                page.canvas(&format!("clf-confusion-{mode}")).await.1,
                "{mode}'s confusion matrix is drawn"
            );
        }
        assert!(page.canvas("clf-chart").await.1, "the curves are drawn");
        assert!(!page.text("clf-finding").await.is_empty(), "the figures are put in words");
        page.until_engine("ready", 30).await;
        page.picture("classifiers-compared").await;
        assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn two_latent_sizes_are_studied() {
    setup::run(Setup::new("study"), async |page: Page| {
        autoencoder::data_loaded(&page).await;
        page.click("step-classifiers").await;
        page.fill("study-sizes", "2, 8").await;
        page.fill("study-epochs", "2").await;
        page.fill("study-limit", "1600").await;
        page.click("study-start").await;
        let mut losses = Vec::new();
        for size in [2, 8] {
            let id = format!("study-{size}");
            page.until(&format!("latent size {size}"), 300, async || page.has(&id).await).await;
            losses.push(page.count(&id, "data-test-loss").await);
            assert!((0.1..=1.0).contains(&page.count(&id, "data-accuracy").await), "accuracy at size {size}");
        }
        println!("study: test loss {losses:?} at sizes 2 and 8");
        assert!(losses.iter().all(|loss| *loss > 0.0 && *loss < 0.2), "{losses:?}");
        page.until_engine("ready", 60).await;
        page.picture("latent-study").await;
        assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    })
    .await;
}
