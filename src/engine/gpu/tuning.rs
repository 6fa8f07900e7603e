//! Sizes that no result depends on. Tests force odd ones to show that.

use super::layout::{POINTS_A_STEP, TrailWord};
use super::trails::spare;
use crate::model::layout::Treatment;

/// Sizes that a GPU engine chooses for itself unless told otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tuning {
    /// Steps in one submission.
    pub batch: Option<u32>,
    /// Points that a ring holds at least; rounded up to what the rules need and to a power of two.
    pub ring: Option<u32>,
    /// Cones to make room for beyond those that one step may bring.
    pub spare_cones: Option<u32>,
    /// Cones whose trails lie in one buffer, at most; rounded up to whole workgroups.
    pub page: Option<u32>,
    /// Workgroups in one row of a dispatch, at most.
    pub row: Option<u32>,
}

/// Points of a ring unless told otherwise: with the usual 5 µm between points, a drain every 300 µm of growth.
const USUAL_RING: u32 = 64;
/// Steps in one submission, at most, unless told otherwise: small plates were no faster with more.
const LONGEST_BATCH: u64 = 64;
/// Voxel updates in one submission unless told otherwise: milliseconds of a graphics card, seconds of a software driver,
/// so that no driver takes a submission for a hung one.
const WORK_OF_A_BATCH: u64 = 1 << 25;

/// Bytes of a page of trails at most: reading it takes as much memory again.
const LARGEST_PAGE_BYTES: u64 = 1 << 28;

impl Tuning {
    /// Steps in one submission, for steps that cost as much as `work` voxel updates.
    pub fn batch(&self, work: u64) -> u32 {
        let usual = (WORK_OF_A_BATCH / work.max(1)).clamp(1, LONGEST_BATCH);
        self.batch.unwrap_or(usual as u32).max(1)
    }

    /// Workgroups in one row of a dispatch on a device that allows `limit`.
    pub fn row(&self, limit: u64) -> u64 {
        self.row.map_or(limit, |row| u64::from(row).min(limit)).max(1)
    }

    /// Points of a ring for these treatments.
    pub fn ring(&self, treatments: &[Treatment]) -> u32 {
        let needed = spare(treatments);
        let wished = self.ring.unwrap_or(USUAL_RING.max(2 * needed));
        wished.max(needed + POINTS_A_STEP).next_power_of_two()
    }

    /// Cones whose trails fit a buffer of `limit` bytes: whole workgroups.
    pub fn page(&self, limit: u64, ring: u32) -> u32 {
        let group = super::layout::GROUP;
        let trail = u64::from(ring + 1) * size_of::<TrailWord>() as u64;
        let fitting = (limit.min(LARGEST_PAGE_BYTES) / trail) as u32 / group * group;
        let wished = self.page.map_or(fitting, |cones| cones.next_multiple_of(group));
        wished.min(fitting).max(group)
    }
}
