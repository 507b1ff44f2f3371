//! A browser's call that throws, wherever the page makes it: what was at work is lost, and nothing else. The
//! next event, the next painting and the next answer find everything in place.

use crate::{
    autoencoder, hands,
    input::stroke,
    page::Page,
    setup::{self, Setup},
    three_browsers,
};

/// Makes a method, or a property that is read, throw so many times, then work again.
const SPOIL: &str = "window.spoilt = 0; window.spoil = (owner, name, times) => {
    const sound = owner[name];
    owner[name] = function (...all) {
        if (times-- > 0) { window.spoilt++; throw new TypeError('made up'); }
        owner[name] = sound;
        return sound.apply(this, all);
    };
};
window.spoilGetter = (owner, name, times) => {
    const sound = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { ...sound, get() {
        if (times-- > 0) { window.spoilt++; throw new TypeError('made up'); }
        Object.defineProperty(owner, name, sound);
        return sound.get.call(this);
    } });
};";

/// The console may have heard of what was made up; it must not have heard of anything borrowed.
async fn heard_of_nothing_else(page: &Page, what: &str) {
    let spoilt = page.run("const spoilt = window.spoilt; window.spoilt = 0; return spoilt;").await;
    assert!(spoilt.as_u64().is_some_and(|times| times > 0), "{what} was never called");
    let errors = page.console_errors().await;
    let others: Vec<_> = errors.iter().filter(|line| !line.contains("made up")).collect();
    assert!(others.is_empty(), "{what}: {others:#?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_painting_that_throws_holds_up_no_other() {
    setup::run(Setup::new("throws-paint"), async |page: Page| {
        hands::open_pad(&page).await;
        page.run(SPOIL).await;
        let judged = async || page.has("draw-verdict-shipped").await;
        for method in ["fillRect", "stroke", "putImageData"] {
            page.run(&format!("spoil(CanvasRenderingContext2D.prototype, '{method}', 4);")).await;
            stroke(&page, "draw-canvas", hands::MOUSE, &[(0.3, 0.2), (0.7, 0.2), (0.7, 0.8), (0.3, 0.8)])
                .await;
            page.until("a painting to fail", 20, async || page.run("return spoilt > 0;").await == true).await;
            page.click("draw-clear").await;
            page.until("a blank pad", 20, async || !judged().await).await;
            stroke(&page, "draw-canvas", hands::MOUSE, &[(0.3, 0.2), (0.7, 0.2), (0.7, 0.8), (0.3, 0.8)])
                .await;
            page.until("a verdict", 20, judged).await;
            assert!(page.canvas("draw-canvas").await.1, "the stroke is painted after {method}");
            heard_of_nothing_else(&page, method).await;
            page.click("draw-clear").await;
        }
    })
    .await;
}

/// A handler that nothing guards, and an engine's message that cannot be read: the next ones are heard.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_handler_or_a_message_that_throws_holds_up_no_other() {
    setup::run(Setup::new("throws-events"), async |page: Page| {
        autoencoder::data_loaded(&page).await;
        page.run(SPOIL).await;
        let theme = async || page.run("return document.documentElement.dataset.theme;").await;
        page.run("spoilGetter(HTMLSelectElement.prototype, 'value', 1);").await;
        page.choose("theme-select", "dark").await;
        assert_ne!(theme().await, "dark", "the choice was lost");
        heard_of_nothing_else(&page, "value").await;
        page.choose("theme-select", "light").await;
        page.until("the theme", 10, async || theme().await == "light").await;

        page.click("step-data").await;
        page.run("spoilGetter(MessageEvent.prototype, 'data', 1);").await;
        page.click("data-class-3").await;
        page.until("a message to be lost", 20, async || page.run("return spoilt > 0;").await == true).await;
        heard_of_nothing_else(&page, "data").await;
        let before = page.canvas("data-grid").await.0;
        page.click("data-class-8").await;
        page.until("bags", 20, async || page.canvas("data-grid").await.0 != before).await;

        three_browsers::train(&page).await;
        page.until_engine("ready", 30).await;
        assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    })
    .await;
}
