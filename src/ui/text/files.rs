//! What is wrong with a file, in the learner's words: the likely cause, and what to do. The exact reason is
//! for [`super::detail`].

use super::{Locale, phrases};
use crate::data::Form;
use crate::protocol::{FileFault, FileOutcome, WeightsFault};

phrases! {
    http(status: u16) { en: "not found there (HTTP {status})", es: "no está allí (HTTP {status})" }
    network { en: "could not be fetched: the connection or the server failed", es: "no se pudo traer: falló la conexión o el servidor" }
    stalled(seconds: u32) { en: "nothing arrived for {seconds} seconds", es: "no llegó nada durante {seconds} segundos" }
    slow(speed: u32) {
        en: "very slow ({speed} bytes a second): the next source was asked as well",
        es: "muy lento ({speed} bytes por segundo): se pidió también al siguiente origen"
    }
    content {
        en: "has the right form but another content: perhaps the handwritten digits (MNIST), whose files have the same names",
        es: "tiene la forma correcta pero otro contenido: quizá los dígitos manuscritos (MNIST), cuyos archivos se llaman igual"
    }
    cut_short {
        en: "is cut short: the download or the copy did not end. Fetch it again",
        es: "está cortado: la descarga o la copia no terminó. Descárgalo otra vez"
    }
    damaged { en: "is damaged. Fetch it again", es: "está dañado. Descárgalo otra vez" }
    too_large(megabytes: u32) {
        en: "is too large: none of the files has more than {megabytes} MB",
        es: "es demasiado grande: ninguno de los archivos pasa de {megabytes} MB"
    }
    unreadable {
        en: "cannot be read: it is a folder, or it is no longer there",
        es: "no se puede leer: es una carpeta o ya no está"
    }
    counts(images: u32, labels: u32) {
        en: "{images} images but {labels} labels", es: "{images} imágenes pero {labels} etiquetas"
    }
    empty { en: "is empty. Fetch it again", es: "está vacío. Descárgalo otra vez" }
    placeholder { en: "only keeps the place of a file", es: "solo guarda el sitio de un archivo" }
    web_page {
        en: "is a web page, perhaps your network's log-in page. Log in, then fetch the file again",
        es: "es una página web, quizá la de acceso a tu red. Entra en la red y descarga el archivo otra vez"
    }
    table {
        en: "is a table (CSV), the form that Kaggle has: this page reads the four original files, whose names end in «ubyte» or «ubyte.gz»; Kaggle's download holds them too",
        es: "es una tabla (CSV), la forma que tiene Kaggle: esta página lee los cuatro archivos originales, cuyos nombres acaban en «ubyte» o «ubyte.gz»; la descarga de Kaggle también los trae"
    }
    other_form {
        en: "is in another form (NumPy, Parquet or HDF5): this page reads the four original files, whose names end in «ubyte.gz»",
        es: "está en otra forma (NumPy, Parquet o HDF5): esta página lee los cuatro archivos originales, cuyos nombres acaban en «ubyte.gz»"
    }
    archive { en: "is an archive: unpack it, then drop the files in it", es: "es un archivo comprimido: descomprímelo y suelta lo que contiene" }
    safetensors { en: "holds weights (safetensors), not images", es: "contiene pesos (safetensors), no imágenes" }
    pickle {
        en: "is a PyTorch file (pickle in a zip), not safetensors: save it with safetensors.torch.save_file",
        es: "es un archivo de PyTorch (pickle en un zip), no safetensors: guárdalo con safetensors.torch.save_file"
    }
    lfs_pointer {
        en: "is a pointer of Git LFS, not the file itself: fetch it with git lfs pull",
        es: "es un puntero de Git LFS, no el archivo: tráelo con git lfs pull"
    }
    picture { en: "is a picture: the step Draw takes pictures", es: "es una imagen: el paso Dibujar acepta imágenes" }
    document { en: "is a document", es: "es un documento" }
    litter { en: "belongs to the computer's file manager", es: "es del gestor de archivos del ordenador" }
    plain_text { en: "is text", es: "es texto" }
    unknown {
        en: "is none of the four Fashion-MNIST files, nor anything else that this page knows",
        es: "no es ninguno de los cuatro archivos de Fashion-MNIST ni otra cosa que esta página conozca"
    }
    taken(name: &str) { en: "right ({name})", es: "correcto ({name})" }
    again { en: "right, the same once more", es: "correcto, el mismo otra vez" }
    passed { en: "passed over: it holds no data", es: "se omite: no contiene datos" }
    version(version: &str) {
        en: "it comes from a newer version ({version}) of this page. Reload the page",
        es: "viene de una versión más nueva ({version}) de esta página. Recarga la página"
    }
    kind(found: &str, wanted: &str) {
        en: "it holds a model of another kind ({found}; wanted: {wanted})",
        es: "contiene un modelo de otra clase ({found}; se esperaba: {wanted})"
    }
    tensor_missing(name: &str) {
        en: "the part {name} is missing: it is from another network, or incomplete",
        es: "falta la parte {name}: es de otra red o está incompleto"
    }
    tensor_unknown(name: &str) {
        en: "it has a part {name} that this network lacks: it is from another network",
        es: "tiene una parte {name} que esta red no tiene: es de otra red"
    }
    tensor_shape(name: &str) {
        en: "the part {name} has another shape: it is from another network",
        es: "la parte {name} tiene otra forma: es de otra red"
    }
    tensor_type(name: &str, found: &str) {
        en: "the part {name} is of type {found}: floating-point numbers are wanted",
        es: "la parte {name} es de tipo {found}: se esperan números de coma flotante"
    }
    tensor_not_finite(name: &str) {
        en: "the part {name} holds a value that is no number (NaN or infinite): its training went astray",
        es: "la parte {name} contiene un valor que no es un número (NaN o infinito): su entrenamiento se torció"
    }
}

/// Why a file could not be used, without its name.
pub fn file_fault(locale: Locale, fault: &FileFault) -> String {
    match fault {
        FileFault::Http(status) => http(locale, *status),
        FileFault::Network(_) => network(locale).into(),
        FileFault::Stalled(seconds) => stalled(locale, *seconds),
        FileFault::Slow(speed) => slow(locale, *speed),
        FileFault::Form(form) => form_name(locale, *form).into(),
        FileFault::Content(_) => content(locale).into(),
        FileFault::CutShort => cut_short(locale).into(),
        FileFault::Damaged(_) => damaged(locale).into(),
        FileFault::TooLarge(megabytes) => too_large(locale, *megabytes),
        FileFault::Unreadable(_) => unreadable(locale).into(),
        FileFault::Counts { images, labels } => counts(locale, *images, *labels),
    }
}

/// What became of a file that the learner chose, without its name.
pub fn outcome(locale: Locale, outcome: &FileOutcome) -> String {
    match outcome {
        FileOutcome::Taken(name) => taken(locale, name),
        FileOutcome::Again => again(locale).into(),
        FileOutcome::Passed => passed(locale).into(),
        FileOutcome::Refused(reason) => file_fault(locale, reason),
    }
}

/// Why weights were refused.
pub fn weights_fault(locale: Locale, fault: &WeightsFault) -> String {
    match fault {
        WeightsFault::Form(form) => form_name(locale, *form).into(),
        WeightsFault::CutShort => cut_short(locale).into(),
        WeightsFault::Damaged(_) => damaged(locale).into(),
        WeightsFault::Version(found) => version(locale, found),
        WeightsFault::Kind { wanted, found } => kind(locale, found, wanted),
        WeightsFault::Missing(name) => tensor_missing(locale, name),
        WeightsFault::Unknown(name) => tensor_unknown(locale, name),
        WeightsFault::Shape { name, .. } => tensor_shape(locale, name),
        WeightsFault::Type { name, found } => tensor_type(locale, name, found),
        WeightsFault::NotFinite { name, .. } => tensor_not_finite(locale, name),
    }
}

fn form_name(locale: Locale, form: Form) -> &'static str {
    match form {
        Form::Empty => empty(locale),
        Form::Placeholder => placeholder(locale),
        Form::Gzip | Form::Zip | Form::Archive => archive(locale),
        Form::WebPage => web_page(locale),
        Form::Table => table(locale),
        Form::OtherForm => other_form(locale),
        Form::Safetensors => safetensors(locale),
        Form::Pickle => pickle(locale),
        Form::LfsPointer => lfs_pointer(locale),
        Form::Picture => picture(locale),
        Form::Document => document(locale),
        Form::Litter => litter(locale),
        Form::Text => plain_text(locale),
        Form::Idx | Form::Unknown => unknown(locale),
    }
}
