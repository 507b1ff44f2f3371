//! Pictures of odd makes: sixteen bits of grey, a strip, a drawing with a size, a scan as large as a poster. Each
//! gets a verdict or a sentence, and none holds the page up.

use crate::{
    page::Page,
    photographs::{TROUSER, act, judged, open_pad, refused},
    setup::{self, Setup},
};

/// `png(width, height, depth, colour, row)` makes a PNG of rows of bytes, which no canvas would write.
const PNG: &str = "
    const table = Uint32Array.from({ length: 256 }, (_, n) => {
        for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
        return n >>> 0;
    });
    const sum = (bytes) => ~bytes.reduce((c, byte) => table[(c ^ byte) & 255] ^ (c >>> 8), ~0) >>> 0;
    const word = (value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
    const chunk = (tag, data) => {
        const body = new Uint8Array([...new TextEncoder().encode(tag), ...data]);
        return [new Uint8Array(word(data.length)), body, new Uint8Array(word(sum(body)))];
    };
    window.png = async (width, height, depth, colour, row) => {
        const rows = Array.from({ length: height }, (_, y) => [new Uint8Array(1), row(y)]).flat();
        const stream = new Blob(rows).stream().pipeThrough(new CompressionStream('deflate'));
        const packed = new Uint8Array(await new Response(stream).arrayBuffer());
        const head = [...word(width), ...word(height), depth, colour, 0, 0, 0];
        const parts = [new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]),
            ...chunk('IHDR', head), ...chunk('IDAT', packed), ...chunk('IEND', [])];
        return new File(parts, 'odd.png', { type: 'image/png' });
    };
    window.trousers = (x, y) => x > 0.3 && x < 0.7 && y > 0.15 && y < 0.9 && !(x > 0.47 && x < 0.53 && y > 0.4);";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn odd_makes_of_pictures_get_a_verdict_or_a_sentence_at_once() {
    setup::run(Setup::new("photo-odd"), async |page: Page| {
        open_pad(&page).await;
        page.run(PNG).await;
        page.run("window.telarLongTasks.length = 0;").await;
        let grey = "choose(await png(280, 280, 16, 0, (y) => new Uint8Array(Array.from({ length: 280 },
            (_, x) => trousers(x / 280, y / 280) ? [19, 136] : [255, 255]).flat())))";
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"280\" height=\"280\" viewBox=\"0 0 280 280\"><path d=\"M84 42h112v210h-48V112h-16v140H84z\"/></svg>";
        let sized = format!("choose(new File(['{svg}'], 'a.svg', {{ type: 'image/svg+xml' }}))");
        let poster = "choose(await png(8000, 6000, 8, 0, () => new Uint8Array(8000).fill(255).fill(0, 2500, 5500)))";
        for file in [grey, &sized] {
            act(&page, file).await;
            judged(&page, TROUSER).await;
            page.click("draw-clear").await;
            page.until("a blank pad", 20, async || !page.has("draw-verdict-shipped").await).await;
        }
        let before = page.canvas("draw-canvas").await.0;
        act(&page, "choose(await png(20000, 3, 8, 2, () => new Uint8Array(60000).fill(255)))").await;
        page.until("a sentence on the strip", 30, async || page.has("error").await).await;
        println!("20000×3: {}", page.text("error").await);
        assert_eq!(page.canvas("draw-canvas").await.0, before, "the former picture stays");
        act(&page, "choose(await png(64, 64, 8, 2, () => new Uint8Array(192).fill(255)))").await;
        refused(&page, "stands out").await;
        page.run("window.telarLongTasks.length = 0;").await;
        act(&page, poster).await;
        page.until("a verdict or a sentence", 60, async || {
            page.has("draw-verdict-shipped").await || !page.text("error").await.contains("stands out")
        })
        .await;
        let longest = page.run("return Math.max(0, ...window.telarLongTasks.map((task) => task.duration));").await;
        println!("longest task with 8000×6000: {longest} ms");
        assert!(longest.as_f64().unwrap_or_default() < 1000.0);
    })
    .await;
}
