//! Which accident happens to which run, on which data, and when: dealt by a seed.

use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accident {
    /// The page is loaded again.
    Reload,
    /// Its tab is closed, and the page opened in another.
    TabClosed,
    /// The engine's worker is ended from outside, as by a browser short of memory.
    WorkerTerminated,
    /// The engine's program breaks down.
    Panic,
    /// The browser is killed by its process id, and started again with its profile.
    BrowserKilled,
    /// The GPU's device is lost.
    DeviceDestroyed,
    /// Every write to the browser's storage throws.
    StorageThrows,
    /// The host is cut off, and the page loaded again without it.
    NetworkCut,
}

impl Accident {
    const ALL: [Accident; 8] = [
        Self::Reload,
        Self::TabClosed,
        Self::WorkerTerminated,
        Self::Panic,
        Self::BrowserKilled,
        Self::DeviceDestroyed,
        Self::StorageThrows,
        Self::NetworkCut,
    ];
}

/// A kind of run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// An autoencoder.
    Autoencoder,
    /// The three classifiers.
    Comparison,
    /// Two latent sizes.
    Study,
}

impl Work {
    const ALL: [Work; 3] = [Self::Autoencoder, Self::Comparison, Self::Study];
}

/// One accident of the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case {
    /// What happens.
    pub accident: Accident,
    /// To which run.
    pub work: Work,
    /// Whether on the real data.
    pub real: bool,
    /// After which share of the run.
    pub moment: f64,
}

/// `count` cases, synthetic data first. Every accident and every kind of run comes equally often, in pairs that the
/// dice make; no device is lost where there is no GPU engine, and real data are used where they are.
pub fn cases(seed: u64, count: usize, gpu: bool, real: bool) -> Vec<Case> {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let accidents: Vec<_> =
        Accident::ALL.into_iter().filter(|accident| gpu || *accident != Accident::DeviceDestroyed).collect();
    let mut works: Vec<_> = (0..count).map(|index| Work::ALL[index % Work::ALL.len()]).collect();
    works.shuffle(&mut dice);
    let deal = |(index, work): (usize, Work)| Case {
        accident: accidents[index % accidents.len()],
        work,
        real: real && dice.random_bool(0.5),
        moment: dice.random_range(0.05..0.9),
    };
    let mut cases: Vec<_> = works.into_iter().enumerate().map(deal).collect();
    cases.sort_by_key(|case| case.real);
    cases
}
