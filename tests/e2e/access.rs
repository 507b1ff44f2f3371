//! What axe-core does not see: where the focus goes, what is spoken, large letters, the story by keyboard.

use std::time::Duration;

use fantoccini::{
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};
use serde_json::Value;

use crate::{
    autoencoder,
    page::Page,
    setup::{self, Setup},
    three_browsers, views,
};

async fn press(page: &Page, key: char) {
    let keys = KeyActions::new("keyboard".to_owned())
        .then(KeyAction::Down { value: key })
        .then(KeyAction::Up { value: key });
    page.client.perform_actions(keys).await.expect("a key can be pressed");
}

/// Goes through all stops of the view by Tab and says what is wrong with each.
async fn walk(page: &Page, view: &str) -> Vec<String> {
    page.run(
        "document.activeElement?.blur(); window.scrollTo(0, 0); window.telarStops = 0;
        document.querySelectorAll('*').forEach((part) => { delete part.telarStop; });",
    )
    .await;
    let mut faults = Vec::new();
    let mut last = 0;
    let mut lost = 0;
    for _ in 0..400 {
        press(page, Key::Tab.into()).await;
        let found = page.run(include_str!("focus.js")).await;
        let stop = found["stop"].as_u64().unwrap_or_default();
        // What has the focus may be taken away at that moment, as a button that a run's end disables: the
        // next Tab goes on from its place.
        if stop == 0 && lost < 2 {
            lost += 1;
            continue;
        }
        // Past the last stop comes the browser's own bar, or the first stop again.
        if stop <= last {
            break;
        }
        last = stop;
        let words =
            |fault: &Value| format!("{view}: {}: {}", found["name"], fault.as_str().unwrap_or_default());
        faults.extend(found["faults"].as_array().into_iter().flatten().map(words));
    }
    assert!(last > 10, "{view}: only {last} stops");
    println!("{view}: {last} stops, {} faults", faults.len());
    faults
}

async fn walk_through(setup: Setup) {
    setup::run(setup, async |page: Page| {
        let faults = std::sync::Mutex::new(Vec::new());
        views::each(&page, async |view: &str| {
            let found = walk(&page, view).await;
            faults.lock().expect("one view at a time").extend(found);
        })
        .await;
        let faults = faults.into_inner().expect("one view at a time");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn focus_is_never_hidden_on_a_phone() {
    walk_through(Setup { width: 390, height: 844, mobile: true, ..Setup::new("focus-phone") }).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn focus_is_never_hidden_on_a_desktop() {
    walk_through(Setup { width: 1024, height: 720, ..Setup::new("focus-desktop") }).await;
}

/// Letters of twice the size leave nothing beyond the edge.
async fn large_letters(setup: Setup) {
    setup::run(setup, async |page: Page| {
        let faults = std::sync::Mutex::new(Vec::new());
        views::each(&page, async |view: &str| {
            page.run("document.documentElement.style.fontSize = '200%';").await;
            tokio::time::sleep(Duration::from_millis(400)).await;
            let wide = page.run(include_str!("overflow.js")).await;
            page.picture(&format!("{}-{}", setup.name, view.replace([',', ' '], "-"))).await;
            page.run("document.documentElement.style.fontSize = '';").await;
            let words = |fault: &Value| format!("{view}: {}", fault.as_str().unwrap_or_default());
            let found = wide.as_array().into_iter().flatten().map(words);
            faults.lock().expect("one view at a time").extend(found);
        })
        .await;
        let faults = faults.into_inner().expect("one view at a time");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn large_letters_fit_a_phone() {
    large_letters(Setup {
        width: 390,
        height: 844,
        mobile: true,
        language: "es",
        ..Setup::new("large-phone")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn large_letters_fit_a_desktop() {
    large_letters(Setup { width: 1280, height: 800, ..Setup::new("large-desktop") }).await;
}

/// Remembers what the live region says, and when.
const LISTEN: &str = "
    const region = document.querySelector(`[data-testid='spoken']`);
    window.telarSpoken = [];
    new MutationObserver(() => window.telarSpoken.push([performance.now(), region.textContent.trim()]))
        .observe(region, { childList: true, characterData: true, subtree: true });";

async fn spoken(page: &Page) -> Vec<(f64, String)> {
    let heard = page.run("return window.telarSpoken;").await;
    let one = |entry: &Value| Some((entry[0].as_f64()?, entry[1].as_str()?.to_owned()));
    heard.as_array().into_iter().flatten().filter_map(one).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_run_is_told_in_one_place_and_without_haste() {
    setup::run(Setup::new("spoken"), async |page: Page| {
        autoencoder::data_loaded(&page).await;
        // A run long enough that its start is not overtaken by its way, told when nothing else is.
        page.click("step-autoencoder").await;
        for (id, value) in [("ae-limit", "1600"), ("ae-batch", "32"), ("ae-epochs", "10")] {
            page.fill(id, value).await;
        }
        tokio::time::sleep(Duration::from_secs(4)).await;
        page.run(LISTEN).await;
        page.click("ae-start").await;
        page.until("the test loss", 120, async || page.number("ae-test-loss").await.is_some()).await;
        let over = async || spoken(&page).await.iter().any(|(_, words)| words.contains("finished"));
        page.until("the run's end to be told", 10, over).await;
        open_latent_and_reset(&page).await;
        let heard = spoken(&page).await;
        println!("{heard:#?}");
        let told = |part: &str| heard.iter().position(|(_, words)| words.contains(part));
        let story = [told("started"), told("% done"), told("finished")];
        assert!(story.iter().all(Option::is_some) && story.is_sorted(), "{heard:#?}");
        assert!(heard.len() <= 8, "{heard:#?}");
        assert!(heard.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 1_000.0), "{heard:#?}");
        let regions = "return document.querySelectorAll(
            'output, [role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])').length;";
        assert_eq!(page.run(regions).await, 1, "one live region");
        assert_values_are_rounded(&page).await;
    })
    .await;
}

/// Eight sliders move at once; none of them says so by itself.
async fn open_latent_and_reset(page: &Page) {
    views::open(page, "latent").await;
    page.click("latent-random").await;
    page.click("latent-reset").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
}

async fn assert_values_are_rounded(page: &Page) {
    let sliders = "return [...document.querySelectorAll('input[type=range], [role=slider]')]
        .map((slider) => slider.getAttribute('aria-valuetext') ?? slider.value);";
    let texts = page.run(sliders).await;
    let texts: Vec<_> = texts.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(texts.len() >= 9, "{texts:?}");
    for text in texts {
        let longest = text.split(|sign: char| !sign.is_ascii_digit()).map(str::len).max();
        assert!(longest.is_some_and(|digits| digits <= 4), "spoken: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn charts_are_read_by_keyboard() {
    setup::run(Setup::new("chart-keys"), async |page: Page| {
        autoencoder::data_loaded(&page).await;
        three_browsers::train(&page).await;
        page.run("document.querySelector('.chart .hover').focus();").await;
        press(&page, Key::End.into()).await;
        let read = "const stop = document.querySelector('.chart .hover');
            return [stop.getAttribute('role'), stop.getAttribute('aria-valuetext'), stop.getAttribute('aria-label')];";
        let told = page.run(read).await;
        assert_eq!(told[0], "slider");
        let loss = page.text("ae-train-loss").await;
        let words = told[1].as_str().unwrap_or_default();
        assert!(words.contains(&loss), "{told}: the last training loss, {loss}");
        assert!(!told[2].as_str().unwrap_or_default().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_garment_is_drawn_by_keyboard() {
    setup::run(Setup::new("draw-keys"), async |page: Page| {
        views::open(&page, "draw").await;
        let loaded = async || page.read("draw-blank", "!part.hidden").await == true;
        page.until("the shipped classifier", 60, loaded).await;
        page.run(LISTEN).await;
        page.read("draw-canvas", "part.focus()").await;
        let [left, right, up, down] = [Key::Left, Key::Right, Key::Up, Key::Down].map(char::from);
        // Trousers: along the waist, down a leg, up to the crotch, down the other, up again.
        let story = [
            (up, 11),
            (left, 6),
            (' ', 1),
            (right, 12),
            (down, 24),
            (left, 4),
            (up, 17),
            (left, 4),
            (down, 17),
            (left, 4),
            (up, 24),
            (' ', 1),
        ];
        for (key, times) in story {
            for _ in 0..times {
                press(&page, key).await;
            }
            if key == ' ' {
                // What is said next of the pen would take an unheard sentence's place.
                let told =
                    async || spoken(&page).await.iter().any(|(_, words)| words.starts_with("Pen down"));
                page.until("the pen to be told", 20, told).await;
            }
        }
        page.until("a verdict", 30, async || page.has("draw-verdict-shipped").await).await;
        assert!(page.has("draw-cross").await, "the cursor is shown");
        let told = async || spoken(&page).await.iter().any(|(_, words)| words.contains("Trouser"));
        page.until("the verdict to be told", 20, told).await;
        let heard = spoken(&page).await;
        assert!(heard.iter().any(|(_, words)| words.starts_with("Pen down")), "{heard:#?}");
        assert_eq!(page.attribute("draw-verdict-shipped", "data-top").await, "1", "trousers");
        page.picture("drawn-by-keyboard").await;
    })
    .await;
}
