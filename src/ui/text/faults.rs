//! Faults in the learner's words: what happened, and what to do.

use super::files::{file_fault, weights_fault};
use super::{Locale, phrases};
use crate::protocol::{EngineKind, Fault, FileFault, ModelSlot, WeightsFault};
use crate::ui::format;
use crate::ui::state::engines::Reason;

phrases! {
    file_said(file: &str, reason: &str) { en: "{file}: {reason}.", es: "{file}: {reason}." }
    setting(field: &str, min: &str, max: &str) {
        en: "The setting «{field}» must be from {min} to {max}. Correct it and start again.",
        es: "El ajuste «{field}» debe estar entre {min} y {max}. Corrígelo y empieza de nuevo."
    }
    no_data {
        en: "There is no data to work on. Open the step Data and load the files or use the synthetic garments.",
        es: "No hay datos con los que trabajar. Abre el paso Datos y carga los archivos o usa las prendas sintéticas."
    }
    no_model(model: &str) {
        en: "There is no {model} yet. Train it first.",
        es: "Aún no hay {model}. Entrénalo primero."
    }
    model_autoencoder { en: "trained autoencoder", es: "autocodificador entrenado" }
    model_classifier { en: "trained classifier", es: "clasificador entrenado" }
    diverged(step: u32) {
        en: "The loss is no longer a number (batch {step}): the corrections were too large. Choose a smaller learning rate and start again.",
        es: "La pérdida dejó de ser un número (lote {step}): las correcciones eran demasiado grandes. Elige una tasa de aprendizaje menor y empieza de nuevo."
    }
    device_lost {
        en: "The graphics processor was lost: it was reset, or something else needed it. Start again: the page trains on the CPU meanwhile.",
        es: "Se perdió la tarjeta gráfica: se reinició o la necesitó otro programa. Empieza de nuevo: mientras tanto la página entrena en la CPU."
    }
    no_gpu {
        en: "WebGPU cannot be used here. The page trains on the CPU.",
        es: "Aquí no se puede usar WebGPU. La página entrena en la CPU."
    }
    panicked {
        en: "The engine broke down. It is started anew when you start again, with the same data; what a run had learned since its last full epoch is lost.",
        es: "El motor se averió. Se pone en marcha de nuevo cuando vuelvas a empezar, con los mismos datos; se pierde lo aprendido desde la última época completa."
    }
    weights(reason: &str) {
        en: "These weights were refused: {reason}. The model that was loaded before stays.",
        es: "Se rechazaron estos pesos: {reason}. El modelo cargado antes se conserva."
    }
    protocol {
        en: "Page and engine do not fit together, as after an update. Reload the page.",
        es: "La página y el motor no encajan, como tras una actualización. Recarga la página."
    }
    new_version {
        en: "There is a new version of this page, and files of the old one are gone. Reload the page.",
        es: "Hay una versión nueva de esta página y ya no están los archivos de la anterior. Recarga la página."
    }
    late_cpu(seconds: u32) {
        en: "The engine has not come within {seconds} seconds: the connection is slow or broken. It is used as soon as it comes.",
        es: "El motor no ha llegado en {seconds} segundos: la conexión es lenta o está cortada. Se usará en cuanto llegue."
    }
    late_gpu(seconds: u32) {
        en: "The GPU engine has not answered within {seconds} seconds. The page trains on the CPU.",
        es: "El motor de GPU no ha respondido en {seconds} segundos. La página entrena en la CPU."
    }
    hung(seconds: u32) {
        en: "The engine did not stop within {seconds} seconds. It was ended and is started anew, with the same data; what the run had learned since its last full epoch is lost.",
        es: "El motor no paró en {seconds} segundos. Se ha terminado y se pone en marcha de nuevo, con los mismos datos; se pierde lo aprendido desde la última época completa."
    }
    unreachable_weights {
        en: "The autoencoder that this run begins with is in the CPU engine, which does not answer. Start again in a moment: that engine is started anew.",
        es: "El autocodificador con el que empieza está en el motor de CPU, que no responde. Vuelve a empezar dentro de un momento: ese motor se pone en marcha de nuevo."
    }
    unresumable {
        en: "The interrupted training cannot go on: what was kept of it is damaged, of another version of this page, or of other data. Start it again.",
        es: "El entrenamiento interrumpido no puede seguir: lo que se guardó está dañado, es de otra versión de esta página o de otros datos. Vuelve a empezarlo."
    }
    given_up(times: &str) {
        en: "Engines broke down {times} times in this training, so it was stopped. Close other programs or choose the other engine, then let it go on.",
        es: "Los motores se averiaron {times} veces en este entrenamiento, así que se paró. Cierra otros programas o elige el otro motor y deja que siga."
    }
    other(detail: &str) { en: "{detail}", es: "{detail}" }
    checking { en: "Comparing the engines…", es: "Comparando los motores…" }
    wish { en: "Chosen by you", es: "Elegido por ti" }
    no_webgpu { en: "No WebGPU here", es: "Aquí no hay WebGPU" }
    insecure_context {
        en: "WebGPU and offline use need https or localhost",
        es: "WebGPU y el uso sin conexión necesitan https o localhost"
    }
    software(name: &str) { en: "Software adapter ({name})", es: "Adaptador por software ({name})" }
    silent_webgpu { en: "WebGPU does not answer", es: "WebGPU no responde" }
    self_test_failed { en: "The GPU calculates wrongly here", es: "La GPU calcula mal aquí" }
    gpu_failed { en: "The GPU engine failed", es: "El motor de GPU falló" }
    gpu_late { en: "The GPU engine does not answer", es: "El motor de GPU no responde" }
    measured(gpu: &str, cpu: &str) {
        en: "GPU {gpu} images/s against CPU {cpu}", es: "GPU {gpu} imágenes/s frente a CPU {cpu}"
    }
}

/// A fault in the learner's words.
pub fn fault(locale: Locale, fault: &Fault) -> String {
    match fault {
        Fault::File { file, reason } => file_said(locale, file, &file_fault(locale, reason)),
        Fault::Setting { field, min, max } => {
            setting(locale, field, &format::exact(locale, *min), &format::exact(locale, *max))
        }
        Fault::NoData => no_data(locale).into(),
        Fault::NoModel(slot) => no_model(locale, model(locale, *slot)),
        Fault::Diverged { step, .. } => diverged(locale, *step),
        Fault::DeviceLost(_) => device_lost(locale).into(),
        Fault::NoGpu(_) => no_gpu(locale).into(),
        Fault::Panic(_) => panicked(locale).into(),
        Fault::Weights(reason) => weights(locale, &weights_fault(locale, reason)),
        Fault::Protocol(_) => protocol(locale).into(),
        Fault::NewVersion => new_version(locale).into(),
        Fault::Late { engine: EngineKind::Cpu, seconds } => late_cpu(locale, *seconds),
        Fault::Late { engine: EngineKind::Gpu, seconds } => late_gpu(locale, *seconds),
        Fault::Hung { seconds, .. } => hung(locale, *seconds),
        Fault::Unresumable(_) => unresumable(locale).into(),
        Fault::GivenUp(times) => given_up(locale, &format::count(locale, (*times).into())),
        Fault::Unreachable => unreachable_weights(locale).into(),
        Fault::Other(detail) => other(locale, detail),
    }
}

/// The exact reason in technical words, for whoever wants to look it up; in English, as it came.
pub fn detail(fault: &Fault) -> Option<String> {
    let exact = match fault {
        Fault::File {
            reason:
                FileFault::Network(detail)
                | FileFault::Content(detail)
                | FileFault::Damaged(detail)
                | FileFault::Unreadable(detail),
            ..
        } => detail.clone(),
        Fault::DeviceLost(detail) | Fault::NoGpu(detail) | Fault::Panic(detail) | Fault::Protocol(detail) => {
            detail.clone()
        }
        Fault::Weights(WeightsFault::Form(_)) => String::new(),
        Fault::Weights(reason) => reason.to_string(),
        _ => String::new(),
    };
    (!exact.is_empty()).then_some(exact)
}

/// The exact reason for the engine in use, where there is more to say than [`reason`] does.
pub fn reason_detail(locale: Locale, why: &Reason) -> String {
    match why {
        Reason::SelfTestFailed(difference) => difference.clone(),
        Reason::GpuFailed(why) => {
            let said = fault(locale, why);
            detail(why).map_or(said.clone(), |detail| format!("{said} ({detail})"))
        }
        _ => String::new(),
    }
}

/// Why the engine in use is in use.
pub fn reason(locale: Locale, why: &Reason) -> String {
    match why {
        Reason::Checking => checking(locale).into(),
        Reason::Wish => wish(locale).into(),
        Reason::NoWebGpu => no_webgpu(locale).into(),
        Reason::InsecureContext => insecure_context(locale).into(),
        Reason::Software(name) => software(locale, name),
        Reason::SilentWebGpu => silent_webgpu(locale).into(),
        Reason::SelfTestFailed(_) => self_test_failed(locale).into(),
        Reason::GpuFailed(Fault::Late { .. }) => gpu_late(locale).into(),
        Reason::GpuFailed(_) => gpu_failed(locale).into(),
        Reason::Measured { gpu, cpu } => {
            measured(locale, &format::speed(locale, *gpu), &format::speed(locale, *cpu))
        }
    }
}

fn model(locale: Locale, slot: ModelSlot) -> &'static str {
    match slot {
        ModelSlot::Autoencoder => model_autoencoder(locale),
        _ => model_classifier(locale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_names_both_speeds() {
        let why = Reason::Measured { gpu: 6203.0, cpu: 2001.0 };
        assert_eq!(reason(Locale::En, &why), "GPU 6,200 images/s against CPU 2,000");
        assert_eq!(reason(Locale::Es, &why), "GPU 6200 imágenes/s frente a CPU 2000");
    }

    #[test]
    fn a_broken_file_is_named_with_its_reason_in_both_languages() {
        let broken = Fault::File { file: "t10k-labels-idx1-ubyte.gz".into(), reason: FileFault::Http(404) };
        assert_eq!(fault(Locale::En, &broken), "t10k-labels-idx1-ubyte.gz: not found there (HTTP 404).");
        assert_eq!(fault(Locale::Es, &broken), "t10k-labels-idx1-ubyte.gz: no está allí (HTTP 404).");
    }

    #[test]
    fn what_to_do_is_said() {
        let diverged = Fault::Diverged { step: 12, value: "NaN".into() };
        assert!(fault(Locale::En, &diverged).contains("smaller learning rate"));
        assert!(fault(Locale::Es, &diverged).contains("tasa de aprendizaje menor"));
    }

    /// Stack traces, parsers' complaints and sums are for whoever unfolds them.
    #[test]
    fn technical_words_are_in_the_detail_alone() {
        let raw = "RuntimeError: unreachable at wasm-function[1234]:0x5f3e";
        let file = |reason| Fault::File { file: "a.gz".into(), reason };
        let faults = [
            Fault::Panic(raw.into()),
            Fault::DeviceLost(raw.into()),
            Fault::NoGpu(raw.into()),
            Fault::Protocol(raw.into()),
            Fault::Weights(WeightsFault::Damaged(raw.into())),
            file(FileFault::Network(raw.into())),
            file(FileFault::Damaged(raw.into())),
            file(FileFault::Content(raw.into())),
            file(FileFault::Unreadable(raw.into())),
        ];
        for shown in &faults {
            for locale in Locale::ALL {
                assert!(!fault(locale, shown).contains("wasm-function"), "{}", fault(locale, shown));
                let header = reason(locale, &Reason::GpuFailed(shown.clone()));
                assert!(header.len() < 40, "{header}");
            }
            assert!(detail(shown).is_some_and(|detail| detail.contains(raw)));
        }
    }

    #[test]
    fn a_log_in_page_is_called_one_in_both_languages() {
        let reason = FileFault::Form(crate::data::Form::WebPage);
        let page = Fault::File { file: "train-labels-idx1-ubyte.gz".into(), reason };
        assert!(fault(Locale::En, &page).contains("is a web page, perhaps your network's log-in page"));
        assert!(fault(Locale::Es, &page).contains("es una página web, quizá la de acceso a tu red"));
    }
}
