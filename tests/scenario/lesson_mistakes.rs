//! Lesson files: what is said where one is wrong, all of it at once.

use outgrowth::lesson::{self, Glossary, LESSONS, Language, LessonFiles};
use outgrowth::model::word::Word;

const PLATE: &str = r#"
name = "dish"
duration = "12 h"
record_every = "3 h"
well = { size = ["1 mm", "1 mm"] }
explant = [{ at = ["0.5 mm", "0.5 mm"], radius = "60 um", neurons = 10 }]
myokine = [{ name = "myokines" }]
condition = [
    { name = "control", wells = 1 },
    { name = "medium", wells = 1, medium = { from = "exercised muscle" } },
]
"#;

const LESSON: &str = r#"
time = "10 min"

[[step]]
id = "watch"
scenario = "dish.toml"
hint = true
view = { plot = "tips" }

[[step]]
id = "guess"
scenario = "dish.toml"
set = { seed = 4 }
until = "9 h"
view = { plot = "tips", look_at = "medium", layers = "cones" }
outcome = { readout = "neurite_length_longest_um", of = "medium", over = "control" }
prediction = { choices = [{ id = "less", is = [0, 1] }, { id = "more", is = [1, 1000] }] }
question = { readout = "tips", greatest = ["control", "medium"] }
claims = [{ readout = "tips", of = "medium", is = [1, 1000] }]

[[step]]
id = "play"
scenario = "dish.toml"
view = { plot = "tips" }
tools = ["cut"]
control = [{ id = "speed", key = "growth_cone.speed", values = ["4 um/h", "8 um/h"] }]
"#;

const TEXTS: &str = "\
# Title

What it is about, with an [axon](#axon).

## Conditions {#conditions}

- `medium` the wells with medium

## Watch {#watch}

Look.

### Hint {#hint}

There.

## Guess {#guess}

Two *kinds* of wells.

### Which? {#prediction}

Longer or not?

- `less` Shorter
- `more` Longer

### Then {#question}

More tips?

### After {#after}

So it is.

## Play {#play}

Try.

### Controls {#controls}

- `speed` Speed
- `speed=4 um/h` usual
";

/// What is said of a lesson out of these texts.
fn said(lesson: &str, texts: &str, plate: &str) -> String {
    let file = |name: &str| match name {
        "lesson.toml" => Ok(lesson.as_bytes().to_vec()),
        "lesson.en.md" => Ok(texts.as_bytes().to_vec()),
        "dish.toml" => Ok(plate.as_bytes().to_vec()),
        _ => Err("no such file".to_owned()),
    };
    let files = LessonFiles {
        name: "mine".to_owned(),
        folder: "lessons/mine".to_owned(),
        names: ["lesson.toml", "lesson.en.md", "dish.toml"].map(str::to_owned).to_vec(),
        file: Box::new(file),
    };
    match lesson::read(&files) {
        Ok(_) => String::new(),
        Err(mistakes) => mistakes.to_string(),
    }
}

/// What is said where a part of the lesson file, which must be there, is another.
fn said_of(part: &str, other: &str) -> String {
    assert!(LESSON.contains(part), "{part}");
    said(&LESSON.replace(part, other), TEXTS, PLATE)
}

#[test]
fn a_sound_lesson_is_read() {
    assert_eq!(said(LESSON, TEXTS, PLATE), "");
}

#[test]
fn every_mistake_is_told_at_once_with_line_and_key() {
    let wrong = LESSON.replace("time =", "tiem =").replace(
        "plot = \"tips\", look_at = \"medium\"",
        "plot = \"tipps\", look_at = \"mediun\"",
    );
    let said = said(&wrong, TEXTS, PLATE);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    assert!(
        lines[0].starts_with("lessons/mine/lesson.toml:2: tiem: found an unknown key"),
        "{said}"
    );
    assert!(lines[0].ends_with("(did you mean \"time\"?)"), "{said}");
    assert!(
        lines[1].starts_with("lessons/mine/lesson.toml:15: step.1.view.plot: found no readout called \"tipps\""),
        "{said}"
    );
    assert!(
        lines[2].contains("step.1.view.look_at: found no condition called \"mediun\""),
        "{said}"
    );
}

/// Each mistake: a part of the lesson, what stands there instead, and what is said.
#[test]
fn a_lesson_without_steps_is_told_so_and_its_texts_are_not_blamed() {
    let told = said("time = \"10 min\"\n", TEXTS, PLATE);
    assert!(told.contains("lesson.toml") && !told.contains("lesson.en.md"), "{told}");
}

#[test]
fn mistakes_of_steps_are_told() {
    let cases = [
        (
            "hint = true",
            "hint = true\nprediction = { readout = \"tips\", least = [\"control\", \"medium\"] }",
            "a hint and a prediction in one step; expected one of them",
        ),
        (
            "set = { seed = 4 }",
            "set = { seed = 4 }\ncontrol = [{ id = \"speed\", key = \"growth_cone.speed\", values = [1, 2] }]",
            "controls and a prediction in one step",
        ),
        (
            "set = { seed = 4 }",
            "set = { \"growth_cone.sped\" = \"4 um/h\" }",
            "step.1.set.\"growth_cone.sped\": found an unknown key",
        ),
        (
            "until = \"9 h\"",
            "until = \"10 h\"",
            "step.1.until: found 10 h; expected a time of record: every 3 h up to 12 h",
        ),
        (
            "until = \"9 h\"",
            "until = \"9 h\"\nprediktion = 1",
            "(did you mean \"prediction\"?)",
        ),
        ("id = \"play\"", "id = \"watch\"", "found the id of an earlier step"),
        (
            "scenario = \"dish.toml\"\nhint",
            "scenario = \"quik\"\nhint",
            "(did you mean \"quick\"?)",
        ),
        (
            "[{ id = \"less\", is = [0, 1] }, ",
            "[",
            "1 of them; expected two choices or more",
        ),
        (
            "is = [1, 1000] }] }",
            "is = [0.5, 1000] }] }",
            "figures for which \"less\" is right as well",
        ),
        (
            "choices = [{",
            "number = [0, 1], choices = [{",
            "both choices and number",
        ),
        (
            "[\"control\", \"medium\"] }",
            "[\"control\"] }",
            "expected the names of two conditions or more",
        ),
        (
            "question = { readout = \"tips\", ",
            "question = { of = \"medium\", ",
            "it without a readout",
        ),
        ("tools = [\"cut\"]", "tools = [\"cutt\"]", "(did you mean \"cut\"?)"),
        (
            "values = [\"4 um/h\", \"8 um/h\"]",
            "values = [\"4 um/h\", \"8 apples\"]",
            "growth_cone.speed=8 apples: ",
        ),
        (
            "values = [\"4 um/h\", \"8 um/h\"]",
            "values = [\"4 um/h\", \"8 um/h\"], begins = \"6 um/h\"",
            "found \"6 um/h\"; expected one of its values",
        ),
        (
            "values = [\"4 um/h\", \"8 um/h\"]",
            "range = [4, 8000000], unit = \"um/h\"",
            "growth_cone.speed=8000000 um/h: ",
        ),
        (
            "of = \"medium\", is = [1, 1000] }]",
            "of = \"medium\", at = \"10 h\", is = [1, 1000] }]",
            "expected a time of record",
        ),
        (
            "over = \"control\" }",
            "over = \"control\", at = \"12 h\" }",
            "step.1.outcome.at: found 12 h; expected at most 9 h, where the step ends",
        ),
    ];
    for (part, other, expected) in cases {
        let said = said_of(part, other);
        assert!(said.contains(expected), "{other}\n{said}");
        assert!(
            said.lines().all(|line| line.starts_with("lessons/mine/lesson")),
            "{said}"
        );
    }
}

/// Each mistake of the texts: a part of them, what stands there instead, and what is said.
#[test]
fn mistakes_of_texts_are_told() {
    let cases = [
        ("## Watch {#watch}", "## Watch {#wach}", "(did you mean \"watch\"?)"),
        ("## Watch {#watch}", "## Watch", "a heading without an id"),
        (
            "### Hint {#hint}\n\nThere.\n",
            "",
            "watch.hint: found nothing; expected its text",
        ),
        ("- `more` Longer\n", "", "found nothing of \"more\""),
        (
            "- `more` Longer\n",
            "- `more` Longer\n- `mor` Longest\n",
            "(did you mean \"more\"?)",
        ),
        (
            "### After {#after}",
            "### After {#question}",
            "the same heading a second time",
        ),
        ("- `speed` Speed\n", "", "found nothing of \"speed\""),
        ("[axon](#axon)", "[axon](#axn)", "(did you mean \"axon\"?)"),
        (
            "[axon](#axon)",
            "[axon](https://example.org)",
            "found a link to \"https://example.org\"",
        ),
        ("Look.", "> Look.", "found a quotation"),
        ("Look.", "1. Look", "found a list with numbers"),
        ("Look.", "<b>Look</b>", "found HTML"),
        ("# Title", "## Title", "title: found nothing"),
        ("Try.", "", "play: found nothing; expected a text below its heading"),
        (
            "- `medium` the wells",
            "- `mediums` the wells",
            "(did you mean \"medium\"?)",
        ),
        (
            "### Hint {#hint}",
            "### Hint {#controls}",
            "texts of something that the step does not have",
        ),
    ];
    for (part, other, expected) in cases {
        assert!(TEXTS.contains(part), "{part}");
        let said = said(LESSON, &TEXTS.replacen(part, other, 1), PLATE);
        assert!(said.contains(expected), "{other}\n{said}");
        assert!(
            said.lines().all(|line| line.starts_with("lessons/mine/lesson.en.md")),
            "{said}"
        );
    }
}

#[test]
fn mistakes_of_a_plate_are_told_once_with_its_own_name() {
    let said = said(LESSON, TEXTS, &PLATE.replace("neurons = 10", "neurones = 10"));
    assert_eq!(said.matches("lessons/mine/dish.toml:6").count(), 1, "{said}");
}

#[test]
fn files_that_are_not_there_are_named() {
    let files = LessonFiles {
        name: "none".to_owned(),
        folder: "none".to_owned(),
        names: Vec::new(),
        file: Box::new(|_| Err("no such file".to_owned())),
    };
    let said = lesson::read(&files).expect_err("nothing there").to_string();
    assert!(
        said.starts_with("none/lesson.toml: found nothing that can be read: no such file"),
        "{said}"
    );
}

/// Every lesson ends in a sandbox, begins to run when it opens, and has every text in every language.
#[test]
fn built_in_lessons_are_sound_and_follow_the_rules() {
    for builtin in LESSONS {
        let lesson = builtin.read().unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let name = &lesson.name;
        assert!((4..=6).contains(&lesson.steps.len()), "{name}");
        assert_eq!(lesson.languages().collect::<Vec<_>>(), Language::ALL, "{name}");
        assert!(lesson.steps[0].prediction.is_none(), "{name} runs when it opens");
        let last = lesson.steps.last().expect("a step");
        assert!(
            last.is_sandbox() && !lesson.steps[0].is_sandbox(),
            "{name} ends in a sandbox"
        );
        for (language, step) in lesson
            .languages()
            .flat_map(|language| (0..lesson.steps.len()).map(move |step| (language, step)))
        {
            assert_eq!(builtin.title(language), lesson.texts(language).title);
            let texts = lesson.step_texts(step, language);
            assert_eq!(
                texts.after.is_some(),
                step + 1 < lesson.steps.len(),
                "{name} {} {language}",
                texts.title
            );
            for condition in lesson.steps[step].conditions() {
                assert!(
                    lesson.texts(language).conditions.contains_key(condition),
                    "{name} {language} {condition}"
                );
            }
        }
    }
}

#[test]
fn the_glossary_has_the_same_terms_in_every_language_and_no_idle_one() {
    let of = |language| Glossary::built_in(language).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let ids = |language| -> Vec<String> { of(language).terms.into_iter().map(|term| term.id).collect() };
    assert_eq!(ids(Language::English), ids(Language::Chinese));
    let lessons: Vec<_> = LESSONS.iter().map(|lesson| lesson.read().expect("sound")).collect();
    let used: Vec<String> = lessons
        .iter()
        .flat_map(|lesson| &lesson.texts)
        .flat_map(|texts| {
            texts
                .steps
                .iter()
                .flat_map(|step| [Some(&step.text), step.hint.as_ref(), step.after.as_ref()])
        })
        .flatten()
        .flat_map(|prose| prose.terms().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let idle: Vec<String> = ids(Language::English)
        .into_iter()
        .filter(|id| !used.contains(id))
        .collect();
    assert!(idle.is_empty(), "{idle:?}");
    assert!(Glossary::read("# G\n\n## axon {#axon}\n\n## cut\n\nA cut.\n", "g.md").is_err());
}
