//! Where the sliders stand: the point explored, in either basis, with locks and undo. No DOM, so that
//! native tests drive it.

use std::collections::HashSet;

use crate::latent::Basis;
use crate::protocol::LatentSpace;

/// Most steps that undo can go back.
const REMEMBERED: usize = 200;

/// The point explored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explorer {
    /// Which axes the sliders follow.
    pub basis: Basis,
    point: Vec<f32>,
    locked: HashSet<(Basis, usize)>,
    undo: Vec<Vec<f32>>,
    redo: Vec<Vec<f32>>,
    /// A drag is under way: its many moves are one step back.
    dragging: bool,
}

impl Explorer {
    /// The latent point; empty before there is a space.
    pub fn point(&self) -> &[f32] {
        &self.point
    }

    /// Positions of the sliders.
    pub fn coordinates(&self, space: &LatentSpace) -> Vec<f32> {
        self.basis.coordinates(space, &self.point)
    }

    /// Takes in a new space. A point that was moved stays where the latent size is the same
    /// (training goes on); else the mean is explored and nothing can be undone.
    pub fn enter(&mut self, space: &LatentSpace) {
        let untouched = self.undo.is_empty() && self.redo.is_empty();
        if self.point.len() != space.latent as usize {
            *self = Explorer { basis: self.basis, point: space.mean.clone(), ..Explorer::default() };
        } else if untouched {
            self.point.clone_from(&space.mean);
        }
    }

    /// Moves slider `index`; a locked one stays.
    pub fn set(&mut self, space: &LatentSpace, index: usize, value: f32) {
        self.set_all(space, &[(index, value)]);
    }

    /// Moves several sliders at once.
    pub fn set_all(&mut self, space: &LatentSpace, moves: &[(usize, f32)]) {
        let mut coordinates = self.coordinates(space);
        for &(index, value) in moves {
            if !self.is_locked(index) && value.is_finite() && index < coordinates.len() {
                coordinates[index] = value;
            }
        }
        self.replace(self.basis.point(space, &coordinates));
    }

    /// Goes to `target`; locked sliders of the present basis stay.
    pub fn go_to(&mut self, space: &LatentSpace, target: &[f32]) {
        if target.len() != self.point.len() || !target.iter().all(|value| value.is_finite()) {
            return;
        }
        if !self.locked.iter().any(|(basis, _)| *basis == self.basis) {
            return self.replace(target.to_vec());
        }
        let present = self.coordinates(space);
        let mut coordinates = self.basis.coordinates(space, target);
        for (index, value) in coordinates.iter_mut().enumerate() {
            if self.is_locked(index) {
                *value = present[index];
            }
        }
        self.replace(self.basis.point(space, &coordinates));
    }

    /// Locks or frees slider `index` of the present basis.
    pub fn toggle_lock(&mut self, index: usize) {
        let key = (self.basis, index);
        if !self.locked.remove(&key) {
            self.locked.insert(key);
        }
    }

    /// Whether slider `index` of the present basis is locked.
    pub fn is_locked(&self, index: usize) -> bool {
        self.locked.contains(&(self.basis, index))
    }

    /// From here until [`Explorer::end_drag`] all moves are one step back.
    pub fn begin_drag(&mut self) {
        if !self.dragging {
            self.remember();
            self.dragging = true;
        }
    }

    /// The drag is over; one that moved nothing leaves no step back.
    pub fn end_drag(&mut self) {
        if std::mem::take(&mut self.dragging) && self.undo.last() == Some(&self.point) {
            self.undo.pop();
        }
    }

    /// The drag under way was not meant: its moves are taken back for good.
    pub fn abandon_drag(&mut self) {
        if std::mem::take(&mut self.dragging)
            && let Some(before) = self.undo.pop()
        {
            self.point = before;
        }
    }

    /// One step back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        self.dragging = false;
        let Some(before) = self.undo.pop() else { return false };
        self.redo.push(std::mem::replace(&mut self.point, before));
        true
    }

    /// One step forth again; `false` where there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        self.undo.push(std::mem::replace(&mut self.point, after));
        true
    }

    /// Whether there is a step back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is a step forth.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    fn replace(&mut self, point: Vec<f32>) {
        if point == self.point {
            return;
        }
        if !self.dragging {
            self.remember();
        }
        self.point = point;
    }

    fn remember(&mut self) {
        self.redo.clear();
        self.undo.push(self.point.clone());
        if self.undo.len() > REMEMBERED {
            self.undo.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean (1, 2); directions are the axes swapped.
    fn space() -> LatentSpace {
        LatentSpace {
            latent: 2,
            mean: vec![1.0, 2.0],
            directions: vec![0.0, 1.0, 1.0, 0.0],
            ..LatentSpace::default()
        }
    }

    fn explorer() -> Explorer {
        let mut explorer = Explorer::default();
        explorer.enter(&space());
        explorer
    }

    #[test]
    fn a_slider_moves_along_its_direction_and_undo_goes_back() {
        let (space, mut explorer) = (space(), explorer());
        assert_eq!(explorer.point(), [1.0, 2.0]);
        explorer.set(&space, 0, 3.0);
        assert_eq!(explorer.point(), [1.0, 5.0]);
        explorer.basis = Basis::Dimensions;
        explorer.set(&space, 0, -1.0);
        assert_eq!(explorer.coordinates(&space), [-1.0, 5.0]);
        assert!(explorer.undo() && explorer.undo() && !explorer.undo());
        assert_eq!(explorer.point(), [1.0, 2.0]);
        assert!(explorer.redo());
        assert_eq!(explorer.point(), [1.0, 5.0]);
    }

    #[test]
    fn a_drag_is_one_step_back() {
        let (space, mut explorer) = (space(), explorer());
        explorer.begin_drag();
        (1..9).for_each(|step| explorer.set(&space, 1, step as f32));
        explorer.end_drag();
        explorer.begin_drag();
        explorer.end_drag();
        assert!(explorer.undo() && !explorer.can_undo());
        assert_eq!(explorer.point(), [1.0, 2.0]);
    }

    #[test]
    fn a_drag_that_was_not_meant_leaves_nothing() {
        let (space, mut explorer) = (space(), explorer());
        explorer.begin_drag();
        explorer.set(&space, 1, 7.0);
        explorer.abandon_drag();
        explorer.abandon_drag();
        assert_eq!((explorer.point(), explorer.can_undo()), (&[1.0, 2.0][..], false));
    }

    #[test]
    fn locked_sliders_stay_wherever_one_goes() {
        let (space, mut explorer) = (space(), explorer());
        explorer.toggle_lock(1);
        explorer.set(&space, 1, 9.0);
        assert!(!explorer.can_undo());
        explorer.go_to(&space, &[7.0, 8.0]);
        assert_eq!(explorer.point(), [1.0, 8.0]);
        explorer.toggle_lock(1);
        explorer.go_to(&space, &[7.0, f32::NAN]);
        explorer.go_to(&space, &[7.0]);
        assert_eq!(explorer.point(), [1.0, 8.0]);
    }

    #[test]
    fn a_space_of_another_size_starts_at_its_mean() {
        let mut explorer = explorer();
        explorer.enter(&LatentSpace { mean: vec![3.0, 3.0], ..space() });
        assert_eq!(explorer.point(), [3.0, 3.0], "nobody has moved it yet");
        explorer.enter(&space());
        explorer.set(&space(), 0, 3.0);
        explorer.enter(&LatentSpace { mean: vec![9.0, 9.0], ..space() });
        assert_eq!((explorer.point(), explorer.can_undo()), (&[1.0, 5.0][..], true));
        explorer.enter(&LatentSpace { latent: 1, mean: vec![4.0], ..LatentSpace::default() });
        assert_eq!((explorer.point(), explorer.can_undo()), (&[4.0][..], false));
    }
}
