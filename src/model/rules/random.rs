//! Random numbers as a function of agent, step and purpose: no generator state, so nothing depends on the order
//! in which cones are visited.
//!
//! PCG4D: M. Jarzynski and M. Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020.

use crate::model::shared::shared;
use glam::{UVec2, UVec4, Vec2};

shared! {
    /// Purposes of a draw.
    pub mod purpose {
        /// Speed, heading, mode and branching of a cone.
        GROWTH = 0,
        /// Second direction of a cone's heading, in space.
        GROWTH_IN_SPACE = 1,
        /// Side, place and identity of a branch.
        BRANCHING = 2,
        /// Walk of a soma.
        MIGRATION = 3,
        /// Place of a neuron at seeding.
        SEEDING = 4,
        /// Start of its first growth cone.
        SEEDING_CONE = 5,
        /// Retraction by contact with other cones.
        CONTACT = 7,
        /// Competition and decline of branches.
        COMPETITION = 8,
        /// Regrowth of a stump.
        REGROWTH = 9,
        /// Illness of a neuron.
        DEATH = 10,
        /// Settling of a cone on a muscle fibre.
        SYNAPSE = 11,
        /// Persistence length of a cone.
        PERSISTENCE = 12,
        /// Degeneration of a piece of a severed axon.
        DEGENERATION = 13,
        /// Traits in which neurons, explants and cultures differ.
        VARIATION = 14,
    }
}

/// Four words of noise from four words.
#[inline]
pub fn pcg4d(v: UVec4) -> UVec4 {
    let [mut x, mut y, mut z, mut w] = v
        .to_array()
        .map(|word| word.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    x = x.wrapping_add(y.wrapping_mul(w));
    y = y.wrapping_add(z.wrapping_mul(x));
    z = z.wrapping_add(x.wrapping_mul(y));
    w = w.wrapping_add(y.wrapping_mul(z));
    x ^= x >> 16;
    y ^= y >> 16;
    z ^= z >> 16;
    w ^= w >> 16;
    x = x.wrapping_add(y.wrapping_mul(w));
    y = y.wrapping_add(z.wrapping_mul(x));
    z = z.wrapping_add(x.wrapping_mul(y));
    w = w.wrapping_add(y.wrapping_mul(z));
    UVec4::new(x, y, z, w)
}

/// The draw of `agent` at `step` for `purpose` in the well with `key`.
#[inline]
pub fn draw(agent: u32, step: u32, key: UVec2, purpose: u32) -> UVec4 {
    // The purpose is spread over the word, so that keys close to each other do not share draws of other purposes.
    pcg4d(UVec4::new(
        agent,
        step,
        key.x,
        key.y ^ purpose.wrapping_mul(0x9e37_79b9),
    ))
}

/// The largest number below 1.
const BELOW_ONE: f32 = 1.0_f32.next_down();

/// A uniform number in (0, 1), never either end, from a random word. Near 0 it is as fine as 2⁻³², so that chances of one in
/// many millions, as slow events have in short steps, are still met as often as they say.
#[inline]
pub fn uniform_number(bits: u32) -> f32 {
    // In double precision the word is whole, so that the number is rounded once, as is the sum of two parts in the twin.
    let number = ((f64::from(bits) + 0.5) * (1.0 / 4_294_967_296.0)) as f32;
    if number < 1.0 { number } else { BELOW_ONE }
}

/// Two independent standard normal numbers from two random words (Box and Muller 1958).
pub fn gaussian_pair(a: u32, b: u32) -> Vec2 {
    let radius = (-2.0 * libm::logf(uniform_number(a))).sqrt();
    // Within ±π, where GPUs are exact.
    let angle = std::f32::consts::TAU * (uniform_number(b) - 0.5);
    let (sine, cosine) = libm::sincosf(angle);
    Vec2::new(radius * cosine, radius * sine)
}
