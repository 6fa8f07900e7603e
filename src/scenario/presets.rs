//! Named myokines: the numbers that their names bring along, each with its grade and source. Doses are in nM.

use super::mean_gain::gains_in_daily_medium;
use super::quantity::DoseScale;
use crate::model::parameter::{Grade, HOUR_S};
use crate::model::parameters::Myokine;
use crate::model::plate::DoseUnit;

/// A myokine known by name.
#[derive(Debug)]
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// Diffusivity, µm²/s.
    pub diffusivity_um2_per_s: Known,
    /// Dose of half-maximal effect, nM.
    pub half_dose_nm: Known,
    /// Gain of growth at full occupancy: its own, not that calibrated for all that muscle secretes.
    pub max_gain: Known,
    /// Concentration in the medium of resting muscle after a day, nM.
    pub resting_day_nm: Known,
    /// Molar mass of the molecule that acts, kg/mol, by which a dose in ng/mL is one in nM.
    pub molar_mass_kda: Known,
}

/// A number with its grade and source.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The number.
    pub value: f64,
    /// Its grade.
    pub grade: Grade,
    /// Its source.
    pub source: &'static str,
}

const fn known(value: f64, grade: Grade, source: &'static str) -> Known {
    Known { value, grade, source }
}

const SCALED: &str = "scaled by size from IGF-1 and NGF (PMC1877763, PMC1303113); no binding to the gel";
const ASSUMED_DOSE: &str = "order of magnitude of cell assays; not known for motor neurons";
const GROWS_IN_SLICES: &str = "raises outgrowth from motor neurons of spinal cord slices, BDNF at high doses (10.1155/2016/4969523); size assumed";
const ASSUMED_GAIN: &str = "not known; assumed as that of GDNF";
const ORDER_PG: &str = "order of 100 pg/mL in a day from C2C12, recalled";
const ORDER_UNKNOWN: &str = "not known; assumed of the order of 100 pg/mL in a day";

/// Share of what exercise does by the lumped myokine below which one is told to be unable to carry its effect.
pub const MOST_WITHOUT_EFFECT: f64 = 0.5;

/// Every named myokine.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "GDNF",
        diffusivity_um2_per_s: known(115.0, Grade::C, SCALED),
        half_dose_nm: known(
            0.0002,
            Grade::C,
            "survival of motor neurons, 0.2 pM class, recalled; 75 times as potent as neurotrophins (PubMed 7973664)",
        ),
        max_gain: known(2.0, Grade::C, GROWS_IN_SLICES),
        resting_day_nm: known(0.0033, Grade::C, ORDER_PG),
        molar_mass_kda: known(
            30.4,
            Grade::B,
            "UniProt P39905: two chains of 134 residues, without their sugars",
        ),
    },
    Preset {
        name: "LIF",
        diffusivity_um2_per_s: known(110.0, Grade::C, SCALED),
        half_dose_nm: known(0.05, Grade::C, ASSUMED_DOSE),
        max_gain: known(2.0, Grade::C, ASSUMED_GAIN),
        resting_day_nm: known(0.005, Grade::C, ORDER_UNKNOWN),
        molar_mass_kda: known(
            19.7,
            Grade::B,
            "UniProt P15018: a chain of 180 residues, without its sugars",
        ),
    },
    Preset {
        name: "BDNF",
        diffusivity_um2_per_s: known(120.0, Grade::C, SCALED),
        half_dose_nm: known(0.39, Grade::B, "10.6 ng/mL in pelvic ganglia (PMC3001390)"),
        max_gain: known(2.0, Grade::C, GROWS_IN_SLICES),
        resting_day_nm: known(0.0037, Grade::C, ORDER_PG),
        molar_mass_kda: known(27.0, Grade::B, "UniProt P23560: two chains of 119 residues"),
    },
    Preset {
        name: "IGF-1",
        diffusivity_um2_per_s: known(159.0, Grade::B, "IGF-1 in 0.27 % fibrin (PMC1877763)"),
        half_dose_nm: known(1.0, Grade::C, ASSUMED_DOSE),
        max_gain: known(2.0, Grade::C, ASSUMED_GAIN),
        resting_day_nm: known(0.013, Grade::C, ORDER_UNKNOWN),
        molar_mass_kda: known(7.65, Grade::B, "UniProt P05019: a chain of 70 residues"),
    },
    Preset {
        name: "IL-6",
        diffusivity_um2_per_s: known(125.0, Grade::C, SCALED),
        half_dose_nm: known(0.2, Grade::C, ASSUMED_DOSE),
        max_gain: known(2.0, Grade::C, ASSUMED_GAIN),
        resting_day_nm: known(
            0.013,
            Grade::C,
            "order of 100 to 1000 pg/mL in a day from C2C12, recalled",
        ),
        molar_mass_kda: known(
            20.8,
            Grade::B,
            "UniProt P05231: a chain of 183 residues, without its sugars",
        ),
    },
    Preset {
        name: "irisin",
        diffusivity_um2_per_s: known(135.0, Grade::C, SCALED),
        half_dose_nm: known(1.0, Grade::C, ASSUMED_DOSE),
        max_gain: known(2.0, Grade::C, ASSUMED_GAIN),
        resting_day_nm: known(0.005, Grade::C, ORDER_UNKNOWN),
        molar_mass_kda: known(
            12.6,
            Grade::C,
            "UniProt Q8NAU1: a chain of 112 residues, without its sugars",
        ),
    },
];

/// How doses of the myokine of that name are told.
pub fn doses_of(name: &str) -> DoseScale {
    find(name).map_or(DoseScale::RELATIVE, |preset| DoseScale {
        unit: DoseUnit::Nanomolar,
        molar_mass_kda: Some(preset.molar_mass_kda.value),
    })
}

/// The preset of that name.
pub fn find(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}

impl Preset {
    /// The numbers of a myokine of this name; those it does not bring keep their documented defaults.
    pub fn myokine(&self) -> Myokine {
        let default = Myokine::default();
        let decay_per_h = default.decay_per_h();
        let kept_over_day = (-decay_per_h * 24.0).exp();
        Myokine {
            diffusivity_um2_per_h: self.diffusivity_um2_per_s.value * HOUR_S,
            half_dose: self.half_dose_nm.value,
            max_gain: self.max_gain.value,
            uptake_half_dose: self.half_dose_nm.value,
            resting_secretion_per_h: self.resting_day_nm.value * decay_per_h / (1.0 - kept_over_day),
            ..default
        }
    }

    /// Share of exercise that this myokine carries alone: what exercise adds to growth by it, over what it adds by the lumped one.
    pub fn share_of_exercise(&self) -> f64 {
        let added = |[resting, exercised]: [f64; 2]| exercised - resting;
        added(self.gains_alone()) / added(gains_in_daily_medium(&Myokine::default(), DoseUnit::Relative))
    }

    /// Mean gain of growth by this myokine alone, in daily medium of muscle at rest and under exercise.
    pub fn gains_alone(&self) -> [f64; 2] {
        gains_in_daily_medium(&self.myokine(), DoseUnit::Nanomolar)
    }

    /// The number at `key` of a myokine of this name with its grade and source, if the name brings it.
    pub fn known(&self, key: &str) -> Option<Known> {
        match key {
            "diffusivity" => Some(self.diffusivity_um2_per_s),
            "half_dose" => Some(self.half_dose_nm),
            "max_gain" => Some(self.max_gain),
            "uptake_half_dose" => Some(Known {
                grade: Grade::C,
                source: "assumed as the receptors'",
                ..self.half_dose_nm
            }),
            "resting_secretion" => Some(self.resting_day_nm),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Medium of muscle holds hundreds of substances; one of them that did as much as all would make the label wrong.
    #[test]
    fn no_named_myokine_does_what_all_together_do() {
        let [_, exercised] = gains_in_daily_medium(&Myokine::default(), DoseUnit::Relative);
        assert!((3.5..4.5).contains(&exercised), "calibrated to 4: {exercised}");
        for preset in PRESETS {
            let share = preset.share_of_exercise();
            assert!((0.0..MOST_WITHOUT_EFFECT).contains(&share), "{}: {share}", preset.name);
        }
    }
}
