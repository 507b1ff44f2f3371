//! The learner's work over visits: there again after the browser was closed, as one file, forgotten, in two tabs,
//! and where the browser keeps nothing.

use std::{fs, path::PathBuf};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::{
    autoencoder,
    browser::{self, Browser},
    hands,
    input::stroke,
    page::Page,
    setup::{self, Setup},
};

/// Strokes of a pair of trousers, as shares of the pad.
const TROUSERS: [(f64, f64); 4] = [(0.3, 0.2), (0.7, 0.2), (0.7, 0.8), (0.3, 0.8)];
/// Keeps the blobs of which the page makes downloads.
const CATCH: &str = "window.caught = [];
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => { window.caught.push(blob); return make(blob); };";
/// A database that may not be used, as in a sandboxed frame.
const NO_DATABASE: &str = "Object.defineProperty(window, 'indexedDB', { value: { open() {
    throw new DOMException('made up', 'SecurityError'); } } });";

/// A visit with a browser that keeps its things in the setup's profile; closed again, without a word in its console.
async fn visit(setup: &Setup, address: &str, script: &str, test: impl AsyncFnOnce(Page)) {
    let started = Browser::start(setup).await;
    let source = json!({ "source": script });
    browser::devtools(&started.client(), "Page.addScriptToEvaluateOnNewDocument", source).await;
    let page = Page::open(started.client(), address).await;
    test(page.clone()).await;
    let console = page.console_errors().await;
    started.close().await;
    assert!(console.is_empty(), "errors in the browser's console: {console:#?}");
}

/// A server, and a browser that has never been here.
async fn fresh(setup: &Setup) -> (xtask::serve::Server, String) {
    // There is none before the first run.
    let _ = fs::remove_dir_all(setup::profile_folder(setup.profile.expect("these tests keep a profile")));
    let server = setup::serve(setup).await;
    let address = setup::address(setup, &server);
    (server, address)
}

async fn train(page: &Page) {
    autoencoder::data_loaded(page).await;
    page.click("step-autoencoder").await;
    for (field, value) in [("ae-limit", "640"), ("ae-batch", "64"), ("ae-epochs", "2"), ("ae-latent", "7")] {
        page.fill(field, value).await;
    }
    page.click("ae-start").await;
    page.until("the test loss", 120, async || page.number("ae-test-loss").await.is_some()).await;
}

async fn draw(page: &Page) {
    hands::open_pad(page).await;
    stroke(page, "draw-canvas", hands::MOUSE, &TROUSERS).await;
    page.click("draw-keep").await;
}

async fn is(page: &Page, attribute: &str, value: &str) {
    let what = format!("{attribute} {value}");
    page.until(&what, 30, async || page.attribute("workspace", attribute).await == value).await;
}

/// All that was made is said to be kept.
async fn all_kept(page: &Page) {
    for (attribute, value) in
        [("data-runs", "1"), ("data-models", "1"), ("data-drawings", "1"), ("data-kept", "yes")]
    {
        is(page, attribute, value).await;
    }
}

/// All that was made is on the page, and said to be kept.
async fn all_there(page: &Page, loss: &str) {
    all_kept(page).await;
    page.click("step-autoencoder").await;
    page.until("the run's loss", 30, async || page.text("ae-test-loss").await == loss).await;
    assert!(page.canvas("ae-reconstructions").await.1, "its garments are drawn");
    assert_eq!(page.read("ae-runs", "part.querySelectorAll('tbody tr').length").await, 1);
    let curve = page.run("return [...document.querySelectorAll('canvas')].filter((canvas) => canvas.checkVisibility()).length;");
    assert!(curve.await.as_u64() >= Some(3), "its curve is drawn");
    page.click("step-latent").await;
    let model = async || page.text("latent-model").await;
    page.until("its autoencoder of size 7", 60, async || model().await.contains('7')).await;
    page.click("step-draw").await;
    let drawings = "part.querySelectorAll('li').length";
    page.until("the drawing", 30, async || page.read("draw-gallery", drawings).await == 1).await;
    assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn work_outlives_the_browser_goes_into_a_file_and_is_forgotten() {
    let setup = Setup { profile: Some("keeping-profile"), ..Setup::new("keeping") };
    let (_server, address) = fresh(&setup).await;
    let mut loss = String::new();
    visit(&setup, &address, CATCH, async |page: Page| {
        train(&page).await;
        loss = page.text("ae-test-loss").await;
        draw(&page).await;
        all_there(&page, &loss).await;
        page.picture("keeping-kept").await;
    })
    .await;
    let mut file = Vec::new();
    visit(&setup, &address, CATCH, async |page: Page| {
        all_there(&page, &loss).await;
        assert_eq!(page.read("ae-latent", "part.value").await, "7", "the form");
        file = saved(&page).await;
        forget(&page).await;
        page.picture("keeping-forgotten").await;
    })
    .await;
    visit(&setup, &address, CATCH, async |page: Page| {
        is(&page, "data-runs", "0").await;
        open(&page, written("homework.telar", &file)).await;
        page.until("the answer", 30, async || page.text("workspace-answer").await.contains("is open")).await;
        all_there(&page, &loss).await;
        page.picture("keeping-opened").await;
    })
    .await;
    let entries = telar::workspace::unpack(&file).expect("the command line reads it as well");
    assert_eq!(entries.len(), 5, "head, model, run, drawings, settings");
}

/// The file of the whole work.
async fn saved(page: &Page) -> Vec<u8> {
    page.click("workspace-save").await;
    page.until("the file", 30, async || page.run("return window.caught.length;").await == 1).await;
    let script = "const reader = new FileReader(); reader.onload = () => done(reader.result.split(',')[1]);
        reader.readAsDataURL(window.caught[0]);";
    let text = page.run_async(script).await;
    BASE64_STANDARD.decode(text.as_str().unwrap_or_default()).expect("base64")
}

fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).expect("the target folder can be written");
    path
}

async fn open(page: &Page, path: PathBuf) {
    page.part("workspace-open").await.send_keys(&path.to_string_lossy()).await.expect("a file can be chosen");
}

async fn forget(page: &Page) {
    page.run("window.before = true; caches.open('telar-fashion-mnist-1').then((cache) => cache.put('x', new Response('x')));").await;
    page.click("workspace-forget").await;
    page.click("workspace-forget-no").await;
    is(page, "data-runs", "1").await;
    page.click("workspace-forget").await;
    page.click("workspace-forget-yes").await;
    page.until("a new page", 60, async || page.run("return window.before === undefined;").await == true)
        .await;
    for (attribute, value) in [("data-runs", "0"), ("data-models", "0"), ("data-drawings", "0")] {
        is(page, attribute, value).await;
    }
    let left = "const open = indexedDB.open('telar'); open.onsuccess = () => {
        const stores = [...open.result.objectStoreNames].filter((name) => name != 'settings' && name != 'about');
        const all = open.result.transaction(stores).objectStore.bind(open.result.transaction(stores));
        let left = 0, waiting = stores.length;
        for (const name of stores) all(name).count().onsuccess = (event) => {
            left += event.target.result;
            if (--waiting == 0) caches.match('x').then((found) => done([left, found !== undefined, localStorage.getItem('telar.drawing')]));
        };
    };";
    assert_eq!(page.run_async(left).await, json!([0, false, Value::Null]));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn one_tab_keeps_and_the_next_takes_over() {
    let setup = Setup { profile: Some("keeping-tabs"), ..Setup::new("keeping-tabs") };
    let (_server, address) = fresh(&setup).await;
    visit(&setup, &address, "", async |page: Page| {
        is(&page, "data-kept", "yes").await;
        let first = page.client.window().await.expect("there is a window");
        let second = page.client.new_window(true).await.expect("a tab opens").handle;
        page.client.switch_to_window(second.clone()).await.expect("the tab is there");
        page.client.goto(&address).await.expect("the server answers");
        let says = async || page.text("workspace-trouble").await.contains("another tab");
        page.until("the word of the second tab", 60, says).await;
        page.picture("keeping-second-tab").await;
        draw(&page).await;
        is(&page, "data-kept", "no").await;
        page.client.switch_to_window(first).await.expect("the first tab is there");
        page.client.close_window().await.expect("it can be closed");
        page.client.switch_to_window(second).await.expect("the tab is there");
        is(&page, "data-kept", "yes").await;
        page.until("no word", 20, async || page.read("workspace-trouble", "part.hidden").await == true).await;
        page.client.refresh().await.expect("the server answers");
        is(&page, "data-drawings", "1").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn where_nothing_can_be_kept_it_is_said_and_saved_as_a_file() {
    let setup = Setup { profile: Some("keeping-refused"), ..Setup::new("keeping-refused") };
    let (_server, address) = fresh(&setup).await;
    let script = format!("{CATCH}{NO_DATABASE}");
    visit(&setup, &address, &script, async |page: Page| {
        draw(&page).await;
        is(&page, "data-kept", "no").await;
        assert!(page.text("workspace-trouble").await.contains("private window"));
        page.until("the drawing, by name", 20, async || page.text("workspace-lost").await.contains("drawings: 1")).await;
        page.until("the drawing's word", 20, async || page.text("keep-word").await.contains("storage")).await;
        page.picture("keeping-refused").await;
        let file = saved(&page).await;
        assert_eq!(telar::workspace::unpack(&file).map(|entries| entries.len()).ok(), Some(3));
        // Leaving would lose the drawing: the browser asks.
        let leaves = page.run("const event = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(event); return event.defaultPrevented;").await;
        assert_eq!(leaves, true);
        page.run("window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true);").await;
    })
    .await;
}

/// A file's words are words: none becomes a part of the page.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn words_of_files_never_become_html() {
    let setup = Setup { profile: Some("keeping-words"), ..Setup::new("keeping-words") };
    let (_server, address) = fresh(&setup).await;
    let evil = "<img src=x onerror=\"window.broken=1\">";
    visit(&setup, &address, "", async |page: Page| {
        is(&page, "data-kept", "yes").await;
        for (target, name, bytes) in [
            ("workspace-open", format!("{evil}.telar"), b"<!doctype html>".to_vec()),
            ("workspace-open", "a.telar".to_owned(), archive(evil)),
            ("weights-open", format!("{evil}.safetensors"), safetensors(evil)),
        ] {
            if target == "weights-open" {
                page.click("step-autoencoder").await;
                page.part(target).await;
            }
            let script = format!(
                "const transfer = new DataTransfer();
                transfer.items.add(new File([new Uint8Array({})], {}));
                const input = document.querySelector(`[data-testid='{target}']`);
                input.files = transfer.files;
                input.dispatchEvent(new Event('change', {{ bubbles: true }}));",
                json!(bytes),
                json!(name),
            );
            page.run(&script).await;
            let answer = if target == "workspace-open" { "workspace-answer" } else { "weights-answer" };
            let shows = async || page.run(&format!("return [...document.querySelectorAll(`[data-testid='{answer}']`)].some((line) => line.textContent.includes('onerror') && line.textContent.includes('not opened'));")).await == true;
            page.until("the words, as words", 30, shows).await;
        }
        assert_eq!(page.run("return [window.broken ?? 0, document.querySelectorAll('img').length];").await, json!([0, 0]));
    })
    .await;
}

/// An archive with a file of that name beside the head of a workspace.
fn archive(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    let head = telar::workspace::About::default().to_bytes();
    for (name, content) in [("telar.json", head.as_slice()), (name, b"x".as_slice())] {
        let (mut entry, config) = archive.new_file(name).start().expect("memory");
        let mut writer = config.wrap(&mut entry);
        std::io::Write::write_all(&mut writer, content).expect("memory");
        let (_, descriptor) = writer.finish().expect("memory");
        entry.finish(descriptor).expect("memory");
    }
    archive.finish().expect("memory");
    bytes
}

/// Weights whose header and only tensor are called so.
fn safetensors(name: &str) -> Vec<u8> {
    let header = json!({ "__metadata__": { "note": name }, name: { "dtype": "F32", "shape": [1], "data_offsets": [0, 4] } });
    let header = header.to_string().into_bytes();
    [&(header.len() as u64).to_le_bytes(), header.as_slice(), &[0; 4]].concat()
}

/// Page open to first verdict, with kept work and without.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_first_verdict_waits_for_no_kept_work() {
    let setup = Setup { profile: Some("keeping-time"), ..Setup::new("keeping-time") };
    let (_server, address) = fresh(&setup).await;
    let watch = "const look = setInterval(() => {
        if (document.querySelector(`[data-testid='draw-verdict-shipped'][data-top]:not([data-top=''])`)) {
            window.verdictAt = performance.now(); clearInterval(look);
        } }, 2);";
    let at_pad = format!("{address}#draw");
    let mut times = [Vec::new(), Vec::new()];
    visit(&setup, &at_pad, watch, async |page: Page| {
        hands::open_pad(&page).await;
        stroke(&page, "draw-canvas", hands::MOUSE, &TROUSERS).await;
        verdicts(&page, &mut times[0]).await;
        train(&page).await;
        page.click("step-draw").await;
        page.click("draw-keep").await;
        all_kept(&page).await;
        verdicts(&page, &mut times[1]).await;
    })
    .await;
    let [without, with] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        (times[0], times[times.len() / 2])
    });
    println!(
        "page open to first verdict, ms (least, median of 7): without kept work {without:.0?}, with {with:.0?}"
    );
    assert!(with.0 <= without.0 + 100.0, "{with:?} against {without:?}");
}

async fn verdicts(page: &Page, times: &mut Vec<f64>) {
    for _ in 0..7 {
        page.client.refresh().await.expect("the server answers");
        let at = async || page.run("return window.verdictAt ?? null;").await;
        page.until("the verdict", 60, async || at().await.is_number()).await;
        times.push(at().await.as_f64().unwrap_or_default());
    }
}
