//! Features of a plate: which of the model's mechanisms have any part in it. A pass on a graphics device is compiled without the others.

use super::per_step;
use super::plate::{Plate, StrainMode};
use super::rules::fasciculation::heeds_crowd;

/// The mechanisms that have a part in a plate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    /// Walls stand in its wells.
    pub walls: bool,
    /// Axons grow in a plane, not in a slab.
    pub planar: bool,
    /// Growth cones heed axons and cones around them.
    pub crowd: bool,
    /// A well has a myokine field that is not uniform.
    pub grids: bool,
    /// The gel of a well is strained.
    pub strain: bool,
    /// It is strained otherwise from place to place.
    pub strain_maps: bool,
    /// A well has muscle fibres, on which growth cones may settle.
    pub fibres: bool,
}

impl Features {
    /// Those of a plate from its start on, events included.
    pub fn throughout(plate: &Plate) -> Self {
        let mut present = plate.clone();
        let later = plate.events.iter().map(|event| {
            present.follow(event);
            Self::now(&present)
        });
        later.fold(Self::now(plate), Self::and)
    }

    /// Those of a plate as it is now, whatever its events bring.
    pub fn now(plate: &Plate) -> Self {
        let conditions = &plate.conditions;
        let strains = conditions.iter().filter_map(|condition| condition.actuation.as_ref());
        Self {
            walls: plate.domain.walls.contains(&true),
            planar: plate.domain.planar(),
            crowd: (conditions.iter()).any(|condition| heeds_crowd(&per_step::rules(&condition.biology, plate))),
            grids: (0..conditions.len()).any(|condition| plate.has_grid(condition)),
            strain: conditions.iter().any(|condition| condition.actuation.is_some()),
            strain_maps: strains
                .clone()
                .any(|strain| matches!(strain.strain, StrainMode::Nonuniform(_))),
            fibres: conditions.iter().any(|condition| condition.muscle.is_some()),
        }
    }

    /// Those of both. Of one plate at two times: it stays in the plane or in space.
    pub fn and(self, other: Self) -> Self {
        Self {
            walls: self.walls || other.walls,
            planar: self.planar && other.planar,
            crowd: self.crowd || other.crowd,
            grids: self.grids || other.grids,
            strain: self.strain || other.strain,
            strain_maps: self.strain_maps || other.strain_maps,
            fibres: self.fibres || other.fibres,
        }
    }
}
