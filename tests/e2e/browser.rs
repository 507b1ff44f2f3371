//! Chromium and its driver, and the commands that WebDriver itself does not have.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use url::{ParseError, Url};
use xtask::browser;

use crate::setup::Setup;

/// A running chromedriver with one session.
pub struct Browser {
    driver: Child,
    client: Client,
}

impl Browser {
    /// Starts driver and browser; panics where they are not installed.
    pub async fn start(setup: &Setup) -> Self {
        Self::with(setup, None).await
    }

    /// The same with a profile of its own on the disk, which outlives it.
    pub async fn start_in(setup: &Setup, profile: &Path) -> Self {
        Self::with(setup, Some(profile)).await
    }

    async fn with(setup: &Setup, profile: Option<&Path>) -> Self {
        let found =
            browser::find().expect("Chromium and chromedriver are installed: cargo xtask test installs them");
        let port = free_port();
        let driver = Command::new(&found.driver)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let client = connect(port, capabilities(setup, profile, &found.browser.to_string_lossy())).await;
        let browser = Self { driver, client };
        browser.emulate(setup).await;
        browser
    }

    /// The session.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// Ends the session, and with it the browser.
    pub async fn close(self) {
        self.client.clone().close().await.ok();
    }

    /// Screen size, theme, and the observer of long tasks, before any page is loaded.
    async fn emulate(&self, setup: &Setup) {
        let scale = if setup.mobile { 2 } else { 1 };
        let metrics = json!({ "width": setup.width, "height": setup.height, "deviceScaleFactor": scale, "mobile": setup.mobile });
        devtools(&self.client, "Emulation.setDeviceMetricsOverride", metrics).await;
        let touch = json!({ "enabled": setup.mobile, "maxTouchPoints": 5 });
        devtools(&self.client, "Emulation.setTouchEmulationEnabled", touch).await;
        let theme = if setup.dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
        devtools(&self.client, "Emulation.setEmulatedMedia", media).await;
        let source = include_str!("observer.js");
        devtools(&self.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

/// A command of Chromium's developer tools; answers its result.
pub async fn devtools(client: &Client, command: &'static str, parameters: Value) -> Value {
    let body = json!({ "cmd": command, "params": parameters });
    let command = DriverCommand { path: "goog/cdp/execute", body };
    client.issue_cmd(command).await.expect("the browser takes developer-tools commands")
}

/// What the browser's console said since the last call: level and message.
pub async fn console(client: &Client) -> Vec<(String, String)> {
    let command = DriverCommand { path: "se/log", body: json!({ "type": "browser" }) };
    let lines = client.issue_cmd(command).await.expect("the browser gives its console");
    let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    lines.as_array().into_iter().flatten().map(|line| (text(line, "level"), text(line, "message"))).collect()
}

fn capabilities(setup: &Setup, profile: Option<&Path>, browser: &str) -> Map<String, Value> {
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--force-color-profile=srgb".to_owned(),
        format!("--lang={}", setup.language),
        format!("--window-size={},{}", setup.width.max(500), setup.height),
    ];
    arguments.extend(profile.map(|folder| format!("--user-data-dir={}", folder.display())));
    arguments.extend(setup.host.map(|host| format!("--host-resolver-rules=MAP {host} 127.0.0.1")));
    let folder = |name| format!("--user-data-dir={}", crate::setup::profile_folder(name).display());
    arguments.extend(setup.profile.map(folder));
    let gpu = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-features=Vulkan"];
    let no_gpu = ["--disable-gpu", "--disable-features=WebGPU"];
    arguments
        .extend(if setup.gpu { gpu.iter() } else { no_gpu.iter() }.map(|argument| (*argument).to_owned()));
    let options = json!({
        "args": arguments,
        "binary": browser,
        "prefs": { "intl.accept_languages": setup.language },
    });
    let logging = json!({ "browser": "ALL" });
    Map::from_iter([("goog:chromeOptions".to_owned(), options), ("goog:loggingPrefs".to_owned(), logging)])
}

/// The driver takes a moment to listen.
pub async fn connect(port: u16, capabilities: Map<String, Value>) -> Client {
    let address = format!("http://127.0.0.1:{port}");
    let mut last = None;
    for _ in 0..100 {
        match ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.clone())
            .connect(&address)
            .await
        {
            Ok(client) => return client,
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no browser session: {last:?}");
}

/// A port that nothing listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("a bound listener has an address").port()
}

/// A chromedriver command that is no part of WebDriver.
#[derive(Debug)]
struct DriverCommand {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for DriverCommand {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
