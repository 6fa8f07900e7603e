//! From points of a well and a tool's settings to acts. Acts are by condition, so that replicates stay
//! replicates.

use crate::model::plate::Cut;
use crate::readout::probe::WellPoint;
use crate::session::Act;

/// The shortest drag that is meant, µm.
pub const SHORTEST_UM: f64 = 20.0;

/// An act and the conditions it is done to.
#[derive(Clone, Debug, PartialEq)]
pub struct AimedAct {
    /// The conditions; empty for all.
    pub conditions: Vec<usize>,
    /// The act.
    pub act: Act,
}

/// The settings of the tools.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Radius of a drop, µm.
    pub radius_um: f64,
    /// Which myokine it holds.
    pub species: usize,
    /// Concentration that it adds.
    pub dose: f64,
    /// How often a magnet goes back and forth, Hz.
    pub frequency_hz: f64,
    /// For how long, h.
    pub session_h: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            radius_um: 200.0,
            species: 0,
            dose: 1.0,
            frequency_hz: 1.0,
            session_h: 0.5,
        }
    }
}

fn aimed(place: &WellPoint, everywhere: bool, act: Act) -> AimedAct {
    AimedAct {
        conditions: if everywhere { vec![] } else { vec![place.condition] },
        act,
    }
}

/// A cut from one point of a well to another; `None` for a line too short to be meant.
pub fn cut(from: &WellPoint, to: &WellPoint, everywhere: bool) -> Option<AimedAct> {
    way(from, to)?;
    let act = Act::Axotomy(Cut::Line {
        from_um: from.at_um,
        to_um: to.at_um,
    });
    Some(aimed(from, everywhere, act))
}

/// A drop at a point of a well; `None` where the plate has no such myokine or the drop is nothing.
pub fn drop(at: &WellPoint, settings: &Settings, myokines: usize, everywhere: bool) -> Option<AimedAct> {
    let sound = settings.species < myokines && settings.radius_um > 0.0 && settings.dose > 0.0;
    let act = Act::Drop {
        at_um: at.at_um,
        radius_um: settings.radius_um,
        species: settings.species,
        dose: settings.dose,
    };
    sound.then(|| aimed(at, everywhere, act))
}

/// A magnet moved between two points of a well; `None` for a way too short to be meant.
pub fn magnet(from: &WellPoint, to: &WellPoint, settings: &Settings, everywhere: bool) -> Option<AimedAct> {
    way(from, to)?;
    let act = Act::Magnet {
        from_um: from.at_um,
        to_um: to.at_um,
        frequency_hz: settings.frequency_hz,
        session_h: settings.session_h,
    };
    Some(aimed(from, everywhere, act))
}

fn way(from: &WellPoint, to: &WellPoint) -> Option<f64> {
    let length_um = from.at_um.distance(to.at_um);
    (from.well == to.well && length_um >= SHORTEST_UM).then_some(length_um)
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::DVec3;

    fn at(well: usize, x: f64) -> WellPoint {
        WellPoint {
            well,
            condition: 2,
            at_um: DVec3::new(x, 100.0, 10.0),
        }
    }

    #[test]
    fn a_cut_is_done_to_the_condition_or_to_all() {
        let cut_here = cut(&at(7, 100.0), &at(7, 400.0), false).expect("long enough");
        assert_eq!(cut_here.conditions, [2]);
        assert_eq!(
            cut_here.act,
            Act::Axotomy(Cut::Line {
                from_um: DVec3::new(100.0, 100.0, 10.0),
                to_um: DVec3::new(400.0, 100.0, 10.0),
            })
        );
        let cut_all = cut(&at(7, 100.0), &at(7, 400.0), true).expect("long enough");
        assert!(cut_all.conditions.is_empty());
        assert_eq!(cut(&at(7, 100.0), &at(7, 110.0), false), None, "a slip of the hand");
        assert_eq!(cut(&at(7, 100.0), &at(8, 400.0), false), None, "not across wells");
    }

    #[test]
    fn a_drop_of_what_there_is_not_is_none() {
        let settings = Settings::default();
        assert!(drop(&at(0, 0.0), &settings, 1, false).is_some());
        assert_eq!(drop(&at(0, 0.0), &settings, 0, false), None);
        let nothing = Settings { dose: 0.0, ..settings };
        assert_eq!(drop(&at(0, 0.0), &nothing, 1, false), None);
    }

    #[test]
    fn a_magnet_takes_its_pace_from_the_settings() {
        let settings = Settings {
            frequency_hz: 2.0,
            ..Settings::default()
        };
        let moved = magnet(&at(1, 100.0), &at(1, 200.0), &settings, false).expect("long enough");
        assert!(
            matches!(moved.act, Act::Magnet { frequency_hz, session_h, .. } if (frequency_hz, session_h) == (2.0, 0.5))
        );
    }
}
