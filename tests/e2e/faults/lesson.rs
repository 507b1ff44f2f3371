//! A short run in the page: begun, watched, waited for, and the figures that it ends with.

use crate::{autoencoder, page::Page};

use super::plan::Work;

/// Longest that a run may take, in seconds, on a machine that does much else.
const PATIENCE: u64 = 240;

/// The figures in a part; a row of a table ends with how long it took.
const FIGURES: &str =
    "part.cells ? [...part.cells].slice(0, -1).map((cell) => cell.innerText).join(' | ') : part.innerText";

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Batches done.
    pub step: f64,
    /// Batches in all.
    pub total: f64,
}

/// Figures with their names.
pub type Figures = Vec<(String, String)>;

impl Work {
    /// The settings in the page, and their fields.
    fn settings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Work::Autoencoder => &[("ae-limit", "1600"), ("ae-batch", "32"), ("ae-epochs", "12")],
            Work::Comparison => &[("clf-labels", "40"), ("clf-epochs", "6"), ("clf-seeds", "1")],
            Work::OnGpu => &[("ae-limit", "160"), ("ae-batch", "32"), ("ae-epochs", "3")],
            Work::Study => &[("study-sizes", "2, 4"), ("study-epochs", "2"), ("study-limit", "960")],
        }
    }

    /// The step of the page, the button that begins, and the figures at the end.
    fn parts(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            Work::Autoencoder | Work::OnGpu => {
                ("step-autoencoder", "ae-start", &["ae-train-loss", "ae-val-loss", "ae-test-loss"])
            }
            Work::Comparison => (
                "step-classifiers",
                "clf-start",
                &["clf-scratch-test-accuracy", "clf-frozen-test-accuracy", "clf-finetuned-test-accuracy"],
            ),
            Work::Study => ("step-classifiers", "study-start", &["study-2", "study-4"]),
        }
    }

    /// The largest part of a run that may be lost: an epoch, of however many trainings it consists.
    pub fn epoch(self) -> f64 {
        match self {
            Work::Autoencoder => 1.0 / 12.0,
            Work::Comparison => 1.0 / 6.0,
            Work::OnGpu => 1.0 / 3.0,
            // Two sizes, each an autoencoder of two epochs and then its classifiers.
            Work::Study => 1.0 / 4.0,
        }
    }
}

/// Begins a run.
pub async fn begin(page: &Page, work: Work) {
    autoencoder::data_loaded(page).await;
    let (step, start, _) = work.parts();
    page.click(step).await;
    for (field, value) in work.settings() {
        page.fill(field, value).await;
    }
    page.click(start).await;
    page.until("the run to begin", 60, async || running(page).await).await;
}

async fn running(page: &Page) -> bool {
    page.attribute("status-engine", "data-state").await == "running"
}

/// Where the run stands.
pub async fn place(page: &Page) -> Place {
    Place {
        step: page.count("run-progress", "data-step").await,
        total: page.count("run-progress", "max").await,
    }
}

/// Waits until the run has come so far; `None` where it ended before.
pub async fn until_share(page: &Page, share: f64) -> Option<Place> {
    loop {
        let place = place(page).await;
        if !running(page).await {
            return None;
        }
        if place.step >= 1.0 && place.step >= share * place.total {
            return Some(place);
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// Waits for the run's end; the figures of it.
pub async fn finish(page: &Page, work: Work) -> Figures {
    let (step, _, figures) = work.parts();
    page.click(step).await;
    let done = async || {
        let place = place(page).await;
        page.attribute("status-engine", "data-state").await == "ready" && place.step >= place.total
    };
    page.until("the run's end", PATIENCE, done).await;
    let mut shown = Figures::new();
    for id in figures {
        page.part(id).await;
        page.until(id, 60, async || page.text(id).await.contains(|sign: char| sign.is_ascii_digit())).await;
        shown.push(((*id).to_owned(), page.read(id, FIGURES).await.to_string()));
    }
    shown
}
