//! The state of a plate where it is computed, for those who draw it there: nothing is copied and nobody waits. Submissions
//! are whole steps, so whatever is submitted between them sees a state between two steps.

use super::device::Device;
use super::layout::Page;
use wgpu::Buffer;

/// Handles on a plate's buffers. They stay readable when the engine has moved on to larger ones.
#[derive(Clone, Debug, PartialEq)]
pub struct OnDevice {
    /// The device that the buffers are on.
    pub device: Device,
    /// Steps done when the clock was last read; the buffers may be ahead of it.
    pub step: u32,
    /// Growth cones at that step, pruned ones included.
    pub cone_count: u32,
    /// [`crate::model::layout::Cone`]s, with room for more.
    pub cones: Buffer,
    /// [`crate::model::layout::Neuron`]s.
    pub neurons: Buffer,
    /// As in [`crate::model::world::World`].
    pub concentrations: Buffer,
    /// Points of a ring.
    pub ring: u32,
    /// The trails of each page of cones, as in [`super::trails`].
    pub pages: Vec<(Page, Buffer)>,
}
