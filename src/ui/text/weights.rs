//! Phrases about models as files.

use super::phrases;

phrases! {
    heading { en: "Models as files", es: "Modelos como archivos" }
    note {
        en: "A model as a safetensors file, for later, for another computer or for PyTorch. One can also be dropped anywhere on the page.",
        es: "Un modelo como archivo safetensors, para más tarde, para otro ordenador o para PyTorch. También puedes soltar uno en cualquier lugar de la página."
    }
    save(model: &str) { en: "Save: {model}", es: "Guardar: {model}" }
    half {
        en: "Half precision: half the size, nearly the same",
        es: "Precisión media: la mitad de tamaño, casi lo mismo"
    }
    open { en: "Open a model…", es: "Abrir un modelo…" }
    autoencoder { en: "autoencoder", es: "autocodificador" }
    shipped { en: "the classifier that knows drawings", es: "el clasificador que conoce dibujos" }
    reading(name: &str) { en: "«{name}» is being read…", es: "Se está leyendo «{name}»…" }
    opened(name: &str, model: &str) {
        en: "«{name}» is open; in its place now: {model}.",
        es: "«{name}» está abierto; ahora en su sitio: {model}."
    }
    refused(name: &str, reason: &str) {
        en: "«{name}» was not opened; what was there stays. {reason}",
        es: "«{name}» no se abrió; lo que había sigue ahí. {reason}"
    }
    nothing_yet { en: "Nothing to save yet.", es: "Todavía no hay nada que guardar." }
}
