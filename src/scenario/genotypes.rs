//! Genotypes of amyotrophic lateral sclerosis, never one knob of slow growth: which numbers each changes, by how much, and
//! what is known of it. Directions are published; sizes are assumed (grade C) unless said otherwise.

use super::brought::{Effect, Named, brings, names};
use crate::model::parameter::Grade;

/// Hours in a day.
const DAY_H: f64 = 24.0;

/// Every genotype that is known by name.
pub const GENOTYPES: [Named; 3] = [
    Named {
        name: "TDP-43/STMN2",
        meaning: "loss of TDP-43, and with it of stathmin-2: axons grow and regenerate less",
        brings: &[
            brings(
                "growth_cone.speed",
                Effect::Times(0.6),
                Grade::C,
                "motor neurons without TDP-43 or STMN2 grow less (Klim 2019; PMC7379803); net, so that less stable tips are in it; \
                 size assumed",
            ),
            brings("branching.rate", Effect::Times(0.7), Grade::C, "assumed"),
            brings(
                "injury.regrowth",
                Effect::Times(0.5),
                Grade::C,
                "poorer regeneration after axotomy, rescued by STMN2 (Klim 2019); size assumed",
            ),
            brings(
                "injury.regrowth_exercised",
                Effect::Times(0.5),
                Grade::C,
                "poorer regeneration after axotomy, rescued by STMN2 (Klim 2019); size assumed",
            ),
        ],
        protocol: None,
    },
    Named {
        name: "FUS",
        meaning: "FUS H517D: axons grow and regenerate less from the beginning, neurons are lost from the second week on",
        brings: &[
            brings(
                "growth_cone.speed",
                Effect::Times(0.5),
                Grade::C,
                "axon growth of FUS H517D motor neurons is restricted by day 7 (PMC12328293); size assumed",
            ),
            brings(
                "injury.regrowth",
                Effect::Times(0.7),
                Grade::C,
                "neurites of FUS motor neurons regrow less after axotomy (PMC8452598); size assumed",
            ),
            brings(
                "injury.regrowth_exercised",
                Effect::Times(0.7),
                Grade::C,
                "neurites of FUS motor neurons regrow less after axotomy (PMC8452598); size assumed",
            ),
            brings(
                "survival.death",
                Effect::To(0.04 / DAY_H),
                Grade::C,
                "viability is reduced on days 14 and 21 (PMC12328293); 4 % a day assumed",
            ),
            brings(
                "survival.onset",
                Effect::To(7.0 * DAY_H),
                Grade::C,
                "viability is reduced on day 14 (PMC12328293); that it begins to fall a week before is assumed",
            ),
        ],
        protocol: None,
    },
    Named {
        name: "SOD1-A4V",
        meaning: "SOD1 A4V: axons regenerate faster than those of the wild type, and degenerate later",
        brings: &[
            brings(
                "growth_cone.speed",
                Effect::Times(1.2),
                Grade::C,
                "SOD1 A4V motor neurons begin to regrow as others do, and then at a higher rate (s41598-023-31720-7); size, and growth \
                 before injury, assumed",
            ),
            brings(
                "survival.death",
                Effect::To(0.05 / DAY_H),
                Grade::C,
                "neurofilaments aggregate, then neurites degenerate (S1934-5909(14)00055-1); 5 % a day assumed",
            ),
            brings(
                "survival.onset",
                Effect::To(14.0 * DAY_H),
                Grade::C,
                "neurofilaments aggregate, then neurites degenerate (S1934-5909(14)00055-1); time assumed",
            ),
        ],
        protocol: None,
    },
];

/// Their names.
pub const NAMES: [&str; 3] = names(&GENOTYPES);
