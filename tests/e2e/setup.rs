//! What a test asks of its browser and its server.

use std::{
    future::Future,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
};

use futures::FutureExt;
use xtask::{
    project,
    serve::{self, Server, Site},
    sizes,
};

use crate::{browser::Browser, page::Page};

/// Which data the server has beside the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// The real files where this machine has them.
    RealIfPresent,
    /// None: the page uses its synthetic garments.
    None,
}

/// One test's surroundings.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// Names the pictures taken on failure.
    pub name: &'static str,
    /// Width of the page in CSS pixels.
    pub width: u32,
    /// Height of the page in CSS pixels.
    pub height: u32,
    /// Touch screen, mobile viewport.
    pub mobile: bool,
    /// The system's theme.
    pub dark: bool,
    /// The browser's language.
    pub language: &'static str,
    /// WebGPU by SwiftShader, a software adapter.
    pub gpu: bool,
    /// The data beside the page.
    pub data: Data,
    /// Path under which the page is served.
    pub base: &'static str,
    /// A file of the page that the server lacks; what the console says of that is expected.
    pub lacking: Option<&'static str>,
    /// A made-up host name, which makes the origin insecure: over plain http browsers trust the loopback
    /// address alone, and withhold what needs a secure context.
    pub host: Option<&'static str>,
    /// A folder in which the browser keeps its things beyond the session, by its name.
    pub profile: Option<&'static str>,
}

impl Setup {
    /// A desktop in English, in light colours, without WebGPU, at the server's root.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            width: 1440,
            height: 900,
            mobile: false,
            dark: false,
            language: "en",
            gpu: false,
            data: Data::None,
            base: "/",
            lacking: None,
            host: None,
            profile: None,
        }
    }
}

/// Serves and opens the page, runs the test, takes a picture if it fails, and closes all.
pub async fn run<F: Future<Output = ()>>(setup: Setup, test: impl FnOnce(Page) -> F) {
    let server = serve(&setup).await;
    let browser = Browser::start(&setup).await;
    let page = Page::open(browser.client(), &address(&setup, &server)).await;
    let outcome = AssertUnwindSafe(test(page.clone())).catch_unwind().await;
    let mut console = page.console_errors().await;
    if setup.lacking.is_some() {
        assert!(!console.is_empty(), "the missing file is asked for");
        console.clear();
    }
    if outcome.is_err() || !console.is_empty() {
        page.report_failure(setup.name).await;
    }
    browser.close().await;
    if let Err(panic) = outcome {
        eprintln!("console of {}: {console:#?}", setup.name);
        std::panic::resume_unwind(panic);
    }
    assert!(console.is_empty(), "errors in the browser's console: {console:#?}");
}

/// Where a browser of that profile keeps its things.
pub fn profile_folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The page's address, under the made-up host name where there is one.
pub fn address(setup: &Setup, server: &Server) -> String {
    let url = setup.host.map_or(server.url.clone(), |host| server.url.replace("127.0.0.1", host));
    format!("{url}?mirrors=off")
}

/// A server with the page and its data.
pub async fn serve(setup: &Setup) -> Server {
    let data = project::data().filter(|_| setup.data == Data::RealIfPresent);
    let dist = setup.lacking.map_or_else(project::dist, page_without);
    let site = Site { dist, data, base: setup.base.to_owned() };
    serve::start(site, ([127, 0, 0, 1], 0).into()).await.expect("dist/ is built: cargo xtask build")
}

/// A copy of the built page without the files whose name begins so.
fn page_without(name: &str) -> PathBuf {
    let (dist, copy) = (project::dist(), Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
    // There is no copy before the first run.
    let _ = std::fs::remove_dir_all(&copy);
    for file in sizes::files_under(&dist).expect("dist/ is built: cargo xtask build") {
        let there = copy.join(file.strip_prefix(&dist).expect("it lies in dist/"));
        let is_it = |file: &std::ffi::OsStr| file.to_string_lossy().starts_with(name);
        if !there.file_name().is_some_and(is_it) {
            std::fs::create_dir_all(there.parent().expect("a file lies in a folder")).expect("writable");
            std::fs::copy(&file, &there).expect("the target folder can be written");
        }
    }
    copy
}

/// Where pictures for people go.
pub fn picture_folder() -> PathBuf {
    let folder = project::target().join("screenshots");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}
