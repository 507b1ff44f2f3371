//! The page in a browser of its floor (Safari 16.4, Firefox 115, Chrome 109), simulated: newer calls are
//! taken away, and of the style sheets what such a browser would skip.

use crate::{
    autoencoder,
    browser::{self, Browser},
    copies,
    page::Page,
    setup::Setup,
};
use serde_json::json;
use xtask::serve::{self, Site};

/// A declaration with one of these is skipped by a browser that does not know it.
const UNKNOWN: [&str; 12] = [
    "light-dark(",
    "color-mix(",
    "oklch(",
    "oklab(",
    "text-wrap",
    "scrollbar-gutter",
    "field-sizing",
    "subgrid",
    "content-visibility",
    "view-transition",
    "interpolate-size",
    "linear(",
];

/// A style sheet as such a browser reads it: without the declarations that it does not know.
fn as_read(css: String) -> String {
    let known = |piece: &&str| {
        let declaration = piece.rsplit(['{', '}']).next().unwrap_or_default();
        !UNKNOWN.iter().any(|unknown| declaration.contains(unknown))
    };
    let kept: Vec<String> = css
        .split_inclusive(';')
        .map(|piece| match known(&piece) {
            true => piece.to_owned(),
            // What opens or closes a rule before the declaration stays.
            false => piece[..piece.rfind(['{', '}']).map_or(0, |end| end + 1)].to_owned(),
        })
        .collect();
    kept.concat()
}

/// Contrast (WCAG 2.2) of text and ground of a part and whether its ground is opaque, in the page.
const CONTRAST: &str = "(() => {
    const numbers = (css) => css.match(/[\\d.]+/g).map(Number);
    const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const style = getComputedStyle(part);
    const [ink, ground] = [numbers(style.color), numbers(style.backgroundColor)];
    const [a, b] = [luminance(ink), luminance(ground)].sort((x, y) => y - x);
    return ground[3] === 0 ? 0 : (a + 0.05) / (b + 0.05);
})()";

async fn readable(page: &Page, id: &str) -> f64 {
    page.read(id, CONTRAST).await.as_f64().unwrap_or_default()
}

async fn looks(page: &Page, name: &str) {
    for id in ["ae-start", "engine-select", "ae-limit"] {
        let contrast = readable(page, id).await;
        assert!(contrast >= 4.5, "{name}: contrast of {id}: {contrast}");
    }
    let body = page
        .run("const style = getComputedStyle(document.body); return [style.color, style.backgroundColor];")
        .await;
    assert_ne!(body[0], body[1], "{name}: text and paper");
    assert_ne!(body[1], "rgba(0, 0, 0, 0)", "{name}: paper");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_oldest_browsers_show_and_judge() {
    let script = format!("{}{}", include_str!("floor.js"), include_str!("watch.js"));
    let site = Site { dist: copies::copy("floor", &script, as_read), data: None, base: "/".to_owned() };
    let server = serve::start(site, ([127, 0, 0, 1], 0).into()).await.expect("dist/ is built");
    let browser = Browser::start(&Setup::new("floor")).await;
    let page = Page::open(browser.client(), &format!("{}?mirrors=off", server.url)).await;
    autoencoder::data_loaded(&page).await;
    page.click("step-autoencoder").await;
    page.part("ae-start").await;
    for theme in ["light", "dark"] {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
        browser::devtools(&page.client, "Emulation.setEmulatedMedia", media).await;
        looks(&page, theme).await;
    }
    let dark = page.run("return getComputedStyle(document.body).backgroundColor;").await;
    page.choose("theme-select", "light").await;
    looks(&page, "chosen light").await;
    let light = page.run("return getComputedStyle(document.body).backgroundColor;").await;
    assert_ne!(dark, light, "the choice goes before the system's theme");
    crate::three_browsers::train(&page).await;
    let class = crate::three_browsers::draw(&page).await;
    assert_eq!(class, "1", "trousers");
    assert!(page.canvas("draw-canvas").await.1, "the pad shows the stroke");
    let console = page.run("return window.telarConsole;").await;
    assert!(console.as_array().is_some_and(Vec::is_empty), "the console: {console:#}");
    browser.close().await;
}

#[test]
fn unknown_declarations_are_skipped() {
    let css =
        "p { color: red; background: light-dark(#fff, #000); margin: 0 } q { color: light-dark(a, b); }";
    let read = as_read(css.to_owned());
    assert!(!read.contains("light-dark") && read.contains("margin: 0") && read.contains("q {"), "{read}");
    assert_eq!(read.matches('{').count(), read.matches('}').count());
}
