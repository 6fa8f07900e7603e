//! The report's figures, statistics, methods and cautions: what is told of wells made by hand.

use crate::export_results::Ran;
use crate::hand_made::{with_medium, with_strain};
use outgrowth::export::ResolvedParameter;
use outgrowth::export::report::report_html;
use outgrowth::model::plate::{Condition, DoseUnit, MediumSource};
use outgrowth::readout::{Readout, Row, columns::columns};
use outgrowth::scenario::{BUILTIN, Surroundings, read};

fn report(ran: &Ran) -> String {
    report_html(&ran.results(), &ran.record, Some(Ok(&[]))).expect("a report")
}

/// A run whose two conditions have wells with these outgrowth radii in their last rows, µm; the state is that of one well each.
fn with_radii(name: &str, radii_um: [&[f64]; 2]) -> Ran {
    let mut ran = Ran::new(name);
    let place = ran.readouts.place(Readout::OutgrowthRadiusMean).expect("a column");
    let last: Vec<Row> = ran.readouts.last_rows().to_vec();
    ran.readouts.rows.truncate(ran.readouts.rows.len() - last.len());
    for (condition, radii_um) in radii_um.into_iter().enumerate() {
        let row = last.iter().find(|row| row.condition == condition).expect("a row");
        ran.readouts
            .rows
            .extend(radii_um.iter().enumerate().map(|(replicate, &radius_um)| {
                let mut row = row.clone();
                row.well = 10 * condition + replicate;
                row.replicate = replicate as u32;
                row.values[place] = Some(radius_um);
                row
            }));
    }
    ran
}

/// The cells of the first line after `group` that begins with `condition`.
fn line(report: &str, group: &str, condition: &str) -> Vec<String> {
    let (_, rest) = report.split_once(&format!(">{group}</th>")).expect("a group");
    let begins = format!("<tr><td>{condition}</td>");
    let line = rest.lines().find(|line| line.starts_with(&begins)).expect("a line");
    let cells = line.split("<td").skip(1).filter_map(|cell| cell.split_once('>'));
    cells
        .filter_map(|(_, rest)| Some(rest.split_once("</td>")?.0.to_owned()))
        .collect()
}

const RADIUS: &str = "Outgrowth radius: tips from the explant's edge, µm";
const MOVED: &str = "gel &lt;b&gt;moved&lt;/b&gt;";

/// Ratio, effect size and test stand beside the mean, and the report says the smallest p that its wells can give.
#[test]
fn a_condition_is_compared_with_the_control_by_wells() {
    let three = report(&with_radii(
        "compared",
        [&[100.0, 110.0, 130.0], &[290.0, 340.0, 400.0]],
    ));
    let cells = line(&three, RADIUS, MOVED);
    assert_eq!(cells[1..3], ["3", "343 (290 to 400)"], "{cells:?}");
    assert!(cells[3].starts_with("3.03 (2.90 to 3.09"), "{cells:?}");
    // By hand: 230 µm over √((233 + 3033) / 2) µm, and 0.8 for two groups of three.
    assert!(cells[4].starts_with("4.6 ("), "{cells:?}");
    assert_eq!(cells[5], "0.25");
    assert!(three.contains("The smallest p that so few wells can give is 0.25.") && three.contains("comes below 0.05"));
    assert_eq!(line(&three, RADIUS, "control")[3..], ["1", "–", "–"]);

    // Six wells that all rise: 2 of 64 ways.
    let (six, risen) = (
        [100.0, 110.0, 130.0, 90.0, 105.0, 120.0],
        [290.0, 340.0, 400.0, 300.0, 310.0, 330.0],
    );
    let whole = report(&with_radii("compared", [&six, &risen]));
    assert_eq!(line(&whole, RADIUS, MOVED)[5], "0.031");
    assert!(whole.contains("can give is 0.031.") && !whole.contains("comes below 0.05"));
    // One of them falls: 4 of 64 ways are as far or further.
    let mut fallen = risen;
    fallen[0] = 80.0;
    let p: f64 = line(&report(&with_radii("compared", [&six, &fallen])), RADIUS, MOVED)[5]
        .parse()
        .expect("a p");
    assert!(p > 0.031, "{p}");
    // The same run has the same report, to the byte.
    assert_eq!(whole, report(&with_radii("compared", [&six, &risen])));
}

/// Every well is a point of its figure, and a figure can be taken away with its numbers.
#[test]
fn every_well_is_a_point_of_a_figure_to_take_away() {
    let report = report(&with_radii("drawn", [&[100.0, 110.0, 130.0], &[290.0, 340.0]]));
    let (_, figure) = report
        .split_once("aria-label=\"Outgrowth radius: tips")
        .expect("a figure");
    let figure = figure.split("</figure>").next().expect("a figure");
    assert_eq!(figure.matches("<circle").count(), 5);
    assert!(
        figure.contains("× 2.78 (") && figure.contains("n = 2</text>"),
        "{figure}"
    );
    for (ending, kind) in [("svg", "image/svg+xml"), ("csv", "text/csv;charset=utf-8")] {
        let link = format!("<a download=\"drawn-outgrowth-radius-mean-um.{ending}\" href=\"data:{kind};base64,");
        assert!(figure.contains(&link), "{link}");
    }
    assert_eq!(
        report.matches("<svg").count(),
        report.matches("href=\"data:image/svg+xml").count()
    );
}

#[test]
fn without_a_control_or_with_one_well_it_says_what_cannot_be_told() {
    let one = report(&with_radii("one", [&[100.0], &[300.0]]));
    assert_eq!(line(&one, RADIUS, MOVED)[1..], ["1", "300", "3.00", "–", "–"]);
    assert!(one.contains("There is no test: it takes two wells of each condition."));

    let mut ran = with_radii("moved", [&[100.0, 110.0], &[290.0, 340.0]]);
    ran.plate.conditions = ["gel a", "gel b"].map(|name| with_strain(name, 0.05)).to_vec();
    let none = report(&ran);
    assert!(none.contains("there are no ratios to one, no effect sizes and no tests") && !none.contains("Hedges"));
    assert_eq!(line(&none, RADIUS, "control").len(), 3);
}

/// A dose has its unit wherever it stands: in words, beside an axis and in a table.
#[test]
fn doses_have_their_unit_and_nothing_is_no_number() {
    let mut ran = Ran::new("doses");
    ran.plate.myokines[0].unit = DoseUnit::Nanomolar;
    ran.plate.myokines[0].name = "BDNF".to_owned();
    ran.plate.conditions[0] = Condition {
        wells: 1,
        ..with_medium("control", MediumSource::Doses(vec![0.0002]))
    };
    ran.readouts.columns = columns(&ran.plate)
        .into_iter()
        .filter(|column| ran.readouts.columns.iter().any(|known| known.readout == column.readout))
        .collect();
    let report = report(&ran);
    assert!(report.contains("medium with BDNF at 0.0002 nM, changed every 24 h"));
    assert!(report.contains("Doses of BDNF are in nM") && report.contains("Dose at cones, nM</text>"));
    assert!(report.contains("<td>myokine_mean</td><td>nM</td>"));
    for nonsense in ["NaN", "-0 ±", "± -0", ">-0<", ">-0.0", "inf "] {
        assert!(!report.contains(nonsense), "{nonsense}");
    }
}

/// Methods and citation say what was run; assumed numbers are told at the beginning.
#[test]
fn methods_and_cautions_are_made_from_the_run() {
    let mut ran = with_radii("written", [&[100.0, 110.0, 130.0], &[290.0, 340.0, 400.0]]);
    ran.record.version = "9.8.7".to_owned();
    ran.record.seed = 4711;
    let plain = report(&ran);
    for part in [
        "simulated with outgrowth 9.8.7 (plate written)",
        "a planar layer 20 µm thick of 2 × 2 mm",
        "1 explant of 100 µm in radius",
        "control (1 well): nothing brought, gel still",
        "gel strained uniaxially by 5 %",
        "with the seed 4711",
        "The unit of replication was the well (n = 1 well a condition)",
        "permutation tests on wells",
        "doi:10.1101/2024.03.02.583091",
        "@software{",
    ] {
        assert!(plain.contains(part), "{part}");
    }
    assert!(!plain.contains("Numbers of grade C decide") && !plain.contains("Outgrown"));
    ran.record.parameters = vec![ResolvedParameter {
        path: "mechano.gain".to_owned(),
        value: "4.47".to_owned(),
        default: "4.47".to_owned(),
        grade: "C".to_owned(),
        ..ResolvedParameter::default()
    }];
    assert!(
        report(&ran).contains("Numbers of grade C decide") && report(&ran).contains("<code>mechano.gain</code> 4.47")
    );

    let place = ran.readouts.place(Readout::FractionAtRim).expect("a column");
    ran.readouts
        .rows
        .iter_mut()
        .filter(|row| row.condition == 1)
        .for_each(|row| row.values[place] = Some(0.2));
    let outgrown = report(&ran);
    assert!(outgrown.contains("<strong>Outgrown well.</strong> gel &lt;b&gt;moved"));
    assert!(
        outgrown.contains(
            "tips were at the side of the well in gel &lt;b&gt;moved&lt;/b&gt;, where this figure is too small"
        )
    );
}

/// Paper is A4, and no table has more columns than it has room for.
#[test]
fn the_report_is_made_for_paper() {
    let report = report(&Ran::new("paper"));
    assert!(report.contains("@page { size: A4;") && report.contains("grid-template-columns: 85mm 85mm"));
    let most = report
        .split("<thead>")
        .skip(1)
        .map(|rest| rest.split("</thead>").next().unwrap_or("").matches("<th").count());
    assert!(most.max().expect("tables") <= 6);
}

/// A default without a number was "NaN ms", and a value that is nothing "-0".
#[test]
fn parameters_of_every_built_in_plate_are_numbers_with_their_unit() {
    for builtin in BUILTIN {
        let scenario = read(builtin.text, builtin.name, &[], &Surroundings::built_in()).expect("sound");
        for resolved in &scenario.resolved {
            for text in [&resolved.text, &resolved.default_text] {
                let nonsense = text.contains("NaN") || text.contains("inf") || text.starts_with("-0 ") || text == "-0";
                assert!(!nonsense, "{}: {}: {text}", builtin.name, resolved.path);
            }
        }
    }
}
