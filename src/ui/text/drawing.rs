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
    photo_unreadable {
        en: "This browser cannot read the picture: save it as JPEG or PNG first.",
        es: "Este navegador no puede leer la imagen: guárdala antes como JPEG o PNG."
    }
    photo_unshown(kind: &str) {
        en: "{kind}: this browser cannot show such pictures. Save it as JPEG or PNG first.",
        es: "{kind}: este navegador no puede mostrar esas imágenes. Guárdala antes como JPEG o PNG."
    }
    photo_broken {
        en: "The picture is damaged or cut short. Fetch or copy it once more.",
        es: "La imagen está dañada o cortada. Vuelve a descargarla o a copiarla."
    }
    photo_empty { en: "The file is empty: it has no bytes.", es: "El archivo está vacío: no tiene ningún byte." }
    photo_text { en: "This is text, not a picture.", es: "Esto es texto, no una imagen." }
    photo_web_page {
        en: "This is a web page, not a picture: perhaps the network's log-in page was saved instead of it.",
        es: "Esto es una página web, no una imagen: quizá se guardó en su lugar la página de acceso de la red."
    }
    photo_pdf {
        en: "This is a PDF document, not a picture: save the picture in it as JPEG or PNG.",
        es: "Esto es un documento PDF, no una imagen: guarda como JPEG o PNG la imagen que contiene."
    }
    photo_film { en: "This is a film or a sound, not a picture.", es: "Esto es un vídeo o un sonido, no una imagen." }
    photo_archive {
        en: "This is an archive or an office document, not a picture: unpack it and take the picture in it.",
        es: "Esto es un archivo comprimido o un documento de oficina, no una imagen: descomprímelo y toma la imagen que contiene."
    }
    photo_folder { en: "This is a folder: drop the picture itself.", es: "Esto es una carpeta: suelta la imagen misma." }
    photo_link {
        en: "Only the picture's address was dropped: save the picture as a file first, or copy and paste it.",
        es: "Solo se soltó la dirección de la imagen: guárdala antes como archivo, o cópiala y pégala."
    }
    photo_none_pasted { en: "There is no picture in the clipboard.", es: "No hay ninguna imagen en el portapapeles." }
    photo_small(width: u32, height: u32) {
        en: "The picture is too small to show a garment: {width}×{height} pixels.",
        es: "La imagen es demasiado pequeña para mostrar una prenda: {width}×{height} píxeles."
    }
    photo_blank {
        en: "Nothing stands out in this picture: take the garment on a plain ground.",
        es: "Nada destaca en esta imagen: toma la prenda sobre un fondo liso."
    }
    photo_noise {
        en: "This browser's protection against fingerprinting gives noise instead of a picture's pixels. Allow this page to use canvas data (an icon in the address bar), then choose the photograph again; drawing works as it is.",
        es: "La protección de este navegador contra el rastreo entrega ruido en lugar de los píxeles de la imagen. Permite que esta página use datos de «canvas» (un icono en la barra de direcciones) y elige la fotografía otra vez; dibujar funciona sin más."
    }
    photo_late {
        en: "The photograph came after you had gone on: choose it again if you still want it.",
        es: "La fotografía llegó cuando ya habías seguido: elígela otra vez si aún la quieres."
    }
    photo_coming { en: "Reading the picture…", es: "Leyendo la imagen…" }
    on_photo {
        en: "A photograph lies on the pad: Undo or Clear takes it off, then you can draw.",
        es: "Hay una fotografía en la pizarra: quítala con Deshacer o Borrar todo y podrás dibujar."
    }
    keep_no_photo { en: "Only drawings can be kept, not photographs.", es: "Solo se pueden guardar dibujos, no fotografías." }
    keep_full {
        en: "The browser's storage is full or closed: this drawing is kept only until you leave the page.",
        es: "El almacén del navegador está lleno o cerrado: este dibujo solo se guarda hasta que salgas de la página."
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
