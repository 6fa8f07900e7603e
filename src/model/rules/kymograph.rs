//! Kymograph: what a tip does, told as labs tell it, by the displacement along its axon from one frame to the next. It is not
//! the mode: a cone that runs for a minute of five may be seen to pause.

use crate::model::shared::shared;
use glam::{UVec3, Vec3};

/// Times between the frames of each kymograph, h.
pub const BETWEEN_FRAMES_H: [f64; 3] = [5.0 / 60.0, 0.5, 1.0];

shared! {
    /// Displacement that a kymograph resolves, µm: about a pixel of a 10x or 20x objective, and somewhat above 0.37 µm, by which two
    /// places tell a tip apart that are each known to 0.26 µm (PMC1303117). A tip that has moved by less pauses.
    pub const RESOLVED_UM: f32 = 0.5;

    /// Movement of a tip between two frames, as it is seen.
    pub mod seen {
        /// It was not there at the first of them.
        NOTHING = 0,
        /// It has advanced.
        ADVANCE = 1,
        /// It has not moved by what is resolved.
        PAUSE = 2,
        /// It has shortened.
        RETRACTION = 3,
    }

    /// The last frame of a tip in each kymograph.
    pub struct Kymograph {
        /// Length of the path to the tip in it, µm.
        length_um: Vec3,
        /// Its movement since the one before, two bits each, see [`seen`].
        seen: u32,
    }
}

/// What a displacement along the axon, µm, is seen as.
pub fn seen_as(displacement_um: f32) -> u32 {
    if displacement_um >= RESOLVED_UM {
        seen::ADVANCE
    } else if displacement_um <= -RESOLVED_UM {
        seen::RETRACTION
    } else {
        seen::PAUSE
    }
}

/// The kymographs of a tip after `step` steps, which was born after `born` and whose path is now `length_um` long. `every` holds
/// the steps from frame to frame of each, 0 for none.
pub fn next_frame(last: Kymograph, length_um: f32, born: u32, step: u32, every: UVec3) -> Kymograph {
    let x = seen_in_frame(last.length_um.x, last.seen & 3, length_um, born, step, every.x);
    let y = seen_in_frame(last.length_um.y, (last.seen >> 2) & 3, length_um, born, step, every.y);
    let z = seen_in_frame(last.length_um.z, (last.seen >> 4) & 3, length_um, born, step, every.z);
    let length_um = Vec3::new(
        length_in_frame(last.length_um.x, length_um, step, every.x),
        length_in_frame(last.length_um.y, length_um, step, every.y),
        length_in_frame(last.length_um.z, length_um, step, every.z),
    );
    Kymograph {
        length_um,
        seen: x | (y << 2) | (z << 4),
    }
}

/// Whether one of the kymographs has a frame after `step` steps.
pub fn is_frame(step: u32, every: UVec3) -> bool {
    has_frame(step, every.x) || has_frame(step, every.y) || has_frame(step, every.z)
}

/// Whether a kymograph with `every` steps from frame to frame has one after `step` steps.
pub fn has_frame(step: u32, every: u32) -> bool {
    every > 0 && step.is_multiple_of(every)
}

/// What is seen in one kymograph after `step` steps, see [`next_frame`]: what was seen `before`, where it has no frame.
pub fn seen_in_frame(before_um: f32, before: u32, now_um: f32, born: u32, step: u32, every: u32) -> u32 {
    if !has_frame(step, every) {
        return before;
    }
    if born + every > step {
        return seen::NOTHING;
    }
    seen_as(now_um - before_um)
}

/// The length, µm, in the last frame of one kymograph, see [`next_frame`].
pub fn length_in_frame(before_um: f32, now_um: f32, step: u32, every: u32) -> f32 {
    if has_frame(step, every) { now_um } else { before_um }
}

impl Kymograph {
    /// Those of a tip that has just been born, with a path of this length, µm.
    pub fn of_newborn(length_um: f32) -> Self {
        Self {
            length_um: Vec3::splat(length_um),
            seen: seen::NOTHING,
        }
    }

    /// What the tip has done, in the kymograph of this number, see [`seen`].
    pub fn seen_in(&self, kymograph: usize) -> u32 {
        (self.seen >> (2 * kymograph)) & 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: UVec3 = UVec3::new(5, 30, 60);

    /// A tip that runs for a minute of five and rests else: paused at 5 min, advancing at half an hour.
    #[test]
    fn what_is_seen_depends_on_the_time_between_frames() {
        let mut kymograph = Kymograph::of_newborn(5.0);
        let length_um = |step: u32| 5.0 + 0.15 * (step / 5) as f32;
        for step in 1..=60 {
            kymograph = next_frame(kymograph, length_um(step), 0, step, EVERY);
            assert_eq!(kymograph.seen_in(0), if step < 5 { seen::NOTHING } else { seen::PAUSE });
            assert_eq!(
                kymograph.seen_in(1),
                if step < 30 { seen::NOTHING } else { seen::ADVANCE }
            );
        }
        assert_eq!(kymograph.seen_in(2), seen::ADVANCE);
    }

    #[test]
    fn what_was_born_between_two_frames_is_not_told() {
        let mut kymograph = Kymograph::of_newborn(7.0);
        for (step, expected) in [(10, seen::NOTHING), (15, seen::RETRACTION)] {
            kymograph = next_frame(kymograph, if step == 10 { 6.0 } else { 4.0 }, 8, step, EVERY);
            assert_eq!(kymograph.seen_in(0), expected, "after {step} steps");
        }
        // Born exactly at a frame, it is in it.
        let kymograph = next_frame(Kymograph::of_newborn(7.0), 6.0, 10, 15, EVERY);
        assert_eq!(kymograph.seen_in(0), seen::RETRACTION);
    }

    #[test]
    fn without_frames_nothing_is_seen() {
        assert!(!is_frame(60, UVec3::ZERO) && is_frame(60, EVERY) && !is_frame(7, EVERY));
        assert_eq!(
            next_frame(Kymograph::of_newborn(1.0), 9.0, 0, 60, UVec3::ZERO),
            Kymograph::of_newborn(1.0)
        );
    }
}
