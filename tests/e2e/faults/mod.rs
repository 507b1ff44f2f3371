//! Accidents at random moments of short runs: none costs more than an epoch, none leaves a page that cannot be
//! opened, and every run ends with the figures of the one that nothing happened to. `cargo xtask faults` has many of
//! them; with the other checks there are a dozen.

mod happening;
mod lesson;
mod plan;

use std::{env, panic::AssertUnwindSafe, time::Instant};

use futures::FutureExt;
use xtask::{faults, project, sizes};

use crate::{autoencoder, copies, host::Host, offline, page::Page};
use happening::Ground;
use lesson::{Figures, Place};
use plan::{Accident, Case, Soil, Work};

/// Seconds of work that an accident may cost, however long an epoch is.
const MOST_SECONDS: f64 = 20.0;
/// Accidents where nobody says how many.
const FEW: usize = 12;

/// What became of a case.
struct Row {
    case: Case,
    /// Where the run was, after how many seconds, and where it went on.
    from: Place,
    seconds: f64,
    to: Option<f64>,
    verdict: Result<(), String>,
}

impl Row {
    /// The share of the run that was done twice.
    fn lost(&self) -> f64 {
        self.to.map_or(0.0, |to| (self.from.step - to).max(0.0) / self.from.total.max(1.0))
    }

    /// Seconds of work that were done twice, at the speed so far.
    fn lost_seconds(&self) -> f64 {
        self.seconds * self.lost() * self.from.total / self.from.step.max(1.0)
    }

    /// No more than 20 seconds, or one epoch.
    fn within_bounds(&self) -> bool {
        self.lost_seconds() <= MOST_SECONDS || self.lost() <= self.case.work.epoch()
    }

    fn print(&self, number: usize) {
        let Case { accident, work, soil, moment } = self.case;
        let verdict = self.verdict.as_ref().map_or_else(String::as_str, |()| "same figures");
        println!(
            "| {number} | {accident:?} | {work:?} | {soil:?} | {:.0} % | {:.0} of {:.0} | {:.0} % | {:.1} s | {verdict} |",
            moment * 100.0,
            self.from.step,
            self.from.total,
            self.lost() * 100.0,
            self.lost_seconds()
        );
    }
}

/// A number from the environment.
fn told(name: &str, otherwise: u64) -> u64 {
    env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// A host of its own with a page that can have accidents; with the real data where they are wanted.
async fn host(soil: Soil) -> Host {
    let page = copies::copy("faults-page", happening::WAYS, |css| css);
    let host = Host::of(&format!("faults-{soil:?}"), &page).await;
    if soil == Soil::Real {
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
    let begun = Instant::now();
    row.from = lesson::until_share(&ground.page, case.moment).await.expect("the run is long enough");
    row.seconds = begun.elapsed().as_secs_f64();
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
    assert!(same(case.work, &figures, expected), "{figures:?} instead of {expected:?}");
    assert!(
        row.within_bounds(),
        "{:.0} % of the run, {:.0} s, were lost",
        row.lost() * 100.0,
        row.lost_seconds()
    );
}

/// Why a test's assertion failed.
fn reason(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().cloned();
    words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned())).unwrap_or_default()
}

/// Whether a run ended as the one that nothing happened to: to the last digit on the CPU, within two per cent on a
/// GPU, where engines may have taken turns.
fn same(work: Work, figures: &Figures, expected: &Figures) -> bool {
    let number = |words: &str| words.trim_matches('"').parse::<f64>().unwrap_or(f64::NAN);
    let close = |one: &str, other: &str| (number(one) / number(other) - 1.0).abs() < 0.02;
    let pairs = || figures.iter().zip(expected);
    figures == expected || work == Work::OnGpu && pairs().all(|(one, other)| close(&one.1, &other.1))
}

/// The figures that each kind of run ends with when nothing happens.
async fn references(page: &Page, soil: Soil) -> Vec<(Work, Figures)> {
    let works = if soil == Soil::Gpu { vec![Work::OnGpu] } else { Work::ALL.to_vec() };
    let mut all = Vec::new();
    for work in works {
        lesson::begin(page, work).await;
        all.push((work, lesson::finish(page, work).await));
    }
    all
}

/// All cases on one soil, in one profile; a browser that is stuck is given up with its profile.
async fn all_on(soil: Soil, cases: Vec<Case>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut ground = settled(soil).await;
    let expected = references(&ground.page, soil).await;
    println!("{soil:?}, uninterrupted: {expected:?}");
    for case in cases {
        let figures = &expected.iter().find(|(work, _)| *work == case.work).expect("every work has some").1;
        let mut row = Row { case, from: Place::default(), seconds: 0.0, to: None, verdict: Ok(()) };
        let outcome = AssertUnwindSafe(happen(&mut ground, case, figures, &mut row)).catch_unwind().await;
        if let Err(panic) = outcome {
            row.verdict = Err(format!("FAILED: {}", reason(&*panic)));
            eprintln!("console: {:#?}", ground.console().await);
            ground.page.report_failure(&format!("faults-{:?}-{:?}", case.accident, case.work)).await;
            ground.close().await;
            ground = settled(soil).await;
            // Comparisons begin with the autoencoder in use: the one of the reference.
            lesson::begin(&ground.page, expected[0].0).await;
            lesson::finish(&ground.page, expected[0].0).await;
        }
        row.print(rows.len() + 1);
        rows.push(row);
    }
    ground.close().await;
    rows
}

/// A page with its data, kept for days without a network.
async fn settled(soil: Soil) -> Ground {
    let ground = Ground::new(host(soil).await, soil).await;
    autoencoder::data_loaded(&ground.page).await;
    offline::until_kept(&ground.page).await;
    ground
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask faults"]
async fn accidents_cost_an_epoch_at_most_and_change_no_figure() {
    let seed = told(faults::SEED, 1);
    let count = told(faults::ACCIDENTS, FEW as u64) as usize;
    let gpu = sizes::find(&project::dist(), "engine_gpu", "_bg.wasm").is_ok();
    if !gpu {
        println!("no device is lost: dist/ has no GPU engine");
    }
    let cases = plan::cases(seed, count, gpu, project::data().is_some());
    println!("{count} accidents by seed {seed}");
    println!("| | accident | run | on | moment | batches done | done twice | of work | at the end |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut rows = Vec::new();
    for soil in [Soil::Synthetic, Soil::Real, Soil::Gpu] {
        let some: Vec<_> = cases.iter().copied().filter(|case| case.soil == soil).collect();
        if !some.is_empty() {
            rows.extend(all_on(soil, some).await);
        }
    }
    let failed = rows.iter().filter(|row| row.verdict.is_err()).count();
    let most = rows.iter().map(Row::lost_seconds).fold(0.0, f64::max);
    println!("{} accidents, {failed} failed; at most {most:.1} s of work done twice", rows.len());
    assert_eq!(failed, 0, "accidents that cost too much");
}
