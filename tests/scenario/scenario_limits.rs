//! What a scenario may ask for: sizes are weighed before anything is taken, every number has a range whichever way it is
//! written, and long lists cost no more than their length.

use outgrowth::scenario::{self, Override, Scenario, Surroundings};
use std::cell::Cell;
use std::fmt::Write;

const SOUND: &str = r#"name = "t"
duration = "1 h"
[well]
size = ["1 mm", "1 mm"]
[[explant]]
at = ["0.5 mm", "0.5 mm"]
radius = "50 um"
[[myokine]]
name = "m"
[[condition]]
name = "c"
"#;

fn read(text: &str, overrides: &[(&str, &str)], memory_bytes: Option<u64>) -> Result<Scenario, String> {
    let overrides: Vec<Override> = overrides
        .iter()
        .map(|(key, value)| Override::new(*key, *value))
        .collect();
    let surroundings = Surroundings {
        memory_bytes,
        ..Surroundings::none()
    };
    scenario::read(text, "t.toml", &overrides, &surroundings).map_err(|mistakes| mistakes.to_string())
}

fn said(overrides: &[(&str, &str)]) -> String {
    read(SOUND, overrides, None).expect_err("refused")
}

#[test]
fn a_dose_has_the_same_range_wherever_it_is_written() {
    let region = r#"region = ["0.1 mm", "0.1 mm", "0.2 mm", "0.2 mm"]"#;
    let written = |dose: &str| {
        [
            ("condition.c.reservoir", format!("[{{ {region}, dose = {dose} }}]")),
            (
                "condition.c.reservoir",
                format!("[{{ {region}, doses = {{ m = {dose} }} }}]"),
            ),
            ("condition.c.medium", format!("{{ doses = {{ m = {dose} }} }}")),
            (
                "event",
                format!(r#"[{{ at = "5 min", medium = {{ doses = {{ m = {dose} }} }} }}]"#),
            ),
            (
                "event",
                format!(
                    r#"[{{ at = "5 min", drop = {{ at = ["0.5 mm", "0.5 mm"], radius = "50 um", dose = {dose} }} }}]"#
                ),
            ),
        ]
    };
    for dose in ["1e300", "1.1e9", "2000000000", "-1", "-1e-30"] {
        for (key, value) in written(dose) {
            let message = said(&[(key, &value)]);
            assert!(message.contains("expected 0 to 1e9"), "{value}: {message}");
        }
    }
    for dose in ["inf", "-inf", "nan"] {
        for (key, value) in written(dose) {
            assert!(
                said(&[(key, &value)]).contains("which is not a finite number"),
                "{value}"
            );
        }
    }
    for dose in ["0", "1e9", "1000000000"] {
        for (key, value) in written(dose) {
            assert!(read(SOUND, &[(key, &value)], None).is_ok(), "{value}");
        }
    }
}

#[test]
fn quantities_that_stand_beside_a_parameter_have_a_range_too() {
    let bars = r#"strain = "magnet bars", bars = [["0.2 mm", "0.2 mm", "0.3 mm", "0.4 mm"]]"#;
    for (key, value, expected) in [
        ("matrix.fibrin", "1e300 mg/mL", "expected 0.14 to 442 mg/mL"),
        ("matrix.fibrin", "0 mg/mL", "expected 0.14 to 442 mg/mL"),
        (
            "condition.c.actuation",
            &format!("{{ {bars}, force = \"1e300 nN\" }}"),
            "expected 1e-6 to 1e12 nN",
        ),
    ] {
        let message = said(&[(key, value)]);
        assert!(message.contains(expected), "{message}");
    }
}

/// The picture would have to be read, and each voxel of the slab be given a wall: neither happens before the memory is weighed.
#[test]
fn walls_are_weighed_before_their_picture_is_read() {
    let asked = Cell::new(false);
    let surroundings = Surroundings {
        file: Box::new(|_| {
            asked.set(true);
            Err("read".to_owned())
        }),
        memory_bytes: Some(8_000_000_000),
    };
    let text = SOUND.replace(
        r#"size = ["1 mm", "1 mm"]"#,
        "size = [\"10 mm\", \"10 mm\", \"40 um\"]\nvoxel = \"1 um\"\nwalls = \"w.png\"",
    );
    let message = scenario::read(&text, "t.toml", &[], &surroundings)
        .expect_err("refused")
        .to_string();
    assert!(
        message.contains(
            "found a well of 4000000000 voxels with walls that needs about 84.0 GB; expected at most the 8.0 GB"
        ),
        "{message}"
    );
    assert!(!asked.get());
}

#[test]
fn a_movement_is_weighed_before_it_is_worked_out() {
    let bars = r#"strain = "magnet bars", bars = [["0.1 mm", "0 um", "0.2 mm", "1.8 mm"], ["1.8 mm", "0 um", "1.9 mm", "1.8 mm"]]"#;
    let magnet =
        r#"magnet = { from = ["0 um", "0 um"], to = ["2 mm", "2 mm"] }, resolved = true, frequency = "0.01 Hz""#;
    let text = |voxel: &str| {
        format!(
            "name = \"t\"\nduration = \"1 h\"\nstep = \"1 s\"\n[well]\nsize = [\"2 mm\", \"2 mm\"]\nvoxel = \"{voxel}\"\n\
             [[explant]]\nat = [\"1 mm\", \"1 mm\"]\nneurons = 3\n[[condition]]\nname = \"a\"\nactuation = {{ {bars}, {magnet} }}\n"
        )
    };
    let few = read(&text("2 um"), &[], Some(1_000_000_000)).expect_err("refused");
    assert!(
        few.contains(
            "found a strain that differs from voxel to voxel that needs about 2.8 GB; expected at most the 1.0 GB"
        ),
        "{few}"
    );
    let many = read(&text("1 um"), &[], None).expect_err("refused");
    assert!(
        many.contains("4000000 voxels that each have 100 strains of their own in a cycle; expected at most 2e8 in all"),
        "{many}"
    );
}

/// Rows are on the disk as they come, and as many as the report looks at stay in memory.
#[test]
fn rows_of_readouts_count_among_what_a_run_needs() {
    let rows = [
        ("condition.c.wells", "100"),
        ("duration", "30 d"),
        ("record_every", "1 min"),
        ("branching.rate", "0 /h"),
    ];
    let message = read(SOUND, &rows, Some(400_000_000)).expect_err("refused");
    assert!(message.contains("or record less often"), "{message}");
    let daily = [rows[0], rows[1], ("record_every", "1 d"), rows[3]];
    assert!(read(SOUND, &daily, Some(400_000_000)).is_ok());
}

/// Every condition, drop and medium was held against every other, and every voxel looked at for each: 2,000 of each in a well of a
/// million voxels took minutes.
#[test]
fn long_lists_are_read_in_the_time_of_their_length() {
    let mut text = SOUND.replace(
        "size = [\"1 mm\", \"1 mm\"]",
        "size = [\"2 mm\", \"2 mm\"]\nvoxel = \"2 um\"",
    );
    for number in 0..2000 {
        let _ = write!(
            text,
            "[[condition]]\nname = \"c{number}\"\nsource = [{{ region = [\"1 mm\", \"1 mm\", \"2 mm\", \"2 mm\"], rate = \"1 /h\" }}]\n\
             [[event]]\nat = \"5 min\"\ncondition = \"c{number}\"\ndrop = {{ at = [\"1.9 mm\", \"1.9 mm\"], radius = \"50 um\", dose = 1 }}\n"
        );
    }
    let scenario = read(&text, &[], None).expect("sound");
    assert_eq!(
        (scenario.plate.conditions.len(), scenario.plate.events.len()),
        (2001, 2000)
    );
    let mut many = SOUND.to_owned();
    (0..10_001).for_each(|number| many += &format!("[[event]]\nat = \"{number} s\"\n"));
    assert!(
        read(&many, &[], None)
            .expect_err("refused")
            .contains("found 10001 tables; expected at most 10000")
    );
}

#[test]
fn names_are_short_and_steer_nothing() {
    for name in [
        "a\u{1b}[31mred",
        "a\u{202e}b",
        "\u{feff}a",
        "a\u{200b}b",
        "bell\u{7}",
        &"x".repeat(501),
    ] {
        let message = said(&[("condition.c.name", name)]);
        assert!(message.contains(".name"), "{message}");
        assert!(
            message
                .chars()
                .all(|c| c == '\n' || !(c.is_control() || matches!(c, '\u{202e}' | '\u{feff}' | '\u{200b}')))
        );
    }
    for name in ["=1+1", "+BDNF", "-80 C", "@here", " =cmd|x!A1", "＝1"] {
        for (key, said_of) in [
            ("condition.c.name", ".name"),
            ("myokine.m.name", ".name"),
            ("name", "--set name"),
        ] {
            let message = said(&[(key, &format!("\"{name}\""))]);
            assert!(
                message.contains("which spreadsheets take for a formula") && message.contains(said_of),
                "{message}"
            );
        }
    }
    assert!(read(SOUND, &[("condition.c.name", "\"对照 Ä ß عربي\"")], None).is_ok());
}

/// What the computation does not follow is told with the size of the error, and what it does not do at all is refused.
#[test]
fn numbers_beyond_what_is_followed_are_told() {
    let told = |changes: &[(&str, &str)]| {
        let scenario = read(SOUND, changes, None).expect("sound");
        scenario
            .warnings
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let usual = told(&[]);
    assert!(!usual.contains("somata") && !usual.contains("missing"), "{usual}");
    let still = told(&[("growth_cone.speed", "0 um/h"), ("duration", "24 h")]);
    assert!(
        still.contains("they grow to about 16 um instead of the 0 um that speed says"),
        "{still}"
    );
    let long = told(&[("step", "1 h"), ("branching.rate", "0.1 /h"), ("duration", "24 h")]);
    assert!(
        long.contains("branches 0.1 times in one: at the end up to 8 % of its tips are missing"),
        "{long}"
    );
    let longer = told(&[
        ("step", "6 h"),
        ("branching.rate", "0.2 /h"),
        ("duration", "24 h"),
        ("record_every", "6 h"),
    ]);
    assert!(
        longer.contains("at the end up to 99 % of its tips are missing"),
        "{longer}"
    );
    let source = r#"[{ region = ["0 um", "0 um", "20 um", "1 mm"], rate = "1 /h" }]"#;
    let soon = told(&[("condition.c.source", source), ("myokine.m.half_life", "3.6 s")]);
    assert!(soon.contains("within 25 um, over up to 3.8 % more length"), "{soon}");
    let slow = told(&[("condition.c.source", source)]);
    assert!(!slow.contains("more length"), "{slow}");
    let fast = [("step", "1 h"), ("myokine.m.half_life", "3.6 s"), ("duration", "24 h")];
    let message = read(SOUND, &fast, None).expect_err("refused");
    assert!(message.contains("at most 1000 updates a step"), "{message}");
}
