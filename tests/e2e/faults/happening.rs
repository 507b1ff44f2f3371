//! How an accident is made, and how a learner goes on after it.

use std::{fs, path::Path, process::Command, time::Duration};

use crate::{
    browser::{self, Browser},
    host::{Host, Oddity},
    page::Page,
    setup::Setup,
};

use super::plan::{Accident, Soil};

/// What the copies of the page begin with, in the page and in its workers: ways to have accidents.
pub const WAYS: &str = include_str!("ways.js");

/// A browser with a profile on the disk, and a host of its own.
pub struct Ground {
    /// What serves the page.
    pub host: Host,
    /// The page.
    pub page: Page,
    profile: std::path::PathBuf,
    soil: Soil,
    browser: Option<Browser>,
}

fn setup(soil: Soil) -> Setup {
    Setup { width: 1280, height: 800, gpu: soil == Soil::Gpu, ..Setup::new("faults") }
}

impl Ground {
    /// Serves `host` to a browser with an empty profile.
    pub async fn new(host: Host, soil: Soil) -> Self {
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("profile-{soil:?}"));
        // There is none before the first run.
        let _ = fs::remove_dir_all(&profile);
        let browser = Browser::start_in(&setup(soil), &profile).await;
        let page = Page { client: browser.client() };
        let ground = Self { host, page, profile, soil, browser: Some(browser) };
        ground.open().await;
        if soil == Soil::Gpu {
            ground.page.choose("engine-select", "gpu").await;
            let chosen = async || ground.page.text("status-engine").await.contains("gpu");
            ground.page.until("the GPU engine", 180, chosen).await;
            ground.page.until_engine("ready", 180).await;
        }
        ground
    }

    /// Opens the page in the present tab.
    async fn open(&self) {
        let address = format!("{}?mirrors=off", self.host.url);
        self.page.client.goto(&address).await.expect("the page can be opened");
        self.page.part("step-data").await;
    }

    /// Lets it happen; at the end the page is open, the same or anew.
    pub async fn have(&mut self, accident: Accident) {
        match accident {
            Accident::Reload => self.reload().await,
            Accident::TabClosed => self.close_tab().await,
            Accident::WorkerTerminated => drop(self.page.run("telarAccidents.terminate();").await),
            Accident::Panic => drop(self.page.run("telarAccidents.panic();").await),
            Accident::BrowserKilled => self.kill().await,
            Accident::DeviceDestroyed => drop(self.page.run("telarAccidents.destroy();").await),
            Accident::StorageThrows => drop(self.page.run("telarAccidents.spoilStorage();").await),
            Accident::NetworkCut => {
                self.host.becomes(Oddity::CutOff);
                self.reload().await;
            }
        }
    }

    /// What was broken is whole again.
    pub async fn mend(&self) {
        self.host.becomes(Oddity::None);
        self.page.run("telarAccidents.mendStorage();").await;
    }

    async fn reload(&self) {
        self.page.client.refresh().await.expect("the page can be loaded again");
        self.page.part("step-data").await;
    }

    async fn close_tab(&self) {
        let client = &self.page.client;
        let other = client.new_window(true).await.expect("there are tabs").handle;
        client.close_window().await.expect("a tab can be closed");
        client.switch_to_window(other).await.expect("it is open");
        self.open().await;
    }

    /// Ends the browser as a power cut would, and starts it again.
    async fn kill(&mut self) {
        let id = process_of(&self.profile).expect("the browser runs");
        let killed = Command::new("kill").args(["-9", &id]).status().expect("there is kill");
        assert!(killed.success(), "the browser can be killed");
        drop(self.browser.take());
        while process_of(&self.profile).is_some() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let browser = Browser::start_in(&setup(self.soil), &self.profile).await;
        self.page = Page { client: browser.client() };
        self.browser = Some(browser);
        self.open().await;
    }

    /// Ends the browser in good order.
    pub async fn close(mut self) {
        if let Some(browser) = self.browser.take() {
            browser.close().await;
        }
    }

    /// Errors in the console that are nobody's doing.
    pub async fn console(&self) -> Vec<String> {
        browser::console(&self.page.client).await.into_iter().map(|(_, line)| line).collect()
    }
}

/// The id of the browser's own process, among whose arguments the profile is; its children name their type.
fn process_of(profile: &Path) -> Option<String> {
    let wanted = format!("--user-data-dir={}", profile.display());
    let is_it = |id: &String| {
        let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        let arguments: Vec<_> = line.split(|byte| *byte == 0).map(String::from_utf8_lossy).collect();
        arguments.iter().any(|argument| *argument == wanted)
            && !arguments.iter().any(|argument| argument.starts_with("--type="))
    };
    let entries = fs::read_dir("/proc").ok()?.flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).find(is_it)
}
