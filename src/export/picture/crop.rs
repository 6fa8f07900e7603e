//! The part of a well that the picture shows: the same square for all wells, around what has grown.

use crate::model::plate::Plate;
use crate::model::world::World;
use crate::readout::topology::Forest;
use glam::{DVec2, Vec3};

/// Room left around what has grown, as a share of the crop.
const MARGIN: f64 = 0.05;
/// Length of a muscle that is shown where it begins, µm.
const MUSCLE_SHOWN_UM: f64 = 350.0;

/// A square of the well seen from above and its scale in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crop {
    /// Lowest corner, µm.
    pub low_um: DVec2,
    /// Edge length, µm.
    pub edge_um: f64,
    /// Picture points for each µm.
    pub px_per_um: f64,
}

impl Crop {
    /// A crop of a whole well, `size_px` points wide: the square around its middle that holds its longer edge.
    pub fn of_well(plate: &Plate, size_px: u32) -> Self {
        let well = plate.domain.size_um().truncate();
        let edge_um = well.max_element().max(1.0);
        Self {
            low_um: 0.5 * (well - DVec2::splat(edge_um)),
            edge_um,
            px_per_um: f64::from(size_px) / edge_um,
        }
    }

    /// A crop of everything that has grown on the plate, `size_px` points wide.
    pub fn of(plate: &Plate, world: &World, forest: &Forest<'_>, size_px: u32) -> Self {
        let well = plate.domain.size_um().truncate();
        let mut low = DVec2::INFINITY;
        let mut high = DVec2::NEG_INFINITY;
        let mut include = |at: DVec2| {
            low = low.min(at.clamp(DVec2::ZERO, well));
            high = high.max(at.clamp(DVec2::ZERO, well));
        };
        for placed in &plate.explants {
            let (at, radius) = (placed.at_um.truncate(), DVec2::splat(placed.explant.radius_um));
            include(at - radius);
            include(at + radius);
            for muscle in plate
                .conditions
                .iter()
                .filter_map(|condition| condition.muscle.as_ref())
            {
                let (from, to) = (muscle.region.low_um.truncate(), muscle.region.high_um.truncate());
                let nearest = at.clamp(from, to);
                include((nearest + (nearest - at).normalize_or_zero() * MUSCLE_SHOWN_UM).clamp(from, to));
            }
        }
        for neuron in 0..world.neurons.len() {
            for shaft in forest.axon(neuron).shafts() {
                shaft.points_um().for_each(|at| include(at.truncate().as_dvec2()));
            }
        }
        if !low.is_finite() {
            (low, high) = (DVec2::ZERO, well);
        }
        // A square no larger than the well's longer edge, moved inside the well where it fits.
        let edge_um = ((high - low).max_element() * (1.0 + 2.0 * MARGIN))
            .min(well.max_element())
            .max(1.0);
        let centre = 0.5 * (low + high);
        let fit = |centre: f64, well: f64| {
            if edge_um >= well {
                0.5 * (well - edge_um)
            } else {
                (centre - 0.5 * edge_um).clamp(0.0, well - edge_um)
            }
        };
        let low_um = DVec2::new(fit(centre.x, well.x), fit(centre.y, well.y));
        Self {
            low_um,
            edge_um,
            px_per_um: f64::from(size_px) / edge_um,
        }
    }

    /// The place of a point of the well in the picture; y runs upwards in the well and downwards in the picture.
    pub fn px(&self, at_um: Vec3) -> (f32, f32) {
        let at = (at_um.truncate().as_dvec2() - self.low_um) * self.px_per_um;
        (at.x as f32, (self.edge_um * self.px_per_um - at.y) as f32)
    }

    /// The point of the well at the middle of a picture point.
    pub fn um(&self, x: u32, y: u32) -> DVec2 {
        let (x, y) = (f64::from(x) + 0.5, self.edge_um * self.px_per_um - f64::from(y) - 0.5);
        self.low_um + DVec2::new(x, y) / self.px_per_um
    }
}
