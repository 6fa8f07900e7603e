//! Measured movements of the gel: what programs for particle image velocimetry write is read, and what cannot be a gel's
//! movement is refused.

use outgrowth::model::gel::motion::Motion;
use outgrowth::model::plate::StrainMode;
use outgrowth::scenario::{self, Scenario, Surroundings};
use std::fmt::Write;
use std::sync::Arc;

fn read(map: &str, actuation: &str) -> Result<Scenario, String> {
    let text = format!(
        "name = \"t\"\nduration = \"1 d\"\n[well]\nsize = [\"1 mm\", \"1 mm\"]\n[[explant]]\nat = [\"0.5 mm\", \"0.5 mm\"]\n\
         [[condition]]\nname = \"c\"\nactuation = {{ strain = \"map\", map = \"m.txt\"{actuation} }}\n"
    );
    let bytes = map.as_bytes().to_vec();
    let surroundings = Surroundings {
        file: Box::new(move |_| Ok(bytes.clone())),
        memory_bytes: None,
    };
    scenario::read(&text, "t.toml", &[], &surroundings).map_err(|mistakes| mistakes.to_string())
}

fn motion(scenario: &Scenario) -> Arc<Motion> {
    match scenario.plate.conditions[0]
        .actuation
        .as_ref()
        .map(|protocol| &protocol.strain)
    {
        Some(StrainMode::Nonuniform(motion)) => motion.clone(),
        _ => panic!("even"),
    }
}

/// Stretched by 2 % along x, narrower by 0.9 % along y.
fn affine(x: f64, y: f64) -> (f64, f64) {
    (0.02 * x, -0.009 * y)
}

/// A file with a point each `step` µm from `first` to `last`, from the far end in y on, as PIV programs write it.
fn table(header: &str, separator: &str, (first, last, step): (u32, u32, u32), lost: &[usize]) -> String {
    let mut text = format!("{header}\n");
    let places: Vec<u32> = (first..=last).step_by(step as usize).collect();
    let mut number = 0;
    for &y in places.iter().rev() {
        for &x in &places {
            let (u, v) = affine(x.into(), y.into());
            let moved = if lost.contains(&number) {
                ["NaN".to_owned(), "NaN".to_owned()]
            } else {
                [format!("{u:e}"), format!("{v:e}")]
            };
            let line = [format!("{x:e}"), format!("{y:e}"), moved[0].clone(), moved[1].clone()];
            let _ = writeln!(text, "{}", line.join(separator));
            number += 1;
        }
    }
    text
}

/// Stretched by 2 %, everywhere.
fn is_even(motion: &Motion) {
    let strain = 0.02;
    for peak in &motion.peak_strain {
        assert!((f64::from(*peak) - strain).abs() < 1e-6, "{peak} for {strain}");
    }
}

#[test]
fn whatever_separates_and_names_the_columns_the_movement_is_the_same() {
    let whole = (0, 1000, 200);
    for (header, separator) in [
        ("x_um,y_um,ux_um,uy_um", ","),
        ("x_um;y_um;ux_um;uy_um", ";"),
        ("# x\ty\tu\tv", "\t"),
        ("# x y u v", "  "),
        ("\"x\", \"y\", \"u\", \"v\"", ", "),
        ("PIV by hand, 2026\n% 8 x 8 windows\nX [um];Y [um];U [µm];V (um)", ";"),
    ] {
        let scenario =
            read(&table(header, separator, whole, &[]), "").unwrap_or_else(|message| panic!("{header}: {message}"));
        assert_eq!(scenario.warnings, [], "{header}");
        is_even(&motion(&scenario));
    }
    let quoted = table("\"x\",\"y\",\"u\",\"v\"", "\",\"", whole, &[]);
    let quoted: Vec<String> = quoted
        .lines()
        .enumerate()
        .map(|(n, line)| if n == 0 { line.to_owned() } else { format!("\"{line}\"") })
        .collect();
    is_even(&motion(&read(&quoted.join("\n"), "").expect("numbers in quotes")));
}

#[test]
fn a_grid_that_begins_half_a_window_inside_is_continued_to_the_border() {
    for within in [(100, 900, 200), (200, 800, 200)] {
        let scenario = read(&table("# x y u v", " ", within, &[]), "").expect("read");
        is_even(&motion(&scenario));
        assert_eq!(scenario.warnings.len(), 2, "{:?}", scenario.warnings);
        let told = scenario.warnings[0].to_string();
        assert!(
            told.contains(&format!("{} um within the well along x: it is continued", within.0)),
            "{told}"
        );
    }
    let far = read(&table("# x y u v", " ", (300, 900, 200), &[]), "").expect_err("too far");
    assert!(
        far.contains(
            "x from 300 to 900 um; expected a map that covers the well, which is 1 mm x 1 mm, but for one step"
        ),
        "{far}"
    );
}

#[test]
fn lost_vectors_are_filled_from_their_neighbours_up_to_a_share() {
    // A corner, one at the rim and two beside each other, of 121.
    let scenario = read(&table("# x y u v", "\t", (0, 1000, 100), &[0, 5, 60, 61]), "").expect("read");
    is_even(&motion(&scenario));
    assert!(
        scenario.warnings[0]
            .to_string()
            .contains("\"m.txt\": 4 of 121 vectors are lost and filled from their neighbours")
    );
    let many: Vec<usize> = (0..13).collect();
    let message = read(&table("# x y u v", "\t", (0, 1000, 100), &many), "").expect_err("too many");
    assert!(
        message.contains("with 13 of 121 vectors lost; expected at most 10 %"),
        "{message}"
    );
}

#[test]
fn a_wrong_separator_unit_or_decimal_point_is_named() {
    let whole = (0, 1000, 200);
    for (text, expected) in [
        (
            table("x_um,y_um,ux_um,uy_um", ";", whole, &[]),
            "\"m.txt\":2: 4 numbers between semicolons; expected 4 between commas, as in the first line",
        ),
        (
            table("x\ty\tu\tv", " ", whole, &[]),
            "\"m.txt\":2: 4 numbers between spaces; expected 4 between tabs",
        ),
        (
            table("x;y;u", ";", whole, &[]),
            "no column uy_um among 3 columns between semicolons",
        ),
        (
            table("x [px];y [px];u [px];v [px]", ";", whole, &[]),
            "a column \"x [px]\"; expected a first line with the names",
        ),
        (
            table("1;2;3;4", ";", whole, &[]),
            "\"m.txt\":1: \"1;2;3;4\"; expected a first line with the names",
        ),
        (
            "x;y;u;v\n0,5;0;0;0\n".to_owned(),
            "\"0,5\"; expected a finite number: a place in um, with a point before its decimals",
        ),
    ] {
        let message = read(&text, "").expect_err(expected);
        assert!(message.contains(expected), "{message}\ninstead of\n{expected}");
    }
}

#[test]
fn a_map_that_turns_the_gel_inside_out_is_refused_with_the_axis() {
    let flipped = |movement: &dyn Fn(f64, f64) -> (f64, f64)| {
        let mut text = "x_um,y_um,ux_um,uy_um\n".to_owned();
        for place in 0..36 {
            let (x, y) = (f64::from(place % 6) * 200.0, f64::from(place / 6) * 200.0);
            let (u, v) = movement(x, y);
            let _ = writeln!(text, "{x},{y},{u},{v}");
        }
        text
    };
    // Each movement takes x or y to the other side, stretched by 2 %: the strain alone is that of a stretch.
    let over_x = flipped(&|x, _| (1020.0 - 2.02 * x, 0.0));
    let over_y = flipped(&|_, y| (0.0, 1020.0 - 2.02 * y));
    let folded = flipped(&|x, y| {
        if x == 400.0 && y == 400.0 {
            (250.0, 0.0)
        } else {
            (0.0, 0.0)
        }
    });
    for (text, expected) in [
        (&over_x, "det F = -1.02 near 100, 100 um, as x is probably flipped"),
        (&over_y, "det F = -1.02 near 100, 100 um, as y is probably flipped"),
        (&folded, "as it folds over"),
    ] {
        for scaled in ["", ", amplitude = \"1 %\""] {
            let message = read(text, scaled).expect_err(expected);
            assert!(
                message.contains("turns the gel inside out") && message.contains(expected),
                "{message}"
            );
        }
    }
}

/// Places on a diagonal make a grid of the square of their number: 800 million places of 20,000 points were taken memory for.
#[test]
fn a_grid_is_weighed_before_it_is_made() {
    let mut text = "x_um,y_um,ux_um,uy_um\n".to_owned();
    for number in 0..20_000 {
        let place = f64::from(number) * 1000.0 / 19_999.0;
        let _ = writeln!(text, "{place},{place},0.1,0.1");
    }
    let message = read(&text, "").expect_err("no grid");
    assert!(
        message.contains("with 20000 points; expected a full grid: 20000 x 20000 = 400000000"),
        "{message}"
    );
}
