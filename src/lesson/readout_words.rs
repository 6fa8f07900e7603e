//! Readouts in the plain words of lessons.

use super::language::Language;
use crate::readout::columns::{Column, Readout};

/// A readout in plain words, and the unit that lessons tell it in.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadoutWords {
    /// The column of `readouts.csv`.
    pub column: String,
    /// What it is called, by language.
    names: [String; 2],
    /// The unit, by language; empty of a plain number.
    units: [String; 2],
    /// How many of the column's own unit that unit is.
    pub size: f64,
}

/// Units: by language, and how many of the column's own unit they are.
type PlainUnit = ([&'static str; 2], f64);

const NUMBER: PlainUnit = (["", ""], 1.0);
const PERCENT: PlainUnit = (["%", "%"], 0.01);
const MILLIMETRE: PlainUnit = (["mm", "毫米"], 1000.0);
const SPEED: PlainUnit = (["µm/h", "微米/小时"], 1.0);

/// What readouts are called in English and in Chinese, and the unit that they are told in.
const PLAIN: &[(Readout, [&str; 2], PlainUnit)] = &[
    (
        Readout::NeuriteLengthLongest,
        ["the mean axon length", "轴突的平均长度"],
        MILLIMETRE,
    ),
    (
        Readout::NeuriteLengthTotal,
        ["the length of all axons together", "所有轴突的总长度"],
        MILLIMETRE,
    ),
    (
        Readout::OutgrowthRadiusMean,
        ["the mean reach of the axon tips", "轴突末端平均伸出的距离"],
        MILLIMETRE,
    ),
    (
        Readout::OutgrowthRadiusP95,
        ["the reach of the furthest tips", "最远的轴突末端伸出的距离"],
        MILLIMETRE,
    ),
    (
        Readout::GrowthRateMean,
        ["the mean growth speed of a tip", "轴突末端的平均生长速度"],
        SPEED,
    ),
    (Readout::Tips, ["the number of axon tips", "轴突末端的数目"], NUMBER),
    (
        Readout::StraightnessMean,
        ["the straightness of the axons", "轴突的笔直程度"],
        PERCENT,
    ),
    (
        Readout::Alignment,
        ["the alignment with the stretch", "轴突与拉伸方向的一致程度"],
        NUMBER,
    ),
    (
        Readout::GuidanceRatio,
        ["the lead of the side with more signal", "信号较浓一侧的领先程度"],
        PERCENT,
    ),
    (
        Readout::FractionInjured,
        [
            "the share of tips that are cut and at rest",
            "被切断后静止的末端所占的比例",
        ],
        PERCENT,
    ),
    (
        Readout::FractionRegrown,
        [
            "the share of cut axons that grow again",
            "被切断后重新生长的轴突所占的比例",
        ],
        PERCENT,
    ),
    (
        Readout::NeuronsAlive,
        ["the number of living neurons", "存活的神经元数目"],
        NUMBER,
    ),
    (
        Readout::FractionAdvancing(0),
        ["the share of tips that advance", "正在前进的末端所占的比例"],
        PERCENT,
    ),
    (
        Readout::MyokineMean(0),
        ["the mean amount of signal", "信号的平均浓度"],
        NUMBER,
    ),
    (
        Readout::MyokineAtConesMean(0),
        ["the amount of signal at the axon tips", "轴突末端处的信号浓度"],
        NUMBER,
    ),
    (
        Readout::TrophicGainMean,
        ["the growth gain by signals", "信号带来的生长倍数"],
        NUMBER,
    ),
    (
        Readout::MechanoStateMean,
        ["the tips' response to movement", "末端对运动的响应"],
        PERCENT,
    ),
];

impl ReadoutWords {
    /// The words of a column; its name and its own unit where there are no plainer ones.
    pub fn of(column: &Column) -> Self {
        let plain = PLAIN.iter().find(|(readout, ..)| *readout == column.readout);
        let own_unit = if column.unit == "1" { "" } else { column.unit };
        let (names, (units, size)) = match plain {
            Some(&(_, names, unit)) => (names.map(str::to_owned), unit),
            None => {
                let name = column.name.replace('_', " ");
                ([name.clone(), name], ([own_unit, own_unit], 1.0))
            }
        };
        Self {
            column: column.name.clone(),
            names,
            units: units.map(str::to_owned),
            size,
        }
    }

    /// What it is called, such as "the mean axon length".
    pub fn name(&self, language: Language) -> &str {
        &self.names[place(language)]
    }

    /// The unit that it is told in; empty of a plain number.
    pub fn unit(&self, language: Language) -> &str {
        &self.units[place(language)]
    }

    /// A value of the column in that unit.
    pub fn shown(&self, value: f64) -> f64 {
        value / self.size
    }

    /// A value of the column with its unit, such as "0.9 mm".
    pub fn value(&self, value: f64, language: Language) -> String {
        let number = brief(self.shown(value));
        match (self.unit(language), language) {
            ("", _) => number,
            ("%", Language::Chinese) => number + "%",
            (unit, _) => format!("{number} {unit}"),
        }
    }
}

/// The place of a language in the lists of this file.
fn place(language: Language) -> usize {
    match language {
        Language::English => 0,
        Language::Chinese => 1,
    }
}

/// A number with two digits that count, or all of a whole one.
pub fn brief(number: f64) -> String {
    let decimals = match number.abs() {
        10.0.. => 0,
        1.0.. => 1,
        0.1.. => 2,
        _ => 3,
    };
    let text = format!("{number:.decimals$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A ratio, finer where it is near 1.
pub fn brief_ratio(ratio: f64) -> String {
    match ratio {
        1.0..2.0 => {
            let text = format!("{ratio:.2}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => brief(ratio),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_with_two_digits() {
        let told = [0.0, -0.0001, 0.904, 2.06, 3.0, 12.4, 1234.6].map(brief);
        assert_eq!(told, ["0", "0", "0.9", "2.1", "3", "12", "1235"]);
        assert_eq!([0.94, 1.0, 1.074, 2.06].map(brief_ratio), ["0.94", "1", "1.07", "2.1"]);
    }
}
