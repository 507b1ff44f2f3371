//! Hosts as they are out there: a copy of the built page behind a small server with one oddity.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use xtask::{project, sizes};

/// What is odd about a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Nothing: any static host.
    None,
    /// Files that end in `.gz` are sent as packed content, which the browser unpacks by itself.
    PackedContent,
    /// Files whose names begin so never come.
    NeverSends(&'static str),
    /// Files whose names begin so are answered with a web page, as by a network's log-in.
    LogIn(&'static str),
    /// Every connection is closed at once, as behind a cut cable.
    CutOff,
    /// Every file that is not there is answered with the page itself, as hosts of one-page programs do.
    AnswersAll,
}

/// A running host; it ends when dropped.
pub struct Host {
    /// The page's address.
    pub url: String,
    /// What it serves: a copy of `dist/`, which a test may change.
    pub folder: PathBuf,
    oddity: Arc<Mutex<Oddity>>,
    task: JoinHandle<()>,
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Host {
    /// Serves a copy of the built page called `name`.
    pub async fn start(name: &str, oddity: Oddity) -> Self {
        Self::serve(copy(name, &project::dist()), oddity).await
    }

    /// Serves a copy, called `name`, of a changed page.
    pub async fn of(name: &str, page: &Path) -> Self {
        Self::serve(copy(name, page), Oddity::None).await
    }

    async fn serve(folder: PathBuf, oddity: Oddity) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("a bound listener has an address");
        let root = Arc::new(folder.clone());
        let oddity = Arc::new(Mutex::new(oddity));
        let now = oddity.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let root = root.clone();
                let oddity = *now.lock().expect("nobody panics with it");
                tokio::spawn(async move { answer(stream, &root, oddity).await });
            }
        });
        Self { url: format!("http://{address}/"), folder, oddity, task }
    }

    /// Has another oddity from now on.
    pub fn becomes(&self, oddity: Oddity) {
        *self.oddity.lock().expect("nobody panics with it") = oddity;
    }

    /// Copies the real data into `data/`, as a teacher would; `false` where this machine has none.
    pub fn lay_data(&self) -> bool {
        let Some(data) = project::data() else {
            eprintln!("skipped: no Fashion-MNIST files here");
            return false;
        };
        for (name, path) in project::data_files(&data) {
            std::fs::copy(path, self.folder.join("data").join(name)).expect("the copy can be written");
        }
        true
    }
}

/// A fresh copy of a page.
fn copy(name: &str, page: &Path) -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("host-{name}"));
    // There is no copy before the first run.
    let _ = std::fs::remove_dir_all(&copy);
    for file in sizes::files_under(page).expect("dist/ is built: cargo xtask build") {
        let there = copy.join(file.strip_prefix(page).expect("it lies in dist/"));
        std::fs::create_dir_all(there.parent().expect("a file lies in a folder")).expect("writable");
        std::fs::copy(&file, &there).expect("the target folder can be written");
    }
    copy
}

/// One request on one connection.
async fn answer(mut stream: TcpStream, root: &Path, oddity: Oddity) {
    if oddity == Oddity::CutOff {
        return;
    }
    let mut head = vec![0; 8192];
    let read = stream.read(&mut head).await.unwrap_or(0);
    let line = String::from_utf8_lossy(&head[..read]).into_owned();
    let path = line.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or_default();
    let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    if matches!(oddity, Oddity::NeverSends(start) if name.starts_with(start)) {
        return std::future::pending().await;
    }
    let logs_in = matches!(oddity, Oddity::LogIn(start) if name.starts_with(start));
    let found = std::fs::read(root.join(path.trim_start_matches('/')));
    let (status, kind, body) = match found {
        _ if logs_in => ("200 OK", "text/html", b"<!DOCTYPE html><title>Log in</title>".to_vec()),
        Ok(body) => ("200 OK", kind_of(&name), body),
        Err(_) if oddity == Oddity::AnswersAll => {
            ("200 OK", "text/html", std::fs::read(root.join("index.html")).expect("the page is there"))
        }
        Err(_) => ("404 Not Found", "text/plain", Vec::new()),
    };
    let encoding = match oddity == Oddity::PackedContent && name.ends_with(".gz") {
        true => "Content-Encoding: gzip\r\n",
        false => "",
    };
    let mut answer = Vec::new();
    write!(
        answer,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{encoding}Cache-Control: no-cache\r\n\
         Connection: close\r\n\r\n",
        body.len()
    )
    .expect("writing to memory");
    if !line.starts_with("HEAD") {
        answer.extend(body);
    }
    // A browser that has gone needs no answer.
    let _ = stream.write_all(&answer).await;
    let _ = stream.shutdown().await;
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        // Not every host knows the type of wasm files.
        _ => "application/octet-stream",
    }
}
