//! `cargo xtask serve`: the built page on a local address, with the data files beside it, and the headers that
//! keep it locked: what the page may load is written in it (`index.html`), and sent with every file as well,
//! because workers heed headers alone.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use anyhow::{Context, Result, ensure};
use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::{self, Next},
    response::{Redirect, Response},
    routing::get,
};
use tokio::{net::TcpListener, task::JoinHandle};
use tower_http::services::{ServeDir, ServeFile};

use crate::{build, project};

/// `cargo xtask serve`'s arguments.
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
    /// Port; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Address to listen on; 0.0.0.0 lets other machines of the network in.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Path under which the page appears.
    #[arg(long, default_value = "/")]
    base: String,
    /// Serve `dist/` as it is, without building.
    #[arg(long)]
    no_build: bool,
}

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Site {
    /// The built page.
    pub dist: PathBuf,
    /// The folder of the Fashion-MNIST files; only these are served from it.
    pub data: Option<PathBuf>,
    /// Path under which the page appears, `/` or `/some/folder/`.
    pub base: String,
}

/// What the page carries its security policy in.
const POLICY_TAG: &str = r#"<meta http-equiv="Content-Security-Policy" content=""#;
/// Headers of every answer besides the policy: the README shows them for other hosts.
const LOCKS: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), midi=()",
    ),
];

/// A running server; it ends when dropped.
#[derive(Debug)]
pub struct Server {
    /// The page's address, with its path.
    pub url: String,
    task: JoinHandle<std::io::Result<()>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Builds, serves and waits for ever.
///
/// # Errors
/// Where the build fails or the port is taken.
#[tokio::main]
pub async fn run(arguments: &Arguments) -> Result<()> {
    if !arguments.no_build {
        tokio::task::block_in_place(|| build::build(&build::Arguments::default()))?;
    }
    let site = Site { dist: project::dist(), data: project::data(), base: arguments.base.clone() };
    match &site.data {
        Some(folder) => println!("Fashion-MNIST is served from {}.", folder.display()),
        None => {
            println!("No Fashion-MNIST files here (FASHION_MNIST_DIR): the page will ask the public mirrors.")
        }
    }
    let mut server = start(site, SocketAddr::new(arguments.host, arguments.port)).await?;
    println!("Telar is at {} (Ctrl+C ends it).", server.url);
    Ok((&mut server.task).await.context("the server's task ended")??)
}

/// Starts a server.
///
/// # Errors
/// Where `dist` holds no page or the address is taken.
pub async fn start(site: Site, address: SocketAddr) -> Result<Server> {
    ensure!(
        site.dist.join("index.html").is_file(),
        "no page in {}: run cargo xtask build",
        site.dist.display()
    );
    let listener = TcpListener::bind(address).await.with_context(|| format!("listening on {address}"))?;
    let base = format!("/{}/", site.base.trim_matches('/')).replace("//", "/");
    let url = format!("http://{}{base}", listener.local_addr()?);
    let policy = HeaderValue::from_str(&policy(&site)?).context("the page's policy as a header")?;
    let locked = middleware::map_response(move |response| lock(policy.clone(), response));
    let router = router(site, &base).layer(locked);
    let task = tokio::spawn(axum::serve(listener, router).into_future());
    Ok(Server { url, task })
}

fn router(site: Site, base: &str) -> Router {
    let mut page = Router::new();
    for (name, path) in site.data.as_deref().map(project::data_files).unwrap_or_default() {
        page = page.route_service(&format!("/data/{name}"), ServeFile::new(path));
    }
    page = page.fallback_service(ServeDir::new(site.dist).precompressed_br().precompressed_gzip());
    let router = match base.trim_end_matches('/') {
        "" => page,
        path => {
            let target = base.to_owned();
            Router::new()
                .route(path, get(move || async move { Redirect::permanent(&target) }))
                .nest_service(&format!("{path}/"), page)
        }
    };
    router.layer(middleware::from_fn(caching))
}

/// The security policy that the page carries.
///
/// # Errors
/// Where it carries none.
fn policy(site: &Site) -> Result<String> {
    let page = std::fs::read_to_string(site.dist.join("index.html")).context("reading the page")?;
    let carried = page.split_once(POLICY_TAG).and_then(|(_, rest)| rest.split_once('"'));
    Ok(carried.context("the page carries no security policy")?.0.to_owned())
}

/// Adds the headers that lock the page.
async fn lock(policy: HeaderValue, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.extend(LOCKS.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}

/// Files named after their content may be kept for ever; all others are asked for anew.
async fn caching(request: Request, next: Next) -> Response {
    let named_after_content = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let kept = named_after_content && response.status().is_success();
    let policy = if kept { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    response
}

/// Whether a part of the path ends in the 16 hexadecimal digits of Trunk's or our own naming.
fn is_hashed(path: &str) -> bool {
    path.split(['/', '.', '_']).any(|part| {
        part.rsplit_once('-').is_some_and(|(_, sum)| {
            (14..=16).contains(&sum.len()) && sum.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_sum_are_kept() {
        assert!(is_hashed("/telar/app-2f0c1d9e8b7a6543_bg.wasm"));
        assert!(is_hashed("/engines-00112233445566aa/engine_cpu.js"));
        assert!(!is_hashed("/index.html"));
        assert!(!is_hashed("/data/train-images-idx3-ubyte.gz"));
        assert!(!is_hashed("/models/manifest.json"));
    }
}
