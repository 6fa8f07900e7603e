//! The head of a checkpoint: whose state it is, and how far the run has come.

use crate::engine::ComputesOn;
use crate::model::plate::Plate;
use crate::model::word::Word;
use crate::readout::RESULTS_VERSION;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// The circumstances of a state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The program's version.
    pub version: String,
    /// The number of the results that it gives ([`RESULTS_VERSION`]).
    pub results_version: u32,
    /// The kind of engine: `cpu` or `gpu`.
    pub engine: String,
    /// The adapter, or the number of threads.
    pub device: String,
    /// Hash of the plate, as it was planned ([`plate_hash`]).
    pub plate: [u8; 32],
    /// Steps done.
    pub step: u32,
    /// The table of readouts up to here.
    pub rows: Rows,
    /// Time that the run has taken, s.
    pub elapsed_s: f64,
    /// The steps at which it was gone on with before.
    pub resumed_at: Vec<u32>,
}

/// The table of readouts as CSV, up to a state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    /// Its length, bytes.
    pub bytes: u64,
    /// Hash of these bytes.
    pub hash: [u8; 32],
    /// The time of its last record, h.
    pub last_h: Option<f64>,
}

impl Head {
    /// Whether the state belongs to a plate on a kind of engine, by this version of the program.
    ///
    /// # Errors
    /// The difference, for the user.
    pub fn check(&self, plate: &[u8; 32], engine: ComputesOn) -> Result<(), String> {
        let version = env!("CARGO_PKG_VERSION");
        if self.results_version != RESULTS_VERSION {
            return Err(format!(
                "it is of outgrowth {} (results version {}), this is {version} (results version {RESULTS_VERSION}), whose numbers differ",
                self.version, self.results_version
            ));
        }
        if self.plate != *plate {
            return Err("its scenario resolves to another plate".to_owned());
        }
        if self.engine != engine.word() {
            return Err(format!(
                "it was computed on the {} engine ({}), this is the {engine} engine, whose bits differ; choose with --engine",
                self.engine, self.device
            ));
        }
        Ok(())
    }
}

/// Hash of all numbers of a plate: of its text for developers, in which every number has the digits that read back to the same bits.
pub fn plate_hash(plate: &Plate) -> [u8; 32] {
    let mut hash = Hash(blake3::Hasher::new());
    // Nothing is written that could fail.
    let _ = write!(hash, "{plate:?}");
    *hash.0.finalize().as_bytes()
}

struct Hash(blake3::Hasher);

impl Write for Hash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Surroundings, builtin, read};

    #[test]
    fn a_plate_has_the_same_hash_each_time_and_another_number_another() {
        let plate = |name: &str, changes: &[&str]| {
            let changes: Vec<_> = changes
                .iter()
                .map(|change| change.parse().expect("an override"))
                .collect();
            let scenario = builtin(name).expect("built in");
            read(scenario.text, name, &changes, &Surroundings::built_in())
                .expect("a scenario")
                .plate
        };
        for name in ["quick", "measured-map", "microchannels"] {
            assert_eq!(plate_hash(&plate(name, &[])), plate_hash(&plate(name, &[])), "{name}");
            assert_ne!(
                plate_hash(&plate(name, &[])),
                plate_hash(&plate(name, &["seed=77"])),
                "{name}"
            );
        }
        let faster = plate("quick", &["growth_cone.speed=7.000000001 um/h"]);
        assert_ne!(
            plate_hash(&plate("quick", &["growth_cone.speed=7 um/h"])),
            plate_hash(&faster)
        );
    }
}
