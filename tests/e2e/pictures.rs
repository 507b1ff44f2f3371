//! Pictures of every step for people to look at: both themes, both languages, phone and desktop.

use crate::{
    page::Page,
    setup::{self, Data, Setup},
};

/// The story's steps.
const STEPS: [&str; 5] = ["data", "autoencoder", "latent", "classifiers", "draw"];

/// Every step in one setting; none may be wider than the screen.
async fn take_all(page: Page, setup: Setup) {
    page.until("data to be loaded", 120, async || page.count("status-data", "data-train").await > 0.0).await;
    for step in STEPS {
        page.click(&format!("step-{step}")).await;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        page.picture(&format!("{}-{step}", setup.name)).await;
        let width =
            page.run("return document.documentElement.scrollWidth;").await.as_f64().unwrap_or_default();
        assert!(
            width <= f64::from(setup.width) + 1.0,
            "{step} is {width} wide on a screen of {}",
            setup.width
        );
    }
    let language = page.run("return document.documentElement.lang;").await;
    assert_eq!(language.as_str(), Some(setup.language), "the page follows the browser's language");
}

async fn pictures(setup: Setup) {
    setup::run(setup, async |page: Page| take_all(page, setup).await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn desktop_light_english() {
    pictures(Setup { data: Data::RealIfPresent, ..Setup::new("desktop-light-en") }).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn desktop_dark_spanish() {
    pictures(Setup { dark: true, language: "es", ..Setup::new("desktop-dark-es") }).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn phone_light_spanish() {
    let phone =
        Setup { width: 360, height: 740, mobile: true, language: "es", ..Setup::new("phone-light-es") };
    pictures(phone).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn phone_dark_english() {
    pictures(Setup { width: 360, height: 740, mobile: true, dark: true, ..Setup::new("phone-dark-en") })
        .await;
}
