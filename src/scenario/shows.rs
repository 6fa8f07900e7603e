//! `[shows]`: the question of a scenario, and its answer as readouts that a test holds.

use super::condition_names::ConditionNames;
use super::mistake::{listed, nearest};
use super::notes::Spot;
use super::quantity;
use super::reader::Fields;
use super::tree::quoted;
use crate::model::parameter::Dimension;
use crate::model::plate::Plate;
use crate::readout::bootstrap::Interval;
use crate::readout::columns::{Column, columns};
use crate::readout::{Comparison, Finding, Shows};

/// The keys with which a mean is compared, of which a finding has one at most.
const COMPARISONS: [&str; 3] = ["over", "less", "since"];

/// Reads it, where it is there; all of its mistakes are noted.
pub fn read(root: &Fields<'_>, plate: &Plate) -> Option<Shows> {
    let fields = root.table("shows")?;
    let context = &Context {
        plate,
        names: ConditionNames::of(&plate.conditions),
        columns: columns(plate),
    };
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
struct Context<'p> {
    plate: &'p Plate,
    names: ConditionNames<'p>,
    columns: Vec<Column>,
}

/// Reads a finding; `None` with a mistake, or a warning where nothing is recorded at its time, as in a copy of a scenario that ends
/// earlier.
fn finding(fields: &Fields<'_>, context: &Context<'_>) -> Option<Finding> {
    let column = column(fields, context);
    let of = condition(fields, "of", context);
    let band = fields.band("is");
    let end_h = context.time_h(context.plate.steps);
    let at_h = match fields.has("at") {
        true => time_of_record(fields, "at", context),
        false => Some(end_h),
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
    let (low, high) = band?;
    Some(Finding {
        column: column?,
        of: of?,
        comparison: comparison?,
        at_h: at_h?,
        band: Interval { low, high },
    })
}

/// The name of a column that the plate has.
fn column(fields: &Fields<'_>, context: &Context<'_>) -> Option<String> {
    let name = fields.text("readout")?;
    let known: Vec<&str> = context.columns.iter().map(|column| column.name.as_str()).collect();
    if known.contains(&name) {
        return Some(name.to_owned());
    }
    let near = nearest(name, known.iter().copied());
    let expected = format!("a column of its readouts: {}", listed(&known));
    let spot = fields.at("readout");
    spot.refuse_near(format!("no readout called {}", quoted(name)), expected, near);
    None
}

fn condition(fields: &Fields<'_>, key: &str, context: &Context<'_>) -> Option<usize> {
    context.names.find(&fields.at(key), fields.value(key)?)
}

/// The time at `key`, to the bit that of a row of readouts, h.
fn time_of_record(fields: &Fields<'_>, key: &str, context: &Context<'_>) -> Option<f64> {
    let plate = context.plate;
    let time_h = fields.quantity(key)?;
    let step = (time_h / plate.step_h).round();
    let is_recorded = (step - time_h / plate.step_h).abs() < 1e-6
        && step <= f64::from(plate.steps)
        && (step % f64::from(plate.record_every) == 0.0 || step == f64::from(plate.steps));
    if is_recorded {
        return Some(context.time_h(step as u32));
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

impl Context<'_> {
    fn time_h(&self, step: u32) -> f64 {
        f64::from(step) * self.plate.step_h
    }
}
