//! Hosts, files and browsers as people really have them: where data lie, what is sent instead of them, what
//! never comes, a page that cannot start, an engine that dies.

use std::{panic::AssertUnwindSafe, path::PathBuf, time::Instant};

use fantoccini::Locator;
use futures::FutureExt;
use serde_json::json;

use crate::{
    browser::{self, Browser},
    host::{Host, Oddity},
    page::Page,
    setup::Setup,
};

/// Keeps the page's workers where a test can reach them.
pub const REACH_WORKERS: &str = "const Plain = Worker; window.workers = [];
    window.Worker = class extends Plain { constructor(...all) { super(...all); window.workers.push(this); } };";
/// A WebGPU that never answers, as some drivers make it.
const SILENT_GPU: &str =
    "Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: () => new Promise(() => {}) } });";

/// Opens the page of `host` after `script` and runs the test; what the console may say is the test's affair
/// where it is an `odd` one.
pub async fn visit(name: &'static str, host: &Host, script: &str, odd: bool, test: impl AsyncFnOnce(Page)) {
    let browser = Browser::start(&Setup::new(name)).await;
    let page = Page { client: browser.client() };
    browser::devtools(&page.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
        .await;
    page.client.goto(&format!("{}?mirrors=off", host.url)).await.expect("the host answers");
    let outcome = AssertUnwindSafe(test(page.clone())).catch_unwind().await;
    let console = page.console_errors().await;
    if outcome.is_err() {
        page.report_failure(name).await;
    }
    browser.close().await;
    if let Err(panic) = outcome {
        eprintln!("console of {name}: {console:#?}");
        std::panic::resume_unwind(panic);
    }
    assert!(odd || console.is_empty(), "errors in the browser's console: {console:#?}");
}

async fn source(page: &Page) -> String {
    page.attribute("status-data", "data-source").await
}

pub async fn until_source(page: &Page, wanted: &str, train: f64) {
    let there =
        async || source(page).await == wanted && page.count("status-data", "data-train").await == train;
    page.until(&format!("{train} images from {wanted}"), 120, there).await;
}

/// A file for the page's input.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("chosen");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    let path = folder.join(name);
    std::fs::write(&path, content).expect("the target folder can be written");
    path
}

async fn choose(page: &Page, files: &[PathBuf]) {
    // The driver takes no path with `..` in it.
    let whole = |path: &PathBuf| path.canonicalize().expect("the file is there");
    let names: Vec<_> = files.iter().map(|path| whole(path).to_string_lossy().into_owned()).collect();
    page.part("data-files").await.send_keys(&names.join("\n")).await.expect("the input takes files");
}

pub async fn until_said(page: &Page, id: &str, words: &str) {
    let said = async || page.read(id, "part.innerText").await.as_str().unwrap_or_default().contains(words);
    page.until(&format!("«{id}» to say «{words}»"), 60, said).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn data_laid_beside_the_page_of_any_static_host_are_used() {
    let host = Host::start("beside", Oddity::None).await;
    if host.lay_data() {
        visit("beside", &host, "", false, async |page| until_source(&page, "local", 60_000.0).await).await;
    }
}

/// The browser unpacks such files by itself: their content counts, and the bar keeps to its ends.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn data_sent_as_packed_content_are_used_and_the_bar_keeps_to_its_ends() {
    let host = Host::start("packed", Oddity::PackedContent).await;
    let watch = "window.most = 0; setInterval(() => { const bar = document.querySelector('[data-testid=data-progress]');
        if (bar) window.most = Math.max(window.most, Number(bar.getAttribute('value')) / Number(bar.getAttribute('max'))); }, 5);";
    if host.lay_data() {
        visit("packed", &host, watch, false, async |page| {
            until_source(&page, "local", 60_000.0).await;
            let most = page.run("return window.most;").await.as_f64().expect("a number");
            assert!(most <= 1.0, "the bar went to {most}");
        })
        .await;
    }
}

/// Without data there is no red line in the console, on a host that packs and on one that does not.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_host_without_data_is_asked_for_nothing_that_is_not_there() {
    for oddity in [Oddity::None, Oddity::PackedContent] {
        let host = Host::start("without", oddity).await;
        visit("without", &host, "", false, async |page| {
            until_source(&page, "synthetic", 2_000.0).await;
            assert!(!page.has("data-notes").await && !page.has("error").await);
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_log_in_page_instead_of_data_is_called_one() {
    let host = Host::start("log-in", Oddity::LogIn("t10k-labels")).await;
    visit("log-in", &host, "", false, async |page| {
        until_source(&page, "synthetic", 2_000.0).await;
        until_said(&page, "data-notes", "log-in page").await;
    })
    .await;
}

/// Every file gets its word where it was chosen; the next good ones clear the errors.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn chosen_files_get_their_words_and_a_success_clears_the_errors() {
    let host = Host::start("chosen", Oddity::None).await;
    visit("chosen", &host, "", false, async |page| {
        until_source(&page, "synthetic", 2_000.0).await;
        let page_file = file("train-labels-idx1-ubyte.gz", b"<!DOCTYPE html><title>Log in</title>");
        choose(&page, &[page_file, file(".DS_Store", b"\0\0\0\x01Bud1"), file("empty.gz", b"")]).await;
        until_said(&page, "data-answer", "None of these files can be used").await;
        for words in ["log-in page", ".DS_Store: passed over", "is empty"] {
            until_said(&page, "data-answer", words).await;
        }
        until_said(&page, "error", "log-in page").await;
        assert_eq!(source(&page).await, "synthetic", "what was loaded stays");
        let Some(data) = xtask::project::data() else { return eprintln!("half skipped: no data here") };
        let real = |name| xtask::project::data_files(&data).into_iter().find(|(n, _)| *n == name);
        let labels = real("t10k-labels-idx1-ubyte.gz").expect("it is there").1;
        choose(&page, &[labels]).await;
        until_said(&page, "data-answer", "Still missing: t10k-images-idx3-ubyte.gz").await;
        assert!(!page.has("error").await, "a success clears the errors: {}", page.text("error").await);
        choose(&page, &[real("t10k-images-idx3-ubyte.gz").expect("it is there").1]).await;
        until_source(&page, "files", 0.0).await;
        assert_eq!(page.count("status-data", "data-test").await, 10_000.0);
        until_said(&page, "data-answer", "train-images-idx3-ubyte.gz").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_dragged_link_and_a_search_in_vain_get_an_answer() {
    let host = Host::start("link", Oddity::None).await;
    visit("link", &host, "", false, async |page| {
        until_source(&page, "synthetic", 2_000.0).await;
        page.read(
            "data-drop",
            "(() => { const carried = new DataTransfer(); carried.setData('text/uri-list', 'https://host/a.gz');
               part.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true })); })()",
        )
        .await;
        until_said(&page, "data-answer", "a link or a text").await;
        page.click("data-reload").await;
        until_said(&page, "data-answer", "No source has the real files").await;
    })
    .await;
}

/// The engine dies in a run: what happened is said in plain words, and the next start trains on the same data.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn after_an_engine_died_the_next_start_trains_on_the_same_data() {
    let host = Host::start("death", Oddity::None).await;
    visit("death", &host, REACH_WORKERS, true, async |page| {
        until_source(&page, "synthetic", 2_000.0).await;
        page.click("data-synthetic").await;
        until_source(&page, "synthetic", 6_000.0).await;
        page.click("step-autoencoder").await;
        for (field, value) in [("ae-limit", "640"), ("ae-batch", "32"), ("ae-epochs", "50")] {
            page.fill(field, value).await;
        }
        page.click("ae-start").await;
        page.until("some batches", 60, async || page.count("run-progress", "data-step").await >= 2.0).await;
        page.run("workers.at(-1).dispatchEvent(new ErrorEvent('error', { message: 'RuntimeError: unreachable executed' }));").await;
        until_said(&page, "revived", "The engine broke down and was started anew").await;
        let visible = page.read("revived", "part.innerText").await.to_string();
        assert!(!visible.contains("unreachable"), "{visible}");
        page.until_engine("running", 60).await;
        page.click("run-stop").await;
        page.until_engine("ready", 60).await;
        page.fill("ae-epochs", "1").await;
        page.click("ae-start").await;
        page.until("the test loss", 120, async || page.number("ae-test-loss").await.is_some()).await;
        assert!(!page.has("error").await, "a success clears the error: {}", page.text("error").await);
        until_source(&page, "synthetic", 6_000.0).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_webgpu_that_never_answers_leaves_the_cpu_to_train() {
    let host = Host::start("silent", Oddity::None).await;
    visit("silent", &host, SILENT_GPU, false, async |page| {
        page.choose("engine-select", "gpu").await;
        until_said(&page, "status-reason", "WebGPU does not answer").await;
        until_source(&page, "synthetic", 2_000.0).await;
        page.until_engine("ready", 30).await;
        assert!(page.text("status-engine").await.contains("cpu"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn an_engine_that_never_comes_is_told() {
    let host = Host::start("never", Oddity::NeverSends("engine_cpu_bg.wasm")).await;
    visit("never", &host, "", true, async |page| {
        until_said(&page, "error", "has not come within 30 seconds").await;
    })
    .await;
}

/// Whether the text for browsers in which nothing starts can be seen.
pub async fn not_started(page: &Page) -> bool {
    let seen = "const text = document.getElementById('not-started'); return !!text && getComputedStyle(text).visibility === 'visible';";
    page.run(seen).await.as_bool().unwrap_or_default()
}

/// The page's script is gone with its release, or never comes: the text shows, at once or by itself.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_page_that_cannot_start_says_what_to_do() {
    let gone = Host::start("gone", Oddity::None).await;
    for file in std::fs::read_dir(&gone.folder).expect("the copy").flatten() {
        if file.file_name().to_string_lossy().starts_with("app-") {
            std::fs::remove_file(file.path()).expect("the copy can be changed");
        }
    }
    visit("gone", &gone, "", true, async |page| {
        page.until("the text", 5, async || not_started(&page).await).await;
        let marked = page.run("return document.querySelector('li.why-release').innerText;").await;
        assert!(marked.as_str().is_some_and(|text| text.contains("Recarga")), "{marked}");
    })
    .await;
    let silent = Host::start("silent-page", Oddity::LogIn("app-")).await;
    visit("silent-page", &silent, "", true, async |page| {
        page.until("the text", 20, async || not_started(&page).await).await;
    })
    .await;
    let sound = Host::start("sound", Oddity::None).await;
    visit("sound", &sound, "", false, async |page| {
        page.part("step-data").await;
        assert!(page.client.find(Locator::Css("#not-started")).await.is_err(), "it is removed at start");
    })
    .await;
}

/// After a release the old page's parts are gone: it says that there is a new version, not that the line failed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_gone_release_is_told_from_a_bad_line() {
    let host = Host::start("release", Oddity::NeverSends("split_classifiers")).await;
    visit("release", &host, "", true, async |page| {
        page.part("step-data").await;
        let index = host.folder.join("index.html");
        let text = std::fs::read_to_string(&index).expect("the page");
        std::fs::write(&index, text.replace("engines-", "engines-0")).expect("the copy can be changed");
        page.click("step-classifiers").await;
        let begin = Instant::now();
        page.part("part-gone").await;
        println!("told after {} s", begin.elapsed().as_secs());
        page.part("update-reload").await;
    })
    .await;
}
