//! Accidents at random moments of short runs: none costs more than an epoch, none leaves a page that cannot be
//! opened, and every run ends with the figures of the one that nothing happened to. `cargo xtask faults` has many of
//! them; with the other checks there are a dozen.

mod happening;
mod lesson;
mod plan;

use std::{collections::HashMap, env, panic::AssertUnwindSafe};

use futures::FutureExt;
use xtask::{faults, project, sizes};

use crate::{autoencoder, copies, host::Host, offline, page::Page};
use happening::Ground;
use lesson::{Figures, Place};
use plan::{Accident, Case, Work};

/// Accidents where nobody says how many.
const FEW: usize = 12;

/// What became of a case.
struct Row {
    case: Case,
    /// Where the run was, and where it went on.
    from: Place,
    to: Option<f64>,
    verdict: Result<(), String>,
}

impl Row {
    /// The share of the run that was done twice.
    fn lost(&self) -> f64 {
        self.to.map_or(0.0, |to| (self.from.step - to).max(0.0) / self.from.total.max(1.0))
    }

    fn print(&self, number: usize) {
        let Case { accident, work, real, moment } = self.case;
        let data = if real { "real" } else { "synthetic" };
        let verdict = self.verdict.as_ref().map_or_else(String::as_str, |()| "same figures");
        println!(
            "| {number} | {accident:?} | {work:?} | {data} | {:.0} % | {:.0} of {:.0} | {:.0} % (at most {:.0} %) | {verdict} |",
            moment * 100.0,
            self.from.step,
            self.from.total,
            self.lost() * 100.0,
            work.epoch() * 100.0
        );
    }
}

/// A number from the environment.
fn told(name: &str, otherwise: u64) -> u64 {
    env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// A host of its own with a page that can have accidents; with the real data where they are wanted.
async fn host(real: bool) -> Host {
    let name = if real { "faults-real" } else { "faults" };
    let host = Host::of(name, &copies::copy("faults-page", happening::WAYS, |css| css)).await;
    if real {
        host.lay_data();
    }
    host
}

/// Goes on after an accident as a learner would: by the banner where the page was opened anew.
async fn go_on(page: &Page) {
    page.until("the run to go on, or the offer", 90, async || {
        page.has("resume-banner").await || page.attribute("status-engine", "data-state").await == "running"
    })
    .await;
    if page.has("resume-banner").await {
        page.click("resume-go").await;
    }
}

/// Whether the page is another one after it, in which the run does not go on by itself.
fn opens_anew(accident: Accident) -> bool {
    !matches!(
        accident,
        Accident::WorkerTerminated | Accident::Panic | Accident::DeviceDestroyed | Accident::StorageThrows
    )
}

/// Runs a case up to the run's end; tells where it was and where it went on.
async fn happen(ground: &mut Ground, case: Case, expected: &Figures, row: &mut Row) {
    lesson::begin(&ground.page, case.work).await;
    row.from = lesson::until_share(&ground.page, case.moment).await.expect("the run is long enough");
    ground.page.run("telarAccidents.watch();").await;
    ground.have(case.accident).await;
    if opens_anew(case.accident) {
        autoencoder::data_loaded(&ground.page).await;
        ground.page.part("resume-banner").await;
    }
    if case.accident != Accident::StorageThrows {
        go_on(&ground.page).await;
    }
    let figures = lesson::finish(&ground.page, case.work).await;
    row.to = ground.page.run("return telarAccidents.least;").await.as_f64();
    ground.mend().await;
    assert_eq!(&figures, expected, "the figures are those of the run that nothing happened to");
    let most = case.work.epoch() + 0.02;
    assert!(row.lost() <= most, "{:.0} % of the run were lost", row.lost() * 100.0);
}

/// Why a test's assertion failed.
fn reason(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().cloned();
    words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned())).unwrap_or_default()
}

/// The figures that each kind of run ends with when nothing happens.
async fn references(page: &Page) -> HashMap<&'static str, Figures> {
    let mut all = HashMap::new();
    for (name, work) in [("ae", Work::Autoencoder), ("clf", Work::Comparison), ("study", Work::Study)] {
        lesson::begin(page, work).await;
        all.insert(name, lesson::finish(page, work).await);
    }
    all
}

fn name(work: Work) -> &'static str {
    match work {
        Work::Autoencoder => "ae",
        Work::Comparison => "clf",
        Work::Study => "study",
    }
}

/// All cases on one kind of data, in one profile; a browser that is stuck is given up with its profile.
async fn all_on(real: bool, cases: Vec<Case>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut ground = Ground::new(host(real).await, if real { "real" } else { "synthetic" }).await;
    autoencoder::data_loaded(&ground.page).await;
    offline::until_kept(&ground.page).await;
    let expected = references(&ground.page).await;
    println!("{} data, uninterrupted: {expected:?}", if real { "real" } else { "synthetic" });
    for case in cases {
        let mut row = Row { case, from: Place::default(), to: None, verdict: Ok(()) };
        let outcome = AssertUnwindSafe(happen(&mut ground, case, &expected[name(case.work)], &mut row));
        if let Err(panic) = outcome.catch_unwind().await {
            row.verdict = Err(format!("FAILED: {}", reason(&*panic)));
            eprintln!("console: {:#?}", ground.console().await);
            ground.page.report_failure(&format!("faults-{:?}-{:?}", case.accident, case.work)).await;
            ground.close().await;
            ground = Ground::new(host(real).await, if real { "real" } else { "synthetic" }).await;
            offline::until_kept(&ground.page).await;
            // Comparisons begin with the autoencoder in use: the one of the reference.
            lesson::begin(&ground.page, Work::Autoencoder).await;
            lesson::finish(&ground.page, Work::Autoencoder).await;
        }
        row.print(rows.len() + 1);
        rows.push(row);
    }
    ground.close().await;
    rows
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask faults"]
async fn accidents_cost_an_epoch_at_most_and_change_no_figure() {
    let seed = told(faults::SEED, 1);
    let count = told(faults::ACCIDENTS, FEW as u64) as usize;
    let gpu = false;
    if !gpu && sizes::find(&project::dist(), "engine_gpu", "_bg.wasm").is_err() {
        println!("no device is lost: dist/ has no GPU engine");
    }
    let cases = plan::cases(seed, count, gpu, project::data().is_some());
    println!("{count} accidents by seed {seed}");
    println!("| | accident | run | data | moment | batches done | done twice | at the end |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let (real, synthetic): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case.real);
    let mut rows = Vec::new();
    for (kind, cases) in [(false, synthetic), (true, real)] {
        if !cases.is_empty() {
            rows.extend(all_on(kind, cases).await);
        }
    }
    let failed = rows.iter().filter(|row| row.verdict.is_err()).count();
    let most = rows.iter().map(|row| row.lost()).fold(0.0, f64::max);
    println!("{} accidents, {failed} failed; at most {:.0} % of a run done twice", rows.len(), most * 100.0);
    assert_eq!(failed, 0, "accidents that cost too much");
}
