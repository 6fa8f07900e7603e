//! What a message suggests is accepted: the value behind "such as", and the bounds of a range as they are written.

use outgrowth::model::parameter::Dimension;
use outgrowth::model::parameters;
use outgrowth::scenario::quantity::{self, Measurand};
use outgrowth::scenario::{self, Override, Surroundings, builtin};
use proptest::prelude::*;

fn said(overrides: &[(&str, String)]) -> String {
    let text = builtin("quick").expect("a built-in scenario").text;
    let overrides: Vec<Override> = overrides
        .iter()
        .map(|(key, value)| Override::new(*key, value.as_str()))
        .collect();
    match scenario::read(text, "t.toml", &overrides, &Surroundings::built_in()) {
        Ok(_) => String::new(),
        Err(mistakes) => mistakes.to_string(),
    }
}

/// The value that the message about `key` suggests.
fn suggested(messages: &str, key: &str) -> Option<String> {
    let line = messages
        .lines()
        .find(|line| line.contains(&format!("--set {key}=")) && line.contains("such as "))?;
    Some(line.split("such as ").nth(1)?.to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_suggested_duration_is_accepted(step in 0.01..1000.0_f64, duration in 1.0..3650.0_f64, figures in 1..6_usize) {
        let step = format!("{step:.figures$} s");
        let with = |duration: &str| {
            let every = suggested(&said(&[("step", step.clone()), ("record_every", duration.to_owned())]), "record_every");
            let messages = said(&[("step", step.clone()), ("duration", duration.to_owned())]);
            (suggested(&messages, "duration"), every)
        };
        let (of_duration, of_record) = with(&format!("{duration:.figures$} h"));
        for (key, suggestion) in [("duration", of_duration), ("record_every", of_record)] {
            if let Some(suggestion) = suggestion {
                let again = said(&[("step", step.clone()), (key, suggestion.clone())]);
                prop_assert!(suggested(&again, key).is_none(), "{} = {} is refused: {}", key, suggestion, again);
            }
        }
    }

    #[test]
    fn a_suggested_size_is_accepted(voxel in 1.0..1000.0_f64, size in 1.0..1e5_f64, figures in 1..6_usize) {
        let voxel = format!("{voxel:.figures$} um");
        let sized = |size: &str| said(&[("well.voxel", voxel.clone()), ("well.size", format!("[\"{size}\", \"{size}\"]"))]);
        if let Some(suggestion) = suggested(&sized(&format!("{size:.figures$} um")), "well.size") {
            let again = sized(&suggestion);
            prop_assert!(suggested(&again, "well.size").is_none(), "{} is refused: {}", suggestion, again);
        }
    }

    #[test]
    fn a_place_at_the_edge_as_it_is_told_is_in_the_well(voxel in 1.0..100.0_f64, count in 2..2000_u32) {
        let (voxel, size) = (format!("{voxel} um"), format!("{} um", voxel * f64::from(count)));
        let with = |x: &str| said(&[
            ("well.voxel", voxel.clone()),
            ("well.size", format!("[\"{size}\", \"{size}\"]")),
            ("condition.0.reservoir", format!("[{{ region = [\"0 um\", \"0 um\", \"{x}\", \"1 um\"], dose = 1 }}]")),
        ]);
        let beyond = with("300 mm");
        let own = |said: &str| -> String {
            let lines = said.lines().filter(|line| line.starts_with("--set condition.0.reservoir"));
            lines.collect::<Vec<_>>().join("\n")
        };
        let beyond = own(&beyond);
        let edge = beyond.split("where x goes from 0 to ").nth(1).and_then(|rest| rest.lines().next()).unwrap_or_default();
        prop_assert!(!edge.is_empty(), "{}", beyond);
        let again = own(&with(edge));
        prop_assert!(!again.contains("where x goes"), "{} is refused: {}", edge, again);
    }
}

#[test]
fn the_bounds_of_every_number_are_accepted_as_they_are_written() {
    for parameter in parameters::all() {
        if matches!(parameter.dimension, Dimension::Choice(_)) {
            continue;
        }
        let measure = Measurand::from(parameter.dimension);
        let written = quantity::format_range(parameter.accepted, measure);
        let (low, high) = written.split_once(" to ").expect("two ends");
        let unit = high.split_once(' ').map_or("", |(_, unit)| unit);
        for end in [low, high] {
            let end = if end.contains(' ') {
                end.to_owned()
            } else {
                format!("{end} {unit}")
            };
            let read = quantity::parse(end.trim(), measure).unwrap_or_else(|problem| panic!("{end}: {problem:?}"));
            assert!(
                quantity::lies_in(read, parameter.accepted),
                "{}: {end} is not in {:?}",
                parameter.path(),
                parameter.accepted
            );
        }
    }
}

#[test]
fn yes_and_no_have_other_names_and_a_seed_may_be_written_with_an_exponent() {
    let text = builtin("quick").expect("a built-in scenario").text;
    let read = |key: &str, value: &str| {
        scenario::read(text, "t.toml", &[Override::new(key, value)], &Surroundings::built_in())
            .map(|scenario| scenario.plate)
    };
    for (on, off) in [("on", "off"), ("yes", "no"), ("true", "false"), ("On", "OFF")] {
        let [on, off] = [on, off].map(|word| {
            read("branching.at_pauses", word).expect(word).conditions[0]
                .biology
                .branching
                .at_pauses
        });
        assert_eq!((on, off), (1.0, 0.0));
    }
    for (written, seed) in [("1e3", 1000), ("7.0", 7), ("0", 0)] {
        assert_eq!(read("seed", written).expect(written).seed, seed);
    }
    for (written, found) in [
        ("1.5", "found 1.5;"),
        ("1e20", "found 1e20;"),
        ("-1", "found -1;"),
        ("nan", "found NaN;"),
    ] {
        let message = read("seed", written).expect_err(written).to_string();
        assert!(
            message.contains(found) && message.contains("expected a whole number from 0 to 18446744073709551615"),
            "{message}"
        );
    }
}
