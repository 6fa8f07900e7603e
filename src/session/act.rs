//! What one can do to a running plate. Each act is written as an event of the scenario and read back from there, so that
//! what is done and what is saved cannot differ.

use crate::model::plate::StrainMode;
use glam::DVec3;

/// Something done to the wells of a condition (or of all), at the next step. Quantities in model units.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A knife: axons that cross the line are cut, and what lies beyond is gone.
    Cut {
        /// Where the knife goes in, µm in the well.
        from_um: DVec3,
        /// Where it comes out.
        to_um: DVec3,
    },
    /// A pipette: a drop of myokine.
    Drop {
        /// Centre, µm in the well.
        at_um: DVec3,
        /// Radius, µm.
        radius_um: f64,
        /// Which myokine, by its place in [`crate::model::plate::Plate::myokines`].
        species: usize,
        /// Concentration added.
        dose: f64,
    },
    /// A magnet that is moved back and forth for a session: the gel is strained along the way.
    Magnet {
        /// One end of its way, µm in the well.
        from_um: DVec3,
        /// The other end.
        to_um: DVec3,
        /// How often, Hz.
        frequency_hz: f64,
        /// For how long, h.
        session_h: f64,
    },
    /// A number of the biology changes from here on: its dotted key and value in model units.
    Set {
        /// Such as `growth_cone.speed`.
        key: String,
        /// In model units.
        value: f64,
    },
    /// The gel is moved like this from here on; `None` leaves it still.
    Actuate(Option<Actuate>),
    /// The muscle is lit like this from here on; `None` leaves it dark.
    Light(Option<Timed>),
    /// The whole medium is replaced now.
    Medium(CarriedMedium),
}

/// Movement of the gel.
#[derive(Clone, Debug, PartialEq)]
pub struct Actuate {
    /// The kind of movement.
    pub strain: StrainMode,
    /// Engineering strain.
    pub amplitude: f64,
    /// Axis, rad.
    pub axis_rad: f64,
    /// When.
    pub timed: Timed,
}

/// Sessions that repeat, the first of them now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timed {
    /// Cycles or pulses, Hz.
    pub frequency_hz: f64,
    /// Length of a session, h.
    pub session_h: f64,
    /// From one session's start to the next, h.
    pub every_h: f64,
}

/// Medium carried from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarriedMedium {
    /// Never met by muscle.
    Fresh,
    /// Conditioned by resting muscle.
    RestingMuscle,
    /// Conditioned by exercised muscle.
    ExercisedMuscle,
}
