//! Gels that move unevenly, as they are drawn: for each such condition a sheet of how far the gel is carried at the peak of
//! its cycle, and the magnet bars in it, in the order in which `shaders/draw/frame.wgsl` reads them.

use crate::model::domain::{Domain, Region};
use crate::model::gel::bars::Pull;
use crate::model::gel::motion::{Cause, Motion};
use crate::model::plate::{Plate, StrainMode};
use glam::{DVec3, Vec4};
use std::sync::Arc;

/// Squares of a sheet along x and y. Twin of `SQUARES` in the shader.
pub const SQUARES: u32 = 40;
/// Layers of a gel with height; a flat one is one sheet.
const LAYERS: u32 = 4;

/// The place of a condition's movement among those of the plate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its first node.
    pub first: u32,
    /// Layers of nodes above the lowest.
    pub layers: u32,
    /// Its first bar.
    pub first_bar: u32,
    /// The number of bars.
    pub bars: u32,
}

/// The movement of a condition whose gel moves unevenly.
pub fn motion_of(plate: &Plate, condition: usize) -> Option<&Arc<Motion>> {
    match &plate.conditions.get(condition)?.actuation.as_ref()?.strain {
        StrainMode::Nonuniform(motion) => Some(motion),
        StrainMode::Uniaxial | StrainMode::Equibiaxial | StrainMode::Shear => None,
    }
}

/// The movements of a plate, one for each condition that has one.
pub fn motions(plate: &Plate) -> impl Iterator<Item = &Arc<Motion>> {
    (0..plate.conditions.len()).filter_map(|condition| motion_of(plate, condition))
}

/// The place of each condition's movement; `None` where the gel moves alike everywhere, or not at all.
pub fn sheets(plate: &Plate) -> Vec<Option<Sheet>> {
    let layers = layers(&plate.domain);
    let mut next = 0;
    (0..plate.conditions.len())
        .map(|condition| {
            let bars = bars(motion_of(plate, condition)?).len() as u32;
            let first_bar = next + (SQUARES + 1).pow(2) * (layers + 1);
            let sheet = Sheet {
                first: next,
                layers,
                first_bar,
                bars,
            };
            next = first_bar + bars;
            Some(sheet)
        })
        .collect()
}

/// The movements for the device: the displacement of each node of a sheet, µm, x fastest; then the bars, middle (from that of the well)
/// and half their size in the plane, µm.
pub fn contents<'a>(motions: impl Iterator<Item = &'a Arc<Motion>>, domain: &Domain) -> Vec<Vec4> {
    let size_um = domain.size_um();
    let layers = layers(domain);
    let share = |place: u32, of: u32| f64::from(place) / f64::from(of.max(1));
    let mut found = Vec::new();
    for motion in motions {
        for z in 0..=layers {
            // A flat gel is known in its plane.
            let height = if layers == 0 { 0.5 } else { share(z, layers) };
            for y in 0..=SQUARES {
                let row = (0..=SQUARES).map(|x| DVec3::new(share(x, SQUARES), share(y, SQUARES), height) * size_um);
                found.extend(row.map(|at_um| motion.peak.at(at_um).as_vec3().extend(0.0)));
            }
        }
        found.extend(bars(motion).iter().map(|bar| {
            let middle = 0.5 * (bar.low_um + bar.high_um - size_um);
            let half = 0.5 * (bar.high_um - bar.low_um);
            let all = [middle.x, middle.y, half.x, half.y].map(|number| number as f32);
            Vec4::from_array(all)
        }));
    }
    found
}

fn layers(domain: &Domain) -> u32 {
    if domain.planar() { 0 } else { LAYERS }
}

/// The bars that are seen: not the ends of a muscle, which pull on the gel as bars would.
fn bars(motion: &Motion) -> &[Region] {
    match &motion.cause {
        Cause::Bars {
            pull: Pull::Shortening(_),
            ..
        }
        | Cause::Measured { .. } => &[],
        Cause::Bars { bars, .. } => &bars.bars,
    }
}
