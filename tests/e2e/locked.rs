//! Locked doors: the security policy is in force, in the page and in the headers, and names from elsewhere stay
//! words, whatever they look like.

use std::path::PathBuf;

use serde_json::json;

use crate::{
    autoencoder,
    host::{Host, Oddity},
    hosts::{until_said, visit},
    page::Page,
    setup::{self, Setup},
};

/// A name that would be a picture with a script, if anything read it as HTML.
const NAME: &str = "<img src=x onerror=\"window.smuggled=1\">";

/// A script and a style in the page itself, as a text read as HTML would bring them.
const SMUGGLE: &str = "const script = document.createElement('script');
    script.textContent = 'window.smuggled = 1;';
    const line = document.createElement('p');
    line.setAttribute('style', 'color: red');
    document.body.append(script, line);
    const seen = [window.smuggled ?? null, line.style.color];
    line.remove();
    return seen;";

async fn nothing_smuggled_in_works(page: &Page) {
    assert_eq!(page.run(SMUGGLE).await, json!([null, ""]));
    let errors = page.console_errors().await;
    let told = |word: &str| {
        errors.iter().any(|line| line.contains("Content Security Policy") && line.contains(word))
    };
    assert!(told("script") && told("style"), "a violation is an error in the console: {errors:#?}");
}

/// On any static host: the page carries its policy itself.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_page_carries_its_policy_to_any_host() {
    let host = Host::start("locked", Oddity::None).await;
    visit("locked", &host, "", false, async |page| {
        page.part("step-data").await;
        nothing_smuggled_in_works(&page).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_server_sends_headers_and_workers_get_the_policy_as_well() {
    setup::run(Setup::new("headers"), async |page: Page| {
        let names = ["content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy"];
        let script = format!(
            "const file = `${{document.querySelector('meta[name=telar-engines]').content}}engine_cpu_loader.js`;
            fetch(file).then((answer) => done({names:?}.map((name) => answer.headers.get(name) ?? '')));"
        );
        let headers = page.run_async(&script).await;
        for (index, word) in ["default-src 'none'", "nosniff", "no-referrer", "camera=(self)"].iter().enumerate() {
            assert!(headers[index].as_str().is_some_and(|value| value.contains(word)), "{word}: {headers}");
        }
        assert!(!headers[0].to_string().contains("unsafe-inline"), "{headers}");
        nothing_smuggled_in_works(&page).await;
    })
    .await;
}

/// A safetensors file whose tensor, and whose note about itself, are called like that.
fn smuggler() -> PathBuf {
    let header = json!({
        "__metadata__": { "telar": NAME, "kind": NAME, "name": NAME },
        NAME: { "dtype": "F32", "shape": [1], "data_offsets": [0, 4] },
    });
    let header = header.to_string();
    let bytes = [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &[0; 4]].concat();
    // No slash in it, so that a file can have this name.
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{NAME}.safetensors"));
    std::fs::write(&path, bytes).expect("the target folder can be written");
    path
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn names_from_elsewhere_stay_words() {
    setup::run(Setup::new("names"), async |page: Page| {
        autoencoder::data_loaded(&page).await;
        let file = smuggler().canonicalize().expect("it is there").to_string_lossy().into_owned();
        page.part("data-files").await.send_keys(&file).await.expect("a file can be chosen");
        until_said(&page, "data-answer", NAME).await;
        page.click("step-autoencoder").await;
        page.part("weights-open").await.send_keys(&file).await.expect("a file can be chosen");
        until_said(&page, "weights-answer", NAME).await;
        page.run(&format!("location.hash = {NAME:?};")).await;
        page.part("step-data").await;
        let seen =
            page.run("return [window.smuggled ?? null, document.querySelectorAll('img').length];").await;
        assert_eq!(seen, json!([null, 0]));
    })
    .await;
}
