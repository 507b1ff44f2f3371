//! The faults on show: a short list, each once, cleared by the success that answers it.

use crate::protocol::{EngineKind, Fault};

/// Most faults on show; older ones are said no more.
const MOST: usize = 4;

/// What a fault is about: a success in the same matter makes it void.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Files and sources of data.
    Data,
    /// An engine.
    Engine,
    /// A run and its settings.
    Run,
    /// Weights.
    Weights,
    /// Anything else, drawings and pictures for instance.
    Other,
}

/// A fault on show.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The engine that told it, if one did.
    pub engine: Option<EngineKind>,
    /// What it is about.
    pub matter: Matter,
    /// What happened.
    pub fault: Fault,
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Errors(Vec<Shown>);

impl Errors {
    /// Shows a fault, as the latest; one that is on show already is not said twice.
    pub fn add(&mut self, engine: Option<EngineKind>, fault: Fault) {
        self.add_about(matter_of(&fault), engine, fault);
    }

    /// The same with what it is about, where the fault alone does not tell: a file that the learner chose.
    pub fn add_about(&mut self, matter: Matter, engine: Option<EngineKind>, fault: Fault) {
        self.0.retain(|shown| shown.fault != fault);
        self.0.push(Shown { engine, matter, fault });
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// Something in this matter succeeded, or is tried anew.
    pub fn clear(&mut self, matter: Matter) {
        self.0.retain(|shown| shown.matter != matter);
    }

    /// This engine works again.
    pub fn clear_engine(&mut self, kind: EngineKind) {
        let gone = |shown: &Shown| shown.engine == Some(kind) && shown.matter == Matter::Engine;
        self.0.retain(|shown| !gone(shown));
    }

    /// The learner has read it.
    pub fn dismiss(&mut self, fault: &Fault) {
        self.0.retain(|shown| shown.fault != *fault);
    }

    /// All on show, the oldest first.
    pub fn faults(&self) -> Vec<Fault> {
        self.0.iter().map(|shown| shown.fault.clone()).collect()
    }
}

/// What a fault is about.
pub fn matter_of(fault: &Fault) -> Matter {
    match fault {
        Fault::File { file, .. } if is_of_page(file) => Matter::Weights,
        Fault::File { .. } => Matter::Data,
        // Of an engine that is started anew at once: its coming answers nothing, the next run does.
        Fault::Hung { .. } | Fault::Unreachable => Matter::Run,
        Fault::Setting { .. }
        | Fault::NoData
        | Fault::NoModel(_)
        | Fault::Diverged { .. }
        | Fault::Unresumable(_)
        | Fault::GivenUp(_) => Matter::Run,
        Fault::DeviceLost(_)
        | Fault::NoGpu(_)
        | Fault::Panic(_)
        | Fault::Protocol(_)
        | Fault::Late { .. }
        | Fault::NewVersion => Matter::Engine,
        Fault::Weights(_) => Matter::Weights,
        Fault::Other(_) => Matter::Other,
    }
}

/// Whether a file belongs to the page, not to the data.
fn is_of_page(file: &str) -> bool {
    [".json", ".safetensors"].iter().any(|ending| file.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::FileFault;

    fn file(name: &str) -> Fault {
        Fault::File { file: name.into(), reason: FileFault::CutShort }
    }

    #[test]
    fn an_error_neither_hides_another_nor_is_said_twice() {
        let mut errors = Errors::default();
        errors.add(None, file("a.gz"));
        errors.add(None, Fault::NoData);
        errors.add(None, file("a.gz"));
        assert_eq!(errors.faults(), [Fault::NoData, file("a.gz")]);
        (0..9).for_each(|index| errors.add(None, file(&format!("{index}.gz"))));
        assert_eq!(errors.faults().len(), MOST);
        assert_eq!(errors.faults().last(), Some(&file("8.gz")));
    }

    #[test]
    fn a_success_clears_its_own_matter_alone() {
        let mut errors = Errors::default();
        errors.add(Some(EngineKind::Cpu), file("a.gz"));
        errors.add(Some(EngineKind::Gpu), Fault::DeviceLost("gone".into()));
        errors.add(None, file("classifier.safetensors"));
        errors.add_about(Matter::Data, Some(EngineKind::Cpu), file("chosen.safetensors"));
        errors.clear(Matter::Data);
        errors.clear_engine(EngineKind::Cpu);
        let left = [Fault::DeviceLost("gone".into()), file("classifier.safetensors")];
        assert_eq!(errors.faults(), left);
        errors.clear_engine(EngineKind::Gpu);
        errors.dismiss(&left[1]);
        assert!(errors.faults().is_empty());
    }
}
