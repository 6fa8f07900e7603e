//! The parameter tables of `docs/model.md` are those of the program.

use std::process::Command;

const BEGIN: &str = "<!-- parameters: begin -->\n";
const END: &str = "<!-- parameters: end -->";
const REMEDY: &str = "docs/model.md is stale: put the output of `outgrowth explain --markdown` between its two marks \
                      (scripts/model_document.sh does it)";

/// The document before, between and after its marks.
fn parts(document: &str) -> (&str, &str, &str) {
    let (before, rest) = document.split_once(BEGIN).expect("a mark where the tables begin");
    let (tables, after) = rest.split_once(END).expect("a mark where they end");
    (before, tables, after)
}

#[test]
fn tables_are_those_of_the_program() {
    let document = include_str!("../../docs/model.md");
    let (_, tables, after) = parts(document);
    assert!(tables == outgrowth::scenario::parameters_in_markdown(), "{REMEDY}");
    assert!(after.contains("## Where it stops being known"), "the limits are gone");
}

#[test]
fn the_command_prints_every_parameter() {
    let output = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .args(["explain", "--markdown"])
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
