//! Models as files: saved, opened again, dropped anywhere; what is no model is called what it is.

use std::{fs, path::PathBuf};

use serde_json::{Map, Value};
use xtask::project;

use crate::{
    autoencoder,
    page::Page,
    setup::{self, Setup},
};

/// Keeps the blobs of which the page makes downloads, and gives one to an input.
const SCRIPT: &str = "window.kept = [];
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => { window.kept.push(blob); return make(blob); };
    window.give = (id, name) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([window.kept.at(-1)], name));
        const input = document.querySelector(`[data-testid='${id}']`);
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
    };
    window.letFall = async (address, name) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([await (await fetch(address)).blob()], name));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    };";

fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).expect("the target folder can be written");
    path
}

/// The shipped classifier as a wrapped PyTorch model would be saved: prefixed names, nothing of ours.
fn wrapped() -> Vec<u8> {
    let file =
        fs::read(project::root().join("www/models/classifier.safetensors")).expect("it is in the repository");
    let (length, rest) = file.split_at(8);
    let length = u64::from_le_bytes(length.try_into().expect("eight bytes")) as usize;
    let header: Map<String, Value> = serde_json::from_slice(&rest[..length]).expect("JSON");
    let named = |(name, value): (String, Value)| (format!("_orig_mod.module.{name}"), value);
    let header: Map<String, Value> =
        header.into_iter().filter(|(name, _)| name != "__metadata__").map(named).collect();
    let header = serde_json::to_vec(&header).expect("JSON");
    [&(header.len() as u64).to_le_bytes(), header.as_slice(), &rest[length..]].concat()
}

/// What the panel of the present step says once it says `word`.
async fn answered(page: &Page, word: &str) {
    let answer = "[...document.querySelectorAll(`[data-testid='weights-answer']`)]
        .filter((line) => line.checkVisibility()).map((line) => line.textContent).join(' ')";
    let said = async || page.run(&format!("return {answer};")).await.as_str().unwrap_or_default().to_owned();
    page.until(&format!("«{word}» in the answer"), 60, async || said().await.contains(word)).await;
}

async fn choose(page: &Page, input: &str, path: PathBuf) {
    page.part(input).await.send_keys(&path.to_string_lossy()).await.expect("a file can be chosen");
}

async fn save_and_open(page: &Page) {
    page.run(SCRIPT).await;
    page.click("step-autoencoder").await;
    page.part("weights-open").await;
    page.until("a model to save", 60, async || {
        page.read("weights-save-autoencoder", "part.checkVisibility()").await == true
    })
    .await;
    page.click("weights-save-autoencoder").await;
    page.until("the saved file", 30, async || page.run("return window.kept.length;").await == 1).await;
    let size = page.run("return window.kept[0].size;").await.as_f64().unwrap_or_default();
    assert!(size > 100_000.0, "{size} bytes");
    page.run("window.give('weights-open', 'mine.safetensors');").await;
    answered(page, "«mine.safetensors» is open").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn models_are_saved_opened_and_dropped() {
    setup::run(Setup::new("weights"), async |page: Page| {
        autoencoder::have_one(&page).await;
        save_and_open(&page).await;
        choose(&page, "weights-open", written("login.safetensors", b"<!DOCTYPE html><title>Log in</title>"))
            .await;
        answered(&page, "web page").await;
        answered(&page, "what was there stays").await;
        let cut = wrapped();
        choose(&page, "weights-open", written("cut.safetensors", &cut[..cut.len() / 2])).await;
        answered(&page, "cut short").await;

        page.click("step-latent").await;
        page.until("a decoded garment", 60, async || page.canvas("latent-decoded").await.1).await;
        page.run("window.letFall(`${document.querySelector('meta[name=telar-models]').content}autoencoder.safetensors`, 'fallen.safetensors');").await;
        answered(&page, "«fallen.safetensors» is open").await;

        page.click("step-draw").await;
        choose(&page, "weights-open-draw", written("wrapped.safetensors", &wrapped())).await;
        answered(&page, "«wrapped.safetensors» is open").await;
        page.picture("weights").await;
        assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    })
    .await;
}
