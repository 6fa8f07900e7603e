//! The report of a sweep through the program: its figures are those of the dataset, its words are no markup, its bytes repeat.

use crate::small_sweep::program;
use outgrowth::export::figures::figure;
use std::fs;
use std::path::Path;
use std::process::Output;

/// A plate whose first condition has a name that is markup.
const PLATE: &str = r#"
name = "reported"
duration = "6 h"
[well]
size = ["1.2 mm", "1.2 mm"]
[[explant]]
at = ["0.6 mm", "0.6 mm"]
radius = "100 um"
neurons = 10
[[myokine]]
name = "myokines"
[[condition]]
name = "<b>control"
wells = 2
[[condition]]
name = "treated"
wells = 2
medium = { from = "exercised muscle", every = "24 h" }
"#;

/// The sweep of a plate with these words in a folder of this name.
fn sweep(scratch: &Path, name: &str, words: &[&str]) -> Output {
    let file = scratch.join("plate.toml");
    fs::write(&file, PLATE).expect("a file");
    program(&["sweep", "--engine", "cpu", "-q"])
        .args(words)
        .arg("--out")
        .args([&scratch.join(name), &file])
        .output()
        .expect("the program starts")
}

/// The report of such a sweep, which is done whole.
fn report(scratch: &Path, name: &str, words: &[&str]) -> String {
    let output = sweep(scratch, name, words);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {told}");
    fs::read_to_string(scratch.join(name).join("report.html")).expect("a report")
}

/// The cells of all rows that begin with these.
fn rows(report: &str, first: &[&str]) -> Vec<Vec<String>> {
    let cells = |line: &str| -> Vec<String> {
        let cells = line.split("<td").skip(1);
        let text = |cell: &str| {
            cell.split_once('>')
                .and_then(|(_, rest)| rest.split_once("</td>"))
                .map(|(text, _)| text.to_owned())
        };
        cells.filter_map(text).collect()
    };
    let rows = report.lines().map(cells);
    rows.filter(|row| row.len() > first.len() && row.iter().zip(first).all(|(one, other)| one == other))
        .collect()
}

#[test]
fn the_report_has_the_means_of_the_summary() {
    let scratch = tempfile::tempdir().expect("a folder");
    let report = report(
        scratch.path(),
        "sweep",
        &["--vary", "growth_cone.speed=4,8 um/h", "--seeds", "1..4"],
    );
    let summary = fs::read_to_string(scratch.path().join("sweep/summary.csv")).expect("a summary");
    let described = fs::read_to_string(scratch.path().join("sweep/ro-crate-metadata.json")).expect("a description");
    assert!(described.contains("\"@id\": \"report.html\""), "{described}");
    let fields = |line: &str| -> Vec<String> { line.split(',').map(str::to_owned).collect() };
    let heading = fields(summary.lines().next().expect("a heading"));
    let column = |name: &str| heading.iter().position(|known| known == name).expect("a column");
    for speed in ["4", "8"] {
        let row = summary.lines().map(fields).find(|row| {
            let of = |name: &str| row[column(name)].as_str();
            (of("growth_cone.speed"), of("condition"), of("readout")) == (speed, "treated", "outgrowth_radius_mean_um")
        });
        let row = row.expect("a row");
        let number = |name: &str| -> f64 { row[column(name)].parse().expect("a number") };
        let mean = figure(number("mean"));
        let interval = format!("{mean} (");
        let place = format!("{speed} um/h");
        // A place of the curve, a mean of the point, and its ratio.
        let found = rows(&report, &[&place, "treated", "4"]);
        assert_eq!(found.len(), 3, "{found:?}");
        for row in &found[..2] {
            assert!(row[4].starts_with(&interval), "{row:?}, {mean} expected");
        }
        let ratio = format!("{} (", figure(number("ratio")));
        assert!(found[2][5].starts_with(&ratio), "{found:?}, {ratio} expected");
    }
    assert_eq!(
        report.matches("role=\"img\" aria-label=\"").count(),
        3,
        "a curve for each measure"
    );
    // Each of them to take away, with its numbers.
    for ending in ["svg", "csv"] {
        let name = format!("download=\"outgrowth-radius-against-growth-cone.speed.{ending}\"");
        assert!(report.contains(&name), "{name}");
    }
}

/// The bars are those of `indices.csv`, the table has its numbers, and the descriptions of the dataset name the file and its columns.
#[test]
fn indices_have_bars_and_the_numbers_of_their_file() {
    let scratch = tempfile::tempdir().expect("a folder");
    let keys = ["--vary", "growth_cone.speed=4,8 um/h", "--vary", "myokine.max_gain=2,6"];
    let report = report(scratch.path(), "sweep", &keys);
    let read = |name: &str| fs::read_to_string(scratch.path().join("sweep").join(name)).expect("a file");
    let indices = read("indices.csv");
    let mut lines = indices
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect::<Vec<String>>());
    let heading = lines.next().expect("a heading");
    let place = |name: &str| heading.iter().position(|known| known == name).expect("a column");
    let told = ["condition", "measure", "of", "key"].map(place);
    let rounded = |text: &str| format!("{:.2}", text.parse::<f64>().expect("a number").abs());
    let (mut bars, mut together) = (0, 0);
    for line in lines {
        let first = told.map(|place| line[place].replace('<', "&lt;").replace('>', "&gt;"));
        let row = &rows(&report, &first.each_ref().map(String::as_str))[0];
        assert_eq!(
            row[4..],
            [
                "4".to_owned(),
                rounded(&line[place("first_order")]),
                rounded(&line[place("total")])
            ]
        );
        bars += 2;
        together += usize::from(row[5] != row[6]);
    }
    assert!(bars > 20 && together > 0, "{indices}");
    assert_eq!(report.matches("height=\"9\" fill=\"rgb(").count(), bars);
    let words = "Sobol indices of outgrowth radius in &lt;b&gt;control: growth_cone.speed first order 1.00, total 1.00; \
                 myokine.max_gain first order 0.00, total 0.00.";
    assert!(report.contains(words), "no such words");
    let crate_names = read("ro-crate-metadata.json");
    assert!(crate_names.contains("\"@id\": \"indices.csv\"") && !crate_names.contains("power.csv"));
    let package = read("datapackage.json");
    let described = package.split_once("\"path\": \"indices.csv\"").expect("the table").1;
    assert!(
        heading
            .iter()
            .all(|name| described.contains(&format!("\"name\": \"{name}\""))),
        "{described}"
    );
}

/// Of many keys those have curves that go with the results.
#[test]
fn of_many_keys_the_strongest_have_curves() {
    let scratch = tempfile::tempdir().expect("a folder");
    // Nothing strains the gel: these do nothing.
    let idle = [
        "mechano.gain=2..6",
        "mechano.on_time=0.1..1 h",
        "stretch.threshold=0.5..1.5 nN",
        "stretch.slope=75..300 um/h/nN",
        "synapse.contact=5..20 um",
        "synapse.formation=0..0.2 /h",
    ];
    let ranges: Vec<String> = idle
        .into_iter()
        .chain(["growth_cone.speed=2..20 um/h"])
        .map(|range| format!("{range}:lhs"))
        .collect();
    let mut words = vec!["--runs", "40", "--set", "duration=2 h"];
    words.extend(ranges.iter().flat_map(|range| ["--vary", range.as_str()]));
    let report = report(scratch.path(), "sweep", &words);
    assert!(report.contains("<h3>growth_cone.speed</h3>"));
    let with_curve =
        |range: &&str| report.contains(&format!("<h3>{}</h3>", range.split('=').next().unwrap_or_default()));
    assert_eq!(idle.iter().filter(|range| with_curve(range)).count(), 5);
    let (_, others) = report
        .split_once("without a curve here are: <code>")
        .expect("the others");
    assert!(
        !others.starts_with("growth_cone.speed")
            && others.split_once("</p>").expect("an end").0.matches("<code>").count() == 0
    );
    assert!(
        report.contains("take points that this plan does not"),
        "a word on indices"
    );
}

#[test]
fn what_failed_is_named_and_no_name_is_markup() {
    let scratch = tempfile::tempdir().expect("a folder");
    // Each value is taken alone; together the explant lies outside of the smaller well.
    let words = [
        "--vary",
        "well.size=[\"1.2 mm\", \"1.2 mm\"], [\"2 mm\", \"2 mm\"]",
        "--vary",
        "explant.0.at=[\"0.6 mm\", \"0.6 mm\"], [\"1.5 mm\", \"1.5 mm\"]",
    ];
    let output = sweep(scratch.path(), "sweep", &words);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let report = fs::read_to_string(scratch.path().join("sweep/report.html")).expect("a report");
    let failed = fs::read_to_string(scratch.path().join("sweep/failed.csv")).expect("a table");
    let row = &rows(&report, &["2", "1"])[0];
    let expected = "explant.0.at = [&quot;1.5 mm&quot;, &quot;1.5 mm&quot;]";
    assert!(row[2].contains(expected), "{row:?}");
    let reason = row[3]
        .replace("&quot;", "\"\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    assert!(
        row[3].contains("a place in the well") && failed.contains(&reason),
        "{row:?}, {failed}"
    );
    assert!(report.contains("<strong>3 of 4 runs done</strong>: 1 failed, 0 missing."));
    assert!(report.contains("&lt;b&gt;control") && !report.contains("<b>"));
    // Words have a table and no curve.
    assert!(report.contains("<h2>Response curves</h2>") && !report.contains("<svg"));
}

#[test]
fn a_sweep_of_one_point_has_no_curve() {
    let scratch = tempfile::tempdir().expect("a folder");
    // The other value breaks the comparison.
    let words = [
        "--vary",
        "growth_cone.speed=4,8 um/h",
        "--where",
        "growth_cone.speed < 8 um/h",
        "--seeds",
        "1..2",
    ];
    let report = report(scratch.path(), "sweep", &words);
    assert!(report.contains("<h2>Measures at the end of the runs</h2>"));
    assert!(!report.contains("<svg") && !report.contains("Response curves"));
    assert_eq!(
        rows(&report, &["treated", "2"]).len(),
        2,
        "a row of means and one of ratios"
    );
}

/// More points than stand one by one are put together, and so are the values of a sampled range.
#[test]
fn many_points_are_put_together() {
    let scratch = tempfile::tempdir().expect("a folder");
    let words = [
        "--vary",
        "growth_cone.speed=2..20 um/h:log:lhs",
        "--seeds",
        "1..2",
        "--runs",
        "32",
        "--set",
        "duration=2 h",
    ];
    let report = report(scratch.path(), "sweep", &words);
    let together = rows(&report, &["treated", "32"]);
    assert_eq!(together.len(), 2, "{together:?}");
    // By hand: four parts of equal ratio, 10^(1/4), each with four of the sixteen points.
    for part in [
        "2.00 to 3.56 µm/h",
        "3.56 to 6.32 µm/h",
        "6.32 to 11.2 µm/h",
        "11.2 to 20.0 µm/h",
    ] {
        assert_eq!(rows(&report, &[part, "treated", "8"]).len(), 1, "{part}");
    }
}

#[test]
fn the_bytes_follow_from_the_plan_and_the_readouts() {
    let scratch = tempfile::tempdir().expect("a folder");
    let of = |name: &str, seeds: &str| {
        report(
            scratch.path(),
            name,
            &[
                "--vary",
                "growth_cone.speed=4,8 um/h",
                "--set",
                "duration=2 h",
                "--seeds",
                seeds,
            ],
        )
    };
    let [one, other] = ["one", "a longer name"].map(|name| of(name, "1..2"));
    assert!(one == other, "two reports of one sweep differ");
    assert!(one != of("seeds", "2..3"), "other seeds have the same report");
    let path = scratch.path().to_string_lossy().into_owned();
    assert!(!one.contains(&path), "a path of this machine");
}
