//! The space of a well: its voxels, walls and regions.

use glam::DVec3;

/// Thickness of the layer that a planar culture stands for unless a scenario says otherwise, µm.
pub const USUAL_LAYER_UM: f64 = 20.0;

/// The gel of a well: a box of cubic voxels; one voxel thick in z where the culture is planar.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    /// Voxels along x, y and z.
    pub voxels: [u32; 3],
    /// Edge of a voxel, µm.
    pub voxel_um: f64,
    /// Thickness of the layer that a planar culture stands for, µm; of no effect in a slab.
    pub layer_um: f64,
    /// Whether each voxel is solid (x fastest); empty where none is. Solid voxels are walls to the field and to cells.
    pub walls: Vec<bool>,
}

impl Domain {
    /// Whether growth stays in a plane.
    pub fn planar(&self) -> bool {
        self.voxels[2] == 1
    }

    /// Edge lengths, µm.
    pub fn size_um(&self) -> DVec3 {
        DVec3::from_array(self.voxels.map(f64::from)) * self.voxel_um
    }

    /// Volume that a voxel stands for, µm³: in a planar culture that of the whole layer above its square.
    pub fn voxel_volume_um3(&self) -> f64 {
        let height_um = if self.planar() { self.layer_um } else { self.voxel_um };
        self.voxel_um.powi(2) * height_um
    }

    /// Number of voxels.
    pub fn voxel_count(&self) -> usize {
        self.voxels.iter().map(|&n| n as usize).product()
    }

    /// The voxel that a point of the well lies in.
    pub fn voxel_at(&self, at_um: DVec3) -> usize {
        let voxel = (at_um / self.voxel_um).floor().as_uvec3().to_array();
        let [x, y, z] = [0, 1, 2].map(|axis| voxel[axis].min(self.voxels[axis] - 1) as usize);
        let [nx, ny, _] = self.voxels.map(|n| n as usize);
        (z * ny + y) * nx + x
    }

    /// Whether a point of the well is in a solid voxel.
    pub fn in_wall(&self, at_um: DVec3) -> bool {
        self.walls.get(self.voxel_at(at_um)).copied().unwrap_or(false)
    }
}

/// The centre of a voxel, µm.
pub fn voxel_centre_um(domain: &Domain, voxel: usize) -> DVec3 {
    let place = place_on_grid(domain.voxels, voxel).map(f64::from);
    (DVec3::from_array(place) + 0.5) * domain.voxel_um
}

/// Distance in memory between neighbours along `axis`.
pub fn line_stride(voxels: [u32; 3], axis: usize) -> usize {
    voxels[..axis].iter().map(|&n| n as usize).product()
}

/// The place of a voxel along each axis.
pub fn place_on_grid(voxels: [u32; 3], voxel: usize) -> [u32; 3] {
    let [nx, ny, _] = voxels.map(|n| n as usize);
    [voxel % nx, voxel / nx % ny, voxel / (nx * ny)].map(|place| place as u32)
}

/// The first voxel of every line along `axis`.
pub fn line_starts(voxels: [u32; 3], axis: usize) -> impl Iterator<Item = usize> {
    let stride = line_stride(voxels, axis);
    let block = stride * voxels[axis] as usize;
    let blocks = voxels.iter().map(|&n| n as usize).product::<usize>() / block.max(1);
    (0..blocks).flat_map(move |outer| (0..stride).map(move |inner| outer * block + inner))
}

/// A box in a well, µm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Lowest corner.
    pub low_um: DVec3,
    /// Highest corner.
    pub high_um: DVec3,
}

impl Region {
    /// The box that two boxes share; `None` where they do not overlap.
    pub fn shared_with(&self, other: &Region) -> Option<Region> {
        let shared = Region {
            low_um: self.low_um.max(other.low_um),
            high_um: self.high_um.min(other.high_um),
        };
        shared.low_um.cmplt(shared.high_um).all().then_some(shared)
    }

    /// The box without `hole`, which lies in it, as boxes that do not overlap.
    pub fn without(&self, hole: &Region) -> Vec<Region> {
        let mut left = *self;
        let mut parts = Vec::new();
        for axis in 0..3 {
            for (low, high) in [
                (left.low_um[axis], hole.low_um[axis]),
                (hole.high_um[axis], left.high_um[axis]),
            ] {
                if low < high {
                    let mut part = left;
                    (part.low_um[axis], part.high_um[axis]) = (low, high);
                    parts.push(part);
                }
            }
            (left.low_um[axis], left.high_um[axis]) = (hole.low_um[axis], hole.high_um[axis]);
        }
        parts
    }

    /// Whether a point lies in the box (its low faces belong to it, its high faces do not).
    pub fn contains(&self, point_um: DVec3) -> bool {
        point_um.cmpge(self.low_um).all() && point_um.cmplt(self.high_um).all()
    }
}
