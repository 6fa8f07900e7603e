//! The built-in lessons: what each says of its plates holds in runs of three seeds, and can be wrong.

use outgrowth::engine::{EngineChoice, EngineKind, open};
use outgrowth::experiment::run;
use outgrowth::lesson::{Ask, LESSONS, Language, Lesson, LessonRun, LessonStep, StepMeasures};
use outgrowth::model::word::Word;
use outgrowth::readout::bootstrap::{Bootstrap, Interval};
use outgrowth::readout::{Finding, Readouts};
use std::collections::HashMap;
use std::sync::Arc;

const SEEDS: [u64; 3] = [1, 2, 3];

/// The runs of plates, so that a plate which several steps have is run once.
#[derive(Default)]
struct Runs(HashMap<String, Vec<Readouts>>);

impl Runs {
    /// Those of a step's plate with each seed.
    fn of(&mut self, step: &LessonStep) -> &[Readouts] {
        let choice = EngineChoice {
            kind: EngineKind::Cpu,
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
    let read =
        |lesson: &outgrowth::lesson::BuiltinLesson| lesson.read().unwrap_or_else(|mistakes| panic!("{mistakes}"));
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

/// What a run of a step gives as the right answers, and what is asked and measured in both languages.
fn answers(step: &LessonStep, runs: &[Readouts]) -> Vec<String> {
    let right = |ask: &Ask, measured: fn(&StepMeasures) -> &[_]| {
        let rights = runs.iter().map(|run| {
            let measures = StepMeasures::of(step, run);
            let right = ask.right(step, measured(&measures));
            format!("{right:?} {:?}", measured(&measures))
        });
        rights.collect::<Vec<_>>().join("; ")
    };
    let prediction = step
        .prediction
        .as_ref()
        .map(|ask| format!("prediction: {}", right(ask, |all| &all.prediction)));
    let question = step
        .question
        .as_ref()
        .map(|ask| format!("question: {}", right(ask, |all| &all.question)));
    prediction.into_iter().chain(question).collect()
}

/// One plate after another, for each runs its wells side by side.
#[test]
fn every_lesson_holds_and_has_right_answers() {
    let (mut wrong, mut runs) = (Vec::new(), Runs::default());
    for lesson in lessons() {
        for step in &lesson.steps {
            let began = std::time::Instant::now();
            let runs = runs.of(step);
            let place = format!("{} {}", lesson.name, step.id);
            println!("{place}: {:.1} s", began.elapsed().as_secs_f64());
            for line in answers(step, runs) {
                println!("  {line}");
                if line.contains("None [") {
                    wrong.push(format!("{place}: {line}"));
                }
            }
            wrong.extend(
                refuted(&step.claims, step, runs)
                    .into_iter()
                    .map(|line| format!("{place}: {line}")),
            );
            // The control: moved by more than its width, a claim does not hold.
            for finding in &step.claims {
                let width = finding.band.high - finding.band.low;
                let moved = Finding {
                    band: Interval {
                        low: finding.band.high + width,
                        high: finding.band.high + 2.0 * width,
                    },
                    ..finding.clone()
                };
                assert_eq!(refuted(&[moved], step, runs).len(), 1, "{place}");
            }
        }
        // A whole lesson can be gone through.
        let mut way = LessonRun::begin(Arc::new(lesson));
        loop {
            let step = way.step().clone();
            if let Some(ask) = &step.prediction {
                let guess = ask.right(&step, &StepMeasures::of(&step, &runs.of(&step)[0]).prediction);
                way.predict(guess.expect("a right answer")).expect("accepted");
            }
            let text = way.scenario_text().to_owned();
            way.observe(&text, &runs.of(&step)[0]);
            for language in Language::ALL {
                println!("  {:?}", way.outcome(*language));
            }
            if !way.go_next() {
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
