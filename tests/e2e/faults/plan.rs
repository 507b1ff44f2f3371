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
    /// A small autoencoder on the GPU engine, which takes its time on a software adapter.
    OnGpu,
}

impl Work {
    /// Those on the CPU engine.
    pub const ALL: [Work; 3] = [Self::Autoencoder, Self::Comparison, Self::Study];
}

/// Where a run is at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Soil {
    /// Synthetic garments, on the CPU.
    Synthetic,
    /// The real data, on the CPU.
    Real,
    /// Synthetic garments, on the GPU.
    Gpu,
}

/// One accident of the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case {
    /// What happens.
    pub accident: Accident,
    /// To which run.
    pub work: Work,
    /// Where.
    pub soil: Soil,
    /// After which share of the run.
    pub moment: f64,
}

/// `count` cases, one soil after the other. Every accident and every kind of run comes equally often, in pairs that the
/// dice make; no device is lost where there is no GPU engine, and real data are used where they are.
pub fn cases(seed: u64, count: usize, gpu: bool, real: bool) -> Vec<Case> {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let accidents: Vec<_> =
        Accident::ALL.into_iter().filter(|accident| gpu || *accident != Accident::DeviceDestroyed).collect();
    let mut works: Vec<_> = (0..count).map(|index| Work::ALL[index % Work::ALL.len()]).collect();
    works.shuffle(&mut dice);
    let deal = |(index, work): (usize, Work)| {
        let accident = accidents[index % accidents.len()];
        let soil = if real && dice.random_bool(0.5) { Soil::Real } else { Soil::Synthetic };
        let (work, soil) = match accident {
            Accident::DeviceDestroyed => (Work::OnGpu, Soil::Gpu),
            _ => (work, soil),
        };
        Case { accident, work, soil, moment: dice.random_range(0.05..0.9) }
    };
    let mut cases: Vec<_> = works.into_iter().enumerate().map(deal).collect();
    cases.sort_by_key(|case| case.soil);
    cases
}
