//! The page's views that accessibility is judged in: eleven, in four settings: 44 states.

use fantoccini::key::Key;

use crate::{autoencoder, page::Page, setup::Setup, three_browsers};

/// The story's steps.
pub const STEPS: [&str; 5] = ["data", "autoencoder", "latent", "classifiers", "draw"];

/// Both themes, both languages, desktop and phone, each at least twice.
pub fn settings() -> [Setup; 4] {
    let phone = |name| Setup { width: 390, height: 844, mobile: true, ..Setup::new(name) };
    [
        Setup::new("access-desktop-light-en"),
        Setup { dark: true, language: "es", ..Setup::new("access-desktop-dark-es") },
        Setup { language: "es", ..phone("access-phone-light-es") },
        Setup { dark: true, ..phone("access-phone-dark-en") },
    ]
}

/// Shows every view in turn and looks at each: the five steps as they are found, the five after work,
/// and the question before a run is replaced.
pub async fn each(page: &Page, look: impl AsyncFn(&str)) {
    autoencoder::data_loaded(page).await;
    for step in STEPS {
        open(page, step).await;
        look(&format!("{step}, untouched")).await;
    }
    work(page).await;
    for step in STEPS {
        open(page, step).await;
        unfold(page).await;
        look(&format!("{step}, after work")).await;
    }
    ask_to_replace(page).await;
    look("a run to be replaced").await;
    page.click("run-stop").await;
}

/// Opens a step and waits until it has drawn itself.
pub async fn open(page: &Page, step: &str) {
    page.click(&format!("step-{step}")).await;
    let part = match step {
        "data" => "data-split",
        "autoencoder" => "ae-start",
        "latent" => "latent-slider-0",
        "classifiers" => "clf-start",
        _ => "draw-canvas",
    };
    page.part(part).await;
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
}

/// Does a little in every step, so that tables, charts, matrices and verdicts are there.
pub async fn work(page: &Page) {
    open(page, "data").await;
    page.click("data-class-3").await;
    three_browsers::train(page).await;
    open(page, "latent").await;
    page.part("latent-slider-0").await.send_keys(&char::from(Key::Right).to_string()).await.expect("a key");
    three_browsers::compare(page).await;
    three_browsers::draw(page).await;
    page.read("draw-keep", "part.click()").await;
}

/// Opens every fold of the step on show.
async fn unfold(page: &Page) {
    page.run(
        "document.querySelectorAll('.pane:not([hidden]) details').forEach((fold) => { fold.open = true; });",
    )
    .await;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
}

async fn ask_to_replace(page: &Page) {
    open(page, "autoencoder").await;
    page.fill("ae-epochs", "50").await;
    page.click("ae-start").await;
    page.until("batches", 60, async || page.count("run-progress", "data-step").await >= 2.0).await;
    page.click("ae-start").await;
    page.part("ae-start-confirm").await;
}
