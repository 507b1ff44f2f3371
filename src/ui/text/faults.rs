//! Faults in the learner's words: what happened, and what to do.

use super::{Locale, phrases};
use crate::protocol::{Fault, FileFault, ModelSlot};
use crate::ui::format;
use crate::ui::state::engines::Reason;

phrases! {
    file_said(file: &str, reason: &str) { en: "{file}: {reason}.", es: "{file}: {reason}." }
    setting(field: &str, min: f64, max: f64) {
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
    device_lost(detail: &str) {
        en: "The graphics processor was lost ({detail}). Start again: the page trains on the CPU meanwhile.",
        es: "Se perdió la tarjeta gráfica ({detail}). Empieza de nuevo: mientras tanto la página entrena en la CPU."
    }
    no_gpu(detail: &str) {
        en: "WebGPU cannot be used here ({detail}). The page trains on the CPU.",
        es: "Aquí no se puede usar WebGPU ({detail}). La página entrena en la CPU."
    }
    panicked(detail: &str) {
        en: "The engine broke down ({detail}). It is started anew when you start again; weights trained in this visit may be lost.",
        es: "El motor se averió ({detail}). Se pone en marcha de nuevo cuando vuelvas a empezar; los pesos entrenados en esta visita pueden perderse."
    }
    weights(detail: &str) {
        en: "These weights were refused: {detail}. The model that was loaded before stays.",
        es: "Se rechazaron estos pesos: {detail}. El modelo cargado antes se conserva."
    }
    protocol(detail: &str) {
        en: "Page and engine are of different versions ({detail}). Reload the page.",
        es: "La página y el motor son de versiones distintas ({detail}). Recarga la página."
    }
    other(detail: &str) { en: "{detail}", es: "El motor dice: {detail}" }
    http(status: u16) { en: "not found there (HTTP {status})", es: "no está allí (HTTP {status})" }
    network(detail: &str) { en: "could not be fetched ({detail})", es: "no se pudo traer ({detail})" }
    stalled(seconds: u32) { en: "nothing arrived for {seconds} seconds", es: "no llegó nada durante {seconds} segundos" }
    sum {
        en: "is not the file it should be: its SHA-256 sum does not match",
        es: "no es el archivo que debería ser: su suma SHA-256 no coincide"
    }
    gzip(detail: &str) { en: "broken or cut short (gzip: {detail})", es: "dañado o cortado (gzip: {detail})" }
    idx(detail: &str) { en: "not in the format expected ({detail})", es: "no tiene el formato esperado ({detail})" }
    counts(images: u32, labels: u32) {
        en: "{images} images but {labels} labels", es: "{images} imágenes pero {labels} etiquetas"
    }
    unknown {
        en: "is none of the four Fashion-MNIST files", es: "no es ninguno de los cuatro archivos de Fashion-MNIST"
    }
    checking { en: "Comparing the engines…", es: "Comparando los motores…" }
    wish { en: "Chosen by you", es: "Elegido por ti" }
    no_webgpu { en: "No WebGPU here", es: "Aquí no hay WebGPU" }
    insecure_context {
        en: "WebGPU and offline use need https or localhost",
        es: "WebGPU y el uso sin conexión necesitan https o localhost"
    }
    software(name: &str) { en: "Software adapter ({name})", es: "Adaptador por software ({name})" }
    self_test_failed(detail: &str) { en: "Self-test failed: {detail}", es: "La autoprueba falló: {detail}" }
    gpu_failed(detail: &str) { en: "GPU engine failed: {detail}", es: "El motor de GPU falló: {detail}" }
    measured(gpu: &str, cpu: &str) {
        en: "GPU {gpu} images/s against CPU {cpu}", es: "GPU {gpu} imágenes/s frente a CPU {cpu}"
    }
}

/// A fault in the learner's words.
pub fn fault(locale: Locale, fault: &Fault) -> String {
    match fault {
        Fault::File { file, reason } => file_said(locale, file, &file_fault(locale, reason)),
        Fault::Setting { field, min, max } => setting(locale, field, *min, *max),
        Fault::NoData => no_data(locale).into(),
        Fault::NoModel(slot) => no_model(locale, model(locale, *slot)),
        Fault::Diverged { step, .. } => diverged(locale, *step),
        Fault::DeviceLost(detail) => device_lost(locale, detail),
        Fault::NoGpu(detail) => no_gpu(locale, detail),
        Fault::Panic(detail) => panicked(locale, detail),
        Fault::Weights(detail) => weights(locale, detail),
        Fault::Protocol(detail) => protocol(locale, detail),
        Fault::Other(detail) => other(locale, detail),
    }
}

/// Why a file could not be used, without its name.
pub fn file_fault(locale: Locale, fault: &FileFault) -> String {
    match fault {
        FileFault::Http(status) => http(locale, *status),
        FileFault::Network(detail) => network(locale, detail),
        FileFault::Stalled(seconds) => stalled(locale, *seconds),
        FileFault::Sum { .. } => sum(locale).into(),
        FileFault::Gzip(detail) => gzip(locale, detail),
        FileFault::Idx(detail) => idx(locale, detail),
        FileFault::Counts { images, labels } => counts(locale, *images, *labels),
        FileFault::Unknown => unknown(locale).into(),
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
        Reason::SelfTestFailed(detail) => self_test_failed(locale, detail),
        Reason::GpuFailed(fault) => gpu_failed(locale, &fault.to_string()),
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
}
