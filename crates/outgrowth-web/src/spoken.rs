//! What the readouts say, as a sentence that a screen reader reads aloud.

use outgrowth::export::figures::{days, figure};
use outgrowth::lesson::Language;
use outgrowth::model::plate::Plate;
use outgrowth::readout::columns::Readout;
use outgrowth::readout::recorder::Readouts;
use outgrowth::readout::summary::Summary;

/// From one sentence to the next, in hours of the culture: who listens is told a story, not every row.
const EVERY_H: f64 = 6.0;

/// The sentence of the last time that is worth one, with the place of the control where it is compared with one; empty before anything has
/// grown.
pub fn spoken(language: Language, plate: &Plate, readouts: &Readouts, control: Option<usize>) -> String {
    let times = readouts.times_h();
    let end_h = f64::from(plate.steps) * plate.step_h;
    let worth = |time_h: &&f64| {
        let since = (**time_h / EVERY_H).fract();
        **time_h > 0.0 && (!(1e-6..=1.0 - 1e-6).contains(&since) || (**time_h - end_h).abs() < 1e-6)
    };
    let Some(&time_h) = times.iter().rev().find(worth) else {
        return String::new();
    };
    let mean = |condition| Summary::of(&readouts.values_at(Readout::NeuriteLengthLongest, condition, time_h));
    let longest = (0..readouts.conditions.len())
        .filter_map(|condition| Some((condition, mean(condition)?.mean)))
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((condition, length_um)) = longest else {
        return String::new();
    };
    let name = &readouts.conditions[condition];
    let length = millimetres(length_um);
    let control = control.filter(|&control| control != condition);
    let ratio = control.and_then(mean).filter(|control| control.mean > 0.0);
    let ratio = ratio.map(|control| format!("{:.1}", length_um / control.mean));
    match (language, ratio) {
        (Language::English, Some(ratio)) => format!(
            "After {} the longest axons are in “{name}”: {length} mm on average, {ratio} times the control's.",
            days(time_h)
        ),
        (Language::English, None) => format!(
            "After {} the longest axons are in “{name}”: {length} mm on average.",
            days(time_h)
        ),
        (Language::Chinese, Some(ratio)) => format!(
            "{} 小时后，“{name}”中的轴突最长：平均 {length} 毫米，是对照的 {ratio} 倍。",
            figure(time_h)
        ),
        (Language::Chinese, None) => {
            format!("{} 小时后，“{name}”中的轴突最长：平均 {length} 毫米。", figure(time_h))
        }
    }
}

fn millimetres(um: f64) -> String {
    format!("{:.2}", um / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use outgrowth::readout::recorder::{Recorder, Row};
    use outgrowth::scenario::{self, Surroundings};

    #[test]
    fn a_sentence_names_the_longest_axons_and_compares_them_with_the_control() {
        let text = scenario::builtin("exercise-2024").expect("built in").text;
        let plate = scenario::read(text, "x", &[], &Surroundings::built_in())
            .expect("sound")
            .plate;
        let mut readouts = Recorder::new(&plate).into_readouts();
        assert_eq!(spoken(Language::English, &plate, &readouts, Some(0)), "");
        let longest = readouts.place(Readout::NeuriteLengthLongest).expect("a column");
        let row = |condition: usize, time_h: f64, um: f64| {
            let mut values = vec![None; readouts.columns.len()];
            values[longest] = Some(um);
            Row {
                condition,
                well: condition,
                replicate: 0,
                time_h,
                values,
            }
        };
        let rows = vec![
            row(0, 6.0, 100.0),
            row(2, 6.0, 250.0),
            row(0, 7.0, 1.0),
            row(2, 7.0, 2.0),
        ];
        readouts.rows = rows;
        let said = spoken(Language::English, &plate, &readouts, Some(0));
        assert!(
            said.contains("“exercised medium”: 0.25 mm") && said.contains("2.5 times"),
            "{said}"
        );
        assert!(spoken(Language::Chinese, &plate, &readouts, Some(0)).contains("对照的 2.5 倍"));
    }
}
