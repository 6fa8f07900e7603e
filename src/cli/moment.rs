//! Moments of a run, as `--at` names them.

use crate::model::parameter::Dimension;
use crate::model::plate::Plate;
use crate::scenario::quantity;
use crate::session::save::time_of;

/// Reads a time since the start of the run, h.
///
/// # Errors
/// A sentence, for what is no time or lies before the run.
pub fn time_h(text: &str) -> Result<f64, String> {
    let hours = quantity::parse(text, Dimension::Time.into())
        .map_err(|problem| format!("found {}; expected {}", problem.found, problem.expected))?;
    if hours < 0.0 {
        return Err("found a time before the run; expected a time such as \"3 d\"".to_owned());
    }
    Ok(hours)
}

/// The step at a time; the last one where none is said.
///
/// # Errors
/// A sentence, where the run is over by then or no step ends at that time: a picture is of the moment it is said to be of.
pub fn step_at(plate: &Plate, at_h: Option<f64>) -> Result<u32, String> {
    let Some(at_h) = at_h else {
        return Ok(plate.steps);
    };
    let found = quantity::format(at_h, Dimension::Time.into());
    let time = |step: u32| time_of(step, plate.step_h);
    let ratio = at_h / plate.step_h;
    let step = ratio.round();
    if step > f64::from(plate.steps) {
        let end = time(plate.steps);
        return Err(format!(
            "--at: found \"{found}\"; the run ends after \"{end}\" (--set duration=\"{found}\" makes it longer)"
        ));
    }
    if (ratio - step).abs() > 1e-6_f64.max(1e-9 * ratio) {
        let (before, after) = (ratio.floor() as u32, ratio.ceil() as u32);
        let after = if after <= plate.steps {
            format!(" or \"{}\"", time(after))
        } else {
            String::new()
        };
        return Err(format!(
            "--at: found \"{found}\"; expected a whole number of steps of \"{}\", such as \"{}\"{after}",
            time(1),
            time(before)
        ));
    }
    Ok(step as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_or_explained() {
        assert_eq!(time_h("3 d"), Ok(72.0));
        for wrong in ["3", "3 um", "soon", "-1 h"] {
            assert!(
                time_h(wrong).is_err_and(|words| words.contains("a time such as")),
                "{wrong}"
            );
        }
    }

    /// `--at "90 s"` drew 2 min, and called it 90 s.
    #[test]
    fn a_moment_is_that_of_a_whole_step() {
        let plate = crate::scenario::builtin("quick").map(|builtin| {
            let read = crate::scenario::read(
                builtin.text,
                "quick",
                &[crate::scenario::Override::new("step", "\"1 min\"")],
                &crate::scenario::Surroundings::built_in(),
            );
            read.expect("a scenario").plate
        });
        let plate = plate.expect("built in");
        assert_eq!(step_at(&plate, None), Ok(plate.steps));
        assert_eq!(step_at(&plate, Some(time_h("2 min").expect("a time"))), Ok(2));
        let between = step_at(&plate, Some(time_h("90 s").expect("a time")));
        assert!(
            between
                .as_ref()
                .is_err_and(|words| words.contains("\"1 min\" or \"2 min\"")),
            "{between:?}"
        );
        let late = f64::from(plate.steps) * plate.step_h + 1.0;
        assert!(step_at(&plate, Some(late)).is_err_and(|words| words.contains("the run ends after")));
    }
}
