//! What a set of images looks like as a whole: counts, brightness, the mean image of each class.

use super::{CLASS_COUNT, IMAGE_PIXELS, Labelled};

/// Figures of a set of images.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// Images of each class.
    pub per_class: [u32; CLASS_COUNT],
    /// Mean pixel, 0 to 1; 0 without images.
    pub mean: f64,
    /// Standard deviation of the pixels (population), 0 without images.
    pub deviation: f64,
    /// Ten mean images in label order, `10 * 784` bytes; black for a class without images.
    pub mean_images: Vec<u8>,
}

/// Computes the figures of `images`, exactly: sums of bytes are whole numbers.
pub fn statistics(images: &Labelled) -> Statistics {
    let mut sums = vec![0u32; CLASS_COUNT * IMAGE_PIXELS];
    let mut per_class = [0u32; CLASS_COUNT];
    let mut squares = 0u64;
    for (image, &label) in images.pixels.chunks_exact(IMAGE_PIXELS).zip(&images.labels) {
        per_class[usize::from(label)] += 1;
        let class = &mut sums[usize::from(label) * IMAGE_PIXELS..][..IMAGE_PIXELS];
        class.iter_mut().zip(image).for_each(|(sum, &pixel)| *sum += u32::from(pixel));
        let square: u32 = image.iter().map(|&pixel| u32::from(pixel) * u32::from(pixel)).sum();
        squares += u64::from(square);
    }
    let count = (images.len() * IMAGE_PIXELS).max(1) as f64;
    let total: u64 = sums.iter().map(|&sum| u64::from(sum)).sum();
    let mean = total as f64 / count / 255.0;
    let variance = squares as f64 / count / (255.0 * 255.0) - mean * mean;
    let mean_images = mean_images(&sums, &per_class);
    Statistics { per_class, mean, deviation: variance.max(0.0).sqrt(), mean_images }
}

fn mean_images(sums: &[u32], per_class: &[u32; CLASS_COUNT]) -> Vec<u8> {
    let classes = sums.chunks_exact(IMAGE_PIXELS).zip(per_class);
    classes
        .flat_map(|(sums, &count)| sums.iter().map(move |&sum| ((sum + count / 2) / count.max(1)) as u8))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_images_by_hand() {
        let pixels = [vec![0; IMAGE_PIXELS], vec![255; IMAGE_PIXELS]].concat();
        let found = statistics(&Labelled { pixels: pixels.clone(), labels: vec![3, 3] });
        assert_eq!((found.mean, found.deviation), (0.5, 0.5));
        assert_eq!(found.per_class, [0, 0, 0, 2, 0, 0, 0, 0, 0, 0]);
        assert_eq!((found.mean_images[3 * IMAGE_PIXELS], found.mean_images[0]), (128, 0));
        let apart = statistics(&Labelled { pixels, labels: vec![0, 9] });
        assert_eq!((apart.mean_images[0], apart.mean_images[9 * IMAGE_PIXELS]), (0, 255));
    }

    #[test]
    fn nothing_has_no_brightness() {
        let found = statistics(&Labelled::default());
        assert_eq!((found.mean, found.deviation), (0.0, 0.0));
    }
}
