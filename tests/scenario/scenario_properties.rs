//! What must hold for any scenario: no text makes the reader panic, quantities survive being written and read,
//! an override does what an edit of the file does, and the built-in scenarios keep their promises.

use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::experiment::{Watch, perform};
use outgrowth::model::biology::Biology;
use outgrowth::model::parameter::Dimension;
use outgrowth::model::parameters::{self, Actuation};
use outgrowth::model::plate::{Action, Cut, DoseUnit, MediumSource, Plate, StrainMode};
use outgrowth::model::tables::Tables;
use outgrowth::model::world::World;
use outgrowth::readout::{Readouts, Recorder};
use outgrowth::scenario::quantity::{self, Measurand};
use outgrowth::scenario::tree::{TomlNode, TomlValue};
use outgrowth::scenario::{
    self, BUILTIN, Mistakes, Origin, Override, Scenario, Surroundings, builtin, mistake::FilePlace,
};
use proptest::prelude::*;
use serde_json::Value as Json;

const DIMENSIONS: [Dimension; 18] = [
    Dimension::Length,
    Dimension::Time,
    Dimension::Speed,
    Dimension::Diffusivity,
    Dimension::Rate,
    Dimension::Angle,
    Dimension::AngularRate,
    Dimension::Frequency,
    Dimension::Fraction,
    Dimension::Number,
    Dimension::Dose,
    Dimension::DoseRate,
    Dimension::Pressure,
    Dimension::Force,
    Dimension::SpeedPerForce,
    Dimension::Viscosity,
    Dimension::MassConcentration,
    Dimension::Count,
];

fn read(text: &str, overrides: &[Override]) -> Result<Scenario, Mistakes> {
    scenario::read(text, "t.toml", overrides, &Surroundings::built_in())
}

fn plate_of(name: &str, overrides: &[Override]) -> Plate {
    let text = builtin(name).expect("a built-in scenario").text;
    read(text, overrides)
        .unwrap_or_else(|mistakes| panic!("{name}: {mistakes}"))
        .plate
}

/// Something to put where a value stands.
fn any_value() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        any::<f64>().prop_map(|x| format!("{x:?}")),
        any::<i64>().prop_map(|x| x.to_string())
    ];
    let quantity = (
        any::<f32>(),
        prop_oneof!["[a-zµ%/^0-9* ]{0,6}", Just("h".to_owned()), Just("mm".to_owned())],
    )
        .prop_map(|(number, unit)| format!("\"{number} {unit}\""));
    let words = [
        "{}",
        "[]",
        "[[]]",
        "true",
        "\"\"",
        "inf",
        "-nan",
        "1979-05-27",
        "{ a = 1 }",
        "[\"1 mm\", \"1 mm\"]",
    ];
    prop_oneof![
        number,
        quantity,
        proptest::sample::select(words.to_vec()).prop_map(str::to_owned)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        if let Err(mistakes) = read(&text, &[]) {
            prop_assert!(!mistakes.0.is_empty());
        }
    }

    #[test]
    fn any_text_like_toml_is_read_without_panic(text in "([a-z_.]{1,8} ?= ?[\\[{\"0-9a-z, ]{0,12}\n|\\[{1,2}[a-z]{1,9}\\]{1,2}\n){0,12}") {
        if let Err(mistakes) = read(&text, &[]) {
            prop_assert!(!mistakes.0.is_empty());
        }
    }

    #[test]
    fn any_value_anywhere_is_read_without_panic(line in any::<prop::sample::Index>(), value in any_value(), which in 0..BUILTIN.len()) {
        let mut lines: Vec<String> = BUILTIN[which].text.lines().map(str::to_owned).collect();
        let assignments: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].contains(" = ")).collect();
        let at = assignments[line.index(assignments.len())];
        let key = lines[at].split(" = ").next().unwrap_or_default().to_owned();
        lines[at] = format!("{key} = {value}");
        let text = lines.join("\n");
        if let Err(mistakes) = read(&text, &[]) {
            prop_assert!(!mistakes.0.is_empty());
            for line in mistakes.to_string().lines() {
                prop_assert!(line.starts_with("t.toml:") && line.contains("found ") && line.contains("; expected "), "{}", line);
            }
        }
    }

    #[test]
    fn any_override_is_read_without_panic(key in "[a-z_.0-9\" ]{1,20}", value in any_value()) {
        if let Err(mistakes) = read(BUILTIN[1].text, &[Override::new(key, value)]) {
            prop_assert!(!mistakes.0.is_empty());
        }
    }

    #[test]
    fn quantities_survive_being_written_and_read(value in -1e6..1e6_f64, which in 0..DIMENSIONS.len(), nanomolar: bool) {
        let dose = if nanomolar { DoseUnit::Nanomolar } else { DoseUnit::Relative };
        let measure = Measurand { dimension: DIMENSIONS[which], dose: dose.into() };
        let value = if measure.dimension == Dimension::Count { value.round() } else { value };
        let written = quantity::format(value, measure);
        let read = quantity::parse(&written, measure).map_err(|problem| TestCaseError::fail(problem.found))?;
        prop_assert!((read - value).abs() <= 1e-5 * value.abs(), "{} was written {} and read as {}", value, written, read);
    }

    #[test]
    fn any_text_is_a_quantity_or_has_its_message(text in ".{0,20}", which in 0..DIMENSIONS.len()) {
        let node = TomlNode { value: TomlValue::Text(text), place: FilePlace::Whole };
        match quantity::read(&node, DIMENSIONS[which].into()) {
            Ok(value) => prop_assert!(value.is_finite()),
            Err(problem) => prop_assert!(!problem.found.is_empty() && !problem.expected.is_empty()),
        }
    }

    #[test]
    fn an_override_does_what_an_edit_does(speed in 0.0..500.0_f64, wells in 1..9_u32) {
        let text = builtin("quick").expect("a built-in scenario").text;
        let edited = text
            .replacen("[growth_cone]", &format!("[growth_cone]\nspeed = \"{speed} um/h\""), 1)
            .replacen("wells = 1", &format!("wells = {wells}"), 1);
        prop_assert_ne!(&edited, text);
        let overrides = [
            Override::new("growth_cone.speed", format!("{speed} um/h")),
            Override::new("condition.muscle beside them.wells", wells.to_string()),
        ];
        let by_edit = read(&edited, &[]).expect("no mistakes").plate;
        let by_override = read(text, &overrides).expect("no mistakes").plate;
        prop_assert_eq!(&by_edit, &by_override);
        prop_assert_eq!(by_edit.conditions[0].biology.growth_cone.speed_um_per_h, speed);
        prop_assert_eq!(by_edit.conditions[0].wells, wells);
    }
}

#[test]
fn known_quantities_have_their_values() {
    let cases = [
        ("40 um/h", Dimension::Speed, 40.0),
        ("40 µm/h", Dimension::Speed, 40.0),
        ("40 μm / h", Dimension::Speed, 40.0),
        ("0.96 mm/d", Dimension::Speed, 40.0),
        ("5 %", Dimension::Fraction, 0.05),
        ("0.05", Dimension::Fraction, 0.05),
        ("120 um^2/s", Dimension::Diffusivity, 432_000.0),
        ("120 µm²/s", Dimension::Diffusivity, 432_000.0),
        ("1.2e-6 cm^2/s", Dimension::Diffusivity, 432_000.0),
        ("30 min", Dimension::Time, 0.5),
        ("5 d", Dimension::Time, 120.0),
        ("1 Hz", Dimension::Frequency, 1.0),
        ("60 /min", Dimension::Frequency, 1.0),
        ("60deg", Dimension::Angle, std::f64::consts::FRAC_PI_3),
        ("-20 deg/h", Dimension::AngularRate, -20.0_f64.to_radians()),
        ("0.02 per h", Dimension::Rate, 0.02),
        ("0.48 1/d", Dimension::Rate, 0.02),
    ];
    for (text, dimension, expected) in cases {
        let value = quantity::parse(text, dimension.into()).unwrap_or_else(|problem| panic!("{text}: {problem:?}"));
        assert!(
            (value - expected).abs() <= 1e-12 * expected.abs(),
            "{text} is read as {value}"
        );
    }
    let nanomolar = Measurand {
        dimension: Dimension::Dose,
        dose: DoseUnit::Nanomolar.into(),
    };
    assert_eq!(quantity::parse("0.4 nM", nanomolar), Ok(0.4));
    assert_eq!(quantity::parse("400 pM", nanomolar), Ok(0.4));
    assert!(quantity::parse("0.4", nanomolar).is_err());
}

#[test]
fn every_default_survives_being_written_and_read() {
    for parameter in parameters::all() {
        let measure = Measurand::from(parameter.dimension);
        let written = quantity::format(parameter.default, measure);
        let read = quantity::parse(&written, measure).unwrap_or_else(|problem| panic!("{written}: {problem:?}"));
        assert!(
            (read - parameter.default).abs() <= 1e-5 * parameter.default.abs(),
            "{}: {written}",
            parameter.path()
        );
    }
}

#[test]
fn the_built_in_scenarios_are_sound_and_without_warnings() {
    assert!(BUILTIN.len() >= 5);
    for builtin in BUILTIN {
        let scenario = read(builtin.text, &[]).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        assert_eq!(scenario.plate.name, builtin.name);
        // The quick plate is small so that it is quick, and says that its axons reach the sides.
        let small = builtin.name == "quick";
        let keys: Vec<&str> = scenario.warnings.iter().map(|warning| &*warning.key).collect();
        assert_eq!(keys, if small { vec!["well.size"] } else { vec![] }, "{}", builtin.name);
    }
    assert_eq!(builtin("quick.toml"), builtin("quick"));
    assert_eq!(builtin("slow"), None);
}

#[test]
fn the_reference_plate_is_the_one_that_was_promised() {
    let plate = plate_of("exercise-2024", &[]);
    let names: Vec<&str> = plate
        .conditions
        .iter()
        .map(|condition| condition.name.as_str())
        .collect();
    let expected = [
        "control",
        "resting medium",
        "exercised medium",
        "still gel",
        "actuated gel",
        "muscle beside them",
    ];
    assert_eq!(names, expected);
    assert!(plate.conditions.iter().all(|condition| condition.wells == 3));
    assert_eq!(plate.neurons_per_well(), 200);
    assert_eq!((plate.steps, plate.record_every), (7200, 60));
    assert_eq!(plate.step_h, 1.0 / 60.0);
    assert_eq!((plate.domain.voxels, plate.domain.voxel_um), ([300, 300, 1], 20.0));
    let [control, resting, exercised, still, actuated, beside] = plate.conditions.as_slice() else {
        panic!("six conditions")
    };
    assert!(control.medium.is_none() && control.actuation.is_none() && control.muscle.is_none());
    assert_eq!(
        resting.medium.as_ref().map(|medium| &medium.from),
        Some(&MediumSource::RestingMuscle)
    );
    let medium = exercised.medium.as_ref().expect("medium");
    assert!(matches!(&medium.from, MediumSource::ExercisedMuscle(light) if light.session_h == 0.5));
    assert_eq!(medium.every_h, 24.0);
    let amplitude = |condition: &outgrowth::model::plate::Condition| {
        condition
            .actuation
            .as_ref()
            .map(|protocol| (protocol.strain.clone(), protocol.actuation.amplitude))
    };
    assert_eq!(amplitude(still), Some((StrainMode::Uniaxial, 0.0)));
    assert_eq!(amplitude(actuated), Some((StrainMode::Uniaxial, 0.05)));
    assert!(beside.muscle.as_ref().is_some_and(|muscle| muscle.light.is_some()));
    let gridded: Vec<bool> = (0..6).map(|condition| plate.has_grid(condition)).collect();
    assert_eq!(gridded, [false, false, false, false, false, true]);
}

#[test]
fn the_quick_plate_has_every_mechanism_in_two_wells() {
    let plate = plate_of("quick", &[]);
    assert_eq!(plate.wells().len(), 2);
    assert_eq!(plate.myokines[1].unit, DoseUnit::Nanomolar);
    assert!(plate.myokines[0].myokine.uptake_um3_per_h > 0.0);
    let [beside, moved] = plate.conditions.as_slice() else {
        panic!("two conditions")
    };
    assert!(beside.muscle.is_some() && !beside.sources.is_empty() && !beside.reservoirs.is_empty());
    assert!(moved.medium.is_some() && moved.actuation.is_some());
    let steps: Vec<u32> = plate.events.iter().map(|event| event.step).collect();
    assert_eq!(steps, [360, 1080, 1080]);
    assert!(matches!(plate.events[0].action, Action::Drop { dose: 5.0, .. }));
    assert!(matches!(&plate.events[2].action, Action::Biology(biology) if biology.growth_cone.speed_um_per_h == 3.0));
    assert_eq!(plate.events[2].conditions, [1]);
}

#[test]
fn a_condition_keeps_its_own_biology_when_an_event_changes_one_number() {
    let text = r#"
name = "two"
duration = "1 d"
growth_cone = { paused = "30 %" }
[well]
size = ["1 mm", "1 mm"]
[[myokine]]
name = "myokines"
[[condition]]
name = "plain"
[[condition]]
name = "slow"
growth_cone = { speed = "2 um/h" }
[[event]]
at = "2 h"
set = { branching = { rate = "0.05 /h" } }
[[event]]
at = "1 h"
condition = "slow"
set = { "growth_cone.retracting" = "10 %" }
"#;
    let plate = read(text, &[]).unwrap_or_else(|mistakes| panic!("{mistakes}")).plate;
    let told: Vec<_> = plate
        .events
        .iter()
        .map(|event| match &event.action {
            Action::Biology(biology) => {
                let cone = biology.growth_cone;
                (
                    event.step,
                    event.conditions.clone(),
                    cone.speed_um_per_h,
                    cone.paused,
                    cone.retracting,
                    biology.branching.rate_per_h,
                )
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = vec![
        (60, vec![1], 2.0, 0.3, 0.1, 0.02),
        (120, vec![0], 4.0, 0.3, 0.15, 0.05),
        (120, vec![1], 2.0, 0.3, 0.1, 0.05),
    ];
    assert_eq!(told, expected);
}

/// A plate on which every section of the biology matters; `event` comes before a cut.
fn plate_of_everything(event: &str) -> Plate {
    let text = format!(
        r#"
name = "everything"
duration = "1 h"
record_every = "1 h"
event = [{event} {{ at = "30 min", axotomy = {{ region = ["0.52 mm", "0 mm", "1 mm", "1 mm"] }} }}]
explant = [{{ at = ["0.5 mm", "0.5 mm"], neurons = 40, radius = "50 um" }}]
myokine = [{{ name = "myokines" }}]
well = {{ size = ["1 mm", "1 mm"], voxel = "100 um" }}
[[condition]]
name = "all at once"
actuation = {{}}
tow = {{}}
medium = {{ from = "exercised muscle" }}
muscle = {{ region = ["0.8 mm", "0 mm", "1 mm", "1 mm"], light = {{}} }}
"#
    );
    read(&text, &[]).unwrap_or_else(|mistakes| panic!("{mistakes}")).plate
}

/// Readouts and state of a plate at its end.
fn end_of(plate: &Plate) -> (Readouts, World) {
    let mut engine = CpuEngine::new(plate.clone(), Some(1), "asked for").expect("opened");
    let mut recorder = Recorder::new(plate);
    perform(&mut engine, &mut recorder, |_| {}, |_| Watch::GoOn).expect("runs");
    (recorder.into_readouts(), engine.world().expect("read").clone())
}

/// An event sets each number of each section, and no other. The engines' tables follow, or, for what no table holds, the
/// run does: what happens at a cut, or a readout.
#[test]
fn an_event_sets_any_number_of_the_biology_and_it_matters() {
    let plain = plate_of_everything("");
    let before = plain.conditions[0].biology;
    let tables = Tables::of(&plain);
    let end = end_of(&plain);
    // Else every comparison below would find a difference.
    assert!(tables == Tables::of(&plain.at(plain.steps)) && end == end_of(&plain));
    for (at, section) in Biology::SECTIONS.iter().enumerate() {
        assert!(!section.parameters.is_empty(), "{}", section.name);
        for (index, parameter) in section.parameters.iter().enumerate() {
            let path = parameter.path();
            let (low, high) = parameter.typical;
            let value = if low == parameter.default { high } else { low };
            let written = quantity::format(value, parameter.dimension.into());
            let plate = plate_of_everything(&format!(r#"{{ at = "1 min", set = {{ "{path}" = "{written}" }} }},"#));
            let Action::Biology(after) = &plate.events[0].action else {
                panic!("{path}: {:?}", plate.events[0])
            };
            let mut expected = before;
            let set = after.sections()[at].get(index);
            assert!(
                (set - value).abs() <= 1e-5 * value.abs(),
                "{path}: {set} instead of {written}"
            );
            expected.sections_mut()[at].set(index, set);
            assert_eq!(**after, expected, "{path}");
            assert!(
                Tables::of(&plate.at(plate.steps)) != tables || end_of(&plate) != end,
                "{path} = {written} changes nothing"
            );
        }
    }
}

#[test]
fn resolved_numbers_say_where_they_come_from() {
    let text = builtin("quick").expect("a built-in scenario").text;
    let scenario = read(text, &[Override::new("growth_cone.speed", "5 um/h")]).expect("no mistakes");
    let row = |path: &str| {
        scenario
            .resolved
            .iter()
            .find(|row| row.path == path)
            .unwrap_or_else(|| panic!("{path}"))
    };
    assert_eq!(
        (row("growth_cone.speed").text.as_str(), row("growth_cone.speed").origin),
        ("5 um/h", Origin::Set)
    );
    assert_eq!(row("growth_cone.paused").origin, Origin::Default);
    assert_eq!(row("myokine.BDNF.half_dose").origin, Origin::Preset);
    assert_eq!(row("myokine.BDNF.half_dose").text, "0.39 nM");
    let mut paths: Vec<&str> = scenario.resolved.iter().map(|row| row.path.as_str()).collect();
    let all = paths.len();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), all, "every number is listed once");
}

#[test]
fn every_resolved_number_can_be_set_by_its_path() {
    let text = builtin("quick").expect("a built-in scenario").text;
    let scenario = read(text, &[]).expect("no mistakes");
    let overrides: Vec<Override> = scenario
        .resolved
        .iter()
        .map(|row| Override::new(row.path.clone(), row.text.clone()))
        .collect();
    let again = read(text, &overrides).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert!(again.resolved.iter().all(|row| row.origin == Origin::Set));
    for (before, after) in scenario.resolved.iter().zip(&again.resolved) {
        assert_eq!((&before.path, &before.text), (&after.path, &after.text));
    }
}

#[test]
fn explain_knows_every_documented_number() {
    for parameter in parameters::all() {
        let text = scenario::explain(Some(&parameter.path())).unwrap_or_else(|unknown| panic!("{unknown}"));
        assert!(
            text.contains(parameter.source) && text.contains(parameter.meaning.trim()),
            "{text}"
        );
    }
    let speed = scenario::explain(Some("growth_cone.speed")).expect("a known key");
    assert!(speed.contains("10.2222 um/h by default"), "{speed}");
    let unknown = scenario::explain(Some("growth_cone.sped")).expect_err("no such key");
    assert_eq!(unknown.nearest.as_deref(), Some("growth_cone.speed"));
    assert!(scenario::explain(None).expect("everything").lines().count() > parameters::all().len());
    let json = scenario::explain_json(Some("mechano")).expect("a known table");
    assert_eq!(json.as_array().map(Vec::len), Some(5));
}

/// Whether `value` fits the part of the schema that this test understands; says what does not.
fn misfit(value: &Json, schema: &Json, root: &Json, path: &str) -> Option<String> {
    if let Some(name) = schema["$ref"]
        .as_str()
        .and_then(|reference| reference.strip_prefix("#/$defs/"))
    {
        return misfit(value, &root["$defs"][name], root, path);
    }
    if let Some(options) = schema["anyOf"].as_array() {
        let fits = options.iter().any(|option| misfit(value, option, root, path).is_none());
        return (!fits).then(|| format!("{path}: {value} fits none"));
    }
    if let Some(words) = schema["enum"].as_array() {
        return (!words.contains(value)).then(|| format!("{path}: {value} is none of {words:?}"));
    }
    match schema["type"].as_str() {
        Some("string") if !value.is_string() => Some(format!("{path}: {value} is no string")),
        Some("number") if !value.is_number() => Some(format!("{path}: {value} is no number")),
        Some("integer") if !value.is_i64() => Some(format!("{path}: {value} is no integer")),
        Some("boolean") if !value.is_boolean() => Some(format!("{path}: {value} is no boolean")),
        Some("array") => {
            let Some(items) = value.as_array() else {
                return Some(format!("{path}: {value} is no list"));
            };
            items.iter().find_map(|item| misfit(item, &schema["items"], root, path))
        }
        Some("object") => {
            let Some(entries) = value.as_object() else {
                return Some(format!("{path}: {value} is no table"));
            };
            let required = schema["required"].as_array().into_iter().flatten();
            let missing = required
                .filter_map(Json::as_str)
                .find(|&key| !entries.contains_key(key));
            if let Some(key) = missing {
                return Some(format!("{path}: {key} is missing"));
            }
            entries.iter().find_map(|(key, value)| {
                let path = format!("{path}.{key}");
                match &schema["properties"][key] {
                    Json::Null if schema["additionalProperties"] == false => Some(format!("{path}: unknown")),
                    Json::Null => None,
                    known => misfit(value, known, root, &path),
                }
            })
        }
        _ => None,
    }
}

#[test]
fn the_schema_accepts_the_built_in_scenarios_and_refuses_broken_ones() {
    let schema = scenario::schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for builtin in BUILTIN {
        let value: Json = toml::from_str(builtin.text).expect("TOML");
        assert_eq!(misfit(&value, &schema, &schema, ""), None, "{}", builtin.name);
    }
    for (sound, broken, expected) in [
        ("duration = \"5 d\"", "duration = 5", ".duration: 5 is no string"),
        ("duration = \"5 d\"", "durations = \"5 d\"", ": duration is missing"),
        ("wells = 3", "well = 3", ".condition.well: unknown"),
        (
            "neurons = 200",
            "neurons = \"many\"",
            ".explant.neurons: \"many\" is no integer",
        ),
    ] {
        let text = BUILTIN[0].text.replacen(sound, broken, 1);
        let value: Json = toml::from_str(&text).expect("TOML");
        assert_eq!(misfit(&value, &schema, &schema, "").as_deref(), Some(expected));
    }
    for parameter in parameters::all() {
        let described = &schema["$defs"][parameter.section]["properties"][parameter.key]["description"];
        assert!(
            described.as_str().is_some_and(|text| text.contains(parameter.source)),
            "{}",
            parameter.path()
        );
    }
}

/// A plate of conditions with the given keys, one after another.
fn named(conditions: &[&str]) -> Scenario {
    let mut text = r#"name = "n"
duration = "2 d"
[well]
size = ["1 mm", "1 mm"]
[[explant]]
at = ["0.5 mm", "0.5 mm"]
"#
    .to_owned();
    for (number, keys) in conditions.iter().enumerate() {
        text += &format!("[[condition]]\nname = \"{number}\"\n{keys}\n");
    }
    read(&text, &[]).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn genotypes_bring_their_numbers_and_what_is_written_overrides_them() {
    let scenario = named(&[
        "",
        r#"genotype = "TDP-43/STMN2""#,
        "genotype = \"SOD1-A4V\"\ngrowth_cone = { speed = \"5 um/h\" }",
    ]);
    let [wild, tdp, sod] = [0, 1, 2].map(|index| scenario.plate.conditions[index].biology);
    assert_eq!(wild, Biology::default());
    assert_eq!(tdp.genotype, Some("TDP-43/STMN2"));
    let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
    assert!(near(
        tdp.growth_cone.speed_um_per_h,
        0.6 * wild.growth_cone.speed_um_per_h
    ));
    assert!(near(tdp.growth_cone.retracting, wild.growth_cone.retracting));
    assert!(tdp.growth_cone.run_speed_um_per_h() < wild.growth_cone.run_speed_um_per_h());
    assert!(near(tdp.injury.regrowth, 0.5 * wild.injury.regrowth));
    assert!(near(tdp.survival.death_per_h, 0.0) && near(sod.survival.death_per_h, 0.05 / 24.0));
    assert!(near(sod.growth_cone.speed_um_per_h, 5.0), "written");
    let row = |path: &str| scenario.resolved.iter().find(|row| row.path == path);
    let speed = row("condition.1.growth_cone.speed").expect("listed");
    assert_eq!((speed.text.as_str(), speed.origin), ("2.4 um/h", Origin::Preset));
    assert!(speed.source.contains("Klim 2019"));
    let speed = row("condition.2.growth_cone.speed").expect("listed");
    assert_eq!((speed.text.as_str(), speed.origin), ("5 um/h", Origin::Set));
    assert_eq!(row("condition.2.survival.onset").expect("listed").text, "14 d");
    assert!(row("condition.0.growth_cone.speed").is_none());
    for name in [
        "TDP-43/STMN2",
        "FUS",
        "SOD1-A4V",
        "bu-2024",
        "lin-2020",
        "sh-sy5y-2013",
        "plain-surface",
        "patterned-surface",
    ] {
        let text = scenario::explain(Some(name)).unwrap_or_else(|unknown| panic!("{unknown}"));
        assert!(text.contains("[C]") || text.contains("[B]"), "{text}");
    }
}

#[test]
fn hypotheses_bring_the_protocol_of_their_study_where_the_gel_is_moved() {
    let scenario = named(&[
        "hypothesis = \"sh-sy5y-2013\"\nactuation = {}",
        "hypothesis = \"sh-sy5y-2013\"\nactuation = { strain = \"uniaxial\", frequency = \"2 Hz\" }",
        r#"hypothesis = "lin-2020""#,
        "actuation = {}",
    ]);
    let protocol = |index: usize| scenario.plate.conditions[index].actuation.clone();
    let study = protocol(0).expect("moved");
    assert_eq!(study.strain, StrainMode::Equibiaxial);
    let Actuation {
        amplitude,
        frequency_hz,
        session_h,
        every_h,
        ..
    } = study.actuation;
    assert_eq!((amplitude, frequency_hz, session_h, every_h), (0.1, 0.25, 2.0, 24.0));
    let written = protocol(1).expect("moved");
    assert_eq!(
        (written.strain, written.actuation.frequency_hz),
        (StrainMode::Uniaxial, 2.0)
    );
    assert_eq!(written.actuation.session_h, 2.0);
    assert_eq!(protocol(2), None, "a hypothesis alone moves nothing");
    assert_eq!(scenario.plate.conditions[2].biology.mechano.gain, 0.0);
    assert_eq!(protocol(3).expect("moved").actuation, Actuation::default());
    let row = |path: &str| scenario.resolved.iter().find(|row| row.path == path).expect("listed");
    assert_eq!(row("condition.0.actuation.frequency").origin, Origin::Preset);
    assert!(row("condition.0.actuation.frequency").source.contains("23741633"));
    assert_eq!(row("condition.1.actuation.frequency").origin, Origin::Set);
    assert_eq!(row("condition.3.actuation.frequency").origin, Origin::Default);
}

#[test]
fn axons_are_cut_along_a_line_or_a_plane_or_in_a_box() {
    let cut = |axotomy: &str| {
        let scenario = named(&[&format!("[[event]]\nat = \"1 d\"\naxotomy = {axotomy}")]);
        match scenario.plate.events[0].action {
            Action::Axotomy(cut) => cut,
            ref other => panic!("{other:?}"),
        }
    };
    assert!(matches!(
        cut(r#"{ from = ["0.1 mm", "0 mm"], to = ["0.1 mm", "1 mm"] }"#),
        Cut::Line { from_um, .. } if from_um.x == 100.0
    ));
    let Cut::Plane { at_um, normal } = cut(r#"{ at = ["0.1 mm", "0.2 mm"], towards = ["0.4 mm", "0.2 mm"] }"#) else {
        panic!("no plane");
    };
    assert!((at_um.x - 100.0).abs() < 1e-9 && normal.y == 0.0 && normal.x > 0.0);
    let Cut::Region(region) = cut(r#"{ region = ["0.1 mm", "0.2 mm", "0.3 mm", "0.9 mm"] }"#) else {
        panic!("no box");
    };
    assert!((region.high_um.y - 900.0).abs() < 1e-9);
}
