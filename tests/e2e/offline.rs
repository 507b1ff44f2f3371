//! Days without a network and days with a new version: after one visit the page is there by itself, and no
//! version ever meets another's files.

use std::path::Path;

use serde_json::json;
use xtask::{
    serve::{self, Site},
    sizes,
};

use crate::{
    autoencoder,
    browser::{self, Browser},
    copies, drawing,
    foreign::{Foreign, Kind},
    host::{Host, Oddity},
    hosts::visit,
    page::Page,
    setup::Setup,
    three_browsers,
};

/// The version of the page that is open.
const VERSION: &str = "return document.querySelector('meta[name=telar-version]').content;";

/// Waits until the service worker has all files of this version.
pub async fn until_kept(page: &Page) {
    let there = "caches.keys().then((names) => done(navigator.serviceWorker.controller?.state === 'activated' && names.some((name) =>
        name.startsWith('telar-page ') && name.endsWith(document.querySelector('meta[name=telar-version]').content))));";
    page.until("the page to be kept", 60, async || page.run_async(there).await == true).await;
}

/// Every step opens and shows what only it has.
async fn all_steps_open(page: &Page) {
    let parts = [
        ("data", "data-grid"),
        ("autoencoder", "ae-start"),
        ("latent", "latent-map"),
        ("classifiers", "clf-start"),
    ];
    for (step, part) in parts {
        page.click(&format!("step-{step}")).await;
        page.part(part).await;
    }
}

async fn version(page: &Page) -> String {
    page.run(VERSION).await.as_str().unwrap_or_default().to_owned()
}

/// A release: every hashed name is another one, the old files are gone.
fn release_anew(folder: &Path) {
    let names = std::fs::read_dir(folder).expect("the copy").flatten();
    let names: Vec<_> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let sums: Vec<_> = names.iter().filter_map(|name| sum_in(name)).collect();
    for file in sizes::files_under(folder).expect("the copy") {
        let inside = file.strip_prefix(folder).expect("it lies there").to_string_lossy().into_owned();
        let mut content = std::fs::read(&file).expect("a file");
        std::fs::remove_file(&file).expect("the copy can be changed");
        let mut name = inside.into_bytes();
        for sum in &sums {
            // Wasm files name the script that they import from.
            [&mut name, &mut content].into_iter().for_each(|bytes| turn(bytes, sum.as_bytes()));
        }
        let there = folder.join(String::from_utf8(name).expect("a name"));
        std::fs::create_dir_all(there.parent().expect("it lies in a folder")).expect("writable");
        std::fs::write(there, content).expect("the copy can be changed");
    }
    copies::list_anew(folder);
}

/// Turns each `sum` in `bytes` round.
fn turn(bytes: &mut [u8], sum: &[u8]) {
    let found = bytes.windows(sum.len()).enumerate().filter(|(_, window)| *window == sum);
    let places: Vec<_> = found.map(|(place, _)| place).collect();
    places.into_iter().for_each(|place| bytes[place..place + sum.len()].reverse());
}

/// The sum in a name such as `app-0123456789abcdef_bg.wasm`.
fn sum_in(name: &str) -> Option<&str> {
    let sum = name.split(['.', '_']).next()?.rsplit_once('-')?.1;
    (sum.len() >= 14 && sum.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(sum)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn after_one_visit_all_is_there_without_a_network() {
    let host = Host::start("offline", Oddity::None).await;
    let real = host.lay_data();
    let (url, browser) = (host.url.clone(), Browser::start(&Setup::new("offline")).await);
    let page = Page::open(browser.client(), &format!("{url}?mirrors=off")).await;
    page.click("step-draw").await;
    three_browsers::draw(&page).await;
    autoencoder::data_loaded(&page).await;
    until_kept(&page).await;
    let before = version(&page).await;
    drop(host);
    let mut times = Vec::new();
    for _ in 0..3 {
        page.client.refresh().await.expect("the kept page comes");
        times.push(drawing::first_verdict(&page).await.round());
    }
    println!("offline reload to first verdict: {times:?} ms");
    assert_eq!(version(&page).await, before);
    autoencoder::data_loaded(&page).await;
    if real {
        assert_eq!(page.attribute("status-data", "data-source").await, "cache");
        assert_eq!(page.count("status-data", "data-train").await, 60_000.0);
    }
    all_steps_open(&page).await;
    three_browsers::train(&page).await;
    assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
    let console = page.console_errors().await;
    browser.close().await;
    assert!(console.is_empty(), "errors in the browser's console: {console:#?}");
}

/// A class-room's network that swallows everything: the kept page shows after a moment.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_network_that_never_answers_is_not_waited_for() {
    let host = Host::start("offline-silent", Oddity::None).await;
    visit("offline-silent", &host, "", true, async |page| {
        autoencoder::data_loaded(&page).await;
        until_kept(&page).await;
        host.becomes(Oddity::NeverSends(""));
        page.client.refresh().await.expect("the kept page comes");
        page.part("step-data").await;
        page.until_engine("ready", 30).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn under_a_sub_path_only_that_one_is_kept() {
    let site = Site { dist: xtask::project::dist(), data: None, base: "/lessons/telar/".to_owned() };
    let server = serve::start(site, ([127, 0, 0, 1], 0).into()).await.expect("dist/ is built");
    let browser = Browser::start(&Setup::new("offline-sub-path")).await;
    let page = Page::open(browser.client(), &format!("{}?mirrors=off", server.url)).await;
    autoencoder::data_loaded(&page).await;
    until_kept(&page).await;
    let scope = page.run_async("navigator.serviceWorker.ready.then((found) => done(found.scope));").await;
    assert_eq!(scope, json!(server.url));
    drop(server);
    page.client.refresh().await.expect("the kept page comes");
    page.part("step-data").await;
    autoencoder::data_loaded(&page).await;
    assert!(page.console_errors().await.is_empty());
    browser.close().await;
}

/// The old page goes on with its own files, and offers the new version; a reload is all it takes.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_new_version_is_offered_and_the_old_page_goes_on_until_then() {
    let host = Host::start("update", Oddity::None).await;
    visit("update", &host, "", false, async |page: Page| {
        autoencoder::data_loaded(&page).await;
        until_kept(&page).await;
        let old = version(&page).await;
        assert!(!page.has("update-banner").await);
        release_anew(&host.folder);
        page.run("document.dispatchEvent(new Event('visibilitychange'));").await;
        page.part("update-banner").await;
        pictures(&page).await;
        assert_eq!(version(&page).await, old);
        // Its files are gone from the host: those of the steps, and those of an engine that starts anew.
        all_steps_open(&page).await;
        let own = "const file = `${document.querySelector('meta[name=telar-engines]').content}engine_cpu_bg.wasm`;
            return fetch(file, { cache: 'reload' }).then((answer) => answer.ok);";
        assert_eq!(page.run(own).await, true, "the old engine is still to be had");
        page.click("update-reload").await;
        page.until("the new version", 30, async || version(&page).await != old).await;
        autoencoder::data_loaded(&page).await;
        until_kept(&page).await;
        assert!(!page.has("update-banner").await);
        page.client.refresh().await.expect("the page can be loaded again");
        let names = "caches.keys().then((names) => done(names.filter((name) => name.startsWith('telar-page ')).length));";
        page.until("the old version to be forgotten", 20, async || page.run_async(names).await == 1).await;
    })
    .await;
}

/// Looked at by people: the banner in both themes and languages, on a desk and in a hand.
async fn pictures(page: &Page) {
    for (width, height, name) in [(1280, 800, "desktop"), (390, 844, "phone")] {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        browser::devtools(&page.client, "Emulation.setDeviceMetricsOverride", metrics).await;
        for (language, theme) in [("es", "light"), ("en", "dark")] {
            page.choose("language-select", language).await;
            page.choose("theme-select", theme).await;
            page.read("update-banner", "part.scrollIntoView({ block: 'center' })").await;
            page.picture(&format!("update-banner-{name}-{theme}-{language}")).await;
        }
    }
}

/// Nobody was there when the host changed: the next visit shows the new version, never a blank page.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_visit_after_the_old_files_went_shows_the_new_version() {
    let host = Host::start("released", Oddity::None).await;
    visit("released", &host, "", false, async |page: Page| {
        autoencoder::data_loaded(&page).await;
        until_kept(&page).await;
        let old = version(&page).await;
        page.client.goto("about:blank").await.expect("it can be left");
        release_anew(&host.folder);
        page.client.goto(&format!("{}?mirrors=off", host.url)).await.expect("the host answers");
        autoencoder::data_loaded(&page).await;
        assert_ne!(version(&page).await, old);
        all_steps_open(&page).await;
        until_kept(&page).await;
        assert!(!page.has("update-banner").await);
    })
    .await;
}

/// Firefox and WebKitGTK, where they are: the same in short.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn other_browsers_keep_the_page_as_well() {
    let dist = copies::watched();
    for kind in [Kind::Firefox, Kind::WebKit] {
        let Some(browser) = Foreign::start(kind).await else {
            println!("skipped in {kind:?}: it is not installed here");
            continue;
        };
        let site = Site { dist: dist.clone(), data: None, base: "/telar/".to_owned() };
        let server = serve::start(site, ([127, 0, 0, 1], 0).into()).await.expect("dist/ is built");
        let page = Page::open(browser.client.clone(), &format!("{}?mirrors=off", server.url)).await;
        autoencoder::data_loaded(&page).await;
        if page.run("return 'serviceWorker' in navigator;").await != true {
            println!("{kind:?} has no service workers under its driver: the page works without");
            browser.close().await;
            continue;
        }
        until_kept(&page).await;
        let url = format!("{}?mirrors=off", server.url);
        page.client.goto("about:blank").await.expect("it can be left");
        drop(server);
        page.client.goto(&url).await.expect("the kept page comes");
        autoencoder::data_loaded(&page).await;
        println!("{kind:?}: there without a network");
        assert_eq!(page.run("return window.telarConsole;").await, json!([]), "{kind:?}");
        browser.close().await;
    }
}
