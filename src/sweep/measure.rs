//! Measures by which a sweep compares conditions: a readout at the end of a run, or one over another.

use crate::export::record::RecordedColumn;
use crate::readout::Readout;

/// A measure that is compared with the first condition.
pub struct Measure {
    /// Its name.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    readout: Readout,
    over: Option<Readout>,
}

/// All of them.
pub const MEASURES: [Measure; 3] = [
    Measure {
        name: "growth rate over the run",
        unit: "µm/h",
        readout: Readout::NeuriteLengthTotal,
        over: Some(Readout::TipHours),
    },
    Measure {
        name: "outgrowth radius",
        unit: "µm",
        readout: Readout::OutgrowthRadiusMean,
        over: None,
    },
    Measure {
        name: "longest neurite",
        unit: "µm",
        readout: Readout::NeuriteLengthLongest,
        over: None,
    },
];

impl Measure {
    /// Its value, where `value` gives the readout at a place among `columns`; `None` where one that it needs is missing.
    pub fn of(&self, columns: &[RecordedColumn], value: impl Fn(usize) -> Option<f64>) -> Option<f64> {
        let of = |readout: Readout| value(columns.iter().position(|column| column.name == readout.name())?);
        let own = of(self.readout)?;
        match self.over {
            Some(over) => Some(own / of(over)?),
            None => Some(own),
        }
    }
}
