//! The page as a test sees it: parts by their `data-testid`, waiting with a reason, pictures.

use std::time::{Duration, Instant};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use fantoccini::{Client, Locator, elements::Element};
use serde_json::{Value, json};

use crate::{browser, setup};

/// How long a part may take to appear.
const APPEARANCE: Duration = Duration::from_secs(60);
/// How often a condition is looked at.
const PERIOD: Duration = Duration::from_millis(100);

/// The opened page.
#[derive(Clone)]
pub struct Page {
    /// The WebDriver session.
    pub client: Client,
}

impl Page {
    /// Opens an address and waits until the page has drawn itself.
    pub async fn open(client: Client, address: &str) -> Self {
        client.goto(address).await.expect("the server answers");
        let page = Self { client };
        page.part("step-data").await;
        page
    }

    /// A part by its test id; waits for it.
    pub async fn part(&self, id: &str) -> Element {
        let css = selector(id);
        let found = self.client.wait().at_most(APPEARANCE).for_element(Locator::Css(&css)).await;
        found.unwrap_or_else(|error| panic!("no «{id}» on the page: {error}"))
    }

    /// Whether a part is there now.
    pub async fn has(&self, id: &str) -> bool {
        self.client.find(Locator::Css(&selector(id))).await.is_ok()
    }

    /// Clicks a part, scrolled to the middle of the screen, where no bar covers it.
    pub async fn click(&self, id: &str) {
        self.part(id).await;
        self.read(id, "part.scrollIntoView({ block: 'center' })").await;
        self.part(id).await.click().await.unwrap_or_else(|error| panic!("«{id}» cannot be clicked: {error}"));
    }

    /// Types a value into an input, replacing what is there.
    pub async fn fill(&self, id: &str, value: &str) {
        let input = self.part(id).await;
        // WebKit's driver clears nothing that a bar covers.
        self.read(id, "part.scrollIntoView({ block: 'center' })").await;
        input.clear().await.unwrap_or_else(|error| panic!("«{id}» cannot be cleared: {error}"));
        input.send_keys(value).await.unwrap_or_else(|error| panic!("«{id}» cannot be filled: {error}"));
    }

    /// Chooses an option of a `<select>` by its value.
    pub async fn choose(&self, id: &str, value: &str) {
        let chosen = self.part(id).await.select_by_value(value).await;
        chosen.unwrap_or_else(|error| panic!("«{id}» has no option {value}: {error}"));
    }

    /// An attribute of a part; empty where it has none.
    pub async fn attribute(&self, id: &str, name: &str) -> String {
        self.read(id, &format!("part.getAttribute({name:?}) ?? ''"))
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// A part's text.
    pub async fn text(&self, id: &str) -> String {
        self.read(id, "part.textContent").await.as_str().unwrap_or_default().trim().to_owned()
    }

    /// The number that a part shows, `None` where it shows none yet.
    pub async fn number(&self, id: &str) -> Option<f64> {
        let text = self.text(id).await;
        let digits = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let spanish = self.run("return document.documentElement.lang;").await == "es";
        let plain = if spanish { digits.replace(',', ".") } else { digits.replace(',', "") };
        plain.parse().ok()
    }

    /// A number in an attribute; 0 where there is none.
    pub async fn count(&self, id: &str, attribute: &str) -> f64 {
        self.attribute(id, attribute).await.parse().unwrap_or_default()
    }

    /// Evaluates a JavaScript expression of `part`, the part of that id; null where it is absent.
    pub async fn read(&self, id: &str, expression: &str) -> Value {
        let css = selector(id);
        let script = format!("const part = document.querySelector({css:?}); return part && ({expression});");
        self.run(&script).await
    }

    /// Runs JavaScript in the page.
    pub async fn run(&self, script: &str) -> Value {
        let done = self.client.execute(script, Vec::new()).await;
        done.unwrap_or_else(|error| panic!("the script failed: {error}\n{script}"))
    }

    /// Runs JavaScript that calls `done(value)` at last.
    pub async fn run_async(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        let done = self.client.execute_async(&script, Vec::new()).await;
        done.unwrap_or_else(|error| panic!("the script failed: {error}\n{script}"))
    }

    /// Waits for a condition; panics with what was waited for and the page's visible error.
    pub async fn until(&self, what: &str, seconds: u64, condition: impl AsyncFn() -> bool) {
        let begin = Instant::now();
        while !condition().await {
            if begin.elapsed() > Duration::from_secs(seconds) {
                let error = self.text("error").await;
                let engine = self.attribute("status-engine", "data-state").await;
                panic!("waited {seconds} s for: {what}; engine {engine}; error shown: «{error}»");
            }
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// Waits for the engine to be in a state of the test contract.
    pub async fn until_engine(&self, state: &str, seconds: u64) {
        let what = format!("status-engine to be {state}");
        self.until(&what, seconds, async || self.attribute("status-engine", "data-state").await == state)
            .await;
    }

    /// A fingerprint of a canvas's pixels, and whether they are not all the same.
    pub async fn canvas(&self, id: &str) -> (String, bool) {
        let expression = "(() => {
            const pixels = part.getContext('2d').getImageData(0, 0, part.width, part.height).data;
            const words = new Uint32Array(pixels.buffer);
            let sum = 2166136261;
            for (const word of words) sum = Math.imul(sum ^ word, 16777619) >>> 0;
            return [String(sum), words.some((word) => word !== words[0])];
        })()";
        let value = self.read(id, expression).await;
        (value[0].as_str().unwrap_or_default().to_owned(), value[1].as_bool().unwrap_or_default())
    }

    /// Errors in the browser's console since the last call.
    pub async fn console_errors(&self) -> Vec<String> {
        let lines = browser::console(&self.client).await;
        lines.into_iter().filter(|(level, _)| level == "SEVERE").map(|(_, message)| message).collect()
    }

    /// A picture of the whole page, for people.
    pub async fn picture(&self, name: &str) {
        let parameters = json!({ "format": "png", "captureBeyondViewport": true });
        let taken = browser::devtools(&self.client, "Page.captureScreenshot", parameters).await;
        let encoded = taken["data"].as_str().expect("a screenshot is base64 text");
        let path = setup::picture_folder().join(format!("{name}.png"));
        std::fs::write(path, BASE64_STANDARD.decode(encoded).expect("a screenshot is base64 text"))
            .expect("the target folder can be written");
    }

    /// What helps to see why a test failed.
    pub async fn report_failure(&self, name: &str) {
        let png = self.client.screenshot().await.unwrap_or_default();
        let path = setup::picture_folder().join(format!("failed-{name}.png"));
        std::fs::write(&path, png).ok();
        eprintln!("{name}: see {}", path.display());
    }
}

fn selector(id: &str) -> String {
    format!("[data-testid='{id}']")
}
