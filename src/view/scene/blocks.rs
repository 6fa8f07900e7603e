//! The paths of axons cut into blocks, as the device keeps them: sixteen segments a block, so that a growing axon changes
//! one block and a distant one can be drawn with every second, fourth, eighth or sixteenth of its points.

use crate::model::layout::Node;
use bytemuck::{Pod, Zeroable};

/// Segments of a whole block.
pub const SEGMENTS: usize = 16;
/// Points of a whole block: its first is the last one of the block before.
pub const POINTS: usize = SEGMENTS + 1;

/// A stretch of an axon.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct Block {
    /// The cone whose path it belongs to.
    pub cone: u32,
    /// Segments in use; 0 for a block that is free.
    pub segments: u32,
    /// The step at which its first segment was first seen.
    pub first_seen: u32,
    /// The step at which its last segment was first seen.
    pub last_seen: u32,
}

/// The blocks of one well.
#[derive(Clone, Debug, Default)]
pub struct WellBlocks {
    blocks: Vec<Block>,
    /// The place of each block in its path's chain.
    places: Vec<u32>,
    free: Vec<u32>,
    /// Blocks that differ from what the device has, some of them more than once.
    changed: Vec<u32>,
}

impl WellBlocks {
    /// All blocks, free ones among them.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The place of a block in its path's chain.
    pub fn place(&self, block: u32) -> usize {
        self.places[block as usize] as usize
    }

    /// Brings the blocks of a path up to date, of which the first `keep` points stayed as they were. `chain` holds the
    /// path's blocks in their order.
    pub fn follow(&mut self, chain: &mut Vec<u32>, cone: u32, keep: usize, points: usize, step: u32) {
        let kept_segments = keep.saturating_sub(1);
        let segments = points.saturating_sub(1);
        let needed = segments.div_ceil(SEGMENTS).min(chain.len());
        for index in chain.drain(needed..) {
            self.blocks[index as usize] = Block::default();
            self.changed.push(index);
            self.free.push(index);
        }
        for place in kept_segments / SEGMENTS..segments.div_ceil(SEGMENTS) {
            let in_use = (segments - place * SEGMENTS).min(SEGMENTS) as u32;
            if let Some(&index) = chain.get(place) {
                let block = &mut self.blocks[index as usize];
                block.segments = in_use;
                block.last_seen = step;
                self.changed.push(index);
            } else {
                let block = Block {
                    cone,
                    segments: in_use,
                    first_seen: step,
                    last_seen: step,
                };
                chain.push(self.put(block, place as u32));
            }
        }
        // What is looked at seldom may have been noted often.
        if self.changed.len() > 64 + 4 * self.blocks.len() {
            self.sort_changed();
        }
    }

    /// Frees the blocks of a path that is gone.
    pub fn forget(&mut self, chain: &mut Vec<u32>) {
        self.follow(chain, 0, 0, 0, 0);
    }

    fn put(&mut self, block: Block, place: u32) -> u32 {
        let index = self.free.pop().unwrap_or_else(|| {
            self.blocks.push(Block::default());
            self.places.push(0);
            self.blocks.len() as u32 - 1
        });
        self.blocks[index as usize] = block;
        self.places[index as usize] = place;
        self.changed.push(index);
        index
    }

    /// The blocks that changed since this was last asked, in order, each once.
    pub fn take_changed(&mut self) -> Vec<u32> {
        self.sort_changed();
        std::mem::take(&mut self.changed)
    }

    fn sort_changed(&mut self) {
        self.changed.sort_unstable();
        self.changed.dedup();
    }
}

/// The points of the block at `place` of a path's chain, those beyond its end repeated.
pub fn points_of(path: &[Node], place: usize) -> [Node; POINTS] {
    let last = path.len().saturating_sub(1);
    std::array::from_fn(|i| path.get((place * SEGMENTS + i).min(last)).copied().unwrap_or_default())
}

/// The level of detail at which a segment of `segment_um` is at most about `most_px` points long.
pub fn level(segment_um: f64, px_per_um: f64, most_px: f64) -> u32 {
    let coarsest = SEGMENTS.trailing_zeros();
    (0..=coarsest)
        .rev()
        .find(|&level| segment_um * f64::from(1u32 << level) * px_per_um <= most_px)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The segments that the blocks of a chain hold, in order.
    fn held(well: &WellBlocks, chain: &[u32]) -> Vec<u32> {
        chain
            .iter()
            .map(|&index| well.blocks[index as usize].segments)
            .collect()
    }

    #[test]
    fn blocks_follow_a_path_as_it_grows_and_retracts() {
        let (mut well, mut chain, mut other) = (WellBlocks::default(), Vec::new(), Vec::new());
        well.follow(&mut chain, 7, 0, 1, 0);
        assert!(chain.is_empty(), "a single point has no segment");
        well.follow(&mut chain, 7, 1, 41, 5);
        assert_eq!(held(&well, &chain), [16, 16, 8]);
        assert_eq!(well.take_changed(), [0, 1, 2]);
        well.follow(&mut chain, 7, 41, 42, 6);
        assert_eq!(held(&well, &chain), [16, 16, 9]);
        assert_eq!(well.take_changed(), [2], "only the last block changed");
        assert_eq!((well.blocks()[2].first_seen, well.blocks()[2].last_seen), (5, 6));
        // Back beyond a block, and on again on another way.
        well.follow(&mut chain, 7, 10, 20, 7);
        assert_eq!(held(&well, &chain), [16, 3]);
        assert_eq!(well.take_changed(), [0, 1, 2]);
        well.follow(&mut other, 8, 0, 3, 8);
        assert_eq!(other, [2], "the free block is used again");
        assert_eq!((well.place(chain[1]), well.place(other[0])), (1, 0));
        well.forget(&mut chain);
        assert!(well.blocks().iter().filter(|block| block.segments > 0).count() == 1);
    }

    #[test]
    fn blocks_hold_the_points_of_their_path() {
        let path: Vec<Node> = (0..20).map(|i| Node::splat(i as f32)).collect();
        let (first, second) = (points_of(&path, 0), points_of(&path, 1));
        assert_eq!(first[16], second[0], "blocks meet in a point");
        assert_eq!(second[3], path[19]);
        assert_eq!(second[16], path[19], "what lies beyond the end stays there");
    }

    #[test]
    fn distant_axons_are_drawn_with_fewer_points() {
        assert_eq!(level(5.0, 1.0, 3.0), 0);
        assert_eq!(level(5.0, 0.3, 3.0), 1);
        assert_eq!(level(5.0, 0.07, 3.0), 3);
        assert_eq!(level(5.0, 0.001, 3.0), 4);
    }
}
