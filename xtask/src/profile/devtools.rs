//! The developer tools' protocol, as little of it as a profile needs: commands to a browser that was
//! started for the purpose, and to the pages and workers in it.

use std::{
    io::{BufRead, BufReader},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, stream::MaybeTlsStream};

/// What the browser prints before the address that it listens on.
const LISTENING: &str = "DevTools listening on ";

/// A browser and the connection to it; it ends when dropped.
pub(super) struct DevTools {
    process: Child,
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    commands: u64,
    /// Sessions of workers that came up, in their order.
    workers: Vec<String>,
}

impl Drop for DevTools {
    fn drop(&mut self) {
        // Where the browser is started by a script, killing that would leave it running. All three fail
        // only where it has ended already.
        let _ = self.ask(None, "Browser.close", json!({}));
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl DevTools {
    /// Starts `browser` without a window, its files in the folder `files`.
    pub(super) fn start(browser: &Path, files: &Path) -> Result<Self> {
        let mut process = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .arg(format!("--user-data-dir={}", files.display()))
            .arg("about:blank")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", browser.display()))?;
        let printed = BufReader::new(process.stderr.take().expect("standard error is piped"));
        let address = address(printed)?;
        let (socket, _) =
            tungstenite::connect(&address).with_context(|| format!("connecting to {address}"))?;
        Ok(Self { process, socket, commands: 0, workers: Vec::new() })
    }

    /// Opens a page; returns its session.
    pub(super) fn open(&mut self, url: &str) -> Result<String> {
        let target = self.ask(None, "Target.createTarget", json!({ "url": "about:blank" }))?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = self.ask(None, "Target.attachToTarget", attach)?;
        let session = attached["sessionId"].as_str().context("a page without a session")?.to_owned();
        let follow = json!({ "autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true });
        self.ask(Some(&session), "Target.setAutoAttach", follow)?;
        // Answered once the page has taken the blank one's place.
        self.ask(Some(&session), "Page.navigate", json!({ "url": url }))?;
        Ok(session)
    }

    /// The page's first worker; the page must have started one.
    pub(super) fn worker(&self) -> Result<String> {
        self.workers.first().cloned().context("the page has started no worker")
    }

    /// Runs a script in a page and waits for what it promises.
    pub(super) fn run(&mut self, page: &str, script: &str) -> Result<Value> {
        let arguments = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let answer = self.ask(Some(page), "Runtime.evaluate", arguments)?;
        if let Some(exception) = answer.get("exceptionDetails") {
            bail!("the page's script failed: {exception}");
        }
        Ok(answer["result"]["value"].clone())
    }

    /// A command and its answer.
    pub(super) fn ask(&mut self, session: Option<&str>, method: &str, arguments: Value) -> Result<Value> {
        self.commands += 1;
        let mut command = json!({ "id": self.commands, "method": method, "params": arguments });
        if let Some(session) = session {
            command["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(command.to_string()))?;
        loop {
            let message = self.next()?;
            if message["id"] == self.commands {
                if let Some(error) = message.get("error") {
                    bail!("{method}: {error}");
                }
                return Ok(message["result"].clone());
            }
        }
    }

    /// The next message that is none of the connection's own.
    fn next(&mut self) -> Result<Value> {
        loop {
            let Message::Text(text) = self.socket.read()? else { continue };
            let message: Value = serde_json::from_str(&text)?;
            let attached = &message["params"];
            if message["method"] == "Target.attachedToTarget" && attached["targetInfo"]["type"] == "worker" {
                self.workers.extend(attached["sessionId"].as_str().map(str::to_owned));
            }
            return Ok(message);
        }
    }
}

fn address(printed: impl BufRead) -> Result<String> {
    for line in printed.lines() {
        if let Some(address) = line?.strip_prefix(LISTENING) {
            return Ok(address.to_owned());
        }
    }
    bail!("the browser ended without listening for developer tools")
}
