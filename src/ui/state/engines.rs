//! The two engines as the page sees them, and the choice between them: which checks are still to be
//! made, in order, and what follows from their results.

use serde::{Deserialize, Serialize};

use crate::protocol::{Adapter, EngineKind, Fault, SelfTest};

/// Relative difference between the engines' self-tests that is still rounding. Two engines sum in
/// different orders, and Adam's first steps enlarge small differences of small gradients.
const RELATIVE_TOLERANCE: f32 = 0.02;
/// Absolute difference that is still rounding, on losses and outputs between 0 and 1.
const ABSOLUTE_TOLERANCE: f32 = 0.005;

/// The learner's wish (`engine-select`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preference {
    /// The faster of those that can be trusted.
    #[default]
    Auto,
    /// The CPU engine.
    Cpu,
    /// The GPU engine, even on a software adapter.
    Gpu,
}

/// What the browser says about WebGPU, before any engine is fetched.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum WebGpu {
    /// Not asked yet.
    #[default]
    Unknown,
    /// No `navigator.gpu`, or it gives no adapter.
    Missing,
    /// An insecure context (plain http from another machine): browsers keep WebGPU from such pages.
    Withheld,
    /// The browser does not answer the question for an adapter.
    Silent,
    /// An adapter.
    Found(Adapter),
}

/// Where a worker stands.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Health {
    /// Not started.
    #[default]
    Absent,
    /// Started; its `Ready` is awaited.
    Loading,
    /// Takes commands.
    Ready,
    /// Ended by a fault; it can be started anew.
    Failed(Fault),
}

/// One worker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Engine {
    /// Where it stands.
    pub health: Health,
    /// The GPU behind it.
    pub adapter: Option<Adapter>,
    /// Its answer to the self-test.
    pub self_test: Option<SelfTest>,
    /// Measured training images a second.
    pub speed: Option<f64>,
    /// It holds the data in use.
    pub has_data: bool,
}

/// What the page does next to find the better engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Fetch and start the GPU engine.
    StartGpu,
    /// Run the fixed training step.
    SelfTest(EngineKind),
    /// Give the GPU engine the data in use.
    LoadGpu,
    /// Measure images a second.
    Measure(EngineKind),
}

/// Why the engine in use is in use.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Checks are under way.
    Checking,
    /// The learner's wish.
    Wish,
    /// No WebGPU in this browser or on this machine.
    NoWebGpu,
    /// The page came over plain http from another machine.
    InsecureContext,
    /// The browser was asked for an adapter and does not answer.
    SilentWebGpu,
    /// Only a software adapter.
    Software(String),
    /// The GPU computed something else than the CPU.
    SelfTestFailed(String),
    /// The GPU engine failed.
    GpuFailed(Fault),
    /// Both were measured, in images a second.
    Measured {
        /// The GPU engine's.
        gpu: f64,
        /// The CPU engine's.
        cpu: f64,
    },
}

/// Both workers and the wish.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Engines {
    /// The CPU engine; it answers all questions.
    pub cpu: Engine,
    /// The GPU engine; it only trains.
    pub gpu: Engine,
    /// What the browser says about WebGPU.
    pub web_gpu: WebGpu,
    /// The learner's wish.
    pub preference: Preference,
    /// The check whose answer is awaited.
    pub pending: Option<Check>,
}

impl Engines {
    /// One of the two.
    pub fn get(&self, kind: EngineKind) -> &Engine {
        match kind {
            EngineKind::Cpu => &self.cpu,
            EngineKind::Gpu => &self.gpu,
        }
    }

    /// One of the two, to change.
    pub fn get_mut(&mut self, kind: EngineKind) -> &mut Engine {
        match kind {
            EngineKind::Cpu => &mut self.cpu,
            EngineKind::Gpu => &mut self.gpu,
        }
    }

    /// A worker failed: what was known of it is void, and so is a check that waits for it.
    pub fn fail(&mut self, kind: EngineKind, fault: Fault) {
        *self.get_mut(kind) = Engine { health: Health::Failed(fault), ..Engine::default() };
        self.pending = None;
    }

    /// The engine that trains, and why.
    pub fn choice(&self) -> (EngineKind, Reason) {
        let wish = self.preference;
        if wish == Preference::Cpu {
            return (EngineKind::Cpu, Reason::Wish);
        }
        match self.web_gpu {
            WebGpu::Missing => return (EngineKind::Cpu, Reason::NoWebGpu),
            WebGpu::Silent => return (EngineKind::Cpu, Reason::SilentWebGpu),
            WebGpu::Withheld => return (EngineKind::Cpu, Reason::InsecureContext),
            WebGpu::Unknown | WebGpu::Found(_) => {}
        }
        if let (Preference::Auto, Some(name)) = (wish, self.software()) {
            return (EngineKind::Cpu, Reason::Software(name));
        }
        if let Health::Failed(fault) = &self.gpu.health {
            return (EngineKind::Cpu, Reason::GpuFailed(fault.clone()));
        }
        match (self.self_tests(), wish) {
            (Some(Err(detail)), _) => (EngineKind::Cpu, Reason::SelfTestFailed(detail)),
            (Some(Ok(())), Preference::Gpu) => (EngineKind::Gpu, Reason::Wish),
            (None, Preference::Gpu) => (EngineKind::Gpu, Reason::Checking),
            (Some(Ok(())), _) => self.faster(),
            (None, _) => (EngineKind::Cpu, Reason::Checking),
        }
    }

    /// The chosen engine takes commands and has passed its checks.
    pub fn chosen_ready(&self) -> bool {
        let (kind, reason) = self.choice();
        let trusted = kind == EngineKind::Cpu || reason != Reason::Checking;
        let engine = self.get(kind);
        engine.health == Health::Ready && engine.has_data && trusted
    }

    /// The GPU engine is there, has the data in use and computes what the CPU does.
    pub fn gpu_trusted(&self) -> bool {
        let there = self.gpu.health == Health::Ready && self.gpu.has_data;
        there && self.gpu.self_test.as_ref().is_some() && !matches!(self.self_tests(), Some(Err(_)))
    }

    /// The next check to make, if one can be made now; `busy` while a run is under way.
    pub fn next_check(&self, busy: bool) -> Option<Check> {
        if self.pending.is_some() || self.cpu.health != Health::Ready || !self.cpu.has_data {
            return None;
        }
        if !busy && self.cpu.speed.is_none() && self.preference != Preference::Gpu {
            return Some(Check::Measure(EngineKind::Cpu));
        }
        if !self.gpu_wanted() || busy {
            return None;
        }
        match self.gpu.health {
            Health::Absent => Some(Check::StartGpu),
            Health::Ready => self.next_gpu_check(),
            Health::Loading | Health::Failed(_) => None,
        }
    }

    fn next_gpu_check(&self) -> Option<Check> {
        if self.gpu.self_test.is_none() {
            return Some(Check::SelfTest(EngineKind::Gpu));
        }
        if self.cpu.self_test.is_none() {
            return Some(Check::SelfTest(EngineKind::Cpu));
        }
        if !matches!(self.self_tests(), Some(Ok(()))) {
            return None;
        }
        if !self.gpu.has_data {
            return Some(Check::LoadGpu);
        }
        let measure = self.gpu.speed.is_none() && self.software().is_none();
        measure.then_some(Check::Measure(EngineKind::Gpu))
    }

    fn gpu_wanted(&self) -> bool {
        match (&self.web_gpu, self.preference) {
            (WebGpu::Unknown | WebGpu::Missing | WebGpu::Withheld | WebGpu::Silent, _)
            | (_, Preference::Cpu) => false,
            (_, Preference::Gpu) => true,
            (_, Preference::Auto) => self.software().is_none(),
        }
    }

    /// The adapter's name where it is a software one, as the browser or the engine found.
    fn software(&self) -> Option<String> {
        let offered = match &self.web_gpu {
            WebGpu::Found(adapter) => Some(adapter),
            WebGpu::Unknown | WebGpu::Missing | WebGpu::Withheld | WebGpu::Silent => None,
        };
        let known = [self.gpu.adapter.as_ref(), offered].into_iter().flatten();
        known.filter(|adapter| adapter.software).map(|adapter| adapter.name.clone()).next()
    }

    fn self_tests(&self) -> Option<Result<(), String>> {
        Some(agree(self.cpu.self_test.as_ref()?, self.gpu.self_test.as_ref()?))
    }

    fn faster(&self) -> (EngineKind, Reason) {
        let (Some(gpu), Some(cpu)) = (self.gpu.speed, self.cpu.speed) else {
            return (EngineKind::Cpu, Reason::Checking);
        };
        let kind = if gpu > cpu { EngineKind::Gpu } else { EngineKind::Cpu };
        (kind, Reason::Measured { gpu, cpu })
    }
}

/// Whether two engines computed the same, up to rounding; the first difference where not.
///
/// # Errors
/// The two values that differ, for the learner to see.
pub fn agree(cpu: &SelfTest, gpu: &SelfTest) -> Result<(), String> {
    let series = [(&cpu.losses, &gpu.losses), (&cpu.outputs, &gpu.outputs)];
    for (expected, found) in series {
        if expected.len() != found.len() || expected.is_empty() {
            return Err(format!("{} ≠ {}", found.len(), expected.len()));
        }
        let close = |a: f32, b: f32| (a - b).abs() <= ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * a.abs();
        if let Some((a, b)) = expected.iter().zip(found).find(|(a, b)| !close(**a, **b)) {
            return Err(format!("{b:.4} ≠ {a:.4}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(loss: f32) -> SelfTest {
        SelfTest { losses: vec![loss, 0.1], outputs: vec![0.5] }
    }

    fn both_ready() -> Engines {
        let mut engines = Engines::default();
        engines.cpu.health = Health::Ready;
        engines.cpu.has_data = true;
        engines.web_gpu = WebGpu::Found(Adapter { name: "real".into(), software: false });
        engines
    }

    #[test]
    fn the_checks_follow_one_another_and_end_in_the_faster_engine() {
        let mut e = both_ready();
        assert_eq!(e.next_check(false), Some(Check::Measure(EngineKind::Cpu)));
        e.cpu.speed = Some(2000.0);
        assert_eq!(e.next_check(false), Some(Check::StartGpu));
        e.gpu.health = Health::Ready;
        assert_eq!(e.next_check(false), Some(Check::SelfTest(EngineKind::Gpu)));
        e.gpu.self_test = Some(test(0.2));
        assert_eq!(e.next_check(false), Some(Check::SelfTest(EngineKind::Cpu)));
        e.cpu.self_test = Some(test(0.2001));
        assert_eq!(e.next_check(false), Some(Check::LoadGpu));
        e.gpu.has_data = true;
        assert_eq!(e.next_check(false), Some(Check::Measure(EngineKind::Gpu)));
        assert_eq!(e.choice().0, EngineKind::Cpu);
        e.gpu.speed = Some(6200.0);
        assert_eq!(e.choice(), (EngineKind::Gpu, Reason::Measured { gpu: 6200.0, cpu: 2000.0 }));
        assert_eq!(e.next_check(false), None);
        e.gpu.speed = Some(900.0);
        assert_eq!(e.choice().0, EngineKind::Cpu);
    }

    #[test]
    fn an_insecure_context_is_the_reason_and_no_gpu_is_asked_for() {
        let mut e = both_ready();
        e.cpu.speed = Some(2000.0);
        e.web_gpu = WebGpu::Withheld;
        for wish in [Preference::Auto, Preference::Gpu] {
            e.preference = wish;
            assert_eq!(e.choice(), (EngineKind::Cpu, Reason::InsecureContext));
            assert!(e.next_check(false).is_none() && e.chosen_ready());
        }
    }

    #[test]
    fn a_gpu_that_computes_something_else_is_not_used_even_on_request() {
        let mut e = both_ready();
        e.preference = Preference::Gpu;
        e.gpu.health = Health::Ready;
        assert_eq!(e.choice(), (EngineKind::Gpu, Reason::Checking));
        assert!(!e.chosen_ready());
        e.cpu.self_test = Some(test(0.2));
        e.gpu.self_test = Some(test(0.3));
        assert!(matches!(e.choice(), (EngineKind::Cpu, Reason::SelfTestFailed(_))));
        e.gpu.self_test = Some(test(f32::NAN));
        assert!(matches!(e.choice(), (EngineKind::Cpu, Reason::SelfTestFailed(_))));
    }

    #[test]
    fn a_software_adapter_is_used_on_request_only() {
        let mut e = both_ready();
        e.cpu.speed = Some(2000.0);
        e.web_gpu = WebGpu::Found(Adapter { name: "SwiftShader".into(), software: true });
        assert_eq!(e.next_check(false), None);
        assert_eq!(e.choice(), (EngineKind::Cpu, Reason::Software("SwiftShader".into())));
        e.preference = Preference::Gpu;
        assert_eq!(e.next_check(false), Some(Check::StartGpu));
        e.gpu.health = Health::Ready;
        (e.cpu.self_test, e.gpu.self_test) = (Some(test(0.2)), Some(test(0.2)));
        e.gpu.has_data = true;
        assert_eq!(e.next_check(false), None);
        assert_eq!(e.choice(), (EngineKind::Gpu, Reason::Wish));
        assert!(e.chosen_ready());
    }

    #[test]
    fn without_webgpu_or_after_its_failure_the_cpu_trains() {
        let mut e = both_ready();
        e.preference = Preference::Gpu;
        e.web_gpu = WebGpu::Missing;
        assert_eq!(e.choice(), (EngineKind::Cpu, Reason::NoWebGpu));
        e.web_gpu = WebGpu::Silent;
        assert_eq!(e.choice(), (EngineKind::Cpu, Reason::SilentWebGpu));
        assert!(e.chosen_ready());
        e.cpu.has_data = false;
        assert!(!e.chosen_ready(), "an engine started anew gets its data first");
        e.cpu.has_data = true;
        e.web_gpu = WebGpu::Found(Adapter { name: "real".into(), software: false });
        e.pending = Some(Check::SelfTest(EngineKind::Gpu));
        e.fail(EngineKind::Gpu, Fault::DeviceLost("gone".into()));
        assert!(matches!(e.choice(), (EngineKind::Cpu, Reason::GpuFailed(_))));
        assert_eq!(e.pending, None);
    }
}
