//! A moment of a live plate, as it is handed from the thread that computes to the one that draws: the shown part of the
//! state as it is, and of the paths of axons, which are long, only what is new since the moment before.

use super::layout::{NONE, Node};
use super::world::{State, World};
use std::ops::Deref;

/// The state of a plate at a step, relative to the moment that was taken before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moment {
    /// The shown part of the state; grids may have been added since the moment before.
    pub state: State,
    /// Beginning of each well's first grid in the concentrations, or [`NONE`].
    pub grids: Vec<u32>,
    /// Changes of the paths.
    pub paths: PathChanges,
}

impl Moment {
    /// The moment of `world` that follows the one with the paths `before`. `grids` are the beginnings of each well's first grid in
    /// the concentrations.
    pub fn after(before: &[Vec<Node>], world: &World, grids: &[Option<usize>]) -> Self {
        Moment {
            state: world.shown(),
            grids: grids
                .iter()
                .map(|grid| grid.map_or(NONE, |first| first as u32))
                .collect(),
            paths: PathChanges::between(before, &world.paths),
        }
    }
}

impl Deref for Moment {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

/// Changes of the paths of cones. A cone whose path did not change is not listed; cones beyond those of
/// [`Moment::state`] are gone, with their paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathChanges {
    /// The path that changed and how, in order of the cones.
    pub changes: Vec<PathChange>,
    /// The new points of all changes, one after the other.
    pub points: Vec<Node>,
}

/// A path is cut back to `keep` points; then the next `added` of [`PathChanges::points`] are appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathChange {
    /// The cone.
    pub cone: u32,
    /// Points that stay as they were.
    pub keep: u32,
    /// Points that follow them.
    pub added: u32,
}

impl PathChanges {
    /// The changes that lead from `before` to `after`. A point is known by its bits: two different histories do not meet in one.
    pub fn between(before: &[Vec<Node>], after: &[Vec<Node>]) -> Self {
        let mut found = PathChanges::default();
        for (cone, path) in after.iter().enumerate() {
            let known = before.get(cone).map_or(&[][..], Vec::as_slice);
            let mut keep = known.len().min(path.len());
            while keep > 0 && known[keep - 1] != path[keep - 1] {
                keep -= 1;
            }
            if keep < known.len() || keep < path.len() {
                found.changes.push(PathChange {
                    cone: cone as u32,
                    keep: keep as u32,
                    added: (path.len() - keep) as u32,
                });
                found.points.extend_from_slice(&path[keep..]);
            }
        }
        found
    }

    /// Makes the changes to `paths`, of which `cones` remain.
    pub fn apply(&self, paths: &mut Vec<Vec<Node>>, cones: usize) {
        paths.resize_with(cones, Vec::new);
        let mut points = self.points.as_slice();
        for change in &self.changes {
            let (added, rest) = points.split_at(change.added as usize);
            points = rest;
            let path = &mut paths[change.cone as usize];
            path.truncate(change.keep as usize);
            path.extend_from_slice(added);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(lengths: &[f32]) -> Vec<Node> {
        lengths.iter().map(|&w| Node::new(w, 0.0, 0.0, w)).collect()
    }

    #[test]
    fn changes_lead_from_one_state_to_the_other() {
        let before = vec![path(&[0.0, 1.0, 2.0]), path(&[0.0, 1.0]), path(&[5.0])];
        // One grows after a retraction, one stays, one is gone; or the other way round.
        let after = vec![path(&[0.0, 1.0, 3.0, 4.0]), path(&[0.0, 1.0])];
        for (from, to) in [(&before, &after), (&after, &before)] {
            let mut paths = from.clone();
            let changes = PathChanges::between(from, to);
            changes.apply(&mut paths, to.len());
            assert_eq!(&paths, to);
            assert!(
                changes.changes.iter().all(|change| change.cone != 1),
                "the second did not change"
            );
        }
    }
}
