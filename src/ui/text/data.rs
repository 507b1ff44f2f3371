//! Phrases of the step Data.

use super::phrases;

phrases! {
    heading { en: "The garments to learn from", es: "Las prendas de las que aprender" }
    lead {
        en: "Fashion-MNIST: small grey photographs of ten kinds of garment, 28 × 28 pixels each. The network learns from the training images; the test images are kept apart until the end, as an exam with new questions.",
        es: "Fashion-MNIST: pequeñas fotografías grises de diez tipos de prenda, de 28 × 28 píxeles. La red aprende de las imágenes de entrenamiento; las de prueba se apartan hasta el final, como un examen con preguntas nuevas."
    }
    arriving { en: "Fetching the data", es: "Trayendo los datos" }
    arriving_file(file: &str, got: &str, all: &str) { en: "{file} · {got} of {all}", es: "{file} · {got} de {all}" }
    in_use { en: "Data in use", es: "Datos en uso" }
    source { en: "Source", es: "Origen" }
    training_images { en: "Training images", es: "Imágenes de entrenamiento" }
    test_images { en: "Test images", es: "Imágenes de prueba" }
    mean_pixel { en: "Mean pixel (mean ± standard deviation)", es: "Píxel medio (media ± desviación típica)" }
    validation_note {
        en: "A validation set is taken from the training images by the seed: it shows during training how the network does on images it does not learn from.",
        es: "De las imágenes de entrenamiento se aparta, según la semilla, un conjunto de validación: muestra durante el entrenamiento cómo va la red con imágenes de las que no aprende."
    }
    classes { en: "The ten classes", es: "Las diez clases" }
    mean_images_note {
        en: "Each pixel is the average over all garments of the class. Sharp edges: the garments are alike. Blur: they differ.",
        es: "Cada píxel es el promedio de todas las prendas de la clase. Bordes nítidos: las prendas se parecen. Borroso: difieren."
    }
    look { en: "Look at the garments", es: "Mira las prendas" }
    all_classes { en: "All", es: "Todas" }
    split { en: "Images", es: "Imágenes" }
    split_train { en: "training", es: "entrenamiento" }
    split_test { en: "test", es: "prueba" }
    previous { en: "Previous", es: "Anterior" }
    next { en: "Next", es: "Siguiente" }
    range_of(first: &str, last: &str, all: &str) { en: "{first}–{last} of {all}", es: "{first}–{last} de {all}" }
    grid_label(class: &str) { en: "Garments: {class}", es: "Prendas: {class}" }
    mean_label { en: "Ten mean images, one for each class", es: "Diez imágenes medias, una por clase" }
    other_data { en: "Other data", es: "Otros datos" }
    drop_here {
        en: "Drop the four Fashion-MNIST files here (.gz, unpacked, or in a zip or a folder), or",
        es: "Suelta aquí los cuatro archivos de Fashion-MNIST (.gz, descomprimidos, en un zip o en una carpeta), o"
    }
    choose_files { en: "choose files…", es: "elige archivos…" }
    use_synthetic { en: "Use synthetic garments", es: "Usar prendas sintéticas" }
    synthetic_note {
        en: "Drawn by this page from a seed, for trying things without the real files.",
        es: "Dibujadas por esta página a partir de una semilla, para probar sin los archivos reales."
    }
    load_again { en: "Look for the real files again", es: "Buscar otra vez los archivos reales" }
    notes { en: "Sources that could not be used", es: "Orígenes que no se pudieron usar" }
    reading_files { en: "Checking your files…", es: "Comprobando tus archivos…" }
    looking { en: "Looking for the real files…", es: "Buscando los archivos reales…" }
    drawing { en: "Drawing garments…", es: "Dibujando prendas…" }
    in_use_now(source: &str) { en: "In use now: {source}.", es: "En uso ahora: {source}." }
    nothing_found(source: &str) {
        en: "No source has the real files at the moment. Still in use: {source}.",
        es: "Ningún origen tiene ahora los archivos reales. Sigue en uso: {source}."
    }
    no_files {
        en: "That was a link or a text, not files. Download the files first, then drop them here.",
        es: "Eso era un enlace o un texto, no archivos. Descarga primero los archivos y suéltalos aquí."
    }
    empty_folder { en: "That folder holds no files.", es: "Esa carpeta no contiene archivos." }
    no_engine { en: "The engine stopped before it was done.", es: "El motor se detuvo antes de terminar." }
    all_here { en: "All four files are here and right.", es: "Los cuatro archivos están aquí y son correctos." }
    still_missing(names: &str) { en: "Still missing: {names}. Add what is missing.", es: "Aún falta: {names}. Añade lo que falta." }
    none_usable { en: "None of these files can be used. What was loaded stays.", es: "Ninguno de estos archivos se puede usar. Lo cargado se conserva." }
}
