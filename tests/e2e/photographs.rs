//! Pictures that people really have, tools with a photograph on the pad, answers that come late, pixels
//! that a browser replaces by noise.

use std::time::Duration;

use crate::{
    page::Page,
    setup::{self, Setup},
};

/// Trouser's class.
pub const TROUSER: &str = "1";
/// Makes files in the page. `picture(ground, ink, kind)` is a pair of trousers on a ground.
pub const FILES: &str = "
    window.picture = async (ground, ink, name = 'a.png', kind = 'image/png', side = 280) => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = side;
        const context = canvas.getContext('2d');
        if (ground) { context.fillStyle = ground; context.fillRect(0, 0, side, side); }
        context.fillStyle = ink;
        const rect = (x, y, w, h) => context.fillRect(x * side, y * side, w * side, h * side);
        rect(0.3, 0.15, 0.4, 0.25); rect(0.3, 0.4, 0.17, 0.5); rect(0.53, 0.4, 0.17, 0.5);
        const blob = await new Promise((done) => canvas.toBlob(done, kind));
        return new File([blob], name, { type: kind });
    };
    window.choose = (...files) => {
        const input = document.querySelector(`[data-testid='draw-photo']`);
        const transfer = new DataTransfer();
        files.forEach((file) => transfer.items.add(file));
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
    };
    window.drop = (fill) => {
        const dataTransfer = new DataTransfer();
        fill(dataTransfer);
        const board = document.querySelector('.board');
        board.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    };";

pub async fn open_pad(page: &Page) {
    page.click("step-draw").await;
    page.until("the shipped classifier", 60, async || page.read("draw-blank", "!part.hidden").await == true)
        .await;
    page.run(FILES).await;
}

/// Runs a script that ends in choosing files.
pub async fn act(page: &Page, script: &str) {
    page.run_async(&format!(
        "(async () => {{ {script} }})().then(() => done(true), (e) => done(String(e)));"
    ))
    .await;
}

pub async fn verdict(page: &Page) -> String {
    if page.has("draw-verdict-shipped").await {
        page.attribute("draw-verdict-shipped", "data-top").await
    } else {
        String::new()
    }
}

pub async fn judged(page: &Page, class: &str) {
    page.until("the verdict", 30, async || verdict(page).await == class).await;
}

pub async fn refused(page: &Page, words: &str) {
    page.until(words, 30, async || page.has("error").await && page.text("error").await.contains(words)).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn every_kind_of_picture_is_judged_or_named() {
    setup::run(Setup::new("photo-kinds"), async |page: Page| {
        open_pad(&page).await;
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 280 280\"><path d=\"M84 42h112v210h-48V112h-16v140H84z\"/></svg>";
        let judged_files = [
            "choose(await picture('#fff', '#141414'))".to_owned(),
            "choose(await picture('#000', '#ebebeb', 'a.jpg', 'image/jpeg'))".to_owned(),
            "choose(await picture(null, '#000'))".to_owned(),
            "choose(await picture(null, '#fff'))".to_owned(),
            "choose(new File(['words'], 'notes.txt', { type: 'text/plain' }), await picture('#fff', '#000'))".to_owned(),
            format!("choose(new File(['{svg}'], 'a.svg', {{ type: 'image/svg+xml' }}))"),
        ];
        for file in judged_files {
            act(&page, &file).await;
            judged(&page, TROUSER).await;
            assert!(!page.has("error").await, "{file}: {}", page.text("error").await);
            page.click("draw-clear").await;
            page.until("a blank pad", 20, async || verdict(&page).await.is_empty()).await;
        }
        act(&page, "choose(await picture('#fff', '#000'))").await;
        judged(&page, TROUSER).await;
        let before = page.canvas("draw-canvas").await.0;
        let named = [
            ("choose(new File([new Uint8Array([0, 0, 0, 24]), 'ftypheic', 'mif1heic'], 'a.heic'))", "HEIC"),
            ("choose(new File(['this is text'], 'a.jpg', { type: 'image/jpeg' }))", "This is text, not a picture"),
            ("choose(new File(['<!DOCTYPE html><title>Log in'], 'a.png', { type: 'image/png' }))", "web page"),
            ("choose(new File([], 'a.png', { type: 'image/png' }))", "empty"),
            ("const f = await picture('#fff', '#000'); choose(new File([f.slice(0, 20)], 'a.png', { type: 'image/png' }))", "damaged"),
            ("choose(await picture('#fff', '#fff'))", "stands out"),
            ("choose(await picture('#000', '#000', 'a.png', 'image/png', 1))", "too small"),
            ("drop((data) => data.setData('text/uri-list', 'https://example.org/a.png'))", "address"),
        ];
        for (file, words) in named {
            act(&page, file).await;
            refused(&page, words).await;
            assert_eq!(page.canvas("draw-canvas").await.0, before, "the former picture stays: {words}");
        }
        let told = async || page.text("spoken").await.contains("address");
        page.until("the last trouble to be spoken", 20, told).await;
        assert_eq!(page.run("return document.querySelectorAll('[role=alert]').length;").await, 0, "one voice");
        act(&page, "choose(await picture('#fff', '#000'))").await;
        page.until("success to clear the error", 20, async || !page.has("error").await).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_large_photograph_never_holds_the_page_up() {
    setup::run(Setup::new("photo-large"), async |page: Page| {
        open_pad(&page).await;
        page.run("window.telarLongTasks.length = 0;").await;
        // 48 megapixels, as telephones take them.
        act(&page, "window.large = await picture('#fff', '#000', 'a.png', 'image/png', 6928)").await;
        page.run("window.telarLongTasks.length = 0; choose(window.large);").await;
        judged(&page, TROUSER).await;
        let longest =
            page.run("return Math.max(0, ...window.telarLongTasks.map((task) => task.duration));").await;
        println!("longest task with 48 megapixels: {longest} ms");
        assert!(longest.as_f64().unwrap_or_default() < 1000.0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_tools_change_the_photograph_or_say_why_not() {
    setup::run(Setup::new("photo-tools"), async |page: Page| {
        open_pad(&page).await;
        let canvas = async || page.canvas("draw-canvas").await.0;
        page.choose("draw-starter", "8").await;
        judged(&page, "8").await;
        let bag = canvas().await;
        let half = "const f = await picture('#fff', '#000'); const b = await createImageBitmap(f);
            const c = document.createElement('canvas'); c.width = 400; c.height = 280;
            const x = c.getContext('2d'); x.fillStyle = '#fff'; x.fillRect(0, 0, 400, 280); x.drawImage(b, 0, 0);
            c.toBlob((blob) => choose(new File([blob], 'a.png', { type: 'image/png' })))";
        act(&page, half).await;
        judged(&page, TROUSER).await;
        let photograph = canvas().await;
        for tool in ["draw-brush", "draw-eraser", "draw-fill", "draw-keep"] {
            assert!(page.read(tool, "part.disabled").await == true, "{tool}");
        }
        assert!(page.text("draw-word").await.contains("photograph") && page.text("keep-word").await.contains("photograph"));
        page.click("draw-mirror").await;
        page.until("another picture", 10, async || canvas().await != photograph).await;
        page.click("draw-mirror").await;
        page.until("the photograph", 10, async || canvas().await == photograph).await;
        page.click("draw-canvas").await;
        assert_eq!(canvas().await, photograph, "a photograph takes no ink");
        page.click("draw-clear").await;
        page.until("nothing", 10, async || verdict(&page).await.is_empty()).await;
        page.click("draw-undo").await;
        page.until("the photograph", 10, async || canvas().await == photograph).await;
        judged(&page, TROUSER).await;
        for _ in 0..3 {
            page.click("draw-undo").await;
        }
        page.until("the bag", 10, async || canvas().await == bag).await;
        judged(&page, "8").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_slow_photograph_takes_no_newer_ones_place() {
    setup::run(Setup::new("photo-slow"), async |page: Page| {
        open_pad(&page).await;
        page.run(
            "const decode = HTMLImageElement.prototype.decode;
            window.slow = 0;
            HTMLImageElement.prototype.decode = function () {
                const wait = window.slow;
                window.slow = 0;
                return decode.call(this).then(() => new Promise((done) => setTimeout(done, wait)));
            };",
        )
        .await;
        let slow = "window.slow = 1500; choose(await picture('#fff', '#555', 'slow.png'));";
        act(&page, &format!("{slow} choose(await picture('#000', '#fff'));")).await;
        judged(&page, TROUSER).await;
        let fast = page.canvas("draw-canvas").await.0;
        tokio::time::sleep(Duration::from_millis(2500)).await;
        assert_eq!(page.canvas("draw-canvas").await.0, fast);
        act(&page, slow).await;
        page.choose("draw-starter", "8").await;
        judged(&page, "8").await;
        refused(&page, "after you had gone on").await;
        judged(&page, "8").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn noise_instead_of_pixels_gets_no_verdict() {
    setup::run(Setup::new("photo-noise"), async |page: Page| {
        open_pad(&page).await;
        page.run(
            "const read = CanvasRenderingContext2D.prototype.getImageData;
            window.read = read;
            CanvasRenderingContext2D.prototype.getImageData = function (...where) {
                const image = read.apply(this, where);
                image.data.forEach((_, index) => { image.data[index] = Math.random() * 256; });
                return image;
            };",
        )
        .await;
        act(&page, "choose(await picture('#fff', '#000'))").await;
        refused(&page, "fingerprinting").await;
        assert!(verdict(&page).await.is_empty());
        // Allowed meanwhile: the same photograph is read.
        page.run("CanvasRenderingContext2D.prototype.getImageData = window.read;").await;
        act(&page, "choose(await picture('#fff', '#000'))").await;
        judged(&page, TROUSER).await;
        assert!(!page.has("error").await);
    })
    .await;
}
