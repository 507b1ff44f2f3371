//! What must hold still: the page under a pen, figures under a translator's hand, the screen's compositor
//! while nothing moves.

use std::time::Duration;

use serde_json::json;

use crate::{
    autoencoder,
    input::Fingers,
    page::Page,
    setup::{self, Setup},
};

/// Layout shifts without a hand's doing, summed (https://web.dev/articles/cls).
const SHIFT: &str = "
    let sum = 0; const sources = [];
    const take = (entries) => { for (const entry of entries) if (!entry.hadRecentInput) {
        sum += entry.value;
        sources.push([entry.value, ...entry.sources.map((s) => s.node && (s.node.className || s.node.nodeName))].join(' '));
    } };
    new PerformanceObserver((list) => take(list.getEntries())).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done([sum, sources]), 300);";

async fn shifts_little(page: Page, step: &str) {
    page.click(&format!("step-{step}")).await;
    page.client.refresh().await.expect("the page can be loaded again");
    page.part("step-draw").await;
    autoencoder::data_loaded(&page).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let seen = page.run_async(SHIFT).await;
    println!("{step}: layout shift {} {}", seen[0], seen[1]);
    assert!(seen[0].as_f64().expect("a sum") < 0.02, "{step}: {seen}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn nothing_pushes_the_page_after_opening() {
    let sizes = [(1440, 900, false), (1024, 768, false), (390, 844, true), (844, 390, true)];
    for (width, height, mobile) in sizes {
        let setup = Setup { width, height, mobile, ..Setup::new("steady-shift") };
        setup::run(setup, async |page: Page| {
            println!("{width}×{height}");
            shifts_little(page.clone(), "draw").await;
            shifts_little(page, "data").await;
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn figures_move_on_under_a_translator_and_no_animation_is_endless() {
    setup::run(Setup::new("steady-translated"), async |page: Page| {
        autoencoder::data_loaded(&page).await;
        page.click("step-autoencoder").await;
        page.part("ae-start").await;
        page.run(
            "const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const texts = [];
            while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
            for (const text of texts) {
                const [outer, inner] = ['font', 'font'].map((name) => document.createElement(name));
                inner.textContent = `~${text.data}`;
                outer.append(inner);
                text.replaceWith(outer);
            }",
        )
        .await;
        let words = async || page.text("run-words").await;
        assert!(words().await.starts_with('~'), "the page is «translated»");
        page.fill("ae-limit", "1600").await;
        page.fill("ae-batch", "32").await;
        page.fill("ae-epochs", "3").await;
        page.click("ae-start").await;
        page.until("words of the run", 60, async || words().await.contains("training")).await;
        assert_eq!(page.run("return document.getAnimations().length;").await, json!(0), "endless animations");
        for id in ["ae-train-loss", "ae-val-loss", "ae-test-loss"] {
            page.until(id, 120, async || page.number(id).await.is_some()).await;
            assert!(!page.text(id).await.contains('~'), "{id}: {}", page.text(id).await);
        }
        page.until_engine("ready", 30).await;
        page.until("no words of the run", 20, async || words().await == "Idle").await;
        page.choose("language-select", "es").await;
        page.until("the other language", 20, async || page.text("step-data").await.contains("Datos")).await;
        assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn pad_and_map_fit_between_the_bars_and_keep_their_touches() {
    for (width, height) in [(844, 390), (390, 844), (360, 640)] {
        let phone = Setup { width, height, mobile: true, ..Setup::new("steady-phone") };
        setup::run(phone, async |page: Page| {
            autoencoder::have_one(&page).await;
            for (step, id) in [("draw", "draw-canvas"), ("latent", "latent-map")] {
                page.click(&format!("step-{step}")).await;
                page.part(id).await;
                page.until("a size", 60, async || {
                    page.read(id, "part.getBoundingClientRect().height > 50").await == true
                })
                .await;
                tokio::time::sleep(Duration::from_millis(500)).await;
                fits(&page, id, width).await;
                holds(&page, id).await;
                page.picture(&format!("steady-{width}-{step}")).await;
            }
        })
        .await;
    }
}

async fn fits(page: &Page, id: &str, width: u32) {
    page.read(id, "part.scrollIntoView({ block: 'center' })").await;
    let seen = page
        .read(
            id,
            "(() => {
                const box = part.getBoundingClientRect();
                const bottom = document.querySelector('.steps').getBoundingClientRect().top;
                const bar = document.querySelector('.run-bar');
                const top = getComputedStyle(bar).position === 'sticky' ? bar.getBoundingClientRect().height : 0;
                return [box.width, box.height, bottom - top];
            })()",
        )
        .await;
    let number = |index: usize| seen[index].as_f64().expect("a length");
    println!("{id}: {} × {} in {}", number(0), number(1), number(2));
    assert!(number(1) <= number(2), "{id} is higher than what is seen: {seen}");
    assert!(number(0) <= f64::from(width), "{id} is wider than the screen: {seen}");
}

/// A finger's moves on a part scroll, select and reload nothing.
async fn holds(page: &Page, id: &str) {
    page.run(
        "window.held = []; window.scrolled = scrollY;
        for (const kind of ['touchstart', 'touchmove']) addEventListener(kind, (e) => window.held.push(e.defaultPrevented));",
    )
    .await;
    let fingers = Fingers::over(page, id).await;
    page.run("window.scrolled = scrollY;").await;
    fingers.are("touchStart", &[(1, (0.5, 0.2))]).await;
    for step in 3..9 {
        fingers.are("touchMove", &[(1, (0.5, f64::from(step) / 10.0))]).await;
    }
    fingers.are("touchEnd", &[]).await;
    let seen = page
        .run("return [held.length > 2 && held.every(Boolean), scrollY === scrolled, String(getSelection())];")
        .await;
    assert_eq!(seen, json!([true, true, ""]), "{id}");
    let style = page
        .read(id, "(() => { const s = getComputedStyle(part); return [s.touchAction, s.userSelect, getComputedStyle(document.documentElement).overscrollBehaviorY]; })()")
        .await;
    assert_eq!(style, json!(["none", "none", "contain"]), "{id}");
}
