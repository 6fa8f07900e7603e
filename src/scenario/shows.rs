//! `[shows]`: the question of a scenario, and its answer as readouts that a test holds.

use super::condition_names::ConditionNames;
use super::mistake::{listed, nearest};
use super::notes::Spot;
use super::quantity;
use super::reader::Fields;
use super::tree::{TomlValue, quoted};
use crate::model::parameter::Dimension;
use crate::model::plate::Plate;
use crate::readout::bootstrap::Interval;
use crate::readout::columns::{Column, columns};
use crate::readout::{Comparison, Finding, Shows, Statistic};

/// The keys with which a mean is compared, of which a finding has one at most.
const COMPARISONS: [&str; 3] = ["over", "less", "since"];

/// Reads it, where it is there; all of its mistakes are noted.
pub fn read(root: &Fields<'_>, plate: &Plate) -> Option<Shows> {
    let fields = root.table("shows")?;
    let context = &Context::of(plate);
    let (question, answer) = (fields.text("question"), fields.text("answer"));
    let listed = fields.tables("findings");
    if listed.is_empty() && fields.has("findings") {
        fields.at("findings").refuse("none", "at least one finding");
    }
    Some(Shows {
        question: question?.to_owned(),
        answer: answer?.to_owned(),
        findings: listed.iter().filter_map(|fields| finding(fields, context)).collect(),
    })
}

/// The plate that findings are of.
pub struct Context<'p> {
    plate: &'p Plate,
    names: ConditionNames<'p>,
    columns: Vec<Column>,
    /// The time that is meant where none is written, h.
    end_h: f64,
}

/// Reads a finding; `None` with a mistake, or a warning where nothing is recorded at its time, as in a copy of a scenario that ends
/// earlier.
pub fn finding(fields: &Fields<'_>, context: &Context<'_>) -> Option<Finding> {
    let band = fields.band("is");
    let statistic = statistic(fields, context);
    let (low, high) = band?;
    Some(Finding {
        statistic: statistic?,
        band: Interval { low, high },
    })
}

/// Reads the statistic of a finding; `None` as of that.
pub fn statistic(fields: &Fields<'_>, context: &Context<'_>) -> Option<Statistic> {
    let column = column(fields, "readout", context);
    let of = condition(fields, "of", context);
    let at_h = match fields.has("at") {
        true => time_of_record(fields, "at", context),
        false => Some(context.end_h),
    };
    let mut written = COMPARISONS.into_iter().filter(|key| fields.has(key));
    let comparison = match (written.next(), written.next()) {
        (None, _) => Some(Comparison::Alone),
        (Some("over"), None) => condition(fields, "over", context).map(Comparison::Over),
        (Some("less"), None) => condition(fields, "less", context).map(Comparison::Less),
        (Some(_), None) => time_of_record(fields, "since", context)
            .filter(|&since_h| is_before(&fields.at("since"), since_h, at_h))
            .map(Comparison::ExponentSince),
        (Some(first), Some(second)) => {
            let expected = format!("one of {}", COMPARISONS.join(", "));
            fields
                .at(second)
                .refused(format!("both {first} and {second}"), expected)
        }
    };
    Some(Statistic {
        column: column?,
        of: of?,
        comparison: comparison?,
        at_h: at_h?,
    })
}

/// The name of a column that the plate has, at `key`.
pub fn column(fields: &Fields<'_>, key: &str, context: &Context<'_>) -> Option<String> {
    let name = fields.text(key)?;
    let known: Vec<&str> = context.columns.iter().map(|column| column.name.as_str()).collect();
    if known.contains(&name) {
        return Some(name.to_owned());
    }
    let near = nearest(name, known.iter().copied());
    let expected = format!("a column of its readouts: {}", listed(&known));
    let spot = fields.at(key);
    spot.refuse_near(format!("no readout called {}", quoted(name)), expected, near);
    None
}

/// The place of the condition that is named at `key`.
pub fn condition(fields: &Fields<'_>, key: &str, context: &Context<'_>) -> Option<usize> {
    context.names.find(&fields.at(key), fields.value(key)?)
}

/// The time at `key`, to the bit that of a row of readouts, h.
fn time_of_record(fields: &Fields<'_>, key: &str, context: &Context<'_>) -> Option<f64> {
    let plate = context.plate;
    let time_h = fields.quantity(key)?;
    if let Some(time_h) = context.recorded_h(time_h) {
        return Some(time_h);
    }
    fields.at(key).warn(format!(
        "nothing is recorded at {}, but every {} up to {}: the finding is left out",
        time(time_h),
        time(context.time_h(plate.record_every)),
        time(context.time_h(plate.steps))
    ));
    None
}

/// An exponent needs two times after the start.
fn is_before(spot: &Spot<'_>, since_h: f64, at_h: Option<f64>) -> bool {
    let Some(at_h) = at_h else { return false };
    let sound = 0.0 < since_h && since_h < at_h;
    if !sound {
        spot.refuse(
            time(since_h),
            format!("a time after the start and before {}", time(at_h)),
        );
    }
    sound
}

fn time(hours: f64) -> String {
    quantity::format(hours, Dimension::Time.into())
}

impl<'p> Context<'p> {
    /// That of a plate.
    pub fn of(plate: &'p Plate) -> Self {
        Self {
            plate,
            names: ConditionNames::of(&plate.conditions),
            columns: columns(plate),
            end_h: f64::from(plate.steps) * plate.step_h,
        }
    }

    /// That of a plate of which nothing is looked at after `end_h`, a time of record.
    pub fn ending(plate: &'p Plate, end_h: f64) -> Self {
        Self {
            end_h,
            ..Self::of(plate)
        }
    }

    /// The time that is meant where none is written, h.
    pub fn end_h(&self) -> f64 {
        self.end_h
    }

    /// The places of the conditions that are named at `key`: two or more.
    pub fn conditions(&self, fields: &Fields<'_>, key: &str) -> Option<Vec<usize>> {
        let node = fields.value(key)?;
        let expected = "the names of two conditions or more";
        match &node.value {
            TomlValue::List(list) if list.len() > 1 => {
                let place = |(number, node)| self.names.find(&fields.at_member(key, number), node);
                list.iter().enumerate().map(place).collect()
            }
            _ => fields.at(key).wrong_kind(node, expected),
        }
    }

    /// A time to the bit as that of a row of readouts, h; `None` where nothing is recorded then.
    pub fn recorded_h(&self, time_h: f64) -> Option<f64> {
        let plate = self.plate;
        let step = (time_h / plate.step_h).round();
        let is_recorded = (step - time_h / plate.step_h).abs() < 1e-6
            && step <= f64::from(plate.steps)
            && (step % f64::from(plate.record_every) == 0.0 || step == f64::from(plate.steps));
        is_recorded.then(|| self.time_h(step as u32))
    }

    fn time_h(&self, step: u32) -> f64 {
        f64::from(step) * self.plate.step_h
    }
}
