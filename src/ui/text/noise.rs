//! Phrases about labels that are wrong.

use super::phrases;

phrases! {
    labels_are_wrong {
        en: "Some labels of Fashion-MNIST are wrong: where the classifiers contradict a label, they may be right, and none can reach 100 %. Three garments of the training images; what would you call them?",
        es: "Algunas etiquetas de Fashion-MNIST están mal: donde los clasificadores contradicen una etiqueta pueden tener razón, y ninguno puede llegar al 100 %. Tres prendas de las imágenes de entrenamiento; ¿cómo las llamarías tú?"
    }
    labelled(index: &str, class: &str) {
        en: "Training image {index}, labelled «{class}»",
        es: "Imagen de entrenamiento {index}, con la etiqueta «{class}»"
    }
}
