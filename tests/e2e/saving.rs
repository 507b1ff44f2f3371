//! What the page saves, where a browser gives noise instead of a canvas, and where its storage is full.

use crate::{
    autoencoder, hands,
    input::stroke,
    page::Page,
    setup::{self, Setup},
    three_browsers, views,
};

/// Notes the names of what is saved instead of saving it.
const NOTE: &str = "window.saved = [];
    HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); };";
/// What a protection against fingerprinting does: the same noise each time, so that only its content tells.
const NOISE: &str = "window.sound = HTMLCanvasElement.prototype.toDataURL;
    HTMLCanvasElement.prototype.toDataURL = function (...all) {
        const copy = document.createElement('canvas');
        [copy.width, copy.height] = [this.width, this.height];
        const context = copy.getContext('2d');
        for (let x = 0; x < copy.width; x += 4) for (let y = 0; y < copy.height; y += 4) {
            context.fillStyle = `rgb(${(x * 31 + y * 17) % 256}, ${(x * 7 + y * 3) % 256}, 90)`;
            context.fillRect(x, y, 4, 4);
        }
        return window.sound.apply(copy, all);
    };";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn noise_is_not_saved_as_a_picture() {
    setup::run(Setup::new("save-noise"), async |page: Page| {
        autoencoder::data_loaded(&page).await;
        three_browsers::compare(&page).await;
        page.run(NOTE).await;
        page.run(NOISE).await;
        let refused = async || page.read("clf-chart-save-word", "!part.hidden").await == true;
        page.click("clf-chart-save").await;
        page.until("the word", 20, refused).await;
        assert!(page.text("clf-chart-save-word").await.contains("fingerprinting"));
        assert_eq!(page.run("return saved;").await, serde_json::json!([]), "noise was saved");
        // Allowed meanwhile.
        page.run("HTMLCanvasElement.prototype.toDataURL = window.sound;").await;
        page.click("clf-chart-save").await;
        page.until("a picture", 20, async || page.run("return saved.length;").await == 1).await;
        assert!(page.run("return saved[0];").await.as_str().is_some_and(|name| name.ends_with(".png")));
        assert!(!refused().await, "a success takes the word away");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_full_storage_loses_no_drawing_without_a_word() {
    setup::run(Setup::new("save-full"), async |page: Page| {
        hands::open_pad(&page).await;
        stroke(&page, "draw-canvas", hands::MOUSE, &[(0.3, 0.2), (0.7, 0.2), (0.7, 0.8), (0.3, 0.8)]).await;
        page.run(
            "window.keep = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = () => { throw new DOMException('made up', 'QuotaExceededError'); };",
        )
        .await;
        page.click("draw-keep").await;
        let word = async || page.text("keep-word").await;
        page.until("the word", 20, async || word().await.contains("storage")).await;
        let told = async || page.text("spoken").await.contains("storage");
        page.until("the word to be spoken", 20, told).await;
        // Room again: the next one is kept, with the one before, and the word goes.
        page.run("IDBObjectStore.prototype.put = window.keep;").await;
        page.click("draw-keep").await;
        page.until("no word", 20, async || word().await.is_empty()).await;
        page.until("both to be kept", 20, async || page.attribute("workspace", "data-kept").await == "yes").await;
        assert_eq!(page.count("workspace", "data-drawings").await, 2.0);
    })
    .await;
}

/// Fields of smaller letters make iOS enlarge the page.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn no_field_makes_a_telephone_enlarge_the_page() {
    setup::run(Setup { name: "fields", ..hands::PHONE }, async |page: Page| {
        autoencoder::data_loaded(&page).await;
        autoencoder::have_one(&page).await;
        for step in views::STEPS {
            views::open(&page, step).await;
        }
        let fields = "return [...document.querySelectorAll('select, input:not([type=range]):not([type=checkbox]):not([type=file])')]
            .map((field) => [field.dataset.testid ?? field.id, parseFloat(getComputedStyle(field).fontSize)]);";
        let fields = page.run(fields).await;
        let fields = fields.as_array().cloned().unwrap_or_default();
        assert!(fields.len() >= 15, "{fields:?}");
        let small: Vec<_> = fields.iter().filter(|field| field[1].as_f64().is_none_or(|size| size < 16.0)).collect();
        assert!(small.is_empty(), "{small:?}");
    })
    .await;
}
