//! Tone: grey levels as Fashion-MNIST has them, where a garment's brightest pixels are near 255.

use super::Gray;

/// Stretches the greys so that the brightest pixel becomes 255; background stays 0.
pub fn stretch(gray: &Gray) -> Gray {
    let mut toned = gray.clone();
    let brightest = gray.pixels().iter().copied().max().unwrap_or(0);
    if brightest > 0 {
        let factor = 255.0 / f32::from(brightest);
        for pixel in toned.pixels_mut() {
            *pixel = (f32::from(*pixel) * factor).round() as u8;
        }
    }
    toned
}
