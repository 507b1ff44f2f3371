//! `cargo xtask test`: every check there is, in the order of what is quickest to fail.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;

use crate::{
    browser::{self, Browser},
    build, imports,
    process::{self, cargo},
    project,
    tools::{self, WASM_TARGET},
};

/// The features of each build; the same everywhere, so that dependencies are compiled once.
const NATIVE: &str = "cli";
const PAGE: &str = "ui";
const ENGINES: &str = "engine-cpu,engine-gpu";
/// The tests of `tests/` that run in a browser.
const BROWSER_TESTS: [&str; 2] = ["browser", "helpers"];
/// Compiling shaders on a software adapter takes its time.
const BROWSER_TEST_SECONDS: &str = "900";

/// `cargo xtask test`'s arguments.
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
    /// Run these levels only; all where none is named.
    #[arg(value_enum)]
    levels: Vec<Level>,
}

/// The levels, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Formatting of every file.
    Format,
    /// Clippy on native and wasm code, warnings denied.
    Lint,
    /// Unit and integration tests on this machine.
    Native,
    /// Wasm tests in a headless browser.
    Browser,
    /// The release build of the page.
    Build,
    /// The built page, driven as a learner would.
    EndToEnd,
}

impl Level {
    fn heading(self) -> &'static str {
        match self {
            Level::Format => "formatting",
            Level::Lint => "lints",
            Level::Native => "native tests",
            Level::Browser => "wasm tests in a headless browser",
            Level::Build => "release build of the page",
            Level::EndToEnd => "end to end in a headless browser",
        }
    }

    fn run(self, tally: &mut Tally) -> Result<()> {
        match self {
            Level::Format => process::run("cargo fmt", &mut cargo(["fmt", "--all", "--check"])),
            Level::Lint => lint(),
            Level::Native => native(tally),
            Level::Browser => browser_tests(tally),
            Level::Build => build::build(&build::Arguments::default()),
            Level::EndToEnd => end_to_end(tally),
        }
    }
}

/// Runs the levels, the later ones also where an earlier one failed; ends with one line in the
/// form of cargo test's own.
///
/// # Errors
/// Names the levels that failed.
pub fn run(arguments: &Arguments) -> Result<()> {
    let named = &arguments.levels;
    let levels: Vec<_> =
        Level::value_variants().iter().filter(|level| named.is_empty() || named.contains(level)).collect();
    let began = Instant::now();
    let mut tally = Tally::default();
    tools::ensure()?;
    let outcomes: Vec<_> = levels.into_iter().map(|level| Outcome::of(*level, &mut tally)).collect();
    summary(&outcomes, &tally, began.elapsed());
    let failed: Vec<_> =
        outcomes.iter().filter(|outcome| outcome.failed).map(|outcome| outcome.heading).collect();
    ensure!(failed.is_empty(), "levels that failed: {}", failed.join(", "));
    Ok(())
}

/// How a level went.
struct Outcome {
    heading: &'static str,
    duration: Duration,
    failed: bool,
}

impl Outcome {
    fn of(level: Level, tally: &mut Tally) -> Self {
        println!("\n######## {} ########", level.heading());
        let began = Instant::now();
        let result = level.run(tally);
        if let Err(error) = &result {
            println!("failed: {error:#}");
        }
        Self { heading: level.heading(), duration: began.elapsed(), failed: result.is_err() }
    }
}

fn lint() -> Result<()> {
    println!("==> imports run downhill");
    imports::check()?;
    let clippy = |what: &str, selection: &[&str]| {
        let mut command = cargo(["clippy", "--release"]);
        process::run(what, command.args(selection).args(["--", "-D", "warnings"]))
    };
    clippy(
        "clippy, native",
        &["-p", "telar", "-p", "telar-kernels", "-p", "xtask", "--features", NATIVE, "--all-targets"],
    )?;
    clippy("clippy, page", &["--target", WASM_TARGET, "--features", PAGE])?;
    // The library's unit tests are native; what else there is in wasm is named.
    let engines = ["--target", WASM_TARGET, "--features", ENGINES, "--lib", "--bins"];
    let tests = ["--test", "browser", "--test", "helpers", "--test", "bench_browser"];
    clippy("clippy, engines", &[engines.as_slice(), &tests].concat())
}

fn native(tally: &mut Tally) -> Result<()> {
    let mut command =
        cargo(["test", "--release", "--no-fail-fast", "-p", "telar", "-p", "telar-kernels", "-p", "xtask"]);
    command.args(["--features", NATIVE]);
    run_tests("cargo test", &mut command, tally)
}

fn browser_tests(tally: &mut Tally) -> Result<()> {
    let browser = browser::ensure()?;
    for name in BROWSER_TESTS {
        let mut command = wasm_test(name, "release", ENGINES, &browser)?;
        run_tests(&format!("cargo test in the browser: {name}"), &mut command, tally)?;
    }
    Ok(())
}

/// A cargo command that runs one of the wasm tests of `tests/`, compiled by `profile` with `features`,
/// in a headless browser.
///
/// # Errors
/// Where the tools are missing.
pub fn wasm_test(name: &str, profile: &str, features: &str, browser: &Browser) -> Result<Command> {
    let runner = process::find("wasm-bindgen-test-runner").context("wasm-bindgen-test-runner is missing")?;
    let mut command = cargo(["test", "--profile", profile, "--target", WASM_TARGET]);
    command.args(["--features", features, "--test", name]);
    command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TEST_SECONDS);
    Ok(command)
}

fn end_to_end(tally: &mut Tally) -> Result<()> {
    let browser = browser::ensure()?;
    browser::ensure_others();
    if let Err(reason) = tools::ensure_axe() {
        println!("skipped: axe-core's rules: {reason:#}");
    }
    if !project::dist().join("index.html").is_file() {
        build::build(&build::Arguments::default())?;
    }
    let mut command = page_test(&browser);
    // Measurements of minutes: `cargo xtask bench --page`.
    command.args(["--skip", "lessons::"]);
    run_tests("cargo test --test e2e", &mut command, tally)
}

/// A cargo command that runs the tests which drive the built page.
pub fn page_test(browser: &Browser) -> Command {
    // The selection of the native tests, so that nothing is compiled twice.
    let mut command = cargo(["test", "--release", "-p", "telar", "-p", "telar-kernels", "-p", "xtask"]);
    command.args(["--features", NATIVE, "--test", "e2e", "--"]);
    // One browser at a time: two of them on two cores would disturb each other's times.
    command.args(["--ignored", "--nocapture", "--test-threads=1"]);
    command.env("CHROMIUM", &browser.browser).env("CHROMEDRIVER", &browser.driver);
    command
}

/// Runs a test command, passing on what it prints and counting its results.
fn run_tests(what: &str, command: &mut Command, tally: &mut Tally) -> Result<()> {
    println!("==> {what}");
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {what}"))?;
    let printed = BufReader::new(child.stdout.take().expect("standard output is piped"));
    for line in printed.lines() {
        let line = line?;
        println!("{line}");
        std::io::stdout().flush()?;
        tally.count(&line);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{what} ended with {status}");
    }
    Ok(())
}

fn summary(outcomes: &[Outcome], tally: &Tally, total: Duration) {
    println!("\n######## summary ########");
    for outcome in outcomes {
        let verdict = if outcome.failed { "FAILED" } else { "ok" };
        println!("{:<36} {:>7.1} s  {verdict}", outcome.heading, outcome.duration.as_secs_f64());
    }
    let verdict = if outcomes.iter().any(|outcome| outcome.failed) { "FAILED" } else { "ok" };
    println!(
        "\ntest result: {verdict}. {} passed; {} failed; {} ignored; 0 measured; 0 filtered out; finished in {:.2}s",
        tally.passed,
        tally.failed,
        tally.ignored,
        total.as_secs_f64()
    );
}

/// Results over all levels.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
    ignored: u32,
}

impl Tally {
    /// Adds a closing line of cargo test's or wasm-bindgen-test's; other lines count nothing.
    fn count(&mut self, line: &str) {
        let Some((_, counts)) =
            line.trim_start().strip_prefix("test result: ").and_then(|line| line.split_once(". "))
        else {
            return;
        };
        for part in counts.split("; ") {
            let Some((number, what)) = part.trim().split_once(' ') else { continue };
            let Ok(number) = number.parse::<u32>() else { continue };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let mut tally = Tally::default();
        tally.count(
            "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out; finished in 1.2s",
        );
        tally.count("test result: FAILED. 4 passed; 1 failed; 0 ignored; 0 filtered out; finished in 0.2s");
        tally.count("test data::idx::tests::truncated ... ok");
        assert_eq!(tally, Tally { passed: 16, failed: 1, ignored: 3 });
    }
}
