//! Phrases of the step Autoencoder.

use super::phrases;

phrases! {
    heading { en: "Squeeze a garment through a few numbers", es: "Haz pasar una prenda por unos pocos números" }
    lead {
        en: "An autoencoder has two halves. The encoder turns 784 pixels into a few numbers (the latent vector); the decoder must paint the garment again from those numbers alone. What survives the squeeze is what the network found important.",
        es: "Un autocodificador tiene dos mitades. El codificador convierte 784 píxeles en unos pocos números (el vector latente); el decodificador debe volver a pintar la prenda solo con ellos. Lo que sobrevive es lo que la red halló importante."
    }
    predict {
        en: "Before you start: which details do you think will be lost first – the outline, the pattern, a logo?",
        es: "Antes de empezar: ¿qué detalles crees que se perderán primero: el contorno, el estampado, un logotipo?"
    }
    settings { en: "Settings", es: "Ajustes" }
    latent { en: "Latent size", es: "Tamaño latente" }
    latent_help { en: "numbers that pass the bottleneck", es: "números que pasan por el cuello de botella" }
    epochs { en: "Epochs", es: "Épocas" }
    epochs_help { en: "times through all images", es: "vueltas a todas las imágenes" }
    batch { en: "Batch size", es: "Tamaño de lote" }
    batch_help { en: "images looked at before each correction", es: "imágenes vistas antes de cada corrección" }
    rate { en: "Learning rate", es: "Tasa de aprendizaje" }
    rate_help { en: "how large the corrections are, at most", es: "lo grandes que son las correcciones, como mucho" }
    seed { en: "Seed", es: "Semilla" }
    seed_help { en: "same seed, same shuffle, same start", es: "misma semilla, mismo orden, mismo comienzo" }
    limit { en: "Training images", es: "Imágenes de entrenamiento" }
    limit_help { en: "how many to use; empty: all", es: "cuántas usar; vacío: todas" }
    limit_all { en: "all", es: "todas" }
    range(min: &str, max: &str) { en: "From {min} to {max}.", es: "De {min} a {max}." }
    range_whole(min: &str, max: &str) { en: "A whole number from {min} to {max}.", es: "Un número entero de {min} a {max}." }
    start { en: "Start training", es: "Empezar a entrenar" }
    defaults { en: "Defaults", es: "Valores iniciales" }
    progress { en: "Training", es: "Entrenamiento" }
    train_loss { en: "Training loss", es: "Pérdida de entrenamiento" }
    val_loss { en: "Validation loss", es: "Pérdida de validación" }
    test_loss { en: "Test loss", es: "Pérdida de prueba" }
    loss_note {
        en: "Loss: mean squared error (MSE) of a pixel from 0 to 1. Less is better.",
        es: "Pérdida: error cuadrático medio (MSE) de un píxel de 0 a 1. Menos es mejor."
    }
    loss_axis { en: "loss (MSE)", es: "pérdida (MSE)" }
    steps_axis { en: "batches", es: "lotes" }
    pca_line(latent: u32) { en: "PCA with {latent} numbers", es: "PCA con {latent} números" }
    pca_note {
        en: "The dashed line is principal component analysis (PCA): the best that any method without curves (linear) can do with as many numbers. Below it, the network has learned something that lines cannot.",
        es: "La línea discontinua es el análisis de componentes principales (PCA): lo mejor que logra cualquier método sin curvas (lineal) con esos mismos números. Por debajo, la red aprendió algo que las rectas no pueden."
    }
    chart { en: "Loss while training", es: "Pérdida durante el entrenamiento" }
    chart_empty {
        en: "The curve of the loss will be drawn here as the network learns.",
        es: "Aquí se dibujará la curva de la pérdida mientras la red aprende."
    }
    pictures { en: "Before and after the bottleneck", es: "Antes y después del cuello de botella" }
    originals { en: "Originals", es: "Originales" }
    reconstructions { en: "Reconstructions", es: "Reconstrucciones" }
    reconstructed_at(step: &str) { en: "after {step} batches", es: "tras {step} lotes" }
    pictures_note {
        en: "The same validation garments throughout: the network never learns from them.",
        es: "Siempre las mismas prendas de validación: la red nunca aprende de ellas."
    }
    pictures_empty {
        en: "Garments and their reconstructions will appear here.",
        es: "Aquí aparecerán las prendas y sus reconstrucciones."
    }
    network { en: "The network", es: "La red" }
    network_parameters(parameters: &str) {
        en: "{parameters} numbers to learn (parameters)", es: "{parameters} números que aprender (parámetros)"
    }
    network_ratio(ratio: &str) {
        en: "784 pixels squeezed to {ratio} of their number", es: "784 píxeles reducidos al {ratio} de su número"
    }
    layer_input { en: "picture", es: "imagen" }
    layer_convolution(side: usize) { en: "convolution {side}×{side}", es: "convolución {side}×{side}" }
    layer_pool(side: usize) { en: "max-pool {side}×{side}", es: "máximo {side}×{side}" }
    layer_linear { en: "linear", es: "lineal" }
    layer_transposed(side: usize) { en: "transposed {side}×{side}", es: "traspuesta {side}×{side}" }
    layer_sigmoid { en: "sigmoid", es: "sigmoide" }
    layer_softmax { en: "softmax", es: "softmax" }
    encoder { en: "Encoder", es: "Codificador" }
    decoder { en: "Decoder", es: "Decodificador" }
    runs { en: "Runs of this visit", es: "Entrenamientos de esta visita" }
    runs_empty { en: "Each training will be listed here, to compare.", es: "Aquí se anotará cada entrenamiento, para comparar." }
    run_number { en: "No.", es: "N.º" }
    run_engine { en: "Engine", es: "Motor" }
    run_time { en: "Time", es: "Tiempo" }
    run_outcome { en: "End", es: "Final" }
    run_restore { en: "Restore settings", es: "Recuperar ajustes" }
    outcome_running { en: "under way", es: "en marcha" }
    outcome_completed { en: "completed", es: "completo" }
    outcome_stopped { en: "stopped", es: "parado" }
    outcome_failed { en: "failed", es: "fallido" }
    speed { en: "Speed", es: "Velocidad" }
    epoch { en: "Epoch", es: "Época" }
    left { en: "Time left", es: "Tiempo restante" }
    batches_done { en: "Batches", es: "Lotes" }
}
