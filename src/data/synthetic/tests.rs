use super::*;

/// The class whose mean image (of `known`) is nearest to each image of `asked`: share right.
fn nearest_mean_accuracy(known: &Labelled, asked: &Labelled) -> f64 {
    let means = class_means(known);
    let right = (0..asked.len()).filter(|&index| {
        let distance = |class: &usize| -> f64 {
            let mean = &means[*class];
            asked.image(index).iter().zip(mean).map(|(&a, b)| (f64::from(a) - b).powi(2)).sum()
        };
        let best = (0..CLASS_COUNT).min_by(|a, b| distance(a).total_cmp(&distance(b)));
        best == Some(usize::from(asked.labels[index]))
    });
    right.count() as f64 / asked.len() as f64
}

fn class_means(known: &Labelled) -> Vec<Vec<f64>> {
    let mut means = vec![vec![0.0; IMAGE_PIXELS]; CLASS_COUNT];
    for (index, &label) in known.labels.iter().enumerate() {
        for (sum, &pixel) in means[usize::from(label)].iter_mut().zip(known.image(index)) {
            *sum += f64::from(pixel) * CLASS_COUNT as f64 / known.len() as f64;
        }
    }
    means
}

#[test]
fn seed_fixes_every_byte() {
    let first = garments(7, 200);
    assert_eq!(first, garments(7, 200));
    assert_ne!(first.pixels, garments(8, 200).pixels);
}

/// Made once natively and in WebAssembly: both must give these bytes for ever.
#[test]
fn bytes_are_the_same_on_every_platform() {
    let sum = garments(42, 500).pixels.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    assert_eq!(sum, FNV_1A_OF_SEED_42, "{sum:#x}");
}

const FNV_1A_OF_SEED_42: u64 = 0x7287_cebb_d515_0650;

#[test]
fn classes_are_balanced_and_mixed() {
    let made = garments(1, 1003);
    for class in 0..CLASS_COUNT as u8 {
        let size = made.labels.iter().filter(|&&label| label == class).count();
        assert!((100..=101).contains(&size), "class {class}: {size}");
    }
    let ordered = made.labels.windows(2).filter(|pair| pair[1] == (pair[0] + 1) % 10).count();
    assert!(ordered < 200, "labels in order: {ordered} of 1002");
    assert_eq!(garments(1, 0), Labelled::default());
}

#[test]
fn classes_can_be_told_apart() {
    let accuracy = nearest_mean_accuracy(&garments(1, 2000), &garments(2, 1000));
    assert!(accuracy > 0.8, "nearest class mean: {accuracy}");
    assert!(accuracy < 0.99, "too easy to learn from: {accuracy}");
}

/// Fashion-MNIST: mean 0.286, deviation 0.353; the longer side of each garment fills the frame.
#[test]
fn statistics_are_like_the_photographs() {
    let made = garments(3, 2000);
    let count = made.pixels.len() as f64;
    let mean = made.pixels.iter().map(|&pixel| f64::from(pixel) / 255.0).sum::<f64>() / count;
    let square = made.pixels.iter().map(|&pixel| (f64::from(pixel) / 255.0).powi(2)).sum::<f64>() / count;
    let deviation = (square - mean * mean).sqrt();
    assert!((mean - 0.286).abs() < 0.05, "mean {mean}");
    assert!((deviation - 0.353).abs() < 0.05, "deviation {deviation}");
    for index in 0..made.len() {
        let image = made.image(index);
        let row = |y: usize| (0..28).any(|x| image[y * 28 + x] > 3);
        let column = |x: usize| (0..28).any(|y| image[y * 28 + x] > 3);
        assert!(row(0) && row(27) || column(0) && column(27), "image {index} does not fill its frame");
    }
}
