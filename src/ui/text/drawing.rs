//! Phrases of the step Draw.

use super::phrases;

phrases! {
    heading { en: "Draw a garment", es: "Dibuja una prenda" }
    lead {
        en: "Draw as you would on paper. Every classifier says what it sees, while you draw.",
        es: "Dibuja como en un papel. Cada clasificador dice lo que ve, mientras dibujas."
    }
    predict {
        en: "A network that has seen only photographs meets a bare outline: what will it take a T-shirt for?",
        es: "Una red que solo ha visto fotografías se topa con un contorno vacío: ¿por qué tomará una camiseta?"
    }
    pad { en: "Drawing pad", es: "Pizarra" }
    pad_help {
        en: "Draw with mouse, finger or pen. Ctrl+Z undoes, Ctrl+Y redoes.",
        es: "Dibuja con ratón, dedo o lápiz. Ctrl+Z deshace, Ctrl+Y rehace."
    }
    tool_brush { en: "Brush", es: "Pincel" }
    tool_eraser { en: "Eraser", es: "Goma" }
    tool_fill { en: "Fill", es: "Relleno" }
    size { en: "Width", es: "Grosor" }
    size_fine { en: "fine", es: "fino" }
    size_medium { en: "medium", es: "medio" }
    size_broad { en: "broad", es: "ancho" }
    tone { en: "Tone", es: "Tono" }
    tone_dark { en: "dark", es: "oscuro" }
    tone_middle { en: "middle", es: "medio" }
    tone_light { en: "light", es: "claro" }
    undo { en: "Undo", es: "Deshacer" }
    redo { en: "Redo", es: "Rehacer" }
    clear { en: "Clear", es: "Borrar todo" }
    mirror { en: "Mirror", es: "Reflejar" }
    starters { en: "Begin with an outline", es: "Empieza con un contorno" }
    photo { en: "Photograph…", es: "Fotografía…" }
    photo_help {
        en: "or drop or paste a picture: it is cropped, turned to grey, and inverted where its ground is light",
        es: "o suelta o pega una imagen: se recorta, se pasa a gris y se invierte si el fondo es claro"
    }
    photo_bad { en: "This picture cannot be read. Try a PNG or JPEG.", es: "No se puede leer esta imagen. Prueba con PNG o JPEG." }
    photo_blank {
        en: "Nothing stands out in this picture: take the garment on a plain ground.",
        es: "Nada destaca en esta imagen: toma la prenda sobre un fondo liso."
    }
    nothing_to_fill { en: "Nothing encloses this place: close the outline first.", es: "Nada rodea este lugar: cierra antes el contorno." }
    gallery { en: "Kept drawings", es: "Dibujos guardados" }
    keep { en: "Keep this drawing", es: "Guardar este dibujo" }
    gallery_empty { en: "Keep a few drawings to compare them.", es: "Guarda unos dibujos para compararlos." }
    gallery_open(number: usize) { en: "Open drawing {number}", es: "Abrir el dibujo {number}" }
    gallery_remove(number: usize) { en: "Remove drawing {number}", es: "Quitar el dibujo {number}" }
    seen { en: "What the network sees", es: "Lo que ve la red" }
    step_strokes { en: "1. your strokes", es: "1. tus trazos" }
    step_photo { en: "1. in grey", es: "1. en gris" }
    step_lifted { en: "2. off its ground", es: "2. sin el fondo" }
    step_crop { en: "2. cropped", es: "2. recortado" }
    step_photo_crop { en: "3. cropped", es: "3. recortado" }
    step_centred { en: "3. centred, scaled", es: "3. centrado, a escala" }
    step_sampled { en: "4. averaged to 28×28", es: "4. promediado a 28×28" }
    step_toned { en: "the input: tones stretched", es: "la entrada: tonos estirados" }
    blank { en: "Draw something first.", es: "Dibuja algo primero." }
    verdicts { en: "Verdicts", es: "Veredictos" }
    no_classifier {
        en: "There is no classifier yet. Train some in the step Classifiers.",
        es: "Aún no hay clasificadores. Entrena alguno en el paso Clasificadores."
    }
    model_shipped { en: "Came with the page, knows drawings", es: "Viene con la página, conoce dibujos" }
    model_scratch { en: "From scratch", es: "Desde cero" }
    model_frozen { en: "Frozen encoder", es: "Codificador congelado" }
    model_finetuned { en: "Fine-tuned encoder", es: "Codificador reajustado" }
    novel {
        en: "This does not look like a garment I know.",
        es: "Esto no se parece a ninguna prenda que conozca."
    }
    why { en: "Why?", es: "¿Por qué?" }
    why_of { en: "Verdict of", es: "Veredicto de" }
    why_class { en: "about", es: "sobre" }
    why_verdict { en: "its verdict", es: "su veredicto" }
    influence(class: &str) { en: "Pixels for and against «{class}»", es: "Píxeles a favor y en contra de «{class}»" }
    influence_note {
        en: "Orange ink speaks for the class, blue against it (integrated gradients of its log-probability).",
        es: "La tinta naranja habla a favor de la clase, la azul en contra (gradientes integrados de su log-probabilidad)."
    }
    reconstruction { en: "The autoencoder's reconstruction", es: "La reconstrucción del autocodificador" }
    nearest { en: "Nearest real garments (in the latent space)", es: "Prendas reales más cercanas (en el espacio latente)" }
    to_latent { en: "Go on from here in the latent space", es: "Seguir desde aquí en el espacio latente" }
    why_empty { en: "Draw something, and the reasons will appear here.", es: "Dibuja algo y aquí aparecerán las razones." }
    latency(milliseconds: &str) { en: "judged in {milliseconds} ms", es: "juzgado en {milliseconds} ms" }
}
