//! The folder of results: whole or not there, and what its files say.

use crate::hand_made::{self, letter_y, myokine, plate, untreated, with_strain};
use outgrowth::export::report::report_html;
use outgrowth::export::table::{Label, LabelValue};
use outgrowth::export::{
    ExportError, Keeping, ResultFolder, Results, RunRecord, may_write, results_table, save, settle_leftovers,
};
use outgrowth::model::plate::{Action, Event, MediumSource, Plate};
use outgrowth::model::world::World;
use outgrowth::readout::{Readout, Readouts, Recorder, Row};
use outgrowth::scenario::{Leave, Morphologies};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A run of a letter Y in each of two wells.
pub struct Ran {
    pub plate: Plate,
    pub world: World,
    pub readouts: Readouts,
    pub record: RunRecord,
}

impl Ran {
    pub fn new(name: &str) -> Self {
        let mut plate = plate(1, vec![untreated("control"), with_strain("gel <b>moved</b>", 0.05)]);
        plate.name = name.to_owned();
        plate.myokines = vec![myokine("myokines")];
        let mut made = letter_y();
        let branch = made.world.cones.remove(1);
        let path = made.world.paths.remove(1);
        made.neuron(
            1,
            &[hand_made::at(1100.0, 1000.0), hand_made::at(1120.0, 1000.0)],
            hand_made::at(1130.0, 1010.0),
        );
        made.world.cones.push(branch);
        made.world.paths.push(path);
        made.world.concentrations = vec![0.0, 0.5];
        let mut recorder = Recorder::new(&plate);
        recorder.record(&plate, &made.world);
        made.world.step = plate.steps;
        recorder.record(&plate, &made.world);
        let record = RunRecord {
            engine: "cpu".to_owned(),
            scenario: "name = \"x\"".to_owned(),
            labels: vec![Label {
                name: "run".to_owned(),
                unit: String::new(),
                meaning: "the id of the run".to_owned(),
                value: LabelValue::Text("0f".to_owned()),
            }],
            ..RunRecord::default()
        };
        Self {
            plate,
            world: made.world,
            readouts: recorder.into_readouts(),
            record,
        }
    }

    pub fn results(&self) -> Results<'_> {
        Results {
            plate: &self.plate,
            world: &self.world,
            readouts: &self.readouts,
            record: &self.record,
            morphologies: Morphologies::All,
            leave: Leave::ALL,
            hurried: false,
            files: &[],
        }
    }
}

/// Every file below a folder and its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("below")
                    .to_string_lossy()
                    .replace('\\', "/");
                found.insert(name, fs::read(&path).expect("file"));
            }
        }
    }
    found
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder)
        .expect("folder")
        .map(|e| e.expect("entry").file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_run_leaves_its_files_and_the_same_run_the_same_bytes() {
    let scratch = tempfile::tempdir().expect("folder");
    let ran = Ran::new("first");
    for name in ["a", "deep/b"] {
        save(&scratch.path().join(name), false, &ran.results()).expect("saved");
    }
    let files_a = files(&scratch.path().join("a"));
    let expected = [
        "axons/control-1/1.swc",
        "axons/gel-b-moved-b-1/1.swc",
        "neurons.parquet",
        "plate.png",
        "readouts.csv",
        "readouts.parquet",
        "report.html",
        "run.json",
        "scenario/scenario.toml",
    ];
    assert_eq!(files_a.keys().map(String::as_str).collect::<Vec<_>>(), expected);
    assert_eq!(files_a, files(&scratch.path().join("deep/b")));
}

/// The files of a run are those that are asked for, and each is the same whatever else is left.
#[test]
fn a_run_leaves_what_is_asked_for() {
    let scratch = tempfile::tempdir().expect("folder");
    let ran = Ran::new("first");
    let left = |leave: Leave, name: &str| {
        let folder = scratch.path().join(name);
        save(&folder, false, &Results { leave, ..ran.results() }).expect("saved");
        files(&folder)
    };
    let all = left(Leave::ALL, "all");
    let always = ["readouts.csv", "readouts.parquet", "run.json", "scenario/scenario.toml"];
    let axons = [
        "axons/control-1/1.swc",
        "axons/gel-b-moved-b-1/1.swc",
        "neurons.parquet",
    ];
    let some = |axons: bool, pictures: bool, report: bool| Leave {
        axons,
        pictures,
        report,
    };
    let cases = [
        (Leave::READOUTS, vec![]),
        (some(true, false, false), axons.to_vec()),
        (some(false, true, false), vec!["plate.png"]),
        (some(false, false, true), vec!["report.html"]),
        (some(false, true, true), vec!["plate.png", "report.html"]),
    ];
    for (number, (leave, more)) in cases.into_iter().enumerate() {
        let found = left(leave, &number.to_string());
        let mut expected = [&always[..], &more].concat();
        expected.sort_unstable();
        assert_eq!(
            found.keys().map(String::as_str).collect::<Vec<_>>(),
            expected,
            "{leave:?}"
        );
        for (name, bytes) in found.iter().filter(|(name, _)| *name != "report.html") {
            assert!(*bytes == all[name], "{name} is another where {leave:?} is left");
        }
        if leave.report {
            let report = String::from_utf8_lossy(&found["report.html"]).into_owned();
            assert_eq!(report.contains("src=\"data:image/png"), leave.pictures);
            assert!(!report.contains("no picture of the plate"), "nobody asked for one");
            assert_eq!(report.as_bytes() == all["report.html"], leave.pictures);
        }
    }
}

#[test]
fn an_earlier_result_is_refused_and_replaced_only_by_force() {
    let scratch = tempfile::tempdir().expect("folder");
    let folder = scratch.path().join("run");
    let (first, second) = (Ran::new("first"), Ran::new("second"));
    save(&folder, false, &first.results()).expect("saved");
    let before = files(&folder);
    assert!(matches!(
        save(&folder, false, &second.results()),
        Err(ExportError::Exists(_))
    ));
    assert_eq!(files(&folder), before);
    save(&folder, true, &second.results()).expect("replaced");
    assert_ne!(files(&folder)["run.json"], b"");
    assert!(String::from_utf8_lossy(&files(&folder)["report.html"]).contains("<h1>second</h1>"));
    assert_eq!(names(scratch.path()), ["run"], "nothing else is left");
}

#[test]
fn what_is_no_result_is_never_replaced() {
    let scratch = tempfile::tempdir().expect("folder");
    let (theses, file, empty) = (
        scratch.path().join("theses"),
        scratch.path().join("file"),
        scratch.path().join("new"),
    );
    fs::create_dir(&theses).expect("made");
    fs::write(theses.join("thesis.txt"), "years of work").expect("written");
    fs::write(&file, "x").expect("written");
    fs::create_dir(&empty).expect("made");
    let folder = |name: &str, record: &str| {
        let folder = scratch.path().join(name);
        fs::create_dir(&folder).expect("made");
        fs::write(folder.join("run.json"), record).expect("written");
        folder
    };
    let ours = "{\"program\": \"outgrowth\"}";
    let (other, broken, mixed) = (
        folder("other", "{\"program\": \"ingrowth\"}"),
        folder("broken", "{"),
        folder("mixed", ours),
    );
    fs::write(mixed.join("thesis.txt"), "years of work").expect("written");
    for force in [false, true] {
        for folder in [&other, &broken, &mixed] {
            assert!(matches!(may_write(folder, force), Err(ExportError::NotOurs(..))));
        }
        assert!(matches!(may_write(&theses, force), Err(ExportError::NotOurs(..))));
        assert!(matches!(may_write(&file, force), Err(ExportError::NotOurs(..))));
        assert!(may_write(&empty, force).is_ok());
    }
    assert!(matches!(may_write(Path::new(".."), true), Err(ExportError::NoName(_))));
    save(&empty, false, &Ran::new("first").results()).expect("an empty folder is taken");
    assert!(empty.join("run.json").is_file());
}

/// A stranger's file is never deleted with a result, wherever in it somebody has put it.
#[test]
fn a_strangers_file_inside_a_result_keeps_it_from_being_replaced() {
    let scratch = tempfile::tempdir().expect("folder");
    let folder = scratch.path().join("run");
    let (first, second) = (Ran::new("first"), Ran::new("second"));
    save(&folder, false, &first.results()).expect("saved");
    for stranger in [
        "axons/notes.txt",
        "axons/control-1/notes.txt",
        "axons/control-1/traced/1.swc",
        "scenario/thesis.txt",
        "notes.txt",
    ] {
        let path = folder.join(stranger);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, "years of work").expect("written");
        let error = save(&folder, true, &second.results()).expect_err("not ours alone");
        let named = stranger.trim_end_matches("/1.swc");
        assert!(error.to_string().contains(named), "{error}");
        assert!(path.is_file());
        fs::remove_file(&path).expect("removed");
        // An empty folder of somebody's stands in the way as well, but for those that a run makes.
        if stranger.contains("traced") {
            assert!(save(&folder, true, &second.results()).is_err());
            fs::remove_dir(path.parent().expect("a folder")).expect("removed");
        }
    }
    fs::write(folder.join("axons/.DS_Store"), "").expect("written");
    save(&folder, true, &second.results()).expect("replaced");
}

/// A run that was killed leaves hidden folders: those of a living one stay, the others go, and an earlier result comes back.
#[cfg(unix)]
#[test]
fn what_killed_runs_leave_is_settled_by_the_next() {
    let scratch = tempfile::tempdir().expect("folder");
    let folder = scratch.path().join("run");
    save(&folder, false, &Ran::new("first").results()).expect("saved");
    let before = files(&folder);
    let living = ResultFolder::begin(&folder, true).expect("begun");
    fs::create_dir(scratch.path().join(".run.making-killed")).expect("made");
    fs::write(scratch.path().join(".run.making-killed/readouts.csv"), "half").expect("written");
    // Killed between the two renames, where the system has no call that does both.
    fs::create_dir(scratch.path().join(".run.earlier-killed")).expect("made");
    fs::rename(&folder, scratch.path().join(".run.earlier-killed/earlier")).expect("renamed");
    let said = settle_leftovers(&folder);
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(files(&folder), before);
    assert!(living.path().is_dir(), "a living run lost its folder");
    drop(living);
    assert_eq!(names(scratch.path()), ["run"]);
}

/// Rows are on disk when they are taken; where the place takes no more, the results are whole elsewhere, and where no place
/// does, what was written stays and says so.
#[test]
fn results_that_cannot_be_written_are_kept_elsewhere_or_in_part() {
    let scratch = tempfile::tempdir().expect("folder");
    let [here, there] = ["here", "there"].map(|name| scratch.path().join(name));
    fs::create_dir(&there).expect("made");
    let ran = Ran::new("first");
    let (earlier, last) = ran.readouts.rows.split_at(ran.readouts.rows.len() / 2);
    let begin = |places: Vec<std::path::PathBuf>| {
        let folder = ResultFolder::begin(&here.join("run"), false).expect("begun");
        let mut keeping = Keeping::begin(folder, &ran.readouts, &ran.record.labels, places).expect("begun");
        keeping.add(&ran.readouts, earlier).expect("written");
        let table = fs::read_to_string(keeping.path().join("readouts.csv")).expect("a table");
        assert_eq!(table.lines().count(), 1 + earlier.len(), "rows are not on disk yet");
        keeping.add(&ran.readouts, last).expect("written");
        // A folder where a file should be: writing the rest fails.
        fs::create_dir(keeping.path().join("plate.png")).expect("made");
        keeping
    };
    let whole = scratch.path().join("whole");
    save(&whole, false, &ran.results()).expect("saved");

    let (kept, _) = begin(vec![there.clone()]).finish(&ran.results());
    let error = kept.expect_err("it cannot be there");
    assert!(
        matches!(&error, ExportError::Kept { lies, .. } if *lies == there.join("run")),
        "{error}"
    );
    assert_eq!(files(&there.join("run")), files(&whole));
    assert!(names(&here).is_empty(), "nothing is left where it failed");

    let (kept, _) = begin(vec![scratch.path().join("whole/run.json")]).finish(&ran.results());
    let error = kept.expect_err("it cannot be anywhere");
    let lies = here.join("run-partial");
    assert!(error.to_string().contains(&lies.display().to_string()), "{error}");
    assert_eq!(names(&here), ["run-partial"]);
    assert_eq!(files(&lies)["readouts.csv"], files(&whole)["readouts.csv"]);
    let note = String::from_utf8(files(&lies)["ABOUT-THIS-FOLDER.txt"].clone()).expect("text");
    assert!(note.contains("partial result") && note.contains("plate.png"), "{note}");
    assert!(may_write(&lies, true).is_err(), "it is no result that may be replaced");
}

/// A folder that vanishes under a run takes nothing with it: the rows are read from the open file.
#[cfg(unix)]
#[test]
fn results_whose_folder_vanishes_are_kept_elsewhere() {
    let scratch = tempfile::tempdir().expect("folder");
    let ran = Ran::new("first");
    let there = scratch.path().join("there");
    fs::create_dir(&there).expect("made");
    let folder = ResultFolder::begin(&scratch.path().join("here/run"), false).expect("begun");
    let mut keeping = Keeping::begin(folder, &ran.readouts, &[], vec![there.clone()]).expect("begun");
    keeping.add(&ran.readouts, &ran.readouts.rows).expect("written");
    fs::remove_dir_all(scratch.path().join("here")).expect("removed");
    assert!(matches!(
        keeping.finish(&ran.results()).0,
        Err(ExportError::Kept { .. })
    ));
    let table = String::from_utf8(files(&there.join("run"))["readouts.csv"].clone()).expect("text");
    assert_eq!(table.lines().count(), 1 + ran.readouts.rows.len());
}

/// A movie gives way to results that have no room beside it.
#[test]
fn a_movie_does_not_take_the_results_along() {
    let scratch = tempfile::tempdir().expect("folder");
    let ran = Ran::new("first");
    let folder = ResultFolder::begin(&scratch.path().join("run"), false).expect("begun");
    let mut keeping = Keeping::begin(folder, &ran.readouts, &[], Vec::new()).expect("begun");
    keeping.add(&ran.readouts, &ran.readouts.rows).expect("written");
    fs::write(keeping.path().join("movie.gif"), "GIF").expect("written");
    let (kept, said) = keeping.finish(&ran.results());
    assert!(kept.expect("kept").join("movie.gif").is_file() && said.is_empty());
    // Where the results cannot be written the movie is the first to go.
    let folder = ResultFolder::begin(&scratch.path().join("full"), false).expect("begun");
    let keeping = Keeping::begin(folder, &ran.readouts, &[], Vec::new()).expect("begun");
    fs::write(keeping.path().join("movie.gif"), "GIF").expect("written");
    fs::create_dir(keeping.path().join("plate.png")).expect("made");
    let (kept, said) = keeping.finish(&ran.results());
    assert!(
        kept.is_err() && said.iter().any(|words| words.contains("no movie")),
        "{said:?}"
    );
    assert!(!scratch.path().join("full-partial/movie.gif").exists());
}

#[test]
fn a_result_that_fails_half_way_leaves_nothing_and_harms_nothing() {
    let scratch = tempfile::tempdir().expect("folder");
    let folder = scratch.path().join("run");
    save(&folder, false, &Ran::new("first").results()).expect("saved");
    let before = files(&folder);
    let making = ResultFolder::begin(&folder, true).expect("begun");
    fs::write(making.path().join("readouts.csv"), "half a f").expect("written");
    assert_eq!(files(&folder), before, "while it is being made");
    // A folder where a file should be: writing the rest fails.
    fs::create_dir(making.path().join("plate.png")).expect("made");
    let ran = Ran::new("second");
    assert!(matches!(
        outgrowth::export::write_results(making.path(), &ran.results()),
        Err(ExportError::Io { .. })
    ));
    drop(making);
    assert_eq!(files(&folder), before);
    assert_eq!(names(scratch.path()), ["run"]);
}

#[test]
fn a_result_that_appeared_meanwhile_stays_and_the_finished_one_lies_beside_it() {
    let scratch = tempfile::tempdir().expect("folder");
    let folder = scratch.path().join("run");
    let (first, second) = (Ran::new("first"), Ran::new("second"));
    let making = ResultFolder::begin(&folder, false).expect("begun");
    outgrowth::export::write_results(making.path(), &second.results()).expect("written");
    save(&folder, false, &first.results()).expect("saved");
    let before = files(&folder);
    let error = making.finish().expect_err("the name is taken");
    let beside = scratch.path().join("run-2");
    assert!(error.to_string().contains(&beside.display().to_string()), "{error}");
    assert_eq!(files(&folder), before);
    assert!(String::from_utf8_lossy(&files(&beside)["report.html"]).contains("<h1>second</h1>"));

    // Force replaces results alone, whatever appears meanwhile.
    let making = ResultFolder::begin(&folder, true).expect("begun");
    fs::write(making.path().join("run.json"), "{}").expect("written");
    fs::write(folder.join("thesis.txt"), "years of work").expect("written");
    let error = making.finish().expect_err("no result any more");
    assert!(
        matches!(&error, ExportError::Kept { lies, .. } if lies.ends_with("run-3")),
        "{error}"
    );
    assert!(folder.join("thesis.txt").is_file() && folder.join("plate.png").is_file());
    let mut left = names(scratch.path());
    left.sort();
    assert_eq!(left, ["run", "run-2", "run-3"]);
}

#[test]
fn an_earlier_result_has_its_place_again_when_the_new_one_cannot_take_it() {
    let scratch = tempfile::tempdir().expect("folder");
    let folder = scratch.path().join("run");
    save(&folder, false, &Ran::new("first").results()).expect("saved");
    let before = files(&folder);
    let making = ResultFolder::begin(&folder, true).expect("begun");
    // Gone, so that it cannot be renamed.
    fs::remove_dir(making.path()).expect("removed");
    assert!(making.finish().is_err());
    assert_eq!(files(&folder), before);
    assert_eq!(names(scratch.path()), ["run"]);
}

#[test]
fn a_destination_is_tried_before_the_run() {
    let scratch = tempfile::tempdir().expect("folder");
    let deep = scratch.path().join("new/deep/run/");
    let making = ResultFolder::begin(&deep, false).expect("begun");
    assert_eq!(names(&scratch.path().join("new/deep")).len(), 1, "the hidden folder");
    fs::create_dir(&deep).expect("an empty folder is free");
    fs::write(making.path().join("run.json"), "{}").expect("written");
    making.finish().expect("finished");
    assert_eq!(names(&scratch.path().join("new/deep")), ["run"]);

    let file = scratch.path().join("file");
    fs::write(&file, "x").expect("written");
    let below_a_file = ResultFolder::begin(&file.join("run"), false).expect_err("no folder");
    assert!(matches!(below_a_file, ExportError::Io { .. }), "{below_a_file}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_takes_no_folders_is_refused_at_once() {
    let error = ResultFolder::begin(Path::new("/proc/results"), false).expect_err("no place for folders");
    assert!(error.to_string().contains("/proc cannot be written to"), "{error}");
    // The reason is in the message and nowhere else.
    assert!(std::error::Error::source(&error).is_none());
}

#[cfg(unix)]
#[test]
fn a_link_is_named_as_one() {
    let scratch = tempfile::tempdir().expect("folder");
    let (folder, link) = (scratch.path().join("folder"), scratch.path().join("link"));
    fs::create_dir(&folder).expect("made");
    std::os::unix::fs::symlink(&folder, &link).expect("linked");
    for path in [link.clone(), scratch.path().join("link/")] {
        let error = may_write(&path, true).expect_err("a link");
        assert!(matches!(error, ExportError::Link(_)), "{error}");
    }
    let making = ResultFolder::begin(&scratch.path().join("run"), false).expect("begun");
    std::os::unix::fs::symlink(&folder, scratch.path().join("run")).expect("linked");
    let error = making.finish().expect_err("a link took the name");
    assert!(matches!(error, ExportError::Kept { .. }), "{error}");
    assert!(scratch.path().join("run").is_symlink() && scratch.path().join("run-2").is_dir());
}

#[test]
fn the_run_record_repeats_the_run() {
    let scratch = tempfile::tempdir().expect("folder");
    let folder = scratch.path().join("run");
    let mut ran = Ran::new("first");
    ran.world.step = 300;
    save(&folder, false, &ran.results()).expect("saved");
    let record: RunRecord = serde_json::from_slice(&files(&folder)["run.json"]).expect("JSON");
    assert_eq!(
        (record.partial, record.steps_done, record.steps_planned, record.seed),
        (true, 300, 600, 7)
    );
    assert_eq!(
        (record.engine.as_str(), record.scenario.as_str()),
        ("cpu", "name = \"x\"")
    );
    let header = String::from_utf8(files(&folder)["readouts.csv"].clone()).expect("text");
    let columns: Vec<&str> = record.readouts.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(columns[..2], ["run", "condition"]);
    assert_eq!(record.labels, ran.record.labels);
    assert!(header.lines().skip(1).all(|row| row.starts_with("0f,")), "{header}");
    assert_eq!(header.lines().next(), Some(columns.join(",").as_str()));
}

#[test]
fn the_report_loads_nothing_and_says_when_it_is_partial() {
    let scratch = tempfile::tempdir().expect("folder");
    let report = |ran: &Ran, name: &str| {
        save(&scratch.path().join(name), false, &ran.results()).expect("saved");
        String::from_utf8(files(&scratch.path().join(name))["report.html"].clone()).expect("text")
    };
    let mut ran = Ran::new("whole");
    let whole = report(&ran, "whole");
    for loads in [
        "http:", "https:", "<script", "<link", "@import", "url(", "src=\"/", "srcset", "<iframe", "<object",
    ] {
        assert!(!whole.contains(loads), "the report contains {loads}");
    }
    assert_eq!(
        whole.matches("src=").count(),
        whole.matches("src=\"data:image/png;base64,").count()
    );
    assert!(whole.contains("gel &lt;b&gt;moved&lt;/b&gt;") && !whole.contains("<b>moved"));
    for part in [
        "Growth</h2>",
        "Sholl profile and headings</h2>",
        "Growth rate by day</h2>",
        "1 (first 10.0 h)",
        "Acceptance</h2>",
        "Gene programmes</h2>",
        "Methods and citation</h2>",
        "Not public, as far as could be read",
        "Run record</h2>",
    ] {
        assert!(whole.contains(part), "{part}");
    }
    assert!(!whole.contains("Partial result"));
    ran.world.step = 300;
    let partial = report(&ran, "partial");
    assert!(partial.contains("Partial result"));
    assert!(whole.contains("All wells at the same scale, at the end of the run"));
    assert!(partial.contains("All wells at the same scale, after 5 h, as far as the run had come"));
}

/// The reader learns what was repeated, how often, and where that is too seldom for an interval.
#[test]
fn the_report_states_its_replicates_and_their_intervals() {
    let mut ran = Ran::new("replicates");
    let report = |ran: &Ran| report_html(&ran.results(), &ran.record, Some(Ok(&[]))).expect("a report");
    let one = report(&ran);
    assert!(one.contains("The unit of replication is the well"));
    assert!(one.contains("One well has no interval") && !one.contains("too narrow"));

    let place = ran.readouts.place(Readout::OutgrowthRadiusMean).expect("a column");
    let last: Vec<Row> = ran.readouts.last_rows().to_vec();
    for more in [10.0, 20.0] {
        ran.readouts.rows.extend(last.iter().cloned().map(|mut row| {
            row.values[place] = row.values[place].map(|radius_um| radius_um + more);
            row
        }));
    }
    let three = report(&ran);
    assert!(three.contains("too narrow") && !three.contains("One well has no interval"));
    // Both tips of the Y, and the mean of three wells 10 µm apart.
    assert!(three.contains("<td>control</td><td class=\"number\">3</td>"));
    assert!(three.contains("<td class=\"number\">322 (312 to 332)</td>"));
    assert!(three.contains("Relative to control</h3>"));
    assert!(three.contains("Put in</h3>") && three.contains("Could have been false</h3>"));
}

#[test]
fn the_picture_is_a_png_that_shows_something() {
    let ran = Ran::new("first");
    let file = outgrowth::export::picture::plate_png(&ran.plate, &ran.world).expect("picture");
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("size")];
    let frame = reader.next_frame(&mut pixels).expect("frame");
    assert!(frame.width >= 400 && frame.height >= 300);
    // Where light ends along a row: lines have many such places, a ball of cells has few.
    let is_lit = |pixel: &[u8]| pixel.iter().any(|&level| level > 70);
    let edges = |pixels: &[u8]| {
        let lit: Vec<bool> = pixels.chunks(3).map(is_lit).collect();
        lit.windows(2).filter(|pair| pair[0] && !pair[1]).count()
    };
    let drawn = edges(&pixels);
    // Without axons only lettering, cell bodies and scales are left.
    let mut bare = Ran::new("first");
    bare.world
        .cones
        .iter_mut()
        .for_each(|cone| cone.mode = outgrowth::model::layout::mode::PRUNED);
    let file = outgrowth::export::picture::plate_png(&bare.plate, &bare.world).expect("picture");
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("size")];
    reader.next_frame(&mut pixels).expect("frame");
    assert!(drawn > edges(&pixels) + 100, "{drawn} and {}", edges(&pixels));
}

#[test]
fn the_report_says_what_was_done_and_what_no_published_arm_had() {
    let mut ran = Ran::new("treated");
    let event = |condition: usize, action: Action| Event {
        step: 60,
        conditions: vec![condition],
        action,
    };
    let report = |ran: &Ran| {
        let error = ExportError::Drawing("the plate", "no room".to_owned());
        report_html(&ran.results(), &ran.record, Some(Err(&error))).expect("report")
    };
    let plain = report(&ran);
    assert!(!plain.contains("prediction:") && !plain.contains("<img"));
    assert!(plain.contains("There is no picture of the plate: the plate cannot be drawn: no room."));

    ran.plate.events = vec![event(0, Action::Medium(MediumSource::Doses(vec![0.5])))];
    let words = report(&ran);
    assert!(words.contains("medium replaced by medium with myokines at 0.5 × exercised medium at 1 h"));
    assert_eq!(words.matches("prediction:").count(), 1);
    ran.plate.events = vec![event(1, Action::Biology(Box::default()))];
    assert!(report(&ran).contains("numbers of the biology changed at 1 h"));
    ran.plate.events.clear();

    let doses = MediumSource::Doses(vec![2.0]);
    let medium = hand_made::with_medium("by hand", doses).medium;
    for (wells, predictions) in [(0..1, 1), (1..2, 1), (0..2, 2)] {
        for condition in &mut ran.plate.conditions {
            condition.medium = None;
        }
        for condition in &mut ran.plate.conditions[wells] {
            condition.medium = medium.clone();
        }
        let words = report(&ran);
        assert!(words.contains("medium with myokines at 2 × exercised medium, changed every 24 h"));
        assert_eq!(words.matches("prediction:").count(), predictions);
    }
}

#[test]
fn a_picture_is_bounded_whatever_the_number_of_conditions() {
    for (conditions, wells) in [(1, 1), (3, 6), (20, 1), (48, 6), (300, 2)] {
        let mut plate = plate(0, vec![untreated("one of many"); conditions]);
        plate
            .conditions
            .iter_mut()
            .for_each(|condition| condition.wells = wells);
        let file = outgrowth::export::picture::plate_png(&plate, &World::default()).expect("picture");
        let reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("PNG");
        let (width, height) = (reader.info().width, reader.info().height);
        let points = u64::from(width) * u64::from(height);
        assert!(points <= 16_000_000, "{width} × {height} for {conditions} × {wells}");
        let shape = f64::from(width) / f64::from(height);
        assert!(
            (0.6..4.0).contains(&shape),
            "{width} × {height} for {conditions} × {wells}"
        );
        let drawn = outgrowth::export::picture::wells_drawn(&plate);
        assert_eq!(drawn, conditions.min(48) * wells as usize);
    }
}

#[test]
fn the_table_of_results_has_a_line_for_each_condition() {
    let ran = Ran::new("first");
    let table = results_table(&ran.plate, &ran.readouts);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("after 10 h") && lines[0].contains("longest µm"));
    assert!(lines[1].starts_with("control") && lines[1].contains("400") && lines[1].contains("312"));
    // How many times the control's it is: that of the control itself is nothing to say.
    let ratio = |line: &str| {
        line.split_once('(')
            .and_then(|(_, rest)| Some(rest.split_once(" ×)")?.0.to_owned()))
    };
    assert_eq!(ratio(lines[1]), None);
    let [control, moved] = [0, 1].map(|condition| {
        let longest = ran.readouts.values_at(Readout::NeuriteLengthLongest, condition, 10.0);
        longest.iter().sum::<f64>() / longest.len() as f64
    });
    assert_eq!(ratio(lines[2]), Some(format!("{:.1}", moved / control)));
}
