//! Phrases of the step Latent space.

use super::phrases;

phrases! {
    heading { en: "Walk through the latent space", es: "Pasea por el espacio latente" }
    lead {
        en: "Each garment is one point in a space of few dimensions (the latent space). Move a slider: the decoder paints the garment at that point, also where no garment has ever been.",
        es: "Cada prenda es un punto en un espacio de pocas dimensiones (el espacio latente). Mueve un control: el decodificador pinta la prenda de ese punto, aunque allí nunca haya habido ninguna."
    }
    predict {
        en: "Before you move a slider: what do you think it will change – the kind of garment, its width, its brightness?",
        es: "Antes de mover un control: ¿qué crees que cambiará: el tipo de prenda, el ancho, el brillo?"
    }
    model_shipped { en: "Autoencoder that came with the page", es: "Autocodificador que viene con la página" }
    model_trained { en: "Autoencoder trained in this visit", es: "Autocodificador entrenado en esta visita" }
    model_partial { en: "Autoencoder trained in this visit, not to its end", es: "Autocodificador entrenado en esta visita, sin terminar" }
    model_file { en: "Autoencoder loaded from a file", es: "Autocodificador cargado de un archivo" }
    model_size(latent: u32) { en: "latent size {latent}", es: "tamaño latente {latent}" }
    explained(share: &str) {
        en: "recovers {share} of what makes garments differ (explained variance)",
        es: "recupera el {share} de lo que distingue a las prendas (varianza explicada)"
    }
    ranges_from(count: &str, source: &str) {
        en: "ranges from {count} encoded images ({source})",
        es: "rangos de {count} imágenes codificadas ({source})"
    }
    noise {
        en: "This autoencoder has learned next to nothing yet: what it decodes is noise. Train it in the step Autoencoder.",
        es: "Este autocodificador apenas ha aprendido todavía: lo que decodifica es ruido. Entrénalo en el paso Autocodificador."
    }
    no_model {
        en: "There is no autoencoder yet. Once one is trained or loaded, its sliders appear here.",
        es: "Aún no hay autocodificador. Cuando se entrene o se cargue uno, sus controles aparecerán aquí."
    }
    describing { en: "Encoding the garments…", es: "Codificando las prendas…" }
    go_train { en: "Go to the autoencoder", es: "Ir al autocodificador" }
    sliders { en: "Sliders", es: "Controles" }
    decoded { en: "Decoded garment", es: "Prenda decodificada" }
    basis { en: "Axes", es: "Ejes" }
    basis_directions { en: "Principal directions (PCA of the space)", es: "Direcciones principales (PCA del espacio)" }
    basis_dimensions { en: "Latent dimensions", es: "Dimensiones latentes" }
    direction(number: usize) { en: "Direction {number}", es: "Dirección {number}" }
    dimension(number: usize) { en: "Dimension {number}", es: "Dimensión {number}" }
    share_title { en: "Share of the variance", es: "Parte de la varianza" }
    dead { en: "dead: it hardly varies", es: "muerta: apenas varía" }
    lock { en: "Lock this slider", es: "Bloquear este control" }
    show_all(count: usize) { en: "Show all {count}", es: "Mostrar los {count}" }
    show_first { en: "Show the first eight", es: "Mostrar los ocho primeros" }
    reset { en: "To the mean", es: "A la media" }
    undo { en: "Undo", es: "Deshacer" }
    redo { en: "Redo", es: "Rehacer" }
    start_from { en: "Start from", es: "Empezar en" }
    pick_mean { en: "the mean of all", es: "la media de todo" }
    pick_class(class: &str) { en: "mean: {class}", es: "media: {class}" }
    pick_garment { en: "a test garment", es: "una prenda de prueba" }
    pick_drawing { en: "my drawing", es: "mi dibujo" }
    pick_sliders { en: "the present sliders", es: "los controles actuales" }
    no_drawing { en: "Draw something in the step Draw first.", es: "Antes dibuja algo en el paso Dibujar." }
    garment_number { en: "Number of the test garment", es: "Número de la prenda de prueba" }
    another { en: "Another garment", es: "Otra prenda" }
    random { en: "Random point", es: "Punto al azar" }
    random_of { en: "drawn from", es: "tomado de" }
    all_classes { en: "all classes", es: "todas las clases" }
    map { en: "Map of the test garments", es: "Mapa de las prendas de prueba" }
    map_help {
        en: "Drag to walk: the garment follows. Click a point to visit it. Wheel or two fingers zoom; arrow keys walk, Shift with arrows pans, + and − zoom, 0 shows all, Enter visits the nearest garment.",
        es: "Arrastra para pasear: la prenda te sigue. Pulsa un punto para visitarlo. La rueda o dos dedos acercan; las flechas pasean, Mayús con flechas desplaza, + y − acercan, 0 lo muestra todo, Intro visita la prenda más cercana."
    }
    map_line {
        en: "With one dimension there is no plane but a line: the classes are laid out in rows.",
        es: "Con una dimensión no hay plano sino una línea: las clases van en filas."
    }
    map_empty { en: "All classes are hidden. Show one in the legend.", es: "Todas las clases están ocultas. Muestra alguna en la leyenda." }
    horizontal { en: "Across", es: "Horizontal" }
    vertical { en: "Up", es: "Vertical" }
    view_points { en: "Garments", es: "Prendas" }
    view_manifold { en: "Decoded plane (manifold)", es: "Plano decodificado (variedad)" }
    tool_walk { en: "Walk", es: "Pasear" }
    tool_pan { en: "Move the map", es: "Mover el mapa" }
    zoom_in { en: "Zoom in", es: "Acercar" }
    zoom_out { en: "Zoom out", es: "Alejar" }
    zoom_fit { en: "Show all", es: "Ver todo" }
    legend { en: "Classes on the map", es: "Clases en el mapa" }
    legend_all { en: "all", es: "todas" }
    legend_none { en: "none", es: "ninguna" }
    neighbours { en: "Nearest real garments", es: "Prendas reales más cercanas" }
    neighbours_note {
        en: "Test garments by their distance from the sliders' point in the latent space.",
        es: "Prendas de prueba según su distancia al punto de los controles en el espacio latente."
    }
    distance(distance: &str) { en: "distance {distance}", es: "distancia {distance}" }
    visit(class: &str) { en: "Put the sliders at this garment: {class}", es: "Llevar los controles a esta prenda: {class}" }
    morph { en: "Morph: from one garment to another", es: "Metamorfosis: de una prenda a otra" }
    morph_slider { en: "Where to stop", es: "Dónde parar" }
    morph_from { en: "From (A)", es: "Desde (A)" }
    morph_to { en: "To (B)", es: "Hasta (B)" }
    morph_way { en: "Way", es: "Camino" }
    way_linear { en: "straight (linear)", es: "recto (lineal)" }
    way_spherical { en: "on an arc about the mean (spherical)", es: "en arco alrededor de la media (esférico)" }
    morph_strip { en: "Eleven steps from A to B", es: "Once pasos de A a B" }
    morph_here { en: "Put the sliders here", es: "Llevar los controles aquí" }
    arithmetic { en: "Arithmetic: A − B + C", es: "Aritmética: A − B + C" }
    arithmetic_note {
        en: "Take away what makes a B and add what makes a C. A pullover without a T-shirt, plus a dress?",
        es: "Quita lo que hace a B y suma lo que hace a C. ¿Un suéter menos una camiseta más un vestido?"
    }
    result { en: "Result", es: "Resultado" }
    sheet { en: "What each direction does", es: "Qué hace cada dirección" }
    sheet_note {
        en: "Each row goes along one axis from low to high, all others at the mean. The last picture shows the pixels it moves: orange grows brighter, blue darker.",
        es: "Cada fila recorre un eje de menos a más, con los demás en la media. La última imagen muestra los píxeles que mueve: naranja se aclara, azul se oscurece."
    }
    sheet_row(name: &str) { en: "{name}, from low to high", es: "{name}, de menos a más" }
    sheet_heat(name: &str) { en: "Pixels that {name} moves", es: "Píxeles que mueve {name}" }
    latency(milliseconds: &str) { en: "decoded in {milliseconds} ms", es: "decodificada en {milliseconds} ms" }
}
