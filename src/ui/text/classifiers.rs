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
    recipe { en: "Recipe", es: "Receta" }
    recipe_study { en: "As in the study", es: "Como en el estudio" }
    recipe_best { en: "Best accuracy", es: "Máximo acierto" }
    recipe_own { en: "Own", es: "Propia" }
    recipe_study_note {
        en: "Plain Adam at a constant learning rate and plain initial weights, nothing else: the head start that pretraining gives shows in the first batches.",
        es: "Adam sin más, con una tasa de aprendizaje constante y pesos iniciales simples: la ventaja del preentrenamiento se ve en los primeros lotes."
    }
    recipe_best_note {
        en: "AdamW in one cycle of the learning rate, initial weights scaled for ReLU, softened targets, images moved at random, fifteen epochs. It ends best, but hides the head start: the rate begins so low that all crawl through the very batches in which it would show.",
        es: "AdamW en un ciclo de la tasa de aprendizaje, pesos iniciales a escala para ReLU, objetivos suavizados, imágenes movidas al azar y quince épocas. Termina mejor, pero esconde la ventaja: la tasa empieza tan baja que todos avanzan despacio justo en los lotes en que se vería."
    }
    recipe_own_note {
        en: "You changed a setting: choose a recipe to go back to it.",
        es: "Has cambiado un ajuste: elige una receta para volver a ella."
    }
    reuse { en: "Reused from the autoencoder", es: "Se reutiliza del autocodificador" }
    reuse_latent { en: "the whole encoder", es: "el codificador entero" }
    reuse_features { en: "its convolutions", es: "sus convoluciones" }
    reuse_latent_note {
        en: "The head reads the latent vector, for all modes alike. The pretrained latents are first rescaled to mean 0 and variance 1.",
        es: "La cabeza lee el vector latente, igual en todos los modos. Los latentes preentrenados se reescalan antes a media 0 y varianza 1."
    }
    reuse_features_note {
        en: "The head reads the 1,568 features that come before the encoder's linear layer, for all modes alike: no bottleneck.",
        es: "La cabeza lee las 1568 características que hay antes de la capa lineal del codificador, igual en todos los modos: sin cuello de botella."
    }
    schedule { en: "Learning rate over the run", es: "Tasa de aprendizaje a lo largo del entrenamiento" }
    schedule_constant { en: "constant", es: "constante" }
    schedule_cycle { en: "one cycle", es: "un ciclo" }
    initial { en: "Initial weights", es: "Pesos iniciales" }
    initial_plain { en: "plain: up to 1/√n, as PyTorch's default", es: "simples: hasta 1/√n, como PyTorch" }
    initial_scaled { en: "scaled for ReLU (He et al.)", es: "a escala para ReLU (He et al.)" }
    decay { en: "Weight decay", es: "Decaimiento de pesos" }
    decay_help { en: "decoupled; 0 is plain Adam", es: "desacoplado; 0 es Adam sin más" }
    smoothing { en: "Label smoothing", es: "Suavizado de etiquetas" }
    smoothing_help { en: "share of a target spread over all classes", es: "parte del objetivo repartida entre todas las clases" }
    nudging { en: "Move training images by up to a pixel", es: "Mover las imágenes hasta un píxel" }
    least { en: "Least batches in all", es: "Mínimo de lotes en total" }
    least_help { en: "few labelled images are gone through more often", es: "con pocas imágenes con etiqueta se recorren más veces" }
    network { en: "The classifiers' network", es: "La red de los clasificadores" }
    network_note {
        en: "The same layers for all; they differ in where the encoder's weights come from, and in whether they go on learning.",
        es: "Las mismas capas para todos; se distinguen en de dónde vienen los pesos del codificador y en si siguen aprendiendo."
    }
    lane_scratch { en: "from scratch: initial weights, learns", es: "desde cero: pesos iniciales, aprende" }
    lane_frozen { en: "frozen: from the autoencoder, kept as it is", es: "congelado: del autocodificador, se queda como está" }
    lane_finetuned { en: "fine-tuned: from the autoencoder, goes on learning", es: "ajuste fino: del autocodificador, sigue aprendiendo" }
    lane_head { en: "head: initial weights, learns", es: "cabeza: pesos iniciales, aprende" }
    network_sum(mode: &str, all: &str, learning: &str, reused: &str) {
        en: "{mode}: {all} parameters, {learning} learn, {reused} come from the autoencoder",
        es: "{mode}: {all} parámetros, {learning} aprenden, {reused} vienen del autocodificador"
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
    steps_log { en: "batches (logarithmic scale)", es: "lotes (escala logarítmica)" }
    band_note(images: &str) {
        en: "Accuracy: share of garments named correctly, at each point of {images} validation images (fewer where there are not so many): a standard error of 0.8 points at 80 %. Their time does not count as the modes' own. The band is the standard deviation over the seeds.",
        es: "Aciertos: proporción de prendas bien nombradas, en cada punto de {images} imágenes de validación (menos si no hay tantas): un error típico de 0,8 puntos con un 80 %. Su tiempo no cuenta como de los modos. La banda es la desviación típica entre semillas."
    }
    speeds { en: "How much faster", es: "Cuánto más rápido" }
    speeds_note {
        en: "Batches until this validation accuracy, read off between two points of the curve, mean over the seeds; below, the mode's own seconds, and how many times as many batches the one from scratch needs.",
        es: "Lotes hasta este acierto en validación, leídos entre dos puntos de la curva, media de las semillas; debajo, los segundos propios del modo y cuántas veces más lotes necesita el entrenado desde cero."
    }
    until(percent: u32) { en: "batches to {percent} %", es: "lotes hasta el {percent} %" }
    in_seconds(seconds: &str) { en: "{seconds}", es: "{seconds}" }
    times(times: &str) { en: "{times} times as fast", es: "{times} veces más rápido" }
    not_reached { en: "not reached", es: "no alcanzado" }
    results { en: "Results", es: "Resultados" }
    mode { en: "Model", es: "Modelo" }
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
        en: "The same autoencoder is trained once for each latent size, with the same seed and budget; then the three classifiers are compared with an encoder of that size, as in the study. A narrow bottleneck costs the frozen one most.",
        es: "El mismo autocodificador se entrena una vez por tamaño latente, con la misma semilla y el mismo presupuesto; después se comparan los tres clasificadores con un codificador de ese tamaño, como en el estudio. Un cuello de botella estrecho perjudica sobre todo al congelado."
    }
    study_sizes { en: "Latent sizes", es: "Tamaños latentes" }
    study_sizes_help { en: "from 1 to 128, with commas", es: "de 1 a 128, con comas" }
    study_start { en: "Start the study", es: "Empezar el estudio" }
    study_empty { en: "Each size's result appears here as it comes.", es: "El resultado de cada tamaño aparece aquí según llega." }
    study_loss { en: "test loss (MSE)", es: "pérdida de prueba (MSE)" }
    study_size { en: "latent size", es: "tamaño latente" }
    study_network { en: "Autoencoder", es: "Autocodificador" }
    study_pca { en: "PCA", es: "PCA" }
    study_accuracy { en: "test accuracy after two epochs", es: "aciertos en prueba tras dos épocas" }
    study_time { en: "Training time", es: "Tiempo de entrenamiento" }
    study_share { en: "of PCA's loss", es: "de la pérdida de PCA" }
    study_sheet { en: "The same eight garments at every size", es: "Las mismas ocho prendas en cada tamaño" }
    study_original { en: "original", es: "original" }
    labels_study { en: "How many labels is it worth?", es: "¿Cuántas etiquetas vale?" }
    labels_lead {
        en: "All modes are trained anew with each number of labels and each seed, by the recipe and with what is reused above, and tested on all test images.",
        es: "Todos los modos se entrenan de nuevo con cada número de etiquetas y cada semilla, con la receta y lo que se reutiliza arriba, y se prueban con todas las imágenes de prueba."
    }
    labels_counts { en: "Numbers of labels a class", es: "Números de etiquetas por clase" }
    labels_counts_help { en: "with commas; * means all", es: "con comas; * significa todas" }
    labels_start { en: "Start the label study", es: "Empezar el estudio de etiquetas" }
    labels_resume { en: "Go on with the rest", es: "Seguir con el resto" }
    labels_resume_note { en: "What was measured before the stop is kept.", es: "Lo medido antes de parar se conserva." }
    labels_empty { en: "The curves grow here, a training at a time.", es: "Las curvas crecen aquí, un entrenamiento tras otro." }
    labels_curve { en: "Test accuracy by labels a class", es: "Aciertos en prueba según las etiquetas por clase" }
    labels_axis { en: "labels a class (logarithmic scale)", es: "etiquetas por clase (escala logarítmica)" }
    labels_lacking(labels: &str, available: &str) {
        en: "{labels} labels a class: the data have {available}. This number was left out; the others go on.",
        es: "{labels} etiquetas por clase: los datos tienen {available}. Este número se omitió; los demás siguen."
    }
    labels_worth(mode: &str) { en: "{mode}: worth", es: "{mode}: vale" }
    labels_worth_note {
        en: "Worth: as many labels a class as the one from scratch needs for the same accuracy, read off its curve; = means no difference beyond the spread over the seeds.",
        es: "Vale: tantas etiquetas por clase como necesita el entrenado desde cero para el mismo acierto, leídas en su curva; = significa que no hay diferencia mayor que la variación entre semillas."
    }
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
