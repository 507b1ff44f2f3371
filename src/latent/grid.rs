//! Points in rows and planes: the manifold view and the sheet of directions.

use crate::protocol::LatentSpace;

use super::Basis;

/// A grid of `columns` × `rows` points (row by row, top first) over the plane of two sliders:
/// `horizontal` and `vertical` are (slider, low, high); every other slider stays as in `through`.
pub fn plane_grid(
    space: &LatentSpace,
    basis: Basis,
    through: &[f32],
    horizontal: (usize, f32, f32),
    vertical: (usize, f32, f32),
    (columns, rows): (usize, usize),
) -> Vec<f32> {
    let mut coordinates = basis.coordinates(space, through);
    let mut points = Vec::with_capacity(columns * rows * through.len());
    for row in 0..rows {
        for column in 0..columns {
            coordinates[vertical.0] = cell((vertical.2, vertical.1), row, rows);
            coordinates[horizontal.0] = cell((horizontal.1, horizontal.2), column, columns);
            points.extend(basis.point(space, &coordinates));
        }
    }
    points
}

/// `count` points along slider `index` through the mean, from its low to its high end.
pub fn sheet_row(space: &LatentSpace, basis: Basis, index: usize, count: usize) -> Vec<f32> {
    let range = basis.range(space, index);
    let mut coordinates = basis.coordinates(space, &space.mean);
    let step = (range.high - range.low) / (count.max(2) - 1) as f32;
    let point = |place: usize| {
        coordinates[index] = range.low + step * place as f32;
        basis.point(space, &coordinates)
    };
    (0..count).flat_map(point).collect()
}

/// The middle of cell `index` of `count` between two ends.
fn cell((from, to): (f32, f32), index: usize, count: usize) -> f32 {
    from + (to - from) * (index as f32 + 0.5) / count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space() -> LatentSpace {
        LatentSpace {
            latent: 3,
            mean: vec![1.0, 1.0, 1.0],
            dimension_ranges: vec![0.0, 1.0, 4.0, -1.0, 1.0, 1.0, 0.0, 1.0, 2.0],
            ..LatentSpace::default()
        }
    }

    /// Two columns over 0..4 have their middles at 1 and 3; the top row has the higher value.
    #[test]
    fn a_grid_runs_by_rows_from_the_top() {
        let found =
            plane_grid(&space(), Basis::Dimensions, &[9.0, 9.0, 9.0], (0, 0.0, 4.0), (2, 0.0, 2.0), (2, 2));
        assert_eq!(found, [1.0, 9.0, 1.5, 3.0, 9.0, 1.5, 1.0, 9.0, 0.5, 3.0, 9.0, 0.5]);
    }

    #[test]
    fn a_row_goes_from_low_to_high_through_the_mean() {
        let found = sheet_row(&space(), Basis::Dimensions, 1, 3);
        assert_eq!(found, [1.0, -1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_line_has_a_grid_of_one_row() {
        let space = LatentSpace { latent: 1, mean: vec![0.0], ..LatentSpace::default() };
        let found = plane_grid(&space, Basis::Dimensions, &[0.0], (0, 0.0, 3.0), (0, 0.0, 3.0), (3, 1));
        assert_eq!(found, [0.5, 1.5, 2.5]);
    }
}
