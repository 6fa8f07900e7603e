//! Somebody's way through a lesson: whatever is done in whatever order, nothing is lost and nothing is judged that was not measured.

use outgrowth::lesson::{
    Guess, LESSONS, Language, Lesson, LessonFiles, LessonPhase, LessonRun, NotNow, ProgressError, read,
};
use outgrowth::model::plate::Plate;
use outgrowth::readout::columns::columns;
use outgrowth::readout::{Readouts, Row};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

const PLATE: &str = r#"
name = "dish"
duration = "2 d"
record_every = "3 h"
well = { size = ["1 mm", "1 mm"] }
explant = [{ at = ["0.5 mm", "0.5 mm"], radius = "60 um", neurons = 10 }]
myokine = [{ name = "myokines" }]
condition = [
    { name = "control", wells = 2 },
    { name = "medium", wells = 2, medium = { from = "exercised muscle" } },
]
"#;

const STEPS: &str = r#"
time = "10 min"

[[step]]
id = "watch"
scenario = "dish.toml"
until = "1 d"
hint = true
view = { plot = "neurite_length_longest_um" }

[[step]]
id = "guess"
scenario = "dish.toml"
view = { plot = "tips" }
outcome = { readout = "neurite_length_longest_um", of = "medium", over = "control" }
prediction = { choices = [{ id = "less", is = [0, 1] }, { id = "more", is = [1, 1000] }] }
question = { readout = "neurite_length_longest_um", least = ["control", "medium"] }

[[step]]
id = "number"
scenario = "dish.toml"
view = { plot = "tips" }
outcome = { readout = "neurite_length_longest_um", of = "medium" }
question = { number = [0, 5000], within = "10 %" }
control = [
    { id = "speed", key = "growth_cone.speed", range = [1, 10], unit = "um/h", begins = "4 um/h" },
    { id = "seed", key = "seed", values = [1, 2] },
]
"#;

const TEXTS: &str = "\
# Title

## Conditions {#conditions}

- `control` the control

## Watch {#watch}

Look.

### Hint {#hint}

There.

## Guess {#guess}

Two.

### Which? {#prediction}

- `less` Shorter
- `more` Longer

### Then {#question}

Shorter?

## Number {#number}

How long?

### Number {#question}

In mm?

### Controls {#controls}

- `speed` Speed
- `seed` Dice
";

fn lesson_with(steps: &str) -> Arc<Lesson> {
    let files = LessonFiles {
        name: "test".to_owned(),
        folder: "test".to_owned(),
        names: vec!["lesson.en.md".to_owned()],
        file: Box::new(|name| match name {
            "lesson.toml" => Ok(steps.as_bytes().to_vec()),
            "lesson.en.md" => Ok(TEXTS.as_bytes().to_vec()),
            "dish.toml" => Ok(PLATE.as_bytes().to_vec()),
            _ => Err("no such file".to_owned()),
        }),
    };
    Arc::new(read(&files).unwrap_or_else(|mistakes| panic!("{mistakes}")))
}

static LESSON: LazyLock<Arc<Lesson>> = LazyLock::new(|| lesson_with(STEPS));

/// Readouts up to a time in which axons of each condition grow by so many µm an hour.
fn readouts(plate: &Plate, up_to_h: f64, um_per_h: &[f64]) -> Readouts {
    let columns = columns(plate);
    let place = columns
        .iter()
        .position(|column| column.name == "neurite_length_longest_um")
        .expect("a column");
    let mut rows = Vec::new();
    let records = (up_to_h / 3.0).floor() as u32;
    for time_h in (0..=records).map(|record| 3.0 * f64::from(record)) {
        for (condition, rate) in um_per_h.iter().enumerate() {
            for replicate in 0..2 {
                let mut values = vec![Some(1.0); columns.len()];
                // Wells differ, and their mean is the rate.
                values[place] = Some(rate * time_h * (0.9 + 0.2 * f64::from(replicate)));
                rows.push(Row {
                    condition,
                    well: 2 * condition + replicate as usize,
                    replicate,
                    time_h,
                    values,
                });
            }
        }
    }
    Readouts {
        conditions: plate.condition_names(),
        columns,
        rows,
    }
}

fn begun() -> LessonRun {
    LessonRun::begin(LESSON.clone())
}

/// Lets the present step's plate run.
fn observe(run: &mut LessonRun, up_to_h: f64, um_per_h: &[f64]) -> bool {
    let (text, plate) = (run.scenario_text().to_owned(), run.step().scenario.plate.clone());
    run.observe(&text, &readouts(&plate, up_to_h, um_per_h))
}

fn choice(id: &str) -> Guess {
    Guess::Choice(id.to_owned())
}

#[test]
fn a_lesson_is_gone_through() {
    let mut run = begun();
    assert_eq!(run.phase(), LessonPhase::Run);
    assert!(observe(&mut run, 12.0, &[5.0, 20.0]));
    assert_eq!(run.phase(), LessonPhase::Run, "the end is at a day");
    assert!(observe(&mut run, 24.0, &[5.0, 20.0]));
    assert_eq!((run.phase(), run.outcome(Language::English)), (LessonPhase::Done, None));

    assert!(run.go_next());
    assert_eq!(run.phase(), LessonPhase::Predict);
    assert!(
        !observe(&mut run, 48.0, &[5.0, 20.0]),
        "nothing is measured ahead of a prediction"
    );
    assert_eq!(run.predict(choice("most")), Err(NotNow::NotAccepted("most".to_owned())));
    run.predict(choice("more")).expect("a choice");
    run.predict(choice("less")).expect("may be changed until it runs");
    assert!(!run.is_locked() && observe(&mut run, 3.0, &[5.0, 20.0]) && run.is_locked());
    assert_eq!(run.predict(choice("more")), Err(NotNow::Locked));
    assert_eq!(run.answer(choice("control")), Err(NotNow::NotMeasured));
    observe(&mut run, 48.0, &[5.0, 20.0]);
    assert_eq!(
        run.outcome(Language::English).as_deref(),
        Some("After 2 days the mean axon length is 0.96 mm in medium, 4 times that in the control.")
    );
    assert_eq!(
        run.outcome(Language::Chinese).as_deref(),
        Some("After 2 days the mean axon length is 0.96 mm in medium, 4 times that in the control."),
        "there are no Chinese texts"
    );
    let judged = run.prediction().expect("measured");
    assert!(!judged.is_right && judged.right == Some(choice("more")));
    assert_eq!(run.phase(), LessonPhase::Answer);
    assert!(!run.answer(choice("medium")).expect("accepted").is_right);
    assert!(run.answer(choice("control")).expect("again").is_right);
    assert_eq!((run.tries(), run.phase()), (2, LessonPhase::Done));
    assert_eq!(
        run.answer_figures(Language::English).as_deref(),
        Some("After 2 days the mean axon length is 0.24 mm in the control and 0.96 mm in medium.")
    );

    assert!(run.go_next() && !run.go_next());
    observe(&mut run, 48.0, &[5.0, 20.0]);
    let ask = run.step().question.clone().expect("a question");
    assert_eq!(
        (ask.unit(Language::English), ask.number_range()),
        ("mm", Some((0.0, 5.0)))
    );
    assert!(!run.answer(ask.typed(0.8)).expect("accepted").is_right);
    assert!(run.answer(ask.typed(1.0)).expect("accepted").is_right);
    assert_eq!(run.answer(ask.typed(6.0)), Err(NotNow::NotAccepted("6000".to_owned())));
    assert_eq!(run.answer_words(&ask.typed(1.0), &ask, Language::English), "1 mm");
    assert_eq!(run.answer_words(&ask.typed(1.0), &ask, Language::Chinese), "1 mm");
}

#[test]
fn controls_make_another_plate_and_keep_what_was_found() {
    let mut run = begun();
    run.go_to(2);
    let first = run.scenario_text().to_owned();
    assert_eq!(
        run.scenario().expect("sound").plate.conditions[0]
            .biology
            .growth_cone
            .speed_um_per_h,
        4.0
    );
    observe(&mut run, 48.0, &[5.0, 20.0]);
    run.answer(Guess::Number(960.0)).expect("measured");
    assert_eq!(
        run.set("speed", "12 um/h"),
        Err(NotNow::NotAccepted("12 um/h".to_owned()))
    );
    assert_eq!(run.set("sped", "4 um/h"), Err(NotNow::NotAsked));
    run.set("speed", "8 um/h").expect("within the range");
    assert_eq!(
        run.scenario().expect("sound").plate.conditions[0]
            .biology
            .growth_cone
            .speed_um_per_h,
        8.0
    );
    assert_eq!((run.phase(), run.measured()), (LessonPhase::Run, None));
    assert!(
        run.answered().expect("kept").is_right,
        "of the run that it was given for"
    );
    // The session of the plate before may still tell of itself.
    let plate = run.step().scenario.plate.clone();
    assert!(!run.observe(&first, &readouts(&plate, 48.0, &[5.0, 20.0])));
    observe(&mut run, 48.0, &[5.0, 40.0]);
    let outcomes: Vec<_> = run
        .trials()
        .iter()
        .map(|trial| run.trial_outcome(trial, Language::English).expect("an outcome"))
        .collect();
    assert_eq!(
        outcomes,
        [
            "After 2 days the mean axon length is 0.96 mm in medium.",
            "After 2 days the mean axon length is 1.9 mm in medium."
        ]
    );
    assert_eq!(run.trials()[1].settings["speed"], "8 um/h");
    let range = run.step().controls[0].values.clone();
    assert_eq!(range.of_number(99.0).as_deref(), Some("10 um/h"));
}

/// The sentence that is spoken stays the same between half days.
#[test]
fn announcements_change_each_half_day_and_at_the_end() {
    let mut run = begun();
    run.go_to(2);
    let plate = run.step().scenario.plate.clone();
    let said: Vec<Option<String>> = (0..=16)
        .map(|record| {
            run.announcement(
                run.scenario_text(),
                &readouts(&plate, 3.0 * f64::from(record), &[5.0, 20.0]),
                Language::English,
            )
        })
        .collect();
    let mut told = said.clone();
    told.dedup();
    assert_eq!(told.len(), 5, "{told:?}");
    assert_eq!(said[3], None);
    assert_eq!(
        said[4].as_deref(),
        Some("After 12 hours the mean axon length is 0.24 mm in medium.")
    );
    assert_eq!(said[7], said[4]);
    assert_eq!(
        said[16].as_deref(),
        Some("After 2 days the mean axon length is 0.96 mm in medium.")
    );
    run.go_to(0);
    let end = run.announcement(
        run.scenario_text(),
        &readouts(&plate, 48.0, &[5.0, 20.0]),
        Language::English,
    );
    assert_eq!(
        end.as_deref(),
        Some("After 1 day the mean axon length is 0.12 mm in the control and 0.48 mm in medium."),
        "up to the step's end"
    );
    assert_eq!(
        run.announcement("another", &readouts(&plate, 48.0, &[5.0, 20.0]), Language::English),
        None
    );
}

#[test]
fn progress_that_does_not_fit_is_refused_or_left_out() {
    let resume = |text: &str| LessonRun::resume(LESSON.clone(), text);
    assert!(matches!(resume("no progress"), Err(ProgressError::Unreadable(_))));
    let progress = begun().progress();
    let format = progress.replace("format = 1", "format = 7");
    assert_eq!(resume(&format), Err(ProgressError::OtherFormat(7)));
    let other = progress.replace("lesson = \"test\"", "lesson = \"rest\"");
    assert_eq!(resume(&other), Err(ProgressError::OtherLesson("rest".to_owned())));

    let mut run = begun();
    run.go_next();
    run.predict(choice("more")).expect("a choice");
    observe(&mut run, 48.0, &[5.0, 20.0]);
    run.answer(choice("control")).expect("measured");
    let gone = run.progress().replace("\"more\"", "\"much more\"");
    let resumed = resume(&gone).expect("still of this lesson");
    assert_eq!(
        (resumed.place(), resumed.phase(), resumed.is_locked()),
        (1, LessonPhase::Predict, false)
    );
    assert!(resumed.answered().is_some());
    // A lesson that has lost a step since.
    let shorter = lesson_with(STEPS).as_ref().clone();
    let shorter = Lesson {
        steps: shorter.steps[..1].to_vec(),
        ..shorter
    };
    assert_eq!(
        LessonRun::resume(Arc::new(shorter), &run.progress())
            .expect("fits")
            .place(),
        0
    );
}

/// Something that a face may do.
#[derive(Clone, Debug)]
enum Input {
    Next,
    Back,
    GoTo(usize),
    Predict(Guess),
    Answer(Guess),
    Set(&'static str, &'static str),
    Observe(f64, [f64; 2]),
    ObserveStale(f64),
    Again,
    Reload,
}

fn inputs() -> impl Strategy<Value = Vec<Input>> {
    let guess = prop_oneof![
        proptest::sample::select(vec!["less", "more", "control", "medium", "none"]).prop_map(choice),
        (-100.0..6000.0).prop_map(Guess::Number),
    ];
    let input = prop_oneof![
        2 => Just(Input::Next),
        1 => Just(Input::Back),
        1 => (0_usize..5).prop_map(Input::GoTo),
        3 => guess.clone().prop_map(Input::Predict),
        3 => guess.prop_map(Input::Answer),
        2 => proptest::sample::select(vec![("speed", "8 um/h"), ("speed", "2 um/h"), ("speed", "99 um/h"), ("seed", "2"), ("none", "1")])
            .prop_map(|(control, value)| Input::Set(control, value)),
        4 => (0_u32..20, 0.0..9.0, 0.0..40.0).prop_map(|(record, a, b)| Input::Observe(3.0 * f64::from(record), [a, b])),
        1 => (0_u32..20).prop_map(|record| Input::ObserveStale(3.0 * f64::from(record))),
        1 => Just(Input::Again),
        1 => Just(Input::Reload),
    ];
    proptest::collection::vec(input, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_is_done_nothing_is_lost_or_judged_unmeasured(inputs in inputs()) {
        let mut run = begun();
        for input in inputs {
            let before = run.clone();
            match input.clone() {
                Input::Next => { run.go_next(); }
                Input::Back => { run.go_back(); }
                Input::GoTo(place) => prop_assert_eq!(run.go_to(place), place < 3),
                Input::Predict(guess) => { let _ = run.predict(guess); }
                Input::Answer(guess) => {
                    let answered = run.answer(guess);
                    prop_assert!(answered.is_err() || run.measured().is_some());
                }
                Input::Set(control, value) => { let _ = run.set(control, value); }
                Input::Observe(up_to_h, um_per_h) => { observe(&mut run, up_to_h, &um_per_h); }
                Input::ObserveStale(up_to_h) => {
                    let plate = run.step().scenario.plate.clone();
                    prop_assert!(!run.observe("another scenario", &readouts(&plate, up_to_h, &[1.0, 2.0])));
                    prop_assert_eq!(&run, &before);
                }
                Input::Again => run.run_again(),
                Input::Reload => run = LessonRun::resume(LESSON.clone(), &run.progress()).expect("its own progress"),
            }
            // Going and coming changes no step.
            if matches!(input, Input::Next | Input::Back | Input::GoTo(_) | Input::Reload) {
                let mut back = run.clone();
                prop_assert!(back.go_to(before.place()));
                prop_assert_eq!(&back, &before);
            }
            prop_assert!(run.place() < 3);
            for place in 0..3 {
                let (mut now, mut then) = (run.clone(), before.clone());
                now.go_to(place);
                then.go_to(place);
                // A prediction that is fixed stays, with what its run gave.
                if then.step().prediction.is_some() && then.is_locked() {
                    prop_assert_eq!((now.guess(), now.is_locked()), (then.guess(), true));
                    prop_assert!(then.measured().is_none() || now.measured() == then.measured());
                }
                // Runs that came to their end are kept, and so are answers.
                prop_assert!(now.trials().len() >= then.trials().len() && now.tries() >= then.tries());
                prop_assert!(now.measured().is_none() || now.phase() != LessonPhase::Predict);
                prop_assert_eq!(now.phase() == LessonPhase::Answer, now.step().question.is_some() && now.measured().is_some() && now.answered().is_none());
                prop_assert!(now.prediction().is_none() || now.measured().is_some());
                prop_assert!(!matches!(input, Input::Set(..)) || now.scenario().is_ok());
            }
            let resumed = LessonRun::resume(LESSON.clone(), &run.progress()).expect("its own progress");
            prop_assert_eq!(&resumed, &run);
        }
    }
}

#[test]
fn any_text_is_progress_or_an_error() {
    let progress = LessonRun::begin(LESSON.clone()).progress();
    for end in 0..progress.len() {
        let _ = LessonRun::resume(LESSON.clone(), progress.get(..end).unwrap_or_default());
    }
    assert!(LESSONS.len() >= 7);
}
