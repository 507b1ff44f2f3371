//! Step «Classifiers»: a small three-way experiment, a small label study and a study of two latent sizes.

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

/// The value of a list of choices.
async fn chosen(page: &Page, id: &str) -> String {
    page.read(id, "part.value").await.as_str().unwrap_or_default().to_owned()
}

/// A small experiment in the form, on the convolutions' features.
async fn ask(page: &Page) {
    page.click("step-classifiers").await;
    assert_eq!(chosen(page, "clf-recipe").await, "study", "the default recipe");
    page.choose("clf-recipe", "best").await;
    assert_eq!(page.read("clf-epochs", "part.value").await, "15", "a recipe fills the form in");
    page.choose("clf-recipe", "study").await;
    page.fill("clf-labels", "40").await;
    assert_eq!(chosen(page, "clf-recipe").await, "study", "labels are no part of the recipe");
    page.fill("clf-epochs", "4").await;
    assert_eq!(chosen(page, "clf-recipe").await, "own", "a changed setting makes it an own one");
    page.choose("clf-reuse", "features").await;
    assert!(page.text("clf-network").await.contains("105,866"), "the picture follows what is reused");
    page.fill("clf-seeds", "2").await;
}

/// Validation and test accuracy of a mode, and its confusion matrix, once it has been tested.
async fn mode_tested(page: &Page, mode: &str) {
    let id = format!("clf-{mode}-test-accuracy");
    page.until(&format!("{mode}'s test accuracy"), 300, async || accuracy(page, &id).await.is_some()).await;
    // The next repetition begins with a validation before its first batch.
    page.until_engine("ready", 300).await;
    let test = accuracy(page, &id).await.expect("it is shown");
    let validation = accuracy(page, &format!("clf-{mode}-val-accuracy")).await.expect("it is shown");
    println!("{mode}: validation {validation}, test {test}");
    // Ten classes: a guess is right once in ten.
    assert!((0.2..=1.0).contains(&test) && (0.2..=1.0).contains(&validation));
    assert!(page.canvas(&format!("clf-confusion-{mode}")).await.1, "{mode}'s confusion matrix is drawn");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn three_modes_are_compared() {
    setup::run(Setup::new("experiment"), async |page: Page| {
        autoencoder::have_one(&page).await;
        autoencoder::data_loaded(&page).await;
        ask(&page).await;
        page.click("clf-start").await;
        for mode in MODES {
            mode_tested(&page, mode).await;
        }
        page.until_engine("ready", 300).await;
        let mut before = 0.0;
        for target in [70, 75, 80, 85] {
            // Synthetic garments are easy: the network from scratch gets there.
            let Some(batches) = page.number(&format!("clf-scratch-batches-to-{target}")).await else { break };
            println!("scratch: {batches} batches to {target} %");
            assert!(batches >= before, "a higher accuracy is not reached earlier");
            before = batches;
        }
        assert!(before > 0.0, "it reached 70 % at least");
        assert!(page.canvas("clf-chart").await.1, "the curves are drawn");
        let finding = page.text("clf-finding").await;
        assert!(finding.contains("reached") && finding.contains("At the end"), "{finding}");
        page.picture("classifiers-compared").await;
        assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn numbers_of_labels_are_studied_and_a_stopped_study_goes_on() {
    setup::run(Setup::new("labels"), async |page: Page| {
        autoencoder::have_one(&page).await;
        autoencoder::data_loaded(&page).await;
        page.click("step-classifiers").await;
        page.fill("labels-counts", "1, 10, 5000").await;
        page.fill("labels-seeds", "2").await;
        page.click("labels-start").await;
        let first = async || page.has("labels-scratch-1").await;
        page.until("the first training", 300, first).await;
        page.click("run-stop").await;
        let kept = page.attribute("labels-scratch-1", "data-value").await;
        page.until("the study can go on", 60, async || {
            page.read("labels-resume", "part.checkVisibility()").await.as_bool() == Some(true)
        })
        .await;
        page.click("labels-resume").await;
        let done =
            async || page.has("labels-finetuned-10").await && !page.text("labels-finding").await.is_empty();
        page.until("the second number", 300, done).await;
        page.until_engine("ready", 300).await;
        for mode in MODES {
            let accuracy = page.count(&format!("labels-{mode}-10"), "data-value").await;
            println!("{mode}: {accuracy} with 10 labels a class");
            assert!((0.2..=1.0).contains(&accuracy));
        }
        assert!(!kept.is_empty(), "what was measured before the stop was shown");
        assert!(page.text("labels-finding").await.contains("10 labels a class"));
        assert!(page.text("labels-troubles").await.contains("5,000"), "what the data lack is said");
        assert!(page.canvas("labels-chart").await.1, "the curves are drawn");
        page.picture("label-study").await;
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
            for name in ["data-accuracy-scratch", "data-accuracy", "data-accuracy-finetuned"] {
                let accuracy = page.count(&id, name).await;
                assert!((0.1..=1.0).contains(&accuracy), "{name} at size {size}: {accuracy}");
            }
        }
        println!("study: test loss {losses:?} at sizes 2 and 8");
        assert!(losses.iter().all(|loss| *loss > 0.0 && *loss < 0.2), "{losses:?}");
        page.until_engine("ready", 60).await;
        page.picture("latent-study").await;
        assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    })
    .await;
}
