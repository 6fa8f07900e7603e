//! Trails: the last recorded points of each cone, in rings on the device; the whole paths are with the host.
//!
//! A cone adds points to its ring and takes them back as it retracts. The host reads the rings before points that it has
//! not seen would be overwritten (it drains them), and fills a ring again when it does not reach far enough back.

use super::bindings::{Layouts, group};
use super::device::Device;
use super::layout::{Marks, POINTS_A_STEP, Page, Room, TrailWord, point_of_word, point_to_word};
use crate::engine::EngineError;
use crate::model::layout::{Cone, Node, RETRACTION_LIMIT, Treatment};
use std::ops::Range;
use wgpu::{BindGroup, Buffer};

/// The trails of one buffer's worth of cones.
pub struct TrailPage {
    pub(super) first: usize,
    pub(super) cones: u64,
    pub(super) growth: BindGroup,
    pub(super) branches: BindGroup,
    pub(super) tips: BindGroup,
    trails: Buffer,
    facts: Buffer,
}

/// Points of a path that a step may reach back over: retraction, then the shaft that sends branches or the pieces that are
/// not in the sums of axons, and what the step itself records.
pub fn spare(treatments: &[Treatment]) -> u32 {
    let reach = |Treatment { rules, .. }: &Treatment| {
        let sprouting = (rules.interstitial_reach_um / rules.segment_um).max(1.0) as u32;
        sprouting.max(rules.unlaid + 1)
    };
    RETRACTION_LIMIT + treatments.iter().map(reach).max().unwrap_or(1) + 2 + POINTS_A_STEP
}

impl TrailPage {
    /// Room for the trails of `cones` cones from `first` on.
    ///
    /// # Errors
    /// When the device does not allow it.
    pub fn new(
        device: &Device,
        layouts: &Layouts,
        shared: [&Buffer; 4],
        first: u32,
        cones: u32,
        ring: u32,
    ) -> Result<Self, EngineError> {
        let bytes = u64::from(cones) * u64::from(ring + 1) * size_of::<TrailWord>() as u64;
        let trails = device.empty_storage("trails", bytes)?;
        let facts = device.uniform("page", &Page { first, cones });
        let [growth, branches, tips] = bind(device, layouts, shared, &trails, &facts);
        Ok(TrailPage {
            first: first as usize,
            cones: u64::from(cones),
            growth,
            branches,
            tips,
            trails,
            facts,
        })
    }

    /// The page's cones, and the buffer in which their trails lie.
    pub fn on_device(&self) -> (Page, Buffer) {
        let page = Page {
            first: self.first as u32,
            cones: self.cones as u32,
        };
        (page, self.trails.clone())
    }

    /// Whether the trail of a cone lies here.
    pub fn holds(&self, cone: usize) -> bool {
        (self.first..self.first + self.cones as usize).contains(&cone)
    }

    /// Binds the buffers anew that the page shares with the plate: cones, uptake, branches by block, tips by neuron.
    pub fn bind(&mut self, device: &Device, layouts: &Layouts, shared: [&Buffer; 4]) {
        [self.growth, self.branches, self.tips] = bind(device, layouts, shared, &self.trails, &self.facts);
    }

    /// Writes the ends of all paths into the rings.
    ///
    /// # Errors
    /// When a path is not as long as its cone says.
    pub fn fill(&self, device: &Device, cones: &[Cone], paths: &[Vec<Node>], room: &Room) -> Result<(), EngineError> {
        let mut words = Vec::new();
        for index in self.cones_of(cones.len()) {
            if paths[index].len() != cones[index].nodes as usize {
                let (found, said) = (paths[index].len(), cones[index].nodes);
                return Err(EngineError::ForeignState(format!(
                    "cone {index}: {found} points instead of {said}"
                )));
            }
            words.extend(trail(&paths[index], room.ring));
        }
        device.write(&self.trails, 0, &words);
        Ok(())
    }

    /// The trails of the first `cones` cones of the plate that lie here, to be read.
    pub fn to_read(&self, cones: usize, room: &Room) -> (&Buffer, u64) {
        let words = self.cones_of(cones).len() * (room.ring as usize + 1);
        (&self.trails, (words * size_of::<TrailWord>()) as u64)
    }

    /// Brings `paths` up to date with `cones` by the trails that were read, and lists the cones whose ring is worth filling again.
    pub fn drain(&self, words: &[TrailWord], cones: &[Cone], paths: &mut [Vec<Node>], room: &Room) -> Vec<usize> {
        let length = room.ring as usize + 1;
        let slot = |node: u32| 1 + (node & (room.ring - 1)) as usize;
        // Early, so that one halt serves many cones.
        let reach = room.spare.max(room.ring / 4 * 3);
        let mut short = Vec::new();
        for (index, trail) in self.cones_of(cones.len()).zip(words.chunks_exact(length)) {
            let marks = Marks::of_word(trail[0]);
            let nodes = cones[index].nodes;
            let path = &mut paths[index];
            path.truncate(marks.low as usize);
            path.extend((path.len() as u32..nodes).map(|node| point_of_word(trail[slot(node)])));
            if nodes == 0 {
                path.shrink_to_fit();
            }
            if marks.tail > 0 && nodes < marks.tail + reach {
                short.push(index);
            }
        }
        short
    }

    /// The cones that lie here, where the plate has `count`.
    fn cones_of(&self, count: usize) -> Range<usize> {
        self.first..count.min(self.first + self.cones as usize).max(self.first)
    }

    /// Fills the ring of one cone from its path.
    pub fn refill(&self, device: &Device, index: usize, path: &[Node], ring: u32) {
        let words = trail(path, ring);
        let place = (index - self.first) * words.len();
        device.write(&self.trails, (place * size_of::<TrailWord>()) as u64, &words);
    }
}

fn bind(
    device: &Device,
    layouts: &Layouts,
    [cones, tallies, sums, tips]: [&Buffer; 4],
    trails: &Buffer,
    facts: &Buffer,
) -> [BindGroup; 3] {
    let bound = |label, layout, own| group(&device.handle, label, layout, &[cones, trails, facts, own]);
    [
        bound("growth", &layouts.growth, tallies),
        bound("branches", &layouts.branches, sums),
        bound("tips", &layouts.branches, tips),
    ]
}

/// Marks and ring of a path that the host knows in full.
fn trail(path: &[Node], ring: u32) -> Vec<TrailWord> {
    let nodes = path.len() as u32;
    let tail = nodes.saturating_sub(ring);
    let mut words = vec![[0; 4]; ring as usize + 1];
    words[0] = Marks { low: nodes, tail }.to_word();
    for node in tail..nodes {
        words[1 + (node & (ring - 1)) as usize] = point_to_word(path[node as usize]);
    }
    words
}
