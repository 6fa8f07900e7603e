//! Degeneration of what a cut parts from its soma: the axon beyond it is whole for half the set time, then falls to pieces
//! one by one. It neither grows nor counts as the neuron's any more, and nothing heeds it.
//!
//! A severed axon is dead within a day, after a time in which nothing is seen of it (PMC6731592); how long that is, and
//! that its pieces go at even odds, are assumed.

use super::layout::Node;
use super::rules::random::{draw, purpose, uniform_number};
use glam::{UVec2, Vec3};

/// A stretch of axon beyond a cut.
#[derive(Clone, Debug, PartialEq)]
pub struct Severed {
    /// Identity of the cone whose path it was part of.
    pub cone: u32,
    /// Key of its well's draws.
    pub key: UVec2,
    /// The well it lies in.
    pub well: u32,
    /// The step of the cut.
    pub cut_at: u32,
    /// The step in which nothing is left of it.
    pub gone_at: u32,
    /// From the cut outwards: places in µm, and length along the axon.
    pub path: Vec<Node>,
}

impl Severed {
    /// The straight pieces that are left in `step`, from end to end, µm.
    pub fn pieces_left(&self, step: u32) -> impl Iterator<Item = (Vec3, Vec3)> {
        let pieces = (0..).zip(self.path.windows(2));
        let left = pieces.filter(move |&(piece, _)| step < self.piece_goes_at(piece));
        left.map(|(_, ends)| (ends[0].truncate(), ends[1].truncate()))
    }

    /// Length that is left in `step`, µm.
    pub fn length_left_um(&self, step: u32) -> f64 {
        self.pieces_left(step)
            .map(|(from, to)| f64::from(from.distance(to)))
            .sum()
    }

    fn piece_goes_at(&self, piece: u32) -> u32 {
        let u = uniform_number(draw(piece, self.cone, self.key, purpose::DEGENERATION).x);
        let span = f64::from(self.gone_at - self.cut_at);
        self.cut_at + (0.5 * span * (1.0 + f64::from(u))).ceil() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_whole_for_half_the_time_and_then_goes_evenly() {
        let path = (0..=4000).map(|i| Node::new(5.0 * i as f32, 0.0, 0.0, 5.0 * i as f32));
        let severed = Severed {
            cone: 3,
            key: UVec2::ONE,
            well: 0,
            cut_at: 100,
            gone_at: 300,
            path: path.collect(),
        };
        let share = |step: u32| severed.length_left_um(step) / 20_000.0;
        assert_eq!([share(100), share(200), share(300), share(400)], [1.0, 1.0, 0.0, 0.0]);
        for (step, expected) in [(225, 0.75), (250, 0.5), (275, 0.25)] {
            // Four standard errors of a share of 4000 pieces.
            assert!((share(step) - expected).abs() < 0.032, "{step}: {}", share(step));
        }
        let other = Severed {
            cone: 4,
            ..severed.clone()
        };
        assert!(
            !other.pieces_left(250).eq(severed.pieces_left(250)),
            "two axons fall to the same pieces"
        );
    }
}
