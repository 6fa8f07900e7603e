//! The list of readouts: each with its name, its unit, when it exists, what it reads and what it means. Files, plots, panels,
//! the acceptance table and the run record all refer to this list.

use super::fascicles::Fascicles;
use super::well::WellMeasures;
use crate::model::per_step::frames;
use crate::model::plate::{Action, DoseUnit, Plate};
use crate::model::rules::kymograph::BETWEEN_FRAMES_H;
use std::f64::consts::PI;

/// The keys of a row, ahead of its readouts: name, unit, meaning.
pub const KEYS: [(&str, &str, &str); 4] = [
    ("condition", "", "the treatment of the well"),
    ("well", "1", "the number of the well on the plate, from 1"),
    ("replicate", "1", "the number of the well within its condition, from 1"),
    ("time_h", "h", "time since the start of the run"),
];

/// The measures of a well, and how fast its axons grew since the last record.
#[derive(Clone, Copy, Debug)]
pub struct Interval<'a> {
    /// The well now.
    pub now: &'a WellMeasures,
    /// Net elongation per tip since the last record, µm/h; `None` at the first.
    pub growth_rate_um_per_h: Option<f64>,
    /// Time that growth cones have lived since the start, summed, h.
    pub tip_hours: f64,
}

impl Interval<'_> {
    /// The fascicles at a distance of the plate's landmarks; `None` in a slab.
    fn fascicles_at(&self, distance: usize) -> Option<&Fascicles> {
        self.now.shafts.fascicles.as_ref()?.get(distance)
    }
}

/// Millimetres in a micrometre.
const MM_PER_UM: f64 = 1e-3;

/// Makes [`Readout`] from rows `variant = name, unit, exists, reading, meaning`. Those of each member of a list exist and read for
/// each; `{}` in their meaning stands for its name.
macro_rules! readouts {
    (
        of_a_well { $($well:ident = $well_name:literal, $well_unit:literal, $well_exists:ident, $well_read:expr, $well_meaning:literal;)* }
        $(of_each $list:ident { $($each:ident = $name:literal, $unit:literal, $exists:ident, $read:expr, $meaning:literal;)* })*
    ) => {
        /// A measure of a well that is recorded over time. Those of one of several things, such as a myokine, hold its place in its
        /// list on the plate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Readout {
            $(#[doc = concat!("`", $well_name, "`: ", $well_meaning, ".")] $well,)*
            $($(#[doc = concat!("`", $name, "`: ", $meaning, ".")] $each(usize),)*)*
        }

        impl Readout {
            /// The lists of which each member has columns.
            const LISTS: &[&'static List] = &[$(&$list),*];

            /// The readouts that a plate has, in the order of their columns.
            pub fn all_of(plate: &Plate) -> Vec<Self> {
                let of_a_well: &[(Self, &Existence<OfAWell>)] = &[$((Self::$well, &$well_exists)),*];
                let of_a_well = of_a_well.iter().filter(|(_, exists)| (exists.holds)(plate)).map(|&(readout, _)| readout);
                let mut all: Vec<Self> = of_a_well.collect();
                $(
                    let of_each: &[(fn(usize) -> Self, &Existence<OfEach>)] = &[$((Self::$each, &$exists)),*];
                    for member in 0..($list.names)(plate).len() {
                        let exist = of_each.iter().filter(|(_, exists)| (exists.holds)(plate, member));
                        all.extend(exist.map(|(readout, _)| readout(member)));
                    }
                )*
                all
            }

            /// Its value; `None` where there is nothing to measure.
            pub fn read(self, interval: &Interval<'_>) -> Option<f64> {
                let of_a_well = |read: fn(&Interval<'_>) -> Option<f64>| read(interval);
                let of_each = |read: fn(&Interval<'_>, usize) -> Option<f64>, member| read(interval, member);
                match self {
                    $(Self::$well => of_a_well($well_read),)*
                    $($(Self::$each(member) => of_each($read, member),)*)*
                }
            }

            /// Its name in files, unit included; with several of its list on a plate, the name of the column goes on.
            pub const fn name(self) -> &'static str {
                self.row().0
            }

            /// Every readout that there is, in the order of the list.
            pub fn documented() -> Vec<Documented> {
                vec![
                    $(Documented {
                        name: $well_name,
                        unit: $well_unit,
                        exists: $well_exists.words,
                        reads: measures_in(stringify!($well_read)),
                        meaning: $well_meaning.to_owned(),
                        each: None,
                    },)*
                    $($(Documented {
                        name: $name,
                        unit: $unit,
                        exists: $exists.words,
                        reads: measures_in(stringify!($read)),
                        meaning: $meaning.replace("{}", $list.stands_for),
                        each: Some(&$list.each),
                    },)*)*
                ]
            }

            /// Its name, unit and meaning as they stand in the list, and what it is of.
            const fn row(self) -> (&'static str, &'static str, &'static str, Option<(&'static List, usize)>) {
                match self {
                    $(Self::$well => ($well_name, $well_unit, $well_meaning, None),)*
                    $($(Self::$each(member) => ($name, $unit, $meaning, Some((&$list, member))),)*)*
                }
            }
        }
    };
}

/// Whether a plate has a readout of a whole well.
type OfAWell = fn(&Plate) -> bool;
/// Whether a plate has a readout of one of several things, by its place in their list.
type OfEach = fn(&Plate, usize) -> bool;

/// When a readout exists.
struct Existence<Holds> {
    /// In words.
    words: &'static str,
    /// Whether a plate has it.
    holds: Holds,
}

/// A readout as it stands in the list, whatever the plate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documented {
    /// Its name, unit included; of one of several things, the name of the column goes on with which.
    pub name: &'static str,
    /// Its unit; `1` for a plain number, `dose` for the unit of the myokine's doses.
    pub unit: &'static str,
    /// When it exists.
    pub exists: &'static str,
    /// The measures of a well that it reads, as `src/readout/well/` has them.
    pub reads: Vec<&'static str>,
    /// Its meaning.
    pub meaning: String,
    /// The things of which each has a column of its own, in words.
    pub each: Option<&'static str>,
}

impl Documented {
    /// Its unit, and that of a myokine whose doses are concentrations.
    pub fn unit_in_words(&self) -> String {
        match unit_of_dose(self.unit, DoseUnit::Nanomolar) {
            unit if unit == self.unit => unit.to_owned(),
            unit => format!(
                "{}, 1 in exercised medium; {unit} where the myokine has its doses in nM",
                self.unit
            ),
        }
    }

    /// Whether a column of that name is of this readout.
    pub fn has_column(&self, name: &str) -> bool {
        match name.strip_prefix(self.name) {
            Some("") => true,
            Some(which) => self.each.is_some() && which.starts_with('_'),
            None => false,
        }
    }
}

/// The measures that a reading names: `tips.count` of `|i| Some(i.now.tips.count as f64)`.
fn measures_in(reading: &'static str) -> Vec<&'static str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let words = reading.split(|c: char| !is_name(c));
    let measures = words.filter_map(|word| word.strip_prefix("i."));
    let named = |measure: &'static str| {
        let measure = measure.trim_start_matches("now.");
        ["map", "get", "and_then"]
            .iter()
            .find_map(|call| measure.strip_suffix(call)?.strip_suffix('.'))
            .unwrap_or(measure)
    };
    measures.map(named).collect()
}

/// Things of which a plate has several, each with columns of its own.
struct List {
    /// What they are, and what a column's name goes on with.
    each: &'static str,
    /// The word that stands for the name of one of them.
    stands_for: &'static str,
    /// Their names on a plate.
    names: fn(&Plate) -> Vec<String>,
    /// Whether the only one of its kind has columns that do not name it.
    alone_unnamed: bool,
}

static MYOKINES: List = List {
    each: "one column for each myokine, with _NAME behind it where there are several",
    stands_for: "NAME",
    names: |plate| plate.myokines.iter().map(|species| species.name.clone()).collect(),
    alone_unnamed: true,
};

static KYMOGRAPHS: List = List {
    each: "one column for each time between two frames, such as _10_min",
    stands_for: "TIME",
    names: |_| {
        BETWEEN_FRAMES_H
            .map(|hours| format!("{} min", (60.0 * hours).round()))
            .to_vec()
    },
    alone_unnamed: false,
};

static DISTANCES: List = List {
    each: "one column for each distance of record.distances, such as _100_um",
    stands_for: "DISTANCE",
    names: |plate| {
        plate
            .landmarks
            .distances_um
            .iter()
            .map(|um| format!("{um} um"))
            .collect()
    },
    alone_unnamed: false,
};

static GATES: List = List {
    each: "one column for each line of record.crossings, with _NAME behind it",
    stands_for: "NAME",
    names: |plate| plate.landmarks.gates.iter().map(|gate| gate.name.clone()).collect(),
    alone_unnamed: false,
};

static PARTS: List = List {
    each: "one column for each part of record.parts, with _NAME behind it",
    stands_for: "NAME",
    names: |plate| plate.landmarks.parts.iter().map(|part| part.name.clone()).collect(),
    alone_unnamed: false,
};

readouts! {
    of_a_well {
        OutgrowthRadiusMean = "outgrowth_radius_mean_um", "µm", ALWAYS, |i| i.now.tips.radius_mean_um,
            "mean distance of the tips from the edge of their explant";
        OutgrowthRadiusP95 = "outgrowth_radius_p95_um", "µm", ALWAYS, |i| i.now.tips.radius_p95_um,
            "95th percentile of the distance of the tips from that edge";
        OutgrowthExtent = "outgrowth_extent_um", "µm", ALWAYS, |i| i.now.tips.extent_um,
            "radial extent of outgrowth: mean distance from that edge of the 20 furthest tips of the well, or of all where there are fewer";
        FractionAtRim = "fraction_at_rim", "1", ALWAYS, |i| i.now.tips.at_rim,
            "share of the tips within 20 µm of a side of the well (not of the top or bottom of a slab), where axons stop or go along it";
        NeuriteLengthTotal = "neurite_length_total_um", "µm", ALWAYS, |i| Some(i.now.shafts.length_um),
            "length of all axons of the well";
        NeuriteLengthLongest = "neurite_length_longest_um", "µm", ALWAYS, |i| i.now.longest.length_mean_um,
            "longest way along an axon from its soma to a tip, mean over the neurons that have an axon";
        SpreadArea = "spread_area_um2", "µm²", ALWAYS, |i| Some(i.now.shafts.spread_area_um2),
            "area of the grid cells that axons touch, seen from above";
        SpreadRadius = "spread_radius_um", "µm", ALWAYS, |i| Some((i.now.shafts.spread_area_um2 / PI).sqrt()),
            "radius of the circle of that area";
        HullArea = "hull_area_um2", "µm²", ALWAYS, |i| Some(i.now.shafts.hull_area_um2 - i.now.shafts.core_area_um2),
            "area of the convex hull of the explant with its axons, seen from above, less the explant; of several, their sum";
        NeuriteDensity = "neurite_density_mm_per_mm2", "mm/mm²", ALWAYS, |i| over(i.now.shafts.length_um, i.now.shafts.hull_area_um2 * MM_PER_UM),
            "length of all axons of the well over the area of that hull, the explant's included";
        GrowthRateMean = "growth_rate_mean_um_per_h", "µm/h", ALWAYS, |i| i.growth_rate_um_per_h,
            "change of the total length since the last record per tip and hour: net elongation of a tip";
        Tips = "tips", "1", ALWAYS, |i| Some(i.now.tips.count as f64),
            "number of tips";
        TipHours = "tip_hours", "h", ALWAYS, |i| Some(i.tip_hours),
            "time that growth cones have lived since the start, summed: growth over it is a rate";
        BranchPoints = "branch_points", "1", ALWAYS, |i| Some(i.now.tips.branch_points as f64),
            "points of axons from which two or more ways go on";
        BranchPointsPerMm = "branch_points_per_mm", "1/mm", ALWAYS, |i| over(i.now.tips.branch_points as f64, i.now.shafts.length_um * MM_PER_UM),
            "branch points over the length of all axons";
        BranchOrderMean = "branch_order_mean", "1", ALWAYS, |i| i.now.tips.order_mean,
            "branch points between the axon's first point and a tip, mean over tips";
        SquaredDisplacementMean = "squared_displacement_mean_um2", "µm²", ALWAYS, |i| i.now.longest.squared_displacement_mean_um2,
            "mean squared displacement: squared end-to-end distance of each neuron's longest path, mean over neurons";
        StraightnessMean = "straightness_mean", "1", ALWAYS, |i| i.now.longest.straightness_mean,
            "end-to-end distance over length of each neuron's longest path, mean over the neurons that have an axon";
        Alignment = "alignment", "1", ACTUATED, |i| i.now.shafts.alignment,
            "length-weighted mean of cos 2(angle to the principal axis of strain; to x where there is none): 1 along, -1 across";
        GuidanceRatio = "guidance_ratio", "1", WITH_GRADIENT, |i| i.now.shafts.guidance_ratio,
            "(length on the side of the explant where the first myokine rises - length on the other) / both";
        FractionInjured = "fraction_injured", "1", ALWAYS, |i| i.now.cones.injured,
            "share of growth cones that are stumps of cut axons at rest";
        FractionRegrown = "fraction_regrown", "1", ALWAYS, |i| i.now.stumps.fraction_regrown(),
            "share of the stumps of cut axons that grow again; those that reached muscle or whose neuron is ill are not counted";
        LengthDegenerating = "length_degenerating_um", "µm", ALWAYS, |i| Some(i.now.degenerating_um),
            "length of the axons beyond a cut that has not degenerated yet";
        Synapses = "synapses", "1", WITH_MUSCLE, |i| Some(i.now.synapses.all as f64),
            "growth cones that have settled on a muscle fibre";
        SynapsesMature = "synapses_mature", "1", WITH_MUSCLE, |i| Some(i.now.synapses.mature as f64),
            "synapses that have had the time to mature";
        FibresInnervated = "fibres_innervated", "1", WITH_MUSCLE, |i| Some(i.now.synapses.fibres as f64),
            "muscle fibres with at least one synapse";
        Neurons = "neurons", "1", ALWAYS, |i| Some(i.now.somata.all as f64),
            "neurons that were seeded; wells differ in it";
        NeuronsAlive = "neurons_alive", "1", MORTAL, |i| Some(i.now.somata.alive as f64),
            "neurons that have an axon: those that fell ill count until theirs has died back";
        SomaTensionMean = "soma_tension_mean_nn", "nN", TOWED, |i| i.now.longest.soma_tension_mean_nn,
            "what is left at the soma of the tow's pull on the tip furthest along its axon, mean over neurons";
        SomaMigrationMean = "soma_migration_mean_um", "µm", ALWAYS, |i| i.now.somata.migration_mean_um,
            "distance of the somata from where they were seeded";
        TrophicGainMean = "trophic_gain_mean", "1", WITH_MYOKINE, |i| i.now.cones.trophic_gain_mean,
            "gain of growth from myokines, mean over cones";
        MechanoStateMean = "mechano_state_mean", "1", ACTUATED, |i| i.now.cones.mechano_state_mean,
            "mechano-state of the cones, 0 to 1";
        AxonGrowthScore = "axon_growth_score", "1", WITH_CUE, |i| i.now.scores.map(|scores| scores.axon_growth),
            "programme score of axon growth, mean over cones";
        ProjectionGuidanceScore = "projection_guidance_score", "1", WITH_CUE, |i| i.now.scores.map(|scores| scores.projection_guidance),
            "programme score of projection guidance, mean over cones";
        SynapseMaturationScore = "synapse_maturation_score", "1", WITH_CUE, |i| i.now.scores.map(|scores| scores.synapse_maturation),
            "programme score of synapse maturation, mean over cones";
    }
    of_each KYMOGRAPHS {
        FractionAdvancing = "fraction_advancing", "1", FILMED, |i, kymograph| i.now.cones.seen[kymograph].map(|seen| seen.advancing),
            "share of tips that have advanced between two frames of a kymograph {} apart";
        FractionPausing = "fraction_pausing", "1", FILMED, |i, kymograph| i.now.cones.seen[kymograph].map(|seen| seen.pausing),
            "share of tips that have moved by less than 0.5 µm along their axon between two frames of a kymograph {} apart";
        FractionRetracting = "fraction_retracting", "1", FILMED, |i, kymograph| i.now.cones.seen[kymograph].map(|seen| seen.retracting),
            "share of tips that have shortened between two frames of a kymograph {} apart";
    }
    of_each DISTANCES {
        NeuritesAt = "neurites_at", "1", EACH, |i, distance| i.now.shafts.circle_crossings.get(distance).map(|&count| count as f64),
            "crossings of axons with the circle (in a slab, sphere) at {} from the edge of their explant";
        FasciclesAt = "fascicles_at", "1", IN_A_PLANE, |i, distance| i.fascicles_at(distance).map(|found| found.count as f64),
            "fascicles that cross the circle at {}: arcs of 10 µm with axons of three neurons or more, and of more than one arc in a hundred has at random; neighbours are one";
        FascicleWidthAt = "fascicle_width_um_at", "µm", IN_A_PLANE, |i, distance| i.fascicles_at(distance).and_then(|found| found.width_mean_um()),
            "mean width of these fascicles at {}";
        FractionFasciculatedAt = "fraction_fasciculated_at", "1", IN_A_PLANE, |i, distance| i.fascicles_at(distance).and_then(|found| over(found.axons as f64, found.all as f64)),
            "share of the axons that cross the circle at {} in a fascicle; those of a neuron that cross one arc are one";
    }
    of_each GATES {
        AxonsAcross = "axons_across", "1", EACH, |i, gate| i.now.axons_across.get(gate).map(|&count| count as f64),
            "axons that cross {}, each counted once";
    }
    of_each PARTS {
        SynapsesIn = "synapses_in", "1", EACH_ON_MUSCLE, |i, part| i.now.synapses.in_parts.get(part).map(|&count| count as f64),
            "growth cones that have settled on a muscle fibre in {}";
    }
    of_each MYOKINES {
        MyokineMean = "myokine_mean", "dose", EACH, |i, species| i.now.myokines.get(species).map(|amount| amount.mean),
            "concentration of {}, mean over the well";
        MyokineAtConesMean = "myokine_at_cones_mean", "dose", THE_FIRST, |i, _| i.now.cones.dose_mean,
            "dose of {} at the growth cones, mean over cones";
        MyokineSlopeAtConesMean = "myokine_slope_at_cones_mean", "1/(10 µm)", THE_FIRST_WITH_GRADIENT, |i, _| i.now.cones.slope_mean,
            "relative slope of {} at the growth cones, mean over cones; 0 in uniform wells";
        MyokineMass = "myokine_mass", "dose·µm³", EACH, |i, species| i.now.myokines.get(species).map(|amount| amount.mass),
            "concentration of {} times volume, over the well";
    }
}

/// A readout of a plate as files describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The readout.
    pub readout: Readout,
    /// Its name, unit included.
    pub name: String,
    /// Its unit; `1` for a plain number.
    pub unit: &'static str,
    /// Its meaning.
    pub meaning: String,
}

/// The columns that a plate has.
pub fn columns(plate: &Plate) -> Vec<Column> {
    let listed: Vec<Listed> = Readout::LISTS.iter().map(|list| list.on(plate)).collect();
    let column = |readout: Readout| {
        let (name, unit, meaning, member) = readout.row();
        let of = member.and_then(|(list, member)| {
            let listed = listed.iter().find(|listed| std::ptr::eq(listed.list, list))?;
            Some((&*listed.suffixes[member], &*listed.names[member]))
        });
        let (suffix, of) = of.unwrap_or_default();
        let unit = match member {
            Some((list, species)) if std::ptr::eq(list, &MYOKINES) => unit_of_dose(unit, plate.myokines[species].unit),
            _ => unit,
        };
        Column {
            readout,
            name: format!("{name}{suffix}"),
            unit,
            meaning: meaning.replace("{}", of),
        }
    };
    Readout::all_of(plate).into_iter().map(column).collect()
}

/// The unit of a column of doses: `dose` is relative to exercised medium.
fn unit_of_dose(unit: &'static str, of: DoseUnit) -> &'static str {
    match (unit, of) {
        ("dose", DoseUnit::Nanomolar) => "nM",
        ("dose·µm³", DoseUnit::Nanomolar) => "nM·µm³",
        _ => unit,
    }
}

/// The members of a list on a plate.
struct Listed {
    list: &'static List,
    names: Vec<String>,
    /// Endings that tell the columns of members apart: their names, numbered where they would be the same.
    suffixes: Vec<String>,
}

impl List {
    fn on(&'static self, plate: &Plate) -> Listed {
        let names = (self.names)(plate);
        let mut suffixes: Vec<String> = Vec::new();
        for name in &names {
            let plain = format!("_{}", in_a_name(name));
            let mut suffix = plain.clone();
            let mut number = 2;
            while suffixes.contains(&suffix) {
                suffix = format!("{plain}_{number}");
                number += 1;
            }
            suffixes.push(suffix);
        }
        if let [only] = &mut suffixes[..]
            && self.alone_unnamed
        {
            only.clear();
        }
        Listed {
            list: self,
            names,
            suffixes,
        }
    }
}

/// A name that fits into a column's name.
fn in_a_name(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

/// A ratio; `None` over nothing.
fn over(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

static ALWAYS: Existence<OfAWell> = Existence {
    words: "always",
    holds: |_| true,
};

static WITH_MYOKINE: Existence<OfAWell> = Existence {
    words: "with a myokine",
    holds: has_myokine,
};

static ACTUATED: Existence<OfAWell> = Existence {
    words: "where the gel of a condition is moved",
    holds: is_actuated,
};

static WITH_CUE: Existence<OfAWell> = Existence {
    words: "with a myokine, or where the gel of a condition is moved",
    holds: |plate| has_myokine(plate) || is_actuated(plate),
};

static WITH_GRADIENT: Existence<OfAWell> = Existence {
    words: "where myokine differs within a well: with muscle, sources, reservoirs, drops or uptake",
    holds: has_gradient,
};

static TOWED: Existence<OfAWell> = Existence {
    words: "where growth cones are pulled, in a condition or by an event",
    holds: |plate| {
        let mut later = plate.events.iter();
        plate.conditions.iter().any(|condition| condition.tow.is_some())
            || later.any(|event| matches!(event.action, Action::Tow(Some(_))))
    },
};

static WITH_MUSCLE: Existence<OfAWell> = Existence {
    words: "where a condition has muscle beside the neurons",
    holds: has_muscle,
};

static MORTAL: Existence<OfAWell> = Existence {
    words: "where neurons die in a condition (survival.death)",
    holds: |plate| {
        let mut conditions = plate.conditions.iter();
        conditions.any(|condition| condition.biology.survival.death_per_h > 0.0)
    },
};

static EACH: Existence<OfEach> = Existence {
    words: "always",
    holds: |_, _| true,
};

static FILMED: Existence<OfEach> = Existence {
    words: "where a whole number of steps comes to the time between two frames, within a twentieth",
    holds: |plate, kymograph| frames(plate.step_h)[kymograph] > 0,
};

static IN_A_PLANE: Existence<OfEach> = Existence {
    words: "in planar wells",
    holds: |plate, _| plate.domain.planar(),
};

static EACH_ON_MUSCLE: Existence<OfEach> = Existence {
    words: WITH_MUSCLE.words,
    holds: |plate, _| has_muscle(plate),
};

static THE_FIRST: Existence<OfEach> = Existence {
    words: "with a myokine; of the first",
    holds: |_, species| species == 0,
};

static THE_FIRST_WITH_GRADIENT: Existence<OfEach> = Existence {
    words: "as guidance_ratio; of the first myokine",
    holds: |plate, species| species == 0 && has_gradient(plate),
};

fn has_myokine(plate: &Plate) -> bool {
    !plate.myokines.is_empty()
}

fn is_actuated(plate: &Plate) -> bool {
    plate.conditions.iter().any(|condition| condition.actuation.is_some())
}

fn has_gradient(plate: &Plate) -> bool {
    (0..plate.conditions.len()).any(|condition| plate.has_grid(condition))
}

fn has_muscle(plate: &Plate) -> bool {
    plate.conditions.iter().any(|condition| condition.muscle.is_some())
}
