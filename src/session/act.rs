//! Acts: interventions in a running plate. Each is written as an event of the scenario and read back from there, so that
//! what is done and what is saved cannot differ.

use crate::model::parameters::Light;
use crate::model::plate::{Cut, MediumSource, StrainProtocol};
use glam::DVec3;

/// Something done to the wells of a condition (or of all), at the next step: the [`Action`] of an event that has the same
/// name, but for a magnet, which becomes an actuation. Quantities in model units. Sessions begin with the act, whatever
/// their `start_h` says.
///
/// [`Action`]: crate::model::plate::Action
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A drop of myokine from a pipette.
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
    /// The whole medium is replaced now.
    Medium(MediumSource),
    /// A number of the biology changes from here on; the others stay as each condition has them.
    Biology {
        /// The dotted key, such as `growth_cone.speed`.
        key: String,
        /// In model units.
        value: f64,
    },
    /// Axons are cut, and what lies beyond the cut degenerates.
    Axotomy(Cut),
    /// A magnet is moved back and forth for a session: the gel is strained along the way.
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
    /// The gel is moved like this from here on; `None` leaves it still.
    Actuation(Option<StrainProtocol>),
    /// The muscle is lit like this from here on; `None` leaves it dark.
    Light(Option<Light>),
}
