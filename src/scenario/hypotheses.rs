//! Findings that studies disagree on, as hypotheses that a scenario names: what strain does to length and direction of
//! axons, and how far tips wander. Each brings its numbers and the protocol of its study.

use super::brought::{Effect, Named, StudyProtocol, brings, names};
use crate::model::parameter::Grade;
use crate::model::plate::StrainMode;

/// Length over which a tip on a plain surface forgets its direction, and the shortest on a patterned one, µm.
const WANDERING_UM: f64 = 5.0;

/// Every hypothesis that is known by name.
pub const HYPOTHESES: [Named; 5] = [
    Named {
        name: "bu-2024",
        meaning: "moving the gel half an hour a day does as much for length as exercised medium (Bu 2024)",
        brings: &[
            brings(
                "mechano.gain",
                Effect::To(4.47),
                Grade::C,
                "calibrated: strain does as much as exercised medium (Bu 2024)",
            ),
            brings(
                "growth_cone.strain_turning",
                Effect::To(-0.05),
                Grade::C,
                "directions in the actuated gel are not public (Bu 2024); small, assumed",
            ),
        ],
        protocol: Some(StudyProtocol {
            strain: StrainMode::Uniaxial,
            amplitude: 0.05,
            frequency_hz: 1.0,
            session_h: 0.5,
            every_h: 24.0,
            grade: Grade::C,
            source: "30 minutes a day (Bu 2024, press); amplitude and frequency unconfirmed",
        }),
    },
    Named {
        name: "lin-2020",
        meaning: "cyclic stretch leaves length as it is and turns neurites away from its axis (Lin 2020)",
        brings: &[
            brings(
                "mechano.gain",
                Effect::To(0.0),
                Grade::B,
                "axon length about that of unstretched neurons (10.3389/fbioe.2020.597867)",
            ),
            brings(
                "growth_cone.strain_turning",
                Effect::To(-0.1),
                Grade::C,
                "neurons reorient away from the stretch (10.3389/fbioe.2020.597867); rate assumed",
            ),
        ],
        protocol: Some(StudyProtocol {
            strain: StrainMode::Uniaxial,
            amplitude: 0.1,
            frequency_hz: 1.0,
            session_h: 24.0,
            every_h: 24.0,
            grade: Grade::C,
            source: "amplitude and frequency were varied (10.3389/fbioe.2020.597867); large and lasting, assumed",
        }),
    },
    Named {
        name: "sh-sy5y-2013",
        meaning: "equibiaxial strain of 10 % at 0.25 Hz for 120 min a day makes more and longer neurites (SH-SY5Y, \
                  PubMed 23741633); there, how many leave a cell is not modelled",
        brings: &[
            brings(
                "mechano.gain",
                Effect::To(1.0),
                Grade::C,
                "longer neurites without retinoic acid (PubMed 23741633); size assumed",
            ),
            brings(
                "growth_cone.strain_turning",
                Effect::To(0.0),
                Grade::C,
                "equibiaxial strain has no axis in the plane",
            ),
        ],
        protocol: Some(StudyProtocol {
            strain: StrainMode::Equibiaxial,
            amplitude: 0.1,
            frequency_hz: 0.25,
            session_h: 2.0,
            every_h: 24.0,
            grade: Grade::B,
            source: "10 % at 0.25 Hz, 120 min a day, on SH-SY5Y cells (PubMed 23741633)",
        }),
    },
    Named {
        name: "plain-surface",
        meaning: "tips on plain surfaces wander diffusively: mean squared displacement as t (10.1371/journal.pone.0216181)",
        brings: &[brings(
            "growth_cone.persistence_length",
            Effect::To(WANDERING_UM),
            Grade::C,
            "growth on plain surfaces is Brownian (10.1371/journal.pone.0216181); well below the lengths over which that is seen; \
             assumed",
        )],
        protocol: None,
    },
    Named {
        name: "patterned-surface",
        meaning: "tips on patterned surfaces wander superdiffusively: mean squared displacement as t^1.4 (arXiv 2506.11272)",
        brings: &[
            brings(
                "growth_cone.persistence_tail",
                Effect::To(0.6),
                Grade::C,
                "a tail of 0.6 makes the exponent 2 - 0.6 = 1.4 (arXiv 2506.11272); that persistence varies between cones \
                 rather than in time is assumed",
            ),
            brings(
                "growth_cone.persistence_length",
                Effect::To(WANDERING_UM),
                Grade::C,
                "the shortest, that of plain surfaces; assumed",
            ),
        ],
        protocol: None,
    },
];

/// Their names.
pub const NAMES: [&str; 5] = names(&HYPOTHESES);
