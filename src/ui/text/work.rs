//! Phrases about the learner's work and where it is kept.

use super::{Locale, files, phrases};
use crate::workspace::WorkspaceError;

phrases! {
    heading { en: "Your work", es: "Tu trabajo" }
    looking { en: "Looking for earlier work…", es: "Buscando trabajo anterior…" }
    nothing_yet {
        en: "Nothing to keep yet: what you train and draw is kept in this browser by itself.",
        es: "Aún no hay nada que guardar: lo que entrenes y dibujes se guarda solo en este navegador."
    }
    amount(models: usize, runs: usize, drawings: usize) {
        en: "trained or opened models: {models}, runs: {runs}, drawings: {drawings}",
        es: "modelos entrenados o abiertos: {models}, ejecuciones: {runs}, dibujos: {drawings}"
    }
    kept(amount: &str, size: &str) {
        en: "Kept in this browser ({amount}; {size}): it is here again when you come back.",
        es: "Guardado en este navegador ({amount}; {size}): estará aquí cuando vuelvas."
    }
    not_kept(amount: &str, size: &str) {
        en: "Not kept: {amount}; {size}.", es: "Sin guardar: {amount}; {size}."
    }
    occupied(size: &str) {
        en: "With data files and the page itself: {size}.", es: "Con los archivos de datos y la página misma: {size}."
    }
    save { en: "Save everything as a file", es: "Guardar todo como archivo" }
    open { en: "Open saved work…", es: "Abrir trabajo guardado…" }
    forget { en: "Forget everything…", es: "Olvidar todo…" }
    forget_ask {
        en: "Models, runs, drawings, settings and data files are deleted from this browser, and the page begins anew. This cannot be undone.",
        es: "Se borran de este navegador los modelos, las ejecuciones, los dibujos, los ajustes y los archivos de datos, y la página empieza de nuevo. No se puede deshacer."
    }
    forget_yes { en: "Forget everything", es: "Olvidar todo" }
    forget_no { en: "Keep it", es: "Conservarlo" }
    note {
        en: "One file (.telar) with all models, runs and drawings: to hand in, to take home, to go on elsewhere. It can also be dropped anywhere on the page.",
        es: "Un solo archivo (.telar) con todos los modelos, ejecuciones y dibujos: para entregarlo, llevarlo a casa o seguir en otro sitio. También se puede soltar en cualquier lugar de la página."
    }
    lost(names: &str) { en: "Not kept so far: {names}.", es: "Sin guardar hasta ahora: {names}." }
    runs(count: usize) { en: "runs: {count}", es: "ejecuciones: {count}" }
    drawings(count: usize) { en: "drawings: {count}", es: "dibujos: {count}" }
    takes_over {
        en: "The other tab is closed: this one keeps your work now.",
        es: "La otra pestaña está cerrada: ahora esta guarda tu trabajo."
    }
    elsewhere {
        en: "This page is open in another tab, and that one keeps your work. What you do here is not kept: close the other tab, and this one takes over, or save everything as a file.",
        es: "Esta página está abierta en otra pestaña, y es esa la que guarda tu trabajo. Lo que hagas aquí no se guarda: cierra la otra pestaña y esta la releva, o guarda todo como archivo."
    }
    refused_here {
        en: "This browser keeps nothing for this page (a private window, blocked site data, or a page inside another). Models, runs and drawings are lost when you leave: save everything as a file before.",
        es: "Este navegador no guarda nada para esta página (ventana privada, datos del sitio bloqueados o una página dentro de otra). Los modelos, las ejecuciones y los dibujos se pierden al salir: antes guarda todo como archivo."
    }
    full {
        en: "The browser has no room left for this page. The latest models, runs and drawings are not kept: save everything as a file, or make room on the disk.",
        es: "Al navegador no le queda sitio para esta página. Los últimos modelos, ejecuciones y dibujos no se guardan: guarda todo como archivo o libera espacio en el disco."
    }
    newer {
        en: "A newer version of this page has kept work here, which this one cannot read. It stays as it is, and nothing new is kept: reload the page, or save everything as a file.",
        es: "Una versión más nueva de esta página ha guardado aquí trabajo que esta no sabe leer. Se queda como está y no se guarda nada nuevo: recarga la página o guarda todo como archivo."
    }
    silent {
        en: "The browser does not answer when the page wants to keep your work. Save everything as a file before you leave.",
        es: "El navegador no responde cuando la página quiere guardar tu trabajo. Guarda todo como archivo antes de salir."
    }
    unread(count: usize, reason: &str) {
        en: "Of the work kept here this could not be read, and was left as it is: {count}. The file or the entry {reason}.",
        es: "Del trabajo guardado aquí no se pudo leer esto, y se dejó como está: {count}. El archivo o la entrada {reason}."
    }
    reading(name: &str) { en: "«{name}» is being read…", es: "Se está leyendo «{name}»…" }
    opened(name: &str, runs: usize, drawings: usize, models: usize) {
        en: "«{name}» is open. Added: runs {runs}, drawings {drawings}; models now in use: {models}.",
        es: "«{name}» está abierto. Añadido: ejecuciones {runs}, dibujos {drawings}; modelos ahora en uso: {models}."
    }
    refused(name: &str, reason: &str) {
        en: "«{name}» was not opened; what was there stays. The file {reason}.",
        es: "«{name}» no se abrió; lo que había sigue ahí. El archivo {reason}."
    }
    unsaved(reason: &str) {
        en: "The file was not made: something in it {reason}.", es: "El archivo no se hizo: algo en él {reason}."
    }
    stranger { en: "is an archive of something else, not saved work", es: "es un archivo comprimido de otra cosa, no un trabajo guardado" }
    weights_alone {
        en: "is a single model: open it where it says «Open a model…»",
        es: "es un solo modelo: ábrelo donde dice «Abrir un modelo…»"
    }
    version(version: u32) {
        en: "is of version {version}, which this page does not know: reload the page for the newest one",
        es: "es de la versión {version}, que esta página no conoce: recarga la página para tener la más nueva"
    }
    cut_short { en: "is cut short: the download or the copy did not end", es: "está cortado: la descarga o la copia no terminó" }
    too_large { en: "is larger than saved work can be", es: "es mayor de lo que puede ser un trabajo guardado" }
    unknown(name: &str) { en: "holds «{name}», which is no part of saved work", es: "contiene «{name}», que no es parte de un trabajo guardado" }
    damaged(name: &str) { en: "is damaged at «{name}»: save or fetch it again", es: "está dañado en «{name}»: guárdalo o descárgalo otra vez" }
}

/// What is wrong with a workspace, as the end of a sentence.
pub(crate) fn reason(locale: Locale, error: &WorkspaceError) -> String {
    match error {
        WorkspaceError::Form(crate::data::Form::Safetensors) => weights_alone(locale).to_owned(),
        WorkspaceError::Form(form) => files::file_fault(locale, &crate::protocol::FileFault::Form(*form)),
        WorkspaceError::Stranger => stranger(locale).to_owned(),
        WorkspaceError::Version(number) => version(locale, *number),
        WorkspaceError::CutShort => cut_short(locale).to_owned(),
        WorkspaceError::TooLarge { .. } | WorkspaceError::TooMany(_) => too_large(locale).to_owned(),
        WorkspaceError::Unknown(name) => unknown(locale, name),
        WorkspaceError::Damaged { name, .. } => damaged(locale, name),
    }
}
