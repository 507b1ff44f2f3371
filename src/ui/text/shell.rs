//! Phrases of the frame: steps, status bar, buttons that every step shares.

use super::phrases;

phrases! {
    title { en: "Telar: weave your own networks", es: "Telar: teje tus propias redes" }
    skip { en: "Skip to the content", es: "Ir al contenido" }
    steps { en: "Steps", es: "Pasos" }
    step_data { en: "Data", es: "Datos" }
    step_autoencoder { en: "Autoencoder", es: "Auto\u{ad}codificador" }
    step_latent { en: "Latent space", es: "Espacio latente" }
    step_classifiers { en: "Classifiers", es: "Clasifi\u{ad}cadores" }
    step_draw { en: "Draw", es: "Dibujar" }
    status { en: "Status", es: "Estado" }
    language { en: "Language", es: "Idioma" }
    theme { en: "Theme", es: "Tema" }
    theme_system { en: "As the system", es: "Como el sistema" }
    theme_light { en: "Light", es: "Claro" }
    theme_dark { en: "Dark", es: "Oscuro" }
    engine_choice { en: "Engine to train on", es: "Motor para entrenar" }
    engine_auto { en: "automatic", es: "automático" }
    engine_loading { en: "loading…", es: "cargando…" }
    engine_failed { en: "stopped", es: "detenido" }
    engine_restart { en: "Restart the engine", es: "Reiniciar el motor" }
    images_per_second(speed: &str) { en: "{speed} images/s", es: "{speed} imágenes/s" }
    cores_at_work(cores: &str) { en: "on {cores} cores", es: "en {cores} núcleos" }
    one_core_at_work { en: "on one core", es: "en un núcleo" }
    cores_title { en: "Workers that calculate now", es: "Trabajadores que calculan ahora" }
    running_autoencoder { en: "Autoencoder", es: "Autocodificador" }
    running_experiment { en: "Classifiers", es: "Clasificadores" }
    running_labels { en: "Number of labels", es: "Número de etiquetas" }
    size_of(size: u32, sizes: u32) { en: "size {size} of {sizes}", es: "tamaño {size} de {sizes}" }
    training_of(training: u32, trainings: u32) {
        en: "training {training} of {trainings}", es: "entrenamiento {training} de {trainings}"
    }
    running_study { en: "Latent-size study", es: "Estudio del tamaño latente" }
    idle { en: "Idle", es: "En reposo" }
    paused { en: "paused", es: "en pausa" }
    starting { en: "starting…", es: "empezando…" }
    phase_training { en: "training", es: "entrenando" }
    phase_validation { en: "validating", es: "validando" }
    phase_test { en: "final test", es: "prueba final" }
    epoch_of(epoch: u32, epochs: u32) { en: "epoch {epoch} of {epochs}", es: "época {epoch} de {epochs}" }
    time_left(time: &str) { en: "{time} left", es: "quedan {time}" }
    pause { en: "Pause", es: "Pausar" }
    resume_offer(part: &str) {
        en: "A training was interrupted at {part}: go on or discard.",
        es: "Un entrenamiento quedó interrumpido ({part}): sigue con él o descártalo."
    }
    resume_waiting { en: "The training goes on as soon as its data are here…", es: "El entrenamiento sigue en cuanto estén sus datos…" }
    resume_lacking(train: &str) {
        en: "The interrupted training needs its {train} training garments, which are not here. Choose or drop the files in the step «Data», then go on.",
        es: "El entrenamiento interrumpido necesita sus {train} prendas de entrenamiento, que no están aquí. Elige o suelta los archivos en el paso «Datos» y sigue después."
    }
    resume_go { en: "Go on", es: "Seguir" }
    resume_discard { en: "Discard", es: "Descartar" }
    revived(part: &str) {
        en: "The engine broke down and was started anew: the training goes on in {part}.",
        es: "El motor se averió y se puso en marcha de nuevo: el entrenamiento sigue ({part})."
    }
    revived_elsewhere(engine: &str, part: &str) {
        en: "The engine broke down again: the training goes on with the {engine} engine, in {part}.",
        es: "El motor volvió a averiarse: el entrenamiento sigue con el motor de {engine} ({part})."
    }
    resume { en: "Resume", es: "Seguir" }
    step { en: "Step", es: "Paso" }
    step_title { en: "Train on one batch, then pause", es: "Entrenar con un lote y pausar" }
    stop { en: "Stop", es: "Parar" }
    progress { en: "Progress of the run", es: "Avance del entrenamiento" }
    dismiss { en: "Dismiss", es: "Cerrar" }
    table_behind { en: "Table of these values", es: "Tabla de estos valores" }
    cancel { en: "Cancel", es: "Cancelar" }
    replace_run { en: "Stop the present run and start this one?", es: "¿Parar lo que está en marcha y empezar esto?" }
    start_really { en: "Yes, start", es: "Sí, empezar" }
    synthetic_badge { en: "synthetic", es: "sintéticas" }
    synthetic_warning {
        en: "Synthetic garments, drawn by this page: figures say nothing about Fashion-MNIST.",
        es: "Prendas sintéticas, dibujadas por esta página: las cifras no dicen nada de Fashion-MNIST."
    }
    picture_noise {
        en: "Not saved: this browser's protection against fingerprinting would save noise. Allow this page to use canvas data (an icon in the address bar) and save again.",
        es: "No se ha guardado: la protección de este navegador contra el rastreo guardaría ruido. Permite que esta página use datos de «canvas» (un icono en la barra de direcciones) y guarda otra vez."
    }
    part_loading { en: "Loading this step…", es: "Cargando este paso…" }
    part_missing {
        en: "This step could not be fetched: the connection or the server failed. What you have done is kept.",
        es: "No se pudo traer este paso: falló la conexión o el servidor. Lo que has hecho se conserva."
    }
    part_gone {
        en: "There is a new version of this page, and this step of the old one is gone. Reload the page.",
        es: "Hay una versión nueva de esta página y este paso de la anterior ya no está. Recarga la página."
    }
    update_there {
        en: "There is a new version of this page. Reload to use it; what you have done is kept.",
        es: "Hay una versión nueva de esta página. Recarga para usarla; lo que has hecho se conserva."
    }
    reload { en: "Reload", es: "Recargar" }
    detail_summary { en: "Exact reason", es: "Motivo exacto" }
    part_again { en: "Try again", es: "Intentar de nuevo" }
    waits_for_data { en: "Waiting for the data…", es: "Esperando los datos…" }
    waits_for_engine { en: "Waiting for the engine…", es: "Esperando al motor…" }
    source_local { en: "Fashion-MNIST, beside this page", es: "Fashion-MNIST, junto a esta página" }
    source_cache { en: "Fashion-MNIST, kept by the browser", es: "Fashion-MNIST, guardado por el navegador" }
    source_mirror { en: "Fashion-MNIST, public mirror", es: "Fashion-MNIST, espejo público" }
    source_files { en: "your files", es: "tus archivos" }
    source_synthetic { en: "synthetic garments", es: "prendas sintéticas" }
    source_none { en: "no data yet", es: "aún sin datos" }
    train_and_test(train: &str, test: &str) { en: "{train} + {test} images", es: "{train} + {test} imágenes" }
}
