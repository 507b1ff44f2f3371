//! Sentences for screen readers: what sighted learners see happen.

use super::phrases;

phrases! {
    started(what: &str) { en: "{what}: started.", es: "{what}: empezado." }
    paused(what: &str) { en: "{what}: paused.", es: "{what}: en pausa." }
    resumed(what: &str) { en: "{what}: goes on.", es: "{what}: sigue." }
    quarter(what: &str, percent: u32, left: &str) {
        en: "{what}: {percent} % done, {left} left.",
        es: "{what}: {percent} % hecho, quedan {left}."
    }
    completed(what: &str) { en: "{what}: finished.", es: "{what}: terminado." }
    stopped(what: &str) { en: "{what}: stopped.", es: "{what}: parado." }
    failed(what: &str) { en: "{what}: failed.", es: "{what}: ha fallado." }
    data(source: &str, counts: &str) { en: "Data: {source}, {counts}.", es: "Datos: {source}, {counts}." }
    verdict(class: &str, share: &str) { en: "{class}, {share}.", es: "{class}, {share}." }
    pen_down { en: "Pen down", es: "Lápiz apoyado" }
    pen_up { en: "Pen up", es: "Lápiz levantado" }
    pen_at(pen: &str, across: u32, down: u32) {
        en: "{pen}, {across} % from the left, {down} % from the top.",
        es: "{pen}, a {across} % de la izquierda, a {down} % de arriba."
    }
    pad_keys {
        en: "By keyboard: arrow keys move the cursor (with Shift in small steps; Home, End, Page Up and Page Down go slanting), Space sets the pen down and lifts it.",
        es: "Con el teclado: las flechas mueven el cursor (con Mayús, en pasos pequeños; Inicio, Fin, Re Pág y Av Pág van en diagonal), Espacio apoya y levanta el lápiz."
    }
    chart_stop(at: &str, values: &str) { en: "{at}: {values}", es: "{at}: {values}" }
    chart_keys { en: "no value chosen; arrow keys read the values", es: "ningún valor elegido; las flechas leen los valores" }
    morph_at(percent: u32) { en: "{percent} % of the way", es: "{percent} % del camino" }
}
