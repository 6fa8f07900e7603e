//! The history of a session: keyframes from which any step can be reached again.
//!
//! Cells and fields are kept whole; of the paths, which are long, what changed from one keyframe to the next. When memory
//! runs short every second keyframe is merged into the one after it.

use crate::model::layout::Node;
use crate::model::moment::PathChanges;
use crate::model::world::{State, World};
use std::sync::Arc;

/// A state as it is kept.
pub struct Keyframe {
    state: State,
    /// From the keyframe before.
    paths: PathChanges,
}

/// Keyframes in order of their step, shared with the histories of other courses that began alike.
pub type Frames = Vec<Arc<Keyframe>>;

/// The keyframes of the course that is shown.
pub struct History {
    frames: Frames,
    /// The paths at the last keyframe.
    paths: Vec<Vec<Node>>,
    budget_bytes: usize,
    /// Fewest steps between two keyframes; grows as keyframes are merged.
    spacing: u32,
}

impl Keyframe {
    /// The step of the state.
    pub fn step(&self) -> u32 {
        self.state.step
    }

    /// Memory that it takes, bytes.
    pub fn bytes(&self) -> usize {
        self.state.bytes() + size_of_val(&self.paths.changes[..]) + size_of_val(&self.paths.points[..])
    }
}

impl History {
    /// An empty history that keeps to so much memory, but for a first and a last keyframe.
    pub fn new(budget_bytes: usize) -> Self {
        History {
            frames: Vec::new(),
            paths: Vec::new(),
            budget_bytes,
            spacing: 0,
        }
    }

    /// A history that goes on from keyframes.
    pub fn of(frames: Frames, budget_bytes: usize) -> Self {
        let mut history = History::new(budget_bytes);
        history.frames = frames;
        history.paths = paths_after(&history.frames);
        history
    }

    /// The keyframes.
    pub fn frames(&self) -> &Frames {
        &self.frames
    }

    /// The steps that are kept.
    pub fn steps(&self) -> impl Iterator<Item = u32> + '_ {
        self.frames.iter().map(|frame| frame.step())
    }

    /// Memory that the keyframes take, bytes.
    pub fn bytes(&self) -> usize {
        self.frames.iter().map(|frame| frame.bytes()).sum()
    }

    /// Whether a state of this step is far enough behind what is kept to be kept too.
    pub fn is_due(&self, step: u32) -> bool {
        let last = self.frames.last();
        last.is_none_or(|last| step > last.step() && step - last.step() >= self.spacing)
    }

    /// Keeps a state, unless it is not later than what is kept or too close to it.
    pub fn keep(&mut self, world: &World) {
        if self.is_due(world.step) {
            self.keep_close(world);
        }
    }

    /// Keeps a state, unless it is not later than what is kept.
    pub fn keep_close(&mut self, world: &World) {
        if self.frames.last().is_some_and(|last| world.step <= last.step()) {
            return;
        }
        let paths = PathChanges::between(&self.paths, &world.paths);
        paths.apply(&mut self.paths, world.cones.len());
        self.frames.push(Arc::new(Keyframe {
            state: world.state.clone(),
            paths,
        }));
        while self.bytes() > self.budget_bytes && self.frames.len() > 2 {
            self.thin();
        }
    }

    /// Merges every second keyframe into the one after it; the first and the last stay.
    fn thin(&mut self) {
        let last = self.frames.len() - 1;
        let (mut kept, mut present) = (Vec::new(), Vec::new());
        let mut thinned = Vec::new();
        for (index, frame) in std::mem::take(&mut self.frames).into_iter().enumerate() {
            frame.paths.apply(&mut present, frame.state.cones.len());
            if index % 2 == 0 || index == last {
                let paths = PathChanges::between(&kept, &present);
                paths.apply(&mut kept, frame.state.cones.len());
                // One that another course shares stays with that as it is.
                let state = Arc::try_unwrap(frame).map_or_else(|shared| shared.state.clone(), |own| own.state);
                thinned.push(Arc::new(Keyframe { state, paths }));
            }
        }
        self.spacing = thinned
            .windows(2)
            .map(|pair| pair[1].step() - pair[0].step())
            .max()
            .unwrap_or(0);
        self.frames = thinned;
    }

    /// The latest state that is kept, not later than `step`.
    pub fn at_or_before(&self, step: u32) -> Option<World> {
        let count = self.frames.partition_point(|frame| frame.step() <= step);
        let frame = self.frames[..count].last()?;
        Some(World {
            state: frame.state.clone(),
            paths: paths_after(&self.frames[..count]),
        })
    }

    /// The step of the state that [`History::at_or_before`] gives.
    pub fn nearest(&self, step: u32) -> Option<u32> {
        self.steps().filter(|&kept| kept <= step).last()
    }

    /// Forgets what lies after `step`.
    pub fn forget_after(&mut self, step: u32) {
        self.frames.retain(|frame| frame.step() <= step);
        self.paths = paths_after(&self.frames);
    }
}

/// The paths at the last of some keyframes.
fn paths_after(frames: &[Arc<Keyframe>]) -> Vec<Vec<Node>> {
    let mut paths = Vec::new();
    for frame in frames {
        frame.paths.apply(&mut paths, frame.state.cones.len());
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::layout::Cone;
    use bytemuck::Zeroable;

    /// A state whose paths grow, retract and branch with the step.
    fn world(step: u32) -> World {
        let cones = 3 + step as usize / 4;
        World {
            state: State {
                step,
                cones: vec![Cone::zeroed(); cones],
                concentrations: vec![step as f32; 7],
                ..State::default()
            },
            paths: (0..cones as u32)
                .map(|cone| {
                    let length = 5 + step.saturating_sub(4 * cone) - (step + cone) % 3;
                    let bend = |node: u32| if node > 6 { (step / 5 * cone) as f32 } else { 0.0 };
                    (0..length)
                        .map(|node| Node::new(node as f32, bend(node), cone as f32, 0.0))
                        .collect()
                })
                .collect(),
        }
    }

    #[test]
    fn every_kept_state_comes_back_as_it_was() {
        let mut history = History::new(usize::MAX);
        (0..40).for_each(|step| history.keep(&world(step)));
        for step in 0..40 {
            assert_eq!(history.at_or_before(step), Some(world(step)));
        }
        assert_ne!(history.at_or_before(20), Some(world(21)));
        assert_eq!(history.at_or_before(99), Some(world(39)));
        history.forget_after(12);
        assert_eq!(history.at_or_before(99), Some(world(12)));
        history.keep(&world(30));
        assert_eq!(history.at_or_before(99), Some(world(30)));
    }

    /// Two courses that began alike share what they have in common, and neither changes the other.
    #[test]
    fn a_course_that_is_thinned_leaves_the_other_as_it_is() {
        let mut one = History::new(usize::MAX);
        (0..20).for_each(|step| one.keep(&world(step)));
        let aside = History::of(one.frames().clone(), usize::MAX);
        one.forget_after(10);
        one.keep(&world(30));
        one.thin();
        assert!(one.steps().count() < 11);
        for step in 0..20 {
            assert_eq!(aside.at_or_before(step), Some(world(step)));
        }
        assert_eq!(one.at_or_before(99), Some(world(30)));
        // It goes on from its last keyframe.
        let mut aside = aside;
        aside.keep(&world(25));
        assert_eq!(aside.at_or_before(25), Some(world(25)));
    }

    #[test]
    fn little_memory_keeps_fewer_states_but_true_ones() {
        let mut history = History::new(30_000);
        (0..200).for_each(|step| history.keep(&world(step)));
        assert!(
            history.bytes() <= 30_000 || history.steps().count() <= 3,
            "{} bytes",
            history.bytes()
        );
        let steps: Vec<u32> = history.steps().collect();
        assert!(steps.len() < 100, "{} of 200 are kept", steps.len());
        assert_eq!(steps.first(), Some(&0));
        for step in steps {
            assert_eq!(history.at_or_before(step), Some(world(step)));
        }
    }
}
