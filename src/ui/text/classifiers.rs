//! Phrases of the step Classifiers.

use super::{Locale, phrases};
use crate::protocol::Mode;

phrases! {
    heading { en: "Does it help to have learned before?", es: "¿Ayuda haber aprendido antes?" }
    lead {
        en: "Three classifiers with the same network, the same images in the same order: one starts from scratch, one keeps the autoencoder's encoder as it is (frozen) and only learns a small head on top, one goes on training that encoder too (fine-tuned).",
        es: "Tres clasificadores con la misma red y las mismas imágenes en el mismo orden: uno empieza desde cero, otro conserva el codificador del autocodificador tal cual (congelado) y solo aprende una pequeña cabeza, y otro sigue entrenando también ese codificador (ajuste fino)."
    }
    predict {
        en: "Before you start: with only 10 labels a class, which one will be ahead? And with all of them?",
        es: "Antes de empezar: con solo 10 etiquetas por clase, ¿cuál irá por delante? ¿Y con todas?"
    }
    settings { en: "Experiment", es: "Experimento" }
    scratch { en: "From scratch", es: "Desde cero" }
    frozen { en: "Frozen", es: "Congelado" }
    finetuned { en: "Fine-tuned", es: "Ajuste fino" }
    scratch_text { en: "the one from scratch", es: "el entrenado desde cero" }
    frozen_text { en: "the frozen model", es: "el modelo congelado" }
    finetuned_text { en: "the fine-tuned model", es: "el modelo ajustado" }
    modes { en: "Who takes part", es: "Quién participa" }
    modes_wrong { en: "Choose at least one.", es: "Elige al menos uno." }
    labels { en: "Labels a class", es: "Etiquetas por clase" }
    labels_help { en: "labelled images of each class; empty: all", es: "imágenes con etiqueta de cada clase; vacío: todas" }
    labels_all { en: "all", es: "todas" }
    presets { en: "Label budgets", es: "Presupuestos de etiquetas" }
    epochs_help { en: "times through the labelled images", es: "vueltas a las imágenes con etiqueta" }
    encoder_rate { en: "Encoder's learning rate", es: "Tasa del codificador" }
    encoder_rate_help { en: "of the fine-tuned encoder", es: "la del codificador en el ajuste fino" }
    seeds { en: "Seeds", es: "Semillas" }
    seeds_help { en: "repetitions; more show the luck", es: "repeticiones; varias muestran el azar" }
    first_seed { en: "First seed", es: "Primera semilla" }
    sketch { en: "Make training images look like drawings", es: "Hacer que las imágenes parezcan dibujos" }
    more { en: "More settings", es: "Más ajustes" }
    recipe_note {
        en: "All learn alike: AdamW in one cycle of the learning rate, targets smoothed by 0.05, each image moved by up to a pixel at random. Few labelled images are gone through several times an epoch, up to 32 batches. The pretrained latents are first rescaled to mean 0 and variance 1.",
        es: "Todos aprenden igual: AdamW en un ciclo de la tasa de aprendizaje, objetivos suavizados en 0,05 y cada imagen movida al azar hasta un píxel. Con pocas imágenes con etiqueta, cada época las recorre varias veces, hasta 32 lotes. Los latentes preentrenados se reescalan antes a media 0 y varianza 1."
    }
    start { en: "Start the experiment", es: "Empezar el experimento" }
    encoder_none {
        en: "No pretrained encoder yet: train the autoencoder first, or let only «from scratch» take part.",
        es: "Aún no hay codificador preentrenado: entrena primero el autocodificador o deja solo «desde cero»."
    }
    encoder_shipped(latent: u32) {
        en: "Pretrained encoder: the one that comes with the page (latent size {latent}).",
        es: "Codificador preentrenado: el que viene con la página (tamaño latente {latent})."
    }
    encoder_trained(latent: u32) {
        en: "Pretrained encoder: the one you trained in step 2 (latent size {latent}).",
        es: "Codificador preentrenado: el que entrenaste en el paso 2 (tamaño latente {latent})."
    }
    encoder_partial(latent: u32) {
        en: "Pretrained encoder: the one from step 2, stopped before its end (latent size {latent}).",
        es: "Codificador preentrenado: el del paso 2, parado antes de terminar (tamaño latente {latent})."
    }
    encoder_file(latent: u32) {
        en: "Pretrained encoder: loaded from your file (latent size {latent}).",
        es: "Codificador preentrenado: cargado de tu archivo (tamaño latente {latent})."
    }
    curves { en: "How they learn", es: "Cómo aprenden" }
    curves_empty { en: "The three curves will run here, side by side.", es: "Aquí correrán las tres curvas, una junto a otra." }
    across { en: "Across", es: "Horizontal" }
    steps { en: "batches", es: "lotes" }
    epochs { en: "epochs", es: "épocas" }
    seconds { en: "seconds of training", es: "segundos de entrenamiento" }
    measure { en: "Show", es: "Mostrar" }
    accuracy { en: "validation accuracy", es: "aciertos en validación" }
    loss { en: "validation loss (cross-entropy)", es: "pérdida de validación (entropía cruzada)" }
    band_note {
        en: "Accuracy: share of garments named correctly. The band is the standard deviation over the seeds.",
        es: "Aciertos: proporción de prendas bien nombradas. La banda es la desviación típica entre semillas."
    }
    results { en: "Results", es: "Resultados" }
    mode { en: "Model", es: "Modelo" }
    val_accuracy { en: "Validation accuracy", es: "Aciertos en validación" }
    test_accuracy { en: "Test accuracy", es: "Aciertos en prueba" }
    first_epoch { en: "After one epoch", es: "Tras una época" }
    best { en: "Best validation", es: "Mejor validación" }
    macro_f1 { en: "Macro F1", es: "F1 macro" }
    parameters { en: "Parameters", es: "Parámetros" }
    trainable { en: "of them learning", es: "de ellos aprenden" }
    step_time { en: "Time a batch", es: "Tiempo por lote" }
    mode_failed(mode: &str, why: &str) { en: "{mode}: {why} The others go on.", es: "{mode}: {why} Los demás siguen." }
    confusion { en: "Who is taken for whom (confusion matrix)", es: "Quién se toma por quién (matriz de confusión)" }
    confusion_hint {
        en: "Row: what it is. Column: what the model says. Click a cell to see the garments.",
        es: "Fila: lo que es. Columna: lo que dice el modelo. Pulsa una celda para ver las prendas."
    }
    confusion_empty {
        en: "After the final test: which garments each model mixes up.",
        es: "Tras la prueba final: qué prendas confunde cada modelo."
    }
    confusion_of(mode: &str) { en: "Confusion matrix: {mode}", es: "Matriz de confusión: {mode}" }
    cell_title(mode: &str, truth: &str, said: &str, count: usize) {
        en: "{mode}: {truth} taken for {said} ({count})", es: "{mode}: {truth} que tomó por {said} ({count})"
    }
    cell_right(mode: &str, truth: &str, count: usize) {
        en: "{mode}: {truth} recognised ({count})", es: "{mode}: {truth} reconocido ({count})"
    }
    cell_first(shown: usize) { en: "The first {shown}.", es: "Los primeros {shown}." }
    truth_axis { en: "is", es: "es" }
    by_class { en: "Precision and recall by class", es: "Precisión y exhaustividad por clase" }
    by_class_note {
        en: "Precision: of those called so, how many are. Recall: of those that are, how many were found.",
        es: "Precisión: de los llamados así, cuántos lo son. Exhaustividad (recall): de los que lo son, cuántos se hallaron."
    }
    precision { en: "precision", es: "precisión" }
    recall { en: "recall", es: "exhaustividad" }
    class { en: "Class", es: "Clase" }
    disagree { en: "Where they disagree", es: "Dónde discrepan" }
    disagree_count(count: &str) {
        en: "{count} test garments get different verdicts. The first of them:",
        es: "{count} prendas de prueba reciben veredictos distintos. Las primeras:"
    }
    says(mode: &str, said: &str) { en: "{mode}: {said}", es: "{mode}: {said}" }
    study { en: "How many numbers does a garment need?", es: "¿Cuántos números necesita una prenda?" }
    study_lead {
        en: "The same autoencoder is trained once for each latent size, with the same seed and budget; then a small classifier is put on each frozen encoder.",
        es: "El mismo autocodificador se entrena una vez por tamaño latente, con la misma semilla y el mismo presupuesto; después se pone un pequeño clasificador sobre cada codificador congelado."
    }
    study_sizes { en: "Latent sizes", es: "Tamaños latentes" }
    study_sizes_help { en: "from 1 to 128, with commas", es: "de 1 a 128, con comas" }
    study_start { en: "Start the study", es: "Empezar el estudio" }
    study_empty { en: "Each size's result appears here as it comes.", es: "El resultado de cada tamaño aparece aquí según llega." }
    study_loss { en: "test loss (MSE)", es: "pérdida de prueba (MSE)" }
    study_size { en: "latent size", es: "tamaño latente" }
    study_network { en: "Autoencoder", es: "Autocodificador" }
    study_pca { en: "PCA", es: "PCA" }
    study_accuracy { en: "Accuracy on the frozen encoder", es: "Aciertos con el codificador congelado" }
    study_time { en: "Training time", es: "Tiempo de entrenamiento" }
    study_share { en: "of PCA's loss", es: "de la pérdida de PCA" }
    study_sheet { en: "The same eight garments at every size", es: "Las mismas ocho prendas en cada tamaño" }
    study_original { en: "original", es: "original" }
    save_csv { en: "Save CSV", es: "Guardar CSV" }
    save_json { en: "Save JSON", es: "Guardar JSON" }
    save_png { en: "Save picture (PNG)", es: "Guardar imagen (PNG)" }
}

/// A mode's name, as a heading.
pub fn mode_name(locale: Locale, mode: Mode) -> &'static str {
    match mode {
        Mode::Scratch => scratch(locale),
        Mode::Frozen => frozen(locale),
        Mode::Finetuned => finetuned(locale),
    }
}

/// A mode's name inside a sentence.
pub fn mode_in_text(locale: Locale, mode: Mode) -> &'static str {
    match mode {
        Mode::Scratch => scratch_text(locale),
        Mode::Frozen => frozen_text(locale),
        Mode::Finetuned => finetuned_text(locale),
    }
}
