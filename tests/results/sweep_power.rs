//! The power of an experiment through the program: how many replicates its spread asks for.

use crate::small_sweep::program;
use std::fs;
use std::path::Path;
use std::process::Output;

const PLATE: &str = r#"
name = "replicates"
duration = "6 h"
[well]
size = ["1 mm", "1 mm"]
[[explant]]
at = ["0.5 mm", "0.5 mm"]
radius = "100 um"
neurons = 20
[[myokine]]
name = "myokines"
[[condition]]
name = "control"
wells = 3
[[condition]]
name = "treated"
wells = 3
medium = { from = "exercised muscle", every = "24 h" }
"#;

fn sweep(words: &[&str], file: &Path, folder: &Path) -> Output {
    program(&["sweep", "--engine", "cpu", "-q"])
        .args(words)
        .arg("--out")
        .args([folder, file])
        .output()
        .expect("the program starts")
}

/// The rows of `power.csv`, by the names of its columns.
struct Rows {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Rows {
    fn read(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join("power.csv")).expect("a table");
        let mut lines = text
            .lines()
            .map(|line| line.split(',').map(str::to_owned).collect::<Vec<String>>());
        Self {
            names: lines.next().expect("a heading"),
            rows: lines.collect(),
        }
    }

    fn column(&self, name: &str) -> Vec<&str> {
        let at = self.names.iter().position(|known| known == name).expect("a column");
        self.rows.iter().map(|row| row[at].as_str()).collect()
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        self.column(name)
            .into_iter()
            .map(|text| text.parse().expect("a number"))
            .collect()
    }
}

/// More variation between cultures takes more wells where they are not paired, and about as many where they are; and a smaller effect
/// takes more than a large one.
#[test]
fn replicates_follow_the_spread_between_cultures() {
    let scratch = tempfile::tempdir().expect("a folder");
    let file = scratch.path().join("plate.toml");
    fs::write(&file, PLATE).expect("a file");
    let rows = |name: &str, words: &[&str]| {
        let folder = scratch.path().join(name);
        let output = sweep(words, &file, &folder);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        Rows::read(&folder)
    };
    let asked = ["--power=0.9", "--effects", "1.05,1.2"];
    let alike: Vec<&str> = asked
        .into_iter()
        .chain(["--set", "variation.speed_between_cultures=0.02"])
        .collect();
    let apart: Vec<&str> = asked
        .into_iter()
        .chain(["--set", "variation.speed_between_cultures=0.5"])
        .collect();
    let [alike, apart] = [rows("alike", &alike), rows("apart", &apart)];
    for rows in [&alike, &apart] {
        assert_eq!(&rows.column("whose")[..3], ["found", "asked", "asked"]);
        assert_eq!(rows.numbers("cultures")[0], 30.0);
        let wells = rows.numbers("wells");
        assert!(wells[1] > wells[2], "{wells:?}");
        assert!(rows.numbers("wells_low")[1] <= wells[1] && wells[1] <= rows.numbers("wells_high")[1]);
    }
    let [few, many] = [&alike, &apart].map(|rows| rows.numbers("wells_unpaired")[1]);
    assert!(
        many > 3.0 * few,
        "{few} where cultures are alike, {many} where they differ"
    );
    let [few, many] = [&alike, &apart].map(|rows| rows.numbers("wells")[1]);
    assert!(
        many < 3.0 * few,
        "{few} pairs where cultures are alike, {many} where they differ"
    );
    let shared = [&alike, &apart].map(|rows| rows.numbers("shared_by_culture")[0]);
    assert!(shared[0] < 0.5 && shared[1] > 0.7, "{shared:?}");
}

#[test]
fn a_question_without_an_answer_is_refused() {
    let scratch = tempfile::tempdir().expect("a folder");
    let file = scratch.path().join("plate.toml");
    fs::write(&file, PLATE).expect("a file");
    for (words, expected) in [
        (
            &["--power", "--seeds", "1..3"][..],
            "9 cultures: seeds 1..3 with 3 wells",
        ),
        (&["--power=1.5"], "the power 1.5"),
        (&["--power", "--effects", "1"], "the effect 1"),
        (&["--effects", "2"], "--power"),
    ] {
        let folder = scratch.path().join("refused");
        let output = sweep(words, &file, &folder);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {told}");
        assert!(told.contains(expected), "{words:?}: {told}");
        assert!(!folder.exists(), "{words:?} left something");
    }
}
