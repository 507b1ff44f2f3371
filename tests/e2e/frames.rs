//! Surroundings in which the page cannot work: a browser without SIMD, a frame without an origin of its own.
//! The text for that shows, and marks the reason.

use fantoccini::Client;

use crate::{
    host::{Host, Oddity},
    hosts::{not_started, visit},
    page::Page,
};

/// A browser with WebAssembly but without SIMD: it takes no module that has such instructions.
const NO_SIMD: &str = "
    const refuse = () => Promise.reject(new WebAssembly.CompileError('made up: no SIMD'));
    WebAssembly.validate = () => false;
    for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) WebAssembly[name] = refuse;";

/// The reason that is marked.
const MARKED: &str = "return [...document.querySelectorAll('#not-started li')]
    .filter((line) => getComputedStyle(line).fontWeight >= 600).map((line) => line.className);";

async fn until_told(page: &Page, why: &str) {
    page.until("the text", 5, async || not_started(page).await).await;
    let marked = page.run(MARKED).await;
    assert_eq!(marked, serde_json::json!([why, why]), "once in each language");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn without_simd_the_page_says_which_browser_it_needs() {
    let host = Host::start("no-simd", Oddity::None).await;
    visit("no-simd", &host, NO_SIMD, true, async |page| until_told(&page, "why-browser").await).await;
}

async fn enter(client: &Client, sandbox: &str, host: &Host) {
    let frame = format!(
        "<!DOCTYPE html><title>Around</title><link rel=\"icon\" href=\"data:,\">
        <iframe {sandbox} src=\"./?mirrors=off\" style=\"width:1300px;height:800px;border:0\"></iframe>"
    );
    std::fs::write(host.folder.join("around.html"), frame).expect("the copy can be changed");
    client.goto(&format!("{}around.html", host.url)).await.expect("the host answers");
    client.enter_frame(0).await.expect("there is a frame");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_sandboxed_frame_shows_what_it_must_allow() {
    let host = Host::start("sandbox", Oddity::None).await;
    visit("sandbox", &host, "", true, async |page| {
        enter(&page.client, "sandbox=\"allow-scripts\"", &host).await;
        until_told(&page, "why-frame").await;
    })
    .await;
    visit("no-scripts", &host, "", true, async |page| {
        enter(&page.client, "sandbox=\"\"", &host).await;
        page.until("the text", 20, async || not_started(&page).await).await;
    })
    .await;
    visit("frame", &host, "", false, async |page| {
        let allowed = "sandbox=\"allow-scripts allow-same-origin\"";
        enter(&page.client, allowed, &host).await;
        page.until_engine("ready", 60).await;
        assert!(!not_started(&page).await);
    })
    .await;
}
