//! The parameter tables of `docs/model.md`, the table of plates of `docs/scenarios.md`, the tables of `docs/scenario.md` and
//! `docs/lessons.md` and that of `docs/links.md` are those of the program.

use std::process::Command;

const REMEDY: &str = "the document is stale: put the output of `outgrowth explain --document NAME` between its two marks \
                      (scripts/model_document.sh does it)";

/// The document before, between and after the marks of this name.
fn parts<'d>(document: &'d str, marks: &str) -> (&'d str, &'d str, &'d str) {
    let [begin, end] = [format!("<!-- {marks}: begin -->\n"), format!("<!-- {marks}: end -->")];
    let (before, rest) = document.split_once(&begin).expect("a mark where the tables begin");
    let (tables, after) = rest.split_once(&end).expect("a mark where they end");
    (before, tables, after)
}

#[test]
fn tables_are_those_of_the_program() {
    let document = include_str!("../../docs/model.md");
    let (_, tables, after) = parts(document, "parameters");
    assert!(tables == outgrowth::scenario::parameters_in_markdown(), "{REMEDY}");
    assert!(after.contains("## Where it stops being known"), "the limits are gone");
}

#[test]
fn a_lesson_file_is_documented_as_it_is_read() {
    let document = include_str!("../../docs/lessons.md");
    let (_, keys, _) = parts(document, "lesson-keys");
    assert!(keys == outgrowth::lesson::lesson_keys_in_markdown(), "{REMEDY}");
    let (_, lessons, _) = parts(document, "lessons");
    assert!(lessons == outgrowth::lesson::lessons_in_markdown(), "{REMEDY}");
}

#[test]
fn what_plates_show_is_what_they_say() {
    let (_, table, _) = parts(include_str!("../../docs/scenarios.md"), "plates");
    assert!(table == outgrowth::scenario::plates_in_markdown(), "{REMEDY}");
}

#[test]
fn a_scenario_file_is_documented_as_it_is_read() {
    let document = include_str!("../../docs/scenario.md");
    let (_, tables, _) = parts(document, "tables");
    assert!(tables == outgrowth::scenario::tables_in_markdown(), "{REMEDY}");
    let (_, units, _) = parts(document, "units");
    assert!(units == outgrowth::scenario::units_in_markdown(), "{REMEDY}");
}

#[test]
fn links_are_as_long_as_they_are_said_to_be() {
    let (_, table, _) = parts(include_str!("../../docs/links.md"), "links");
    assert!(table == outgrowth::link::sizes_in_markdown(), "{REMEDY}");
    assert_eq!(table.lines().count(), 2 + outgrowth::scenario::BUILTIN.len());
}

#[test]
fn the_command_prints_every_parameter() {
    let output = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .args(["explain", "--document", "parameters"])
        .output()
        .expect("the program starts");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    for parameter in outgrowth::model::parameters::all() {
        let row = printed.lines().find(|line| {
            line.contains(&format!("| `{}` |", parameter.key)) && line.contains(&parameter.source.replace('|', "\\|"))
        });
        assert!(row.is_some(), "{} is not in the tables", parameter.path());
    }
}
