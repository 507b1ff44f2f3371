//! Firefox and WebKitGTK under their own drivers.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use fantoccini::Client;
use serde_json::{Map, Value, json};
use xtask::browser;

use crate::browser::{connect, free_port};

/// A browser besides Chromium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Firefox, without a screen.
    Firefox,
    /// WebKitGTK's MiniBrowser, on a screen in memory.
    WebKit,
}

/// A running driver with one session.
pub struct Foreign {
    /// The session.
    pub client: Client,
    children: Vec<Child>,
}

impl Foreign {
    /// Starts driver and browser; `None` where this machine has none.
    pub async fn start(kind: Kind) -> Option<Self> {
        let port = free_port();
        let (children, capabilities) = match kind {
            Kind::Firefox => firefox(port)?,
            Kind::WebKit => webkit(port)?,
        };
        let client = connect(port, capabilities).await;
        Some(Self { client, children })
    }

    /// Ends the session, and with it the browser.
    pub async fn close(self) {
        self.client.clone().close().await.ok();
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        for child in &mut self.children {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

type Started = (Vec<Child>, Map<String, Value>);

fn firefox(port: u16) -> Option<Started> {
    let found = browser::find_firefox()?;
    let driver = quiet(Command::new(&found.driver).arg(format!("--port={port}")));
    let preferences = json!({
        "intl.accept_languages": "en",
        "browser.download.folderList": 2,
        "browser.download.dir": env!("CARGO_TARGET_TMPDIR"),
        "browser.helperApps.neverAsk.saveToDisk": "text/csv,application/json",
    });
    let arguments = ["-headless", "-width", "1440", "-height", "900"];
    let options = json!({ "binary": found.browser, "args": arguments, "prefs": preferences });
    Some((vec![driver], Map::from_iter([("moz:firefoxOptions".to_owned(), options)])))
}

fn webkit(port: u16) -> Option<Started> {
    let found = browser::find_webkit()?;
    let (screen, display) = screen(&found.screen);
    let mut command = Command::new(&found.driver);
    command.arg(format!("--port={port}")).env("DISPLAY", display).env("LANGUAGE", "en");
    let driver = quiet(&mut command);
    let options = json!({ "binary": found.browser, "args": ["--automation"] });
    Some((vec![driver, screen], Map::from_iter([("webkitgtk:browserOptions".to_owned(), options)])))
}

/// A screen in memory and its name, which Xvfb writes once it is there.
fn screen(program: &Path) -> (Child, String) {
    let mut command = Command::new(program);
    command.args(["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("Xvfb starts");
    let mut number = String::new();
    let printed = child.stdout.take().expect("its output is piped");
    BufReader::new(printed).read_line(&mut number).expect("Xvfb names its screen");
    (child, format!(":{}", number.trim()))
}

fn quiet(command: &mut Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the driver starts")
}
