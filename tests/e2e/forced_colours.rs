//! Forced colours (Windows' contrast themes): the system's few colours, and everything still told apart.

use serde_json::{Value, json};

use crate::{
    autoencoder,
    browser::devtools,
    page::Page,
    setup::{self, Setup},
    views,
};

/// How many colours cover at least a two-hundredth of what is drawn on a canvas, and the darkest and
/// lightest of them: [count, luminance, luminance].
const COLOURS: &str = "(() => {
    const pixels = part.getContext('2d').getImageData(0, 0, part.width, part.height).data;
    const counts = new Map();
    for (let at = 0; at < pixels.length; at += 4) {
        if (pixels[at + 3] < 200) continue;
        const key = pixels[at] >> 5 << 6 | pixels[at + 1] >> 5 << 3 | pixels[at + 2] >> 5;
        counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const seen = [...counts].filter(([, count]) => count > total / 2000).map(([key]) => key);
    const light = seen.map((key) => 0.2126 * (key >> 6) / 7 + 0.7152 * (key >> 3 & 7) / 7 + 0.0722 * (key & 7) / 7);
    return [seen.length, Math.min(...light), Math.max(...light)];
})()";

async fn colours(page: &Page, id: &str) -> (f64, f64, f64) {
    let found = page.read(id, COLOURS).await;
    let number = |place: usize| found[place].as_f64().unwrap_or_default();
    (number(0), number(1), number(2))
}

/// Computed colours of every part that a selector finds, in the page.
async fn computed(page: &Page, selector: &str, property: &str) -> Vec<String> {
    let script = format!(
        "return [...document.querySelectorAll({selector:?})].map((part) => getComputedStyle(part).{property});"
    );
    let found = page.run(&script).await;
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The map of the shipped autoencoder: one trained for a moment has all garments in one place.
async fn judge_map(page: &Page, theme: &str) {
    views::open(page, "latent").await;
    page.until("the map", 60, async || page.canvas("latent-map").await.1).await;
    let (count, dark, light) = colours(page, "latent-map").await;
    assert!(count >= 6.0 && light - dark > 0.3, "{theme}: the map has {count} colours, {dark} to {light}");
    let shapes =
        "return [...document.querySelectorAll('.class-mark path')].map((mark) => mark.getAttribute('d'));";
    let shapes = page.run(shapes).await;
    let shapes: std::collections::HashSet<_> =
        shapes.as_array().into_iter().flatten().map(Value::to_string).collect();
    assert_eq!(shapes.len(), 10, "{theme}: a shape for each class: {shapes:?}");
    page.picture(&format!("forced-{theme}-latent")).await;
}

async fn judge(page: &Page, theme: &str) {
    views::open(page, "classifiers").await;
    page.picture(&format!("forced-{theme}-classifiers")).await;
    let curves = computed(page, "[data-testid='clf-chart']", "forcedColorAdjust").await;
    assert_eq!(curves.len(), 1);
    let samples = page.run("return [...document.querySelectorAll('.chart .sample')].filter((sample) => sample.checkVisibility()).map((sample) => sample.innerHTML);").await;
    let samples: Vec<_> = samples.as_array().into_iter().flatten().map(Value::to_string).collect();
    assert!(samples.len() >= 3, "{samples:?}");
    assert!((1..3).all(|place| samples[place] != samples[0]), "curves differ by dash or marker: {samples:?}");

    views::open(page, "draw").await;
    let bars = computed(page, ".bars i", "backgroundImage").await;
    assert!(bars.len() >= 10 && bars.iter().all(|bar| bar.contains("gradient")), "{theme}: bars: {bars:?}");
    let grounds = computed(page, ".bars i", "backgroundColor").await;
    assert!(
        bars.iter().zip(&grounds).all(|(bar, ground)| !bar.contains(ground.as_str())),
        "{bars:?} {grounds:?}"
    );
    let pressed = computed(page, ".segmented [aria-pressed='true']", "backgroundColor").await;
    let others = computed(page, ".segmented [aria-pressed='false']", "backgroundColor").await;
    assert!(pressed.iter().all(|colour| !others.contains(colour)), "{theme}: {pressed:?} {others:?}");
    page.picture(&format!("forced-{theme}-draw")).await;
    for step in ["data", "autoencoder"] {
        views::open(page, step).await;
        page.picture(&format!("forced-{theme}-{step}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn everything_is_told_apart_in_forced_colours() {
    setup::run(Setup::new("forced-colours"), async |page: Page| {
        autoencoder::data_loaded(&page).await;
        for theme in ["light", "dark"] {
            force(&page, theme).await;
            judge_map(&page, theme).await;
        }
        views::work(&page).await;
        for theme in ["light", "dark"] {
            force(&page, theme).await;
            judge(&page, theme).await;
        }
    })
    .await;
}

async fn force(page: &Page, theme: &str) {
    let features = json!([
        { "name": "forced-colors", "value": "active" },
        { "name": "prefers-color-scheme", "value": theme },
    ]);
    devtools(&page.client, "Emulation.setEmulatedMedia", json!({ "features": features })).await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
}
