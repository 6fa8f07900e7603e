//! The report's statistics: the unit of replication, main readouts at the end with every well, and how they compare with the control.

use super::arms::{AgainstControl, Arm, Draws, arms, arms_table};
use super::courses::wells_in_words;
use super::dots::{Dots, dots_svg};
use super::figure::Figure;
use super::html::{Cell, escaped, grouped};
use crate::export::figures::{days, effect_words, rounded, with_interval};
use crate::export::hues::hues;
use crate::export::main_readouts::{MainReadout, main_readouts};
use crate::export::outcome::Results;
use crate::export::shown_unit::ShownUnit;
use crate::readout::bootstrap::{Bootstrap, FEW_WELLS, Interval};
use crate::readout::columns::Readout;
use crate::readout::effect;
use crate::readout::permutation::{PermutationTest, Permutations};
use crate::readout::recorder::Readouts;
use crate::readout::rim::at_rim;
use crate::readout::roles::roles;

/// The main readouts by condition; empty before anything is recorded.
pub(super) fn main_section(results: &Results<'_>) -> String {
    let readouts = results.readouts;
    let Some(time_h) = readouts.last_time_h() else {
        return String::new();
    };
    let control = roles(results.plate).control;
    let draws = Draws {
        bootstrap: Bootstrap::of(results.plate),
        permutations: Permutations::of(results.plate),
    };
    let measure = |shown: MainReadout<'_>| Measured::of(&shown, readouts, control, &draws);
    let measures: Vec<Measured> = main_readouts(readouts).into_iter().map(measure).collect();
    let figures: String = measures
        .iter()
        .map(|measured| measured.figure(results, time_h))
        .collect();
    let comparison = match control {
        None => {
            "<p class=\"quiet\">No condition of this plate is an untreated control: there are no ratios to one, no effect sizes and no \
             tests.</p>\n"
                .to_owned()
        }
        Some(control) => against_control(&readouts.conditions[control], &measures),
    };
    format!(
        "<h2>Main readouts after {}</h2>\n<p class=\"quiet\">The unit of replication is the well: n is the number of wells of a \
         condition, and the neurons of a well are no replicates. Each point is a well, the diamond their mean, the line its 95 % bootstrap \
         interval over wells; the rate is that over the whole run.{}</p>\n<div class=\"plots\">\n{figures}</div>\n{comparison}{}",
        days(time_h),
        too_few(readouts),
        comparisons_table(&readouts.conditions, control, &measures),
    )
}

/// A main readout with its arms.
struct Measured {
    /// The name of its column.
    column: String,
    /// Whether tips at a side of a well make it too small.
    ends_at_rim: bool,
    title: String,
    /// What stands beside an axis of it.
    axis: String,
    unit: ShownUnit,
    /// By condition, in this unit.
    arms: Vec<Arm>,
}

impl Measured {
    fn of(shown: &MainReadout<'_>, readouts: &Readouts, control: Option<usize>, draws: &Draws) -> Self {
        let column = shown.column;
        let mut arms = arms(readouts, column.readout, control, draws);
        let largest = arms
            .iter()
            .flat_map(|arm| &arm.wells)
            .fold(0.0_f64, |most, value| most.max(value.abs()));
        let unit = ShownUnit::of(column.unit, largest);
        arms.iter_mut().for_each(|arm| arm.tell_in(unit.size));
        Self {
            column: column.name.clone(),
            ends_at_rim: matches!(
                column.readout,
                Readout::OutgrowthRadiusMean
                    | Readout::NeuriteLengthLongest
                    | Readout::NeuriteLengthTotal
                    | Readout::GrowthRateMean
            ),
            title: shown.title.clone(),
            axis: unit.after(&shown.axis),
            unit,
            arms,
        }
    }

    fn figure(&self, results: &Results<'_>, time_h: f64) -> String {
        let (conditions, hues) = (&results.readouts.conditions, hues(results.plate));
        let dots: Vec<Dots<'_>> = conditions
            .iter()
            .zip(&self.arms)
            .enumerate()
            .map(|(condition, (name, arm))| Dots {
                hue: hues.get(condition).copied().unwrap_or(condition),
                name,
                note: note(arm),
                wells: arm.wells.clone(),
                mean: arm.mean.map(|mean| (mean, arm.interval)),
            })
            .collect();
        let axis = self.unit.after(&self.title);
        let label = format!(
            "{axis} after {}: wells of each condition, their mean and its interval",
            days(time_h)
        );
        let outgrown: Vec<&str> = (0..conditions.len())
            .filter(|&condition| self.ends_at_rim && at_rim(results.readouts, condition).is_some())
            .map(|condition| conditions[condition].as_str())
            .collect();
        let outgrown = if outgrown.is_empty() {
            String::new()
        } else {
            format!(
                " <strong>Outgrown:</strong> tips were at the side of the well in {}, where this figure is too small.",
                escaped(&outgrown.join(", "))
            )
        };
        Figure {
            name: &format!("{}-{}", results.plate.name, self.column),
            title: &escaped(&self.title),
            caption: &format!(
                "After {}; {}.{outgrown}",
                days(time_h),
                wells_in_words(self.arms.iter().map(|arm| arm.wells.len()))
            ),
            svg: &dots_svg(&dots, &self.axis, &label),
            numbers: Some(&arms_table(&self.arms, conditions, (&self.column, self.unit.name))),
        }
        .html()
    }
}

impl Arm {
    /// Tells values in another unit, of so many of the one that they are in.
    fn tell_in(&mut self, size: f64) {
        self.wells.iter_mut().for_each(|value| *value /= size);
        self.mean = self.mean.map(|mean| mean / size);
        self.interval = self.interval.map(|Interval { low, high }| Interval {
            low: low / size,
            high: high / size,
        });
    }
}

/// What stands beside the name of a condition: its wells, and its ratio to the control.
fn note(arm: &Arm) -> String {
    let ratio = arm.against.as_ref().and_then(|against| against.ratio);
    let ratio = ratio.map(|(ratio, interval)| format!("× {}, ", with_interval(ratio, interval)));
    format!("{}n = {}", ratio.unwrap_or_default(), arm.wells.len())
}

/// What the columns of the comparison with the control are, and what its test can say.
fn against_control(control: &str, measures: &[Measured]) -> String {
    let compared = || {
        measures
            .iter()
            .flat_map(|measured| &measured.arms)
            .filter_map(|arm| arm.against.as_ref())
    };
    let tests: Vec<PermutationTest> = compared().filter_map(|against| against.test).collect();
    let least = tests.iter().map(|test| test.least);
    let (lowest, highest) = (least.clone().fold(1.0, f64::min), least.fold(0.0, f64::max));
    let smallest = if tests.is_empty() {
        "There is no test: it takes two wells of each condition.".to_owned()
    } else {
        let told = if lowest == highest {
            p_words(lowest)
        } else {
            format!("{} to {}, by the condition", p_words(lowest), p_words(highest))
        };
        let powerless = if highest > 0.05 {
            " With so few wells no effect, however large, comes below 0.05: read the intervals."
        } else {
            ""
        };
        let ways = if tests.iter().all(|test| test.exact) {
            "all ways are counted"
        } else {
            "ways are counted, or 9999 drawn where they are many"
        };
        format!(
            "p is that of a two-sided permutation test on wells: {ways} in which the treatments could have been dealt to the same wells. \
             <strong>The smallest p that so few wells can give is {told}.</strong>{powerless} The table has {} tests, and no p is corrected \
             for the others.",
            tests.len()
        )
    };
    format!(
        "<h3>Relative to {}</h3>\n<p class=\"quiet\">× and ratio: means over wells over those of the control, with the 95 % bootstrap \
         interval. g is Hedges' standardised difference, in standard deviations between wells, with its 95 % interval by the noncentral t \
         (three wells or more). As many wells of a condition as of the control are those of the same cultures, and are compared in pairs. \
         {smallest} More wells make intervals and p smaller, not the model truer.</p>\n",
        escaped(control)
    )
}

/// A line for each readout and condition.
fn comparisons_table(conditions: &[String], control: Option<usize>, measures: &[Measured]) -> String {
    let mut heading = vec![
        Cell::text("Condition"),
        Cell::number("n"),
        Cell::number("Mean (95 % interval)"),
    ];
    if control.is_some() {
        heading.extend(["Ratio to the control", "Hedges' g", "p"].map(Cell::number));
    }
    let row = |measured: &Measured, condition: usize| {
        let arm = &measured.arms[condition];
        let mean = arm.mean.map(|mean| with_interval(mean, arm.interval));
        let mut cells = vec![
            Cell::text(conditions[condition].clone()),
            Cell::number(arm.wells.len().to_string()),
            Cell::number(mean.unwrap_or_else(nothing)),
        ];
        if let Some(control) = control {
            let compared = arm.against.as_ref().map(comparison_cells);
            let unmeasured = if condition == control {
                "1".to_owned()
            } else {
                nothing()
            };
            cells.extend(
                compared
                    .unwrap_or_else(|| [unmeasured, nothing(), nothing()])
                    .map(Cell::number),
            );
        }
        cells
    };
    let group = |measured: &Measured| {
        let rows = (0..conditions.len()).map(|condition| row(measured, condition));
        (measured.unit.after(&measured.title), rows.collect())
    };
    grouped(&heading, &measures.iter().map(group).collect::<Vec<_>>())
}

fn comparison_cells(against: &AgainstControl) -> [String; 3] {
    [
        against
            .ratio
            .map_or_else(nothing, |(ratio, interval)| with_interval(ratio, interval)),
        effect_words(against.effect),
        against.test.map_or_else(nothing, |test| p_words(test.p)),
    ]
}

/// A probability: two significant digits, of those above 0.1 two decimals.
fn p_words(p: f64) -> String {
    if p < 0.1 {
        let digits = format!("{p:.1e}");
        return digits.parse().map_or(digits, rounded);
    }
    format!("{p:.2}")
}

/// Caution, where a condition has few wells.
fn too_few(readouts: &Readouts) -> String {
    let time_h = readouts.last_time_h().unwrap_or(0.0);
    let counts: Vec<usize> = (0..readouts.conditions.len())
        .map(|condition| readouts.values_at(Readout::Tips, condition, time_h).len())
        .collect();
    let mut text = String::new();
    if counts.contains(&1) {
        text += " <strong>One well has no interval:</strong> nothing tells what it shows from chance.";
    }
    if counts.iter().any(|count| (2..=FEW_WELLS).contains(count)) {
        text += " <strong>Intervals of two or three wells are too narrow:</strong> no draw reaches beyond the wells that there are, \
                 so that they miss the mean in half (two wells) or a quarter (three) of experiments at least, not in 5 %.";
    }
    if counts.iter().any(|&count| count > 0 && count < effect::FEWEST) {
        text += " There is no effect size of fewer than three wells.";
    }
    text
}

fn nothing() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_p_has_two_digits() {
        assert_eq!(
            [0.25, 1.0, 0.031_25, 0.000_100_4].map(p_words),
            ["0.25", "1.00", "0.031", "0.0001"]
        );
    }
}
