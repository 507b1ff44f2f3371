//! The map's plane: which part of it is on show, what lies under the pointer, and the scatter as
//! pixels. No DOM, so that native tests drive it.

use super::marker;
use crate::data::CLASS_COUNT;
use crate::latent::Basis;
use crate::protocol::LatentSpace;

/// Sides of a marker in CSS pixels, where many garments are in the view and where few are.
const MARKERS: (f32, f32) = (5.0, 8.0);
/// Fewer garments than this are few.
const FEW: usize = 1500;

/// A point of the encoded test set on the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Across, in latent units.
    pub x: f32,
    /// Up, in latent units.
    pub y: f32,
    /// Its class, 0 to 9.
    pub class: u8,
}

/// Projects the encoded test set (`points`, `labels`) onto two sliders. Latent size 1 has one axis
/// only: the classes are then laid out in rows, the first on top, each one unit high.
pub fn project(
    space: &LatentSpace,
    basis: Basis,
    axes: (usize, usize),
    points: &[f32],
    labels: &[u8],
) -> Vec<Dot> {
    let size = space.latent as usize;
    let rows = axes.0 == axes.1;
    let dot = |(index, (point, &class)): (usize, (&[f32], &u8))| {
        let x = along(space, basis, axes.0, point);
        let y = if rows { row_of(class, index) } else { along(space, basis, axes.1, point) };
        Dot { x, y, class: class.min(CLASS_COUNT as u8 - 1) }
    };
    points.chunks_exact(size.max(1)).zip(labels).enumerate().map(dot).collect()
}

/// A class's row with some spread, so that its points do not hide each other.
fn row_of(class: u8, index: usize) -> f32 {
    let spread = (index.wrapping_mul(0x9e37_79b1) % 1000) as f32 / 1000.0 - 0.5;
    (CLASS_COUNT - 1) as f32 / 2.0 - f32::from(class) + 0.7 * spread
}

/// The position of `point` along one slider.
pub fn along(space: &LatentSpace, basis: Basis, axis: usize, point: &[f32]) -> f32 {
    match basis {
        Basis::Dimensions => point[axis],
        Basis::Directions => {
            let direction = &space.directions[axis * point.len()..(axis + 1) * point.len()];
            let steps = point.iter().zip(&space.mean).zip(direction);
            steps.map(|((value, mean), weight)| (value - mean) * weight).sum()
        }
    }
}

/// The part of the plane on show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Middle of the picture, in latent units.
    pub centre: (f32, f32),
    /// Pixels a latent unit, across and up.
    pub scale: (f32, f32),
    /// Size in pixels.
    pub size: (f32, f32),
}

impl View {
    /// Shows all of `dots` with some air.
    pub fn around(dots: &[Dot], size: (f32, f32)) -> Self {
        let fold = |value: fn(&Dot) -> f32| {
            let values = dots.iter().map(value).filter(|value| value.is_finite());
            values.fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)))
        };
        let side = |(low, high): (f32, f32), pixels: f32| {
            if high - low > 1e-6 {
                ((low + high) / 2.0, pixels * 0.94 / (high - low))
            } else {
                (low.clamp(-1e6, 1e6), pixels / 2.0)
            }
        };
        let (x, y) = (side(fold(|dot| dot.x), size.0), side(fold(|dot| dot.y), size.1));
        Self { centre: (x.0, y.0), scale: (x.1, y.1), size }
    }

    /// Pixel of a place.
    pub fn to_pixel(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let across = self.size.0 / 2.0 + (x - self.centre.0) * self.scale.0;
        (across, self.size.1 / 2.0 - (y - self.centre.1) * self.scale.1)
    }

    /// Place under a pixel.
    pub fn to_place(&self, (across, down): (f32, f32)) -> (f32, f32) {
        let x = self.centre.0 + (across - self.size.0 / 2.0) / self.scale.0;
        (x, self.centre.1 - (down - self.size.1 / 2.0) / self.scale.1)
    }

    /// Enlarges by `factor` about a pixel, which keeps its place.
    pub fn zoom(&mut self, pixel: (f32, f32), factor: f32) {
        let fixed = self.to_place(pixel);
        self.scale = (self.scale.0 * factor, self.scale.1 * factor);
        let moved = self.to_place(pixel);
        self.centre.0 += fixed.0 - moved.0;
        self.centre.1 += fixed.1 - moved.1;
    }

    /// Moves the picture by pixels.
    pub fn pan(&mut self, across: f32, down: f32) {
        self.centre.0 -= across / self.scale.0;
        self.centre.1 += down / self.scale.1;
    }

    /// The same part of the plane in another size.
    pub fn resized(self, size: (f32, f32)) -> Self {
        let scale = (self.scale.0 * size.0 / self.size.0, self.scale.1 * size.1 / self.size.1);
        Self { scale, size, ..self }
    }

    /// The dot of a shown class nearest to a pixel, at most `reach` pixels away.
    pub fn hit(
        &self,
        dots: &[Dot],
        shown: [bool; CLASS_COUNT],
        pixel: (f32, f32),
        reach: f32,
    ) -> Option<usize> {
        let square = |dot: &Dot| {
            let (x, y) = self.to_pixel((dot.x, dot.y));
            (x - pixel.0).powi(2) + (y - pixel.1).powi(2)
        };
        let near = dots.iter().enumerate().filter(|(_, dot)| shown[usize::from(dot.class)]);
        let near =
            near.map(|(index, dot)| (index, square(dot))).filter(|(_, square)| *square <= reach * reach);
        near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
    }
}

/// A scatter as RGBA pixels of `width` × `height`: each dot of a shown class a marker of `side` pixels in its
/// class's shape and colour, half transparent, on `ground`.
pub fn scatter(
    view: &View,
    dots: &[Dot],
    shown: [bool; CLASS_COUNT],
    colours: &[[u8; 3]; CLASS_COUNT],
    ground: [u8; 3],
    side: usize,
) -> Vec<u8> {
    let (width, height) = (view.size.0 as usize, view.size.1 as usize);
    let mut pixels = [ground[0], ground[1], ground[2], 255].repeat(width * height);
    let shapes: Vec<_> = (0..CLASS_COUNT as u8).map(|class| marker::pixels(class, side)).collect();
    for dot in dots.iter().filter(|dot| shown[usize::from(dot.class)]) {
        let (x, y) = view.to_pixel((dot.x, dot.y));
        let (left, top) = (x - side as f32 / 2.0, y - side as f32 / 2.0);
        if left < 0.0 || top < 0.0 || left as usize + side > width || top as usize + side > height {
            continue;
        }
        for (column, row) in &shapes[usize::from(dot.class)] {
            let start = ((top as usize + row) * width + left as usize + column) * 4;
            blend(&mut pixels[start..start + 4], colours[usize::from(dot.class)]);
        }
    }
    pixels
}

/// Side of a marker in CSS pixels: larger where few of the shown garments lie in the view.
pub fn marker_side(view: &View, dots: &[Dot], shown: [bool; CLASS_COUNT]) -> f32 {
    let inside = |dot: &&Dot| {
        let (x, y) = view.to_pixel((dot.x, dot.y));
        shown[usize::from(dot.class)] && (0.0..view.size.0).contains(&x) && (0.0..view.size.1).contains(&y)
    };
    if dots.iter().filter(inside).take(FEW).count() < FEW { MARKERS.1 } else { MARKERS.0 }
}

/// 5/8 of the colour over what is there.
fn blend(pixel: &mut [u8], colour: [u8; 3]) {
    for (value, ink) in pixel.iter_mut().zip(colour) {
        *value = ((u16::from(*value) * 3 + u16::from(ink) * 5) / 8) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> View {
        View { centre: (10.0, -5.0), scale: (2.0, 4.0), size: (100.0, 50.0) }
    }

    #[test]
    fn pixels_and_places_are_inverse_and_zoom_keeps_the_place() {
        let mut view = view();
        assert_eq!(view.to_pixel((10.0, -5.0)), (50.0, 25.0));
        assert_eq!(view.to_pixel((20.0, -4.0)), (70.0, 21.0));
        assert_eq!(view.to_place((70.0, 21.0)), (20.0, -4.0));
        view.zoom((70.0, 21.0), 2.0);
        assert_eq!(view.to_place((70.0, 21.0)), (20.0, -4.0));
        assert_eq!(view.scale, (4.0, 8.0));
        view.pan(8.0, -16.0);
        assert_eq!(view.to_place((78.0, 5.0)), (20.0, -4.0));
    }

    #[test]
    fn everything_fits_and_a_single_place_does_too() {
        let dots = [Dot { x: -3.0, y: 1.0, class: 0 }, Dot { x: 5.0, y: 1.0, class: 1 }];
        let view = View::around(&dots, (200.0, 100.0));
        for dot in &dots {
            let (x, y) = view.to_pixel((dot.x, dot.y));
            assert!((0.0..200.0).contains(&x) && (0.0..100.0).contains(&y));
        }
        assert!(View::around(&[], (200.0, 100.0)).scale.0.is_finite());
    }

    #[test]
    fn only_shown_classes_are_hit_and_painted() {
        let dots = [Dot { x: 10.0, y: -5.0, class: 0 }, Dot { x: 11.0, y: -5.0, class: 1 }];
        let mut shown = [true; CLASS_COUNT];
        assert_eq!(view().hit(&dots, shown, (50.5, 25.0), 5.0), Some(0));
        shown[0] = false;
        assert_eq!(view().hit(&dots, shown, (50.5, 25.0), 5.0), Some(1));
        assert_eq!(view().hit(&dots, shown, (90.0, 25.0), 5.0), None);
        let painted = |shown| {
            let pixels = scatter(&view(), &dots, shown, &[[255, 0, 0]; CLASS_COUNT], [0; 3], 1);
            assert_eq!(pixels.len(), 100 * 50 * 4);
            pixels.chunks_exact(4).filter(|pixel| pixel[0] > 0).count()
        };
        assert_eq!((painted([true; CLASS_COUNT]), painted(shown), painted([false; CLASS_COUNT])), (2, 1, 0));
    }

    #[test]
    fn a_class_has_a_shape_of_its_own_and_few_garments_have_larger_ones() {
        let painted = |class| {
            let dots = [Dot { x: 10.0, y: -5.0, class }];
            scatter(&view(), &dots, [true; CLASS_COUNT], &[[255, 0, 0]; CLASS_COUNT], [0; 3], 5)
        };
        assert_ne!(painted(4), painted(8), "told apart in one colour");
        let many = vec![Dot { x: 10.0, y: -5.0, class: 3 }; FEW];
        let mut shown = [true; CLASS_COUNT];
        assert_eq!(marker_side(&view(), &many, shown), MARKERS.0);
        assert_eq!(marker_side(&view(), &many[1..], shown), MARKERS.1);
        shown[3] = false;
        assert_eq!(marker_side(&view(), &many, shown), MARKERS.1);
    }

    #[test]
    fn one_dimension_is_laid_out_in_rows_of_classes() {
        let space = LatentSpace { latent: 1, mean: vec![0.0], ..LatentSpace::default() };
        let dots = project(&space, Basis::Dimensions, (0, 0), &[3.0, 4.0], &[0, 9]);
        assert_eq!((dots[0].x, dots[1].x), (3.0, 4.0));
        assert!((dots[0].y - 4.5).abs() <= 0.35 && (dots[1].y + 4.5).abs() <= 0.35);
    }

    #[test]
    fn projection_follows_the_directions() {
        let space = LatentSpace {
            latent: 2,
            mean: vec![1.0, 2.0],
            directions: vec![0.0, 1.0, -1.0, 0.0],
            ..LatentSpace::default()
        };
        let dots = project(&space, Basis::Directions, (0, 1), &[4.0, 6.0], &[3]);
        assert_eq!(dots, [Dot { x: 4.0, y: -3.0, class: 3 }]);
    }
}
