//! The story in short, in Chromium, Firefox and WebKitGTK: it works in each, and the figures that it
//! shows are the same to the last digit.

use std::{panic::AssertUnwindSafe, path::PathBuf};

use fantoccini::{
    Client,
    actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
    key::Key,
};
use futures::FutureExt;
use xtask::serve::{self, Server, Site};

use crate::{
    autoencoder,
    browser::Browser,
    copies, cores,
    foreign::{Foreign, Kind},
    page::Page,
    setup::Setup,
};

/// Figures that a browser showed, each with its name.
type Figures = Vec<(String, String)>;

/// The figures of one browser; `None` where this machine has none of its kind.
async fn told_by(name: &str, server: &Server) -> Option<Figures> {
    let kind = if name == "Firefox" { Kind::Firefox } else { Kind::WebKit };
    if name == "Chromium" {
        let browser = Browser::start(&Setup::new("three-chromium")).await;
        let told = tell(name, browser.client(), server).await;
        browser.close().await;
        return Some(told);
    }
    let Some(browser) = Foreign::start(kind).await else {
        println!("skipped in {name}: it is not installed here");
        return None;
    };
    let told = tell(name, browser.client.clone(), server).await;
    browser.close().await;
    Some(told)
}

/// Tells the story; a failure leaves a picture and the console.
async fn tell(name: &str, client: Client, server: &Server) -> Figures {
    let page = Page::open(client, &format!("{}?mirrors=off", server.url)).await;
    let outcome = AssertUnwindSafe(story(&page)).catch_unwind().await;
    let console = page.run("return window.telarConsole;").await;
    let quiet = console.as_array().is_some_and(Vec::is_empty);
    if outcome.is_err() || !quiet {
        page.report_failure(&format!("story-{name}")).await;
        eprintln!("console of {name}: {console:#}");
    }
    let figures = outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    assert!(quiet, "{name}'s console: {console:#}");
    assert!(!page.has("error").await, "{name} shows an error: {}", page.text("error").await);
    figures
}

async fn story(page: &Page) -> Figures {
    autoencoder::data_loaded(page).await;
    let mut figures = train(page).await;
    slide(page).await;
    figures.extend(compare(page).await);
    export(page).await;
    figures.push(("drawing".to_owned(), draw(page).await));
    figures.push(("photograph".to_owned(), open_photograph(page).await));
    cores::share_out_a_training(page).await;
    page.click("run-stop").await;
    page.until_engine("ready", 60).await;
    figures
}

async fn shown(page: &Page, id: &str) -> (String, String) {
    page.until(id, 300, async || page.number(id).await.is_some()).await;
    (id.to_owned(), page.text(id).await)
}

pub async fn train(page: &Page) -> Figures {
    page.click("step-autoencoder").await;
    for (id, value) in [("ae-limit", "320"), ("ae-batch", "32"), ("ae-epochs", "1")] {
        page.fill(id, value).await;
    }
    page.click("ae-start").await;
    let mut figures = vec![shown(page, "ae-test-loss").await];
    figures.push(shown(page, "ae-val-loss").await);
    figures.push(shown(page, "ae-train-loss").await);
    figures
}

async fn slide(page: &Page) {
    page.click("step-latent").await;
    page.until("a decoded garment", 60, async || page.canvas("latent-decoded").await.1).await;
    let before = page.canvas("latent-decoded").await.0;
    let keys: String = std::iter::repeat_n(char::from(Key::Right), 40).collect();
    page.part("latent-slider-0").await.send_keys(&keys).await.expect("a slider takes keys");
    page.until("another garment", 30, async || page.canvas("latent-decoded").await.0 != before).await;
}

pub async fn compare(page: &Page) -> Figures {
    page.click("step-classifiers").await;
    for (id, value) in [("clf-labels", "10"), ("clf-epochs", "1"), ("clf-seeds", "1")] {
        page.fill(id, value).await;
    }
    page.click("clf-start").await;
    let mut figures = Figures::new();
    for mode in ["scratch", "frozen", "finetuned"] {
        figures.push(shown(page, &format!("clf-{mode}-test-accuracy")).await);
        figures.push(shown(page, &format!("clf-{mode}-val-accuracy")).await);
    }
    page.until_engine("ready", 60).await;
    figures
}

/// Saves the run's figures; the browser is handed three files, the picture once it has been seen to be true.
async fn export(page: &Page) {
    let script = "const panel = document.querySelector(`[data-testid='clf-chart']`).closest('section');
        const buttons = [...panel.querySelectorAll('button.small')];
        buttons.forEach((button) => button.click());";
    page.run(script).await;
    for ending in [".csv", ".json", ".png"] {
        let saved = format!("return window.telarSaved.some((name) => name.endsWith('{ending}'));");
        page.until(&format!("a saved {ending}"), 30, async || page.run(&saved).await == true).await;
    }
}

/// The class and the ten probabilities, to two decimals: canvases differ in the last bits.
async fn verdict(page: &Page) -> String {
    page.until("a verdict", 60, async || page.has("draw-verdict-shipped").await).await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    page.attribute("draw-verdict-shipped", "data-top").await
}

pub async fn draw(page: &Page) -> String {
    page.click("step-draw").await;
    page.until("the shipped classifier", 60, async || page.read("draw-blank", "!part.hidden").await == true)
        .await;
    page.read("draw-canvas", "part.scrollIntoView({ block: 'center' })").await;
    let pad = page.part("draw-canvas").await;
    let (_, _, width, height) = pad.rectangle().await.expect("the pad has a size");
    let at = |(x, y): (f64, f64)| PointerAction::MoveToElement {
        element: pad.clone(),
        duration: Some(std::time::Duration::from_millis(40)),
        x: (x * width).round(),
        y: (y * height).round(),
    };
    let outline = [
        (-0.2, -0.4),
        (0.2, -0.4),
        (0.25, 0.4),
        (0.08, 0.4),
        (0.0, -0.1),
        (-0.08, 0.4),
        (-0.25, 0.4),
        (-0.2, -0.4),
    ];
    let mouse = MouseActions::new("mouse".into())
        .then(at(outline[0]))
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
    let mouse = outline[1..].iter().fold(mouse, |mouse, place| mouse.then(at(*place)));
    page.client
        .perform_actions(mouse.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT }))
        .await
        .expect("a stroke");
    verdict(page).await
}

async fn open_photograph(page: &Page) -> String {
    let before = page.attribute("draw-verdict-shipped", "data-probabilities").await;
    let input = page.part("draw-photo").await;
    input.send_keys(&photograph().to_string_lossy()).await.expect("a file can be chosen");
    let changed = async || page.attribute("draw-verdict-shipped", "data-probabilities").await != before;
    page.until("a verdict on the photograph", 60, changed).await;
    verdict(page).await
}

/// A dark dress on a light table as a bitmap of 24 bits (Windows BITMAPINFOHEADER), in the target folder.
fn photograph() -> PathBuf {
    const SIDE: u32 = 96;
    let bytes = SIDE * SIDE * 3;
    let mut file = b"BM".to_vec();
    [54 + bytes, 0, 54, 40, SIDE, SIDE, 1 | 24 << 16, 0, bytes, 2835, 2835, 0, 0]
        .iter()
        .for_each(|field| file.extend(field.to_le_bytes()));
    for row in (0..SIDE).rev() {
        for column in 0..SIDE {
            let half = if row < 36 { 12 } else { 12 + (row - 36) / 3 };
            let inside = (8..88).contains(&row) && column.abs_diff(SIDE / 2) < half;
            file.extend([if inside { 60 } else { 225 }; 3]);
        }
    }
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("photograph.bmp");
    std::fs::write(&path, file).expect("the target folder can be written");
    path
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn three_browsers_tell_the_same_story() {
    let site = Site { dist: copies::watched(), data: None, base: "/".to_owned() };
    let server = serve::start(site, ([127, 0, 0, 1], 0).into()).await.expect("dist/ is built");
    let chromium = told_by("Chromium", &server).await.expect("Chromium is there");
    println!("{chromium:#?}");
    for name in ["Firefox", "WebKitGTK"] {
        if let Some(figures) = told_by(name, &server).await {
            assert_eq!(figures, chromium, "{name} and Chromium disagree");
        }
    }
}
