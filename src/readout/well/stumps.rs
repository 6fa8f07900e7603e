//! The stumps that cuts have left in a well.

use crate::model::layout::{Cone, mode};
use crate::readout::culture::Culture;

/// Stumps of cut axons, those that grow again among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stumps {
    /// Those that are there. Stumps of ill neurons are not among them, nor those that have settled on a muscle fibre since:
    /// their state no longer says that they were cut.
    pub all: usize,
    /// Those of them that grow again.
    pub regrown: usize,
}

impl Stumps {
    /// Those of a culture.
    pub fn of(culture: &Culture<'_>) -> Self {
        let mut stumps = Self { all: 0, regrown: 0 };
        for cone in culture.cones() {
            let (stump, regrown) = (cone.mode == mode::INJURED, grows_again(cone));
            stumps.all += usize::from(stump || regrown);
            stumps.regrown += usize::from(regrown);
        }
        stumps
    }

    /// The share that grows again; `None` where there is no stump.
    pub fn fraction_regrown(&self) -> Option<f64> {
        (self.all > 0).then(|| self.regrown as f64 / self.all as f64)
    }
}

/// Whether a cone was cut and has left its rest: of cones that run, pause or retract only those have rested for a time.
fn grows_again(cone: &Cone) -> bool {
    matches!(cone.mode, mode::RUN | mode::PAUSE | mode::RETRACT) && cone.rests_until > 0
}
