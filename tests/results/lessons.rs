//! The built-in lessons: what each says of its plates holds in runs of three seeds, and can be wrong.

use outgrowth::engine::{EngineChoice, open};
use outgrowth::experiment::run;
use outgrowth::lesson::{BuiltinLesson, LESSONS, Language, Lesson, LessonPhase, LessonRun, LessonStep, StepMeasures};
use outgrowth::model::word::Word;
use outgrowth::readout::bootstrap::{Bootstrap, Interval};
use outgrowth::readout::{Finding, Readouts};
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

const SEEDS: [u64; 3] = [1, 2, 3];

/// The runs of plates, so that a plate which several steps have is run once.
#[derive(Default)]
struct Runs(HashMap<String, Vec<Readouts>>);

impl Runs {
    /// Those of a step's plate with each seed.
    fn of(&mut self, step: &LessonStep) -> &[Readouts] {
        let choice = EngineChoice {
            kind: crate::gpu::fastest(),
            ..EngineChoice::default()
        };
        self.0.entry(step.scenario.text.clone()).or_insert_with(|| {
            let run = |seed| {
                let mut plate = step.scenario.plate.clone();
                plate.seed = seed;
                run(open(plate, &choice).expect("an engine").as_mut()).expect("a run")
            };
            SEEDS.map(run).to_vec()
        })
    }
}

fn lessons() -> Vec<Lesson> {
    let read = |lesson: &BuiltinLesson| lesson.read().unwrap_or_else(|mistakes| panic!("{mistakes}"));
    LESSONS.iter().map(read).collect()
}

/// The claims of a step that do not hold, each in a line.
fn refuted(claims: &[Finding], step: &LessonStep, runs: &[Readouts]) -> Vec<String> {
    let (bootstrap, names) = (
        Bootstrap::of(&step.scenario.plate),
        step.scenario.plate.condition_names(),
    );
    let refuted = claims.iter().filter_map(|finding| {
        let (subject, Interval { low, high }) = (finding.statistic.subject(&names), finding.band);
        match finding.statistic.observed(runs, &bootstrap) {
            None => Some(format!("{subject}: nothing to measure")),
            Some(observed) if finding.is_held_by(&observed) => None,
            Some(observed) => {
                let Interval { low: from, high: to } = observed.interval;
                let value = observed.value;
                Some(format!(
                    "{subject}: {value:.4} ({from:.4} to {to:.4}), not {low} to {high}"
                ))
            }
        }
    });
    refuted.collect()
}

/// What a step asks without a right answer in a run, each in a line.
fn unanswered(step: &LessonStep, runs: &[Readouts]) -> Vec<String> {
    let mut wrong = Vec::new();
    for measures in runs.iter().map(|run| StepMeasures::of(step, run)) {
        let asked = [
            (&step.prediction, &measures.prediction),
            (&step.question, &measures.question),
        ];
        for (ask, measured) in asked
            .iter()
            .filter_map(|(ask, measured)| Some((ask.as_ref()?, measured)))
        {
            if ask.right(step, measured).is_none_or(|right| !ask.accepts(step, &right)) {
                wrong.push(format!("no right answer for {measured:?}"));
            }
        }
    }
    wrong
}

/// One plate after another, for each runs its wells side by side.
#[test]
fn every_lesson_holds_and_its_runs_give_right_answers() {
    let (mut wrong, mut runs) = (Vec::new(), Runs::default());
    for lesson in lessons() {
        let mut way = LessonRun::begin(Arc::new(lesson));
        for place in 0..way.lesson().steps.len() {
            way.go_to(place);
            let step = way.step().clone();
            if step.is_sandbox() && step.claims.is_empty() {
                continue;
            }
            let (runs, place) = (runs.of(&step), format!("{} {}", way.lesson().name, step.id));
            wrong.extend(
                unanswered(&step, runs)
                    .into_iter()
                    .map(|line| format!("{place}: {line}")),
            );
            wrong.extend(
                refuted(&step.claims, &step, runs)
                    .into_iter()
                    .map(|line| format!("{place}: {line}")),
            );
            // The control: moved by more than its width, a claim does not hold.
            let moved: Vec<Finding> = step.claims.iter().map(moved).collect();
            assert_eq!(refuted(&moved, &step, runs).len(), moved.len(), "{place}");
            go_through(&mut way, &runs[0]);
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A claim of what lies above its band.
fn moved(finding: &Finding) -> Finding {
    let Interval { low, high } = finding.band;
    let width = high - low;
    Finding {
        band: Interval {
            low: high + width,
            high: high + 2.0 * width,
        },
        ..finding.clone()
    }
}

/// Does what a step asks, with the right prediction and the right answer of a run of its plate.
fn go_through(way: &mut LessonRun, run: &Readouts) {
    let step = way.step().clone();
    let measures = StepMeasures::of(&step, run);
    let text = way.scenario_text().to_owned();
    if let Some(ask) = &step.prediction {
        let right = ask.right(&step, &measures.prediction);
        way.predict(right.expect("a right answer")).expect("accepted");
    }
    way.observe(&text, run);
    assert!(way.prediction().is_none_or(|judgement| judgement.is_right));
    if let Some(ask) = &step.question {
        let right = ask.right(&step, &measures.question);
        assert!(way.answer(right.expect("a right answer")).expect("accepted").is_right);
    }
    assert_eq!(way.phase(), LessonPhase::Done);
    for &language in Language::ALL {
        assert_eq!(way.outcome(language).is_some(), step.outcome.is_some());
        assert!(way.announcement(&text, run, language).is_some());
    }
}

/// Runs the program, and returns its exit status and what it said.
fn outgrowth(words: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .args(words)
        .current_dir(folder)
        .output();
    let output = output.expect("the program starts");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn a_work_sheet_has_its_answers_behind_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = [
        "lesson",
        "a-fair-test",
        "--sheet",
        "--engine",
        "cpu",
        "--language",
        "zh",
        "--out",
        "sheet.html",
    ];
    assert_eq!(outgrowth(&words, folder.path()).0, Some(0));
    assert_eq!(
        outgrowth(&words, folder.path()).0,
        Some(2),
        "nothing is replaced unasked"
    );
    let html = std::fs::read_to_string(folder.path().join("sheet.html")).expect("text");
    let (tasks, answers) = html.split_once("class=\"answers\"").expect("a page of answers");
    let lesson = lessons().swap_remove(3);
    let texts = lesson.texts(Language::Chinese);
    for told in &texts.steps {
        assert!(tasks.contains(&told.title), "{}", told.title);
        for asked in told.prediction.iter().chain(&told.question) {
            assert!(
                tasks.contains(&asked.title) && answers.contains(&asked.title),
                "{}",
                asked.title
            );
        }
    }
    // What the run gives stands behind, and nowhere else.
    assert!(
        answers.contains("对照组的 3.4 倍") && !tasks.contains("对照组的 3.4 倍"),
        "{answers}"
    );
}

#[test]
fn a_copied_lesson_is_sound_until_it_is_spoilt() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine/lesson.toml");
    assert_eq!(
        outgrowth(&["new", "--lesson", "finding-the-way", "mine"], folder.path()).0,
        Some(0)
    );
    for name in ["mine", "mine/lesson.toml", "finding-the-way"] {
        assert_eq!(outgrowth(&["check", name], folder.path()).0, Some(0), "{name}");
    }
    let text = std::fs::read_to_string(&file).expect("text");
    std::fs::write(&file, text.replace("hint = true", "hnt = true")).expect("written");
    let (code, said) = outgrowth(&["check", "mine"], folder.path());
    assert!(
        code == Some(2)
            && said.contains("mine/lesson.toml:8: step.0.hnt: ")
            && said.contains("(did you mean \"hint\"?)"),
        "{said}"
    );
    assert_eq!(
        outgrowth(&["new", "--lesson", "cut-nerve", "mine"], folder.path()).0,
        Some(2),
        "the name is taken"
    );
    assert!(
        outgrowth(&["lesson", "cut-nervs"], folder.path())
            .1
            .contains("did you mean \"cut-nerve\"?")
    );
}
