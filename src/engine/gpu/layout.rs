//! Data that only the GPU engine shares with its shaders: the clock, the room in its buffers, pages and marks of trails.
//! `shaders/world/layout.wgsl` is written from here.

use crate::model::layout::Node;
use crate::model::shared::shared;
use crate::model::way::MOST_PIECES;

shared! {
    /// Threads of a workgroup, the same in every pass over cones, neurons or voxels.
    pub const GROUP: u32 = 64;

    /// Points that a cone can record in one step: one at each bend of its way along walls, one by growth, one where its tip
    /// splits.
    pub const POINTS_A_STEP: u32 = MOST_PIECES + 2;

    /// The device's clock. Passes look at it to see whether there is a step to do.
    #[derive(Default)]
    pub struct Clock {
        /// Steps done, the one in progress among them.
        done: u32,
        /// Steps to do in all.
        goal: u32,
        /// The step in progress.
        step: u32,
        /// 1 while it is in progress, 0 where the passes do nothing.
        running: u32,
        /// Cones, those born in the step in progress among them.
        cones: u32,
        /// Cones before that step.
        parents: u32,
        /// Cones that the passes of the submission cover: there is no step for more.
        covered: u32,
        /// Reasons why the next step cannot be done, see [`halt`]; 0 where it can.
        halted: u32 as "atomic<u32>",
        /// Updates of the field done in the step in progress.
        round: u32,
        /// Always 0: what passes branch on is combined with it, see `shaders/world/run.wgsl`.
        zero: u32,
    }

    /// Reasons to halt the clock before the next step.
    pub mod halt {
        /// A ring is full of points that the host has not read.
        DRAIN = 1,
        /// A ring does not reach far enough back along its path.
        REFILL = 2,
        /// There may not be room for all new cones.
        GROW = 4,
    }

    /// The room in the buffers.
    #[derive(Default)]
    pub struct Room {
        /// Points that a ring holds, a power of two.
        ring: u32,
        /// Points of a path that a step may reach back over.
        spare: u32,
        /// Cones that there is room for.
        cones: u32,
        /// 1 where cones take up myokine.
        takes_up: u32,
    }

    /// The cones whose trails lie in one buffer.
    #[derive(Default)]
    pub struct Page {
        /// The first of the cones.
        first: u32,
        /// Number of the cones.
        cones: u32,
    }

    /// The marks before a ring: the points that it owes the host, and its reach back along the path.
    #[derive(Default)]
    pub struct Marks {
        /// Fewest points that the path has had since the host last read it: those from here on are new to the host.
        low: u32,
        /// First point that the ring still holds.
        tail: u32,
    }
}

/// A word of a trail: the marks, or a point.
pub type TrailWord = [u32; 4];

impl Marks {
    /// Writes the marks as the word before a ring.
    pub fn to_word(self) -> TrailWord {
        [self.low, self.tail, 0, 0]
    }

    /// Reads the marks from the word before a ring.
    pub fn of_word(word: TrailWord) -> Self {
        Marks {
            low: word[0],
            tail: word[1],
        }
    }
}

/// A point as it stands in a ring.
pub fn point_to_word(point: Node) -> TrailWord {
    point.to_array().map(f32::to_bits)
}

/// Reads a point from a ring.
pub fn point_of_word(word: TrailWord) -> Node {
    Node::from_array(word.map(f32::from_bits))
}
