//! Plans of sweeps: what is asked for and how it is refused, the runs that come of it, and that a plan reads back as it was written.

use outgrowth::engine::EngineKind;
use outgrowth::scenario::{Surroundings, builtin};
use outgrowth::sweep::axis::{Axis, AxisValues, Range, Way};
use outgrowth::sweep::constraint::Constraint;
use outgrowth::sweep::seeds::Seeds;
use outgrowth::sweep::{Draft, Ground, Plan, PowerQuestion, Request, SweepFile, draft, plan_files, read_plan};
use proptest::prelude::*;
use std::collections::HashSet;
use std::fs;
use std::path::Path;

fn ground(name: &str) -> Ground<'static> {
    Ground {
        name: format!("{name}.toml"),
        text: builtin(name).expect("built in").text.to_owned(),
        surroundings: Surroundings::built_in(),
        engine: EngineKind::Cpu,
        adapter: None,
    }
}

fn request(axes: &[&str], seeds: &str) -> Request {
    Request {
        axes: axes
            .iter()
            .map(|text| Axis::parse(text, "--vary").expect("an axis"))
            .collect(),
        seeds: Some(Seeds::parse(seeds, "--seeds").expect("seeds")),
        ..Request::default()
    }
}

fn planned(request: &Request) -> Draft {
    draft(request, &ground("quick")).expect("a plan")
}

fn refused(request: &Request) -> String {
    draft(request, &ground("quick"))
        .map(|_| ())
        .expect_err("a mistake")
        .to_string()
}

fn texts(plan: &Plan) -> Vec<Vec<String>> {
    let runs = (1..=plan.runs()).map(|id| plan.run(id).expect("a run"));
    runs.map(|run| run.values.into_iter().map(|value| value.text).collect())
        .collect()
}

/// The sweep file that docs/batch.md shows is one that can be planned.
#[test]
fn the_sweep_file_of_the_documents_is_planned() {
    let told = include_str!("../../docs/batch.md");
    let (_, behind) = told.split_once("The same as a file").expect("the example");
    let (_, block) = behind.split_once("```toml\n").expect("a block");
    let (file, _) = block.split_once("```").expect("its end");
    let read = SweepFile::read(file, "plan.toml")
        .expect("sound")
        .expect("a sweep file");
    let plan = draft(&read.request, &ground("quick")).expect("a plan").plan;
    assert!(plan.runs() > 100 && plan.runs() <= 1000, "{}", plan.runs());
}

#[test]
fn a_list_has_its_values_with_the_unit_at_its_end() {
    for (spec, expected) in [
        ("2,4,8 um/h", vec!["2 um/h", "4 um/h", "8 um/h"]),
        ("2 um/h, 4 um/h", vec!["2 um/h", "4 um/h"]),
        ("30 min, 2 h", vec!["30 min", "2 h"]),
        ("additive, saturating", vec!["additive", "saturating"]),
        ("[1, 2], [3, 4]", vec!["[1, 2]", "[3, 4]"]),
        (
            "{ from = \"fresh, or so\", every = \"1 d\" }",
            vec!["{ from = \"fresh, or so\", every = \"1 d\" }"],
        ),
        ("../a.png,b.png", vec!["../a.png", "b.png"]),
        ("7", vec!["7"]),
    ] {
        let axis = Axis::of("key", spec, "here").expect("an axis");
        let expected = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(axis.values, AxisValues::List(expected), "{spec}");
    }
    // A unit is shared with plain numbers alone.
    let mixed = Axis::of("key", "a,4 um/h", "here").expect("an axis");
    assert_eq!(
        mixed.values,
        AxisValues::List(vec!["a".to_owned(), "4 um/h".to_owned()])
    );
    assert_eq!((mixed.unit(), mixed.nth(1).number), (None, None));
}

#[test]
fn ranges_are_taken_at_even_places_or_even_ratios() {
    let numbers = |spec: &str| -> Vec<f64> {
        let axis = Axis::of("key", spec, "here").expect("an axis");
        let count = axis.count().expect("a grid");
        (0..count)
            .map(|number| axis.nth(number).number.expect("a number"))
            .collect()
    };
    assert_eq!(numbers("1..8:grid(8)"), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
    let logarithmic = numbers("0.01..10:log:grid(4)");
    for (found, expected) in logarithmic.iter().zip([0.01, 0.1, 1.0, 10.0]) {
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} instead of {expected}");
    }
    assert_ne!(numbers("0.01..10:grid(4)"), logarithmic);
    let whole = Axis::of("key", "1..4:whole:sobol", "here").expect("an axis");
    let counts = (0..400).map(|place| whole.at(f64::from(place) / 400.0).text);
    let mut counted = std::collections::BTreeMap::new();
    counts.for_each(|text| *counted.entry(text).or_insert(0) += 1);
    assert_eq!(
        counted.into_values().collect::<Vec<_>>(),
        [100; 4],
        "each whole number is as likely"
    );
    let united = Axis::of("key", "1..8 um/h:lhs", "here").expect("an axis");
    assert_eq!(
        (united.at(0.5).text.as_str(), united.unit()),
        ("4.5 um/h", Some("um/h"))
    );
}

#[test]
fn what_is_no_axis_is_refused_with_what_is_accepted() {
    for (text, expected) in [
        ("growth_cone.speed", "expected KEY=VALUES"),
        ("=1,2", "expected KEY=VALUES"),
        ("a=", "an empty value"),
        ("a=1,,2", "an empty value"),
        ("a=1,1", "found \"1\" twice; expected each value once"),
        ("a=1..8", "without a way to take values from it"),
        ("a=1..8:sobl", "found the word \"sobl\""),
        ("a=1..8:sobol:lhs", "two ways"),
        ("a=8..1:lhs", "does not run up"),
        ("a=0..8:log:lhs", "expected a lower end above 0"),
        ("a=1 um..8 mm:lhs", "ends have other units"),
        ("a=1..8,10", "a range among other values"),
        ("a=1..x:lhs", "upper end is no number"),
        ("a=1.5..8:whole:lhs", "expected whole numbers at both ends"),
        ("a=1..3:whole:grid(7)", "expected at most as many"),
        ("a=1..8:grid(1)", "found the word \"grid(1)\""),
        ("seed=1,2", "seeds are given by --seeds"),
        ("a=grid(5)", "without its two ends"),
        ("a=2-8 um/h:lhs", "without its two ends"),
    ] {
        let mistake = Axis::parse(text, "--vary").expect_err(text).to_string();
        assert!(
            mistake.starts_with(&format!("--vary {text}: found ")) && mistake.contains(expected),
            "{mistake}"
        );
    }
    for text in ["", "a", "1..", "3..1", "1,2,1..4", "-1", "1..99999999999"] {
        assert!(Seeds::parse(text, "--seeds").is_err(), "{text}");
    }
    for text in ["a", "a <", "1 < 2", "a ~ b"] {
        assert!(Constraint::parse(text, "--where").is_err(), "{text}");
    }
}

#[test]
fn every_combination_meets_the_same_seeds() {
    let request = request(
        &["growth_cone.speed=2,4 um/h", "branching.rate=0.01..0.03 /h:grid(3)"],
        "1..2,7",
    );
    let plan = planned(&request).plan;
    assert_eq!((plan.points(), plan.runs()), (6, 18));
    let of_point = |point: u64| -> Vec<u64> {
        let runs = (1..=18)
            .map(|id| plan.run(id).expect("a run"))
            .filter(|run| run.point == point);
        runs.map(|run| run.seed).collect()
    };
    assert!(
        (1..=6).all(|point| of_point(point) == [1, 2, 7]),
        "common random numbers"
    );
    let different: HashSet<Vec<String>> = texts(&plan).into_iter().collect();
    assert_eq!(different.len(), 6);
    let run = plan.run(18).expect("the last run");
    let overrides: Vec<String> = plan.overrides(&run).iter().map(ToString::to_string).collect();
    assert_eq!(
        overrides,
        ["growth_cone.speed=4 um/h", "branching.rate=0.03 /h", "seed=7"]
    );
    assert!(plan.run(0).is_none() && plan.run(19).is_none());
    // Seeds of their own: no point meets a seed of another.
    let own = Request {
        own_seeds: true,
        ..request
    };
    let plan = planned(&own).plan;
    let seeds: HashSet<u64> = (1..=18).map(|id| plan.run(id).expect("a run").seed).collect();
    assert_eq!(seeds.len(), 18);
}

#[test]
fn sampled_ranges_have_as_many_points_as_the_runs_allow() {
    let mut request = request(
        &["branching.rate=0.01..0.05 /h:sobol", "growth_cone.speed=2,4,8 um/h"],
        "1..4",
    );
    assert!(refused(&request).contains("expected --runs"), "{}", refused(&request));
    request.runs = Some(100);
    let plan = planned(&request).plan;
    assert_eq!(
        plan.runs(),
        8 * 3 * 4,
        "eight points of the range, three speeds, four seeds"
    );
    let rates: HashSet<String> = texts(&plan).into_iter().map(|values| values[0].clone()).collect();
    assert_eq!(rates.len(), 8);
    request.runs = Some(11);
    assert!(
        refused(&request).contains("expected at least 12"),
        "{}",
        refused(&request)
    );
    request.set = vec!["seed=3".parse().expect("an override")];
    assert!(
        refused(&request).contains("the seed 3 beside the seeds 1..4"),
        "{}",
        refused(&request)
    );
    request.set.clear();
    request.axes.remove(0);
    assert!(refused(&request).contains("found 12 runs"), "{}", refused(&request));
}

#[test]
fn points_that_break_a_constraint_are_left_out() {
    let mut request = request(&["growth_cone.speed=2,4,8 um/h", "branching.rate=0.01,0.02 /h"], "1");
    let speeds = |request: &Request| -> Vec<String> {
        texts(&planned(request).plan)
            .into_iter()
            .map(|values| values[0].clone())
            .collect()
    };
    let constraint = |text: &str| vec![Constraint::parse(text, "--where").expect("a constraint")];
    request.constraints = constraint("growth_cone.speed < 0.008 mm/h");
    assert_eq!(speeds(&request), ["2 um/h", "2 um/h", "4 um/h", "4 um/h"]);
    request.constraints = constraint("growth_cone.speed <= 0.008 mm/h");
    assert_eq!(speeds(&request).len(), 6, "the control");
    // The other side is a key that is not varied.
    request.constraints = constraint("branching.rate > mechano.recovery_rate");
    let found = draft(&request, &ground("quick"));
    assert!(found.is_err_and(|mistakes| mistakes.to_string().contains("which has no number here")));
    request.constraints = constraint("growth_cone.speed < branching.rate");
    assert!(
        refused(&request).contains("which is a speed, beside"),
        "{}",
        refused(&request)
    );
    request.constraints = constraint("growth_cone.speed > 1 mm/h");
    assert!(
        refused(&request).contains("none of 6 points passes"),
        "{}",
        refused(&request)
    );
}

/// A key that `--set` refuses is refused with the same words.
#[test]
fn keys_and_values_are_refused_as_set_refuses_them() {
    for (text, set) in [
        ("growth_cone.sped=2,4 um/h", "growth_cone.sped=2 um/h"),
        ("myokine.max_gain=1..8:grid(3)", "myokine.max_gain=1"),
        ("condition.nobody.wells=1,2", "condition.nobody.wells=1"),
        ("growth_cone.speed=2,4", "growth_cone.speed=2"),
    ] {
        let changes = [set.parse().expect("an override")];
        let quick = builtin("quick").expect("built in").text;
        let read = outgrowth::scenario::read(quick, "quick.toml", &changes, &Surroundings::built_in());
        let expected = read.expect_err("a mistake").to_string();
        let found = refused(&request(&[text], "1"));
        // Nobody has typed --set.
        let (_, expected) = expected.split_once(": ").expect("a place");
        let key = text.split('=').next().expect("a key");
        assert!(
            found.contains(&format!("--vary {key}: {expected}")),
            "{found}\n{expected}"
        );
    }
    // A wrong value that is not the first of its list.
    let found = refused(&request(&["growth_cone.speed=2 um/h,4 kg,-1 um/h"], "1"));
    assert!(found.contains("4 kg") && found.contains("-1 um/h"), "{found}");
    // One that is wrong only together with the others is left to its run.
    planned(&request(&["growth_cone.speed=2,4 um/h", "condition.0.wells=1,2"], "1"));
}

#[test]
fn a_key_is_set_or_varied_and_plans_end_somewhere() {
    let mut both = request(&["growth_cone.speed=2,4 um/h"], "1");
    both.set.push("growth_cone.speed=3 um/h".parse().expect("an override"));
    let found = refused(&both);
    assert!(found.contains("growth_cone.speed, which is varied as well"), "{found}");
    let found = refused(&request(&["growth_cone.speed=2,4 um/h"], "1..100000000"));
    assert!(
        found.contains("2 points") && found.contains("at most 100000000 runs"),
        "{found}"
    );
    planned(&request(&[], "1..100000000"));
}

#[test]
fn one_seed_is_not_taken_for_many() {
    let told = |seeds: &str| planned(&request(&[], seeds)).warnings.join("\n");
    assert!(told("20").contains("--seeds 1..20 is 20 of them"), "{}", told("20"));
    for seeds in ["1", "1..20", "20,21"] {
        assert!(!told(seeds).contains("is one seed"), "{seeds}: {}", told(seeds));
    }
}

#[test]
fn two_plans_tell_in_what_they_differ() {
    let contract = |axes: &[&str], seeds: &str| planned(&request(axes, seeds)).plan.contract;
    let (speeds, rates) = (["growth_cone.speed=2,4 um/h"], ["branching.rate=0,0.1 /h"]);
    let one = contract(&speeds, "1..3");
    assert!(one.differences(&one).is_empty());
    assert_eq!(one.differences(&contract(&rates, "1..3")), ["--vary"]);
    assert!(one.differences(&contract(&speeds, "1..4")).contains(&"--seeds"));
}

/// The small wells of `quick` stop tips at their rim, which `run` warns of as well.
#[test]
fn a_plan_tells_what_is_doubtful_about_its_first_run() {
    let request = request(&["growth_cone.speed=4,8 um/h"], "1");
    let warnings = planned(&request).warnings;
    assert!(
        warnings.iter().any(|warning| warning.contains("stopped there")),
        "{warnings:?}"
    );
    let mut wide = request;
    wide.set = ["duration=1 h", "event=[]"]
        .map(|change| change.parse().expect("an override"))
        .to_vec();
    let fewer = planned(&wide).warnings;
    assert!(
        !fewer.iter().any(|warning| warning.contains("stopped there")),
        "{fewer:?}"
    );
}

#[test]
fn a_sweep_file_has_the_same_words() {
    let text = "scenario = \"quick\"\nvary.growth_cone.speed = \"2,4 um/h\"\nvary.\"condition.0.wells\" = [1, 2]\nseeds = \"1..3\"\n\
                where = \"growth_cone.speed < 3 um/h\"\nset = { step = \"2 min\" }\nshares = 4\npower = 0.9\neffects = [1.5, 2]\n";
    let file = SweepFile::read(text, "sweep.toml").expect("sound").expect("a sweep");
    let mut expected = request(&["growth_cone.speed=2,4 um/h", "condition.0.wells=1,2"], "1..3");
    expected.constraints = vec![Constraint::parse("growth_cone.speed < 3 um/h", "--where").expect("a constraint")];
    expected.set = vec!["step=2 min".parse().expect("an override")];
    expected.shares = Some(4);
    expected.power = Some(PowerQuestion {
        power: 0.9,
        effects: vec![1.5, 2.0],
        ..PowerQuestion::default()
    });
    assert_eq!((file.scenario.as_str(), file.request), ("quick", expected));
    let quick = builtin("quick").expect("built in").text;
    assert_eq!(
        SweepFile::read(quick, "quick.toml").expect("sound"),
        None,
        "a scenario is no sweep"
    );
    for (line, expected) in [
        (
            "vari = 1",
            "sweep.toml:2: found the unknown key \"vari\"; expected one of scenario, set",
        ),
        ("seeds = true", "sweep.toml:2: found \"true\""),
        (
            "runs = 0",
            "sweep.toml:2: runs: found 0; expected a whole number from 1",
        ),
        (
            "alpha = \"few\"",
            "sweep.toml:2: alpha: found \"few\"; expected a number",
        ),
        ("vary = 3", "sweep.toml:2: vary: found 3; expected a table"),
        ("vary = { a = \"1..8\" }", "sweep.toml:2: found \"1..8\" without a way"),
    ] {
        let mistakes = SweepFile::read(&format!("scenario = \"quick\"\n{line}\n"), "sweep.toml").expect_err(line);
        assert!(mistakes.to_string().contains(expected), "{mistakes}");
    }
}

/// Writes a plan's files into a folder.
fn write(plan: &Plan, folder: &Path) {
    for (path, bytes) in plan_files(plan).expect("files") {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
}

#[test]
fn a_plan_with_files_reads_back_and_heeds_that_they_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let request = request(&["growth_cone.speed=2,4 um/h"], "1..3");
    let plan = draft(&request, &ground("microchannels")).expect("a plan").plan;
    assert_eq!(plan.contract.files.len(), 1, "the picture of its walls");
    write(&plan, folder.path());
    assert_eq!(read_plan(folder.path()).expect("a plan"), plan);
    fs::write(folder.path().join("files/1"), "other walls").expect("written");
    let changed = read_plan(folder.path()).expect_err("changed");
    assert!(
        changed.to_string().contains("changed since the sweep was planned"),
        "{changed}"
    );
    write(&plan, folder.path());
    let text = fs::read_to_string(folder.path().join("plan.toml")).expect("read");
    for (was, is, expected) in [
        ("format = 1", "format = 2", "expected 1, which this version reads"),
        ("runs = 6", "runs = 7", "found 7 runs"),
        ("own_seeds = false", "own_sedes = false", "own_sedes"),
    ] {
        fs::write(folder.path().join("plan.toml"), text.replace(was, is)).expect("written");
        let foreign = read_plan(folder.path()).expect_err(is).to_string();
        assert!(foreign.contains(expected), "{foreign}");
    }
    let nothing = read_plan(&folder.path().join("nothing"))
        .expect_err("nothing")
        .to_string();
    assert!(nothing.contains("expected the folder of a sweep"), "{nothing}");
}

fn axes() -> impl Strategy<Value = Vec<Axis>> {
    let way = prop_oneof![
        (2_u32..5).prop_map(Way::Grid),
        Just(Way::Latin),
        Just(Way::Sobol),
        Just(Way::Saltelli)
    ];
    let range = (1e-3_f64..1.0, 1.001_f64..4.0, any::<bool>(), way).prop_map(|(low, ratio, log, way)| {
        AxisValues::Range(Range {
            low,
            high: low * ratio,
            unit: "um/h".to_owned(),
            log,
            whole: false,
            way,
        })
    });
    let list = prop::collection::hash_set(1_u32..50, 1..4).prop_map(|values| {
        let mut values: Vec<u32> = values.into_iter().collect();
        values.sort_unstable();
        AxisValues::List(values.into_iter().map(|value| format!("{value} um/h")).collect())
    });
    let speed = prop_oneof![range, list].prop_map(|values| Axis {
        key: "growth_cone.speed".to_owned(),
        values,
    });
    let wells = prop::sample::subsequence(vec!["1", "2", "3"], 1..3).prop_map(|wells| Axis {
        key: "condition.\"medium and movement\".wells".to_owned(),
        values: AxisValues::List(wells.into_iter().map(str::to_owned).collect()),
    });
    (prop::option::of(speed), prop::option::of(wells))
        .prop_map(|(speed, wells)| speed.into_iter().chain(wells).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_plan_reads_back_as_it_was_written(
        axes in axes(),
        first in 0_u64..1 << 40,
        count in 1_u64..5,
        own_seeds in any::<bool>(),
        shares in 1_u32..9,
        bound in prop::option::of(0.5_f64..3.0),
        power in prop::option::of(0.1_f64..0.99),
    ) {
        let varied = axes.iter().any(|axis| axis.key == "growth_cone.speed");
        let bound = bound.filter(|_| varied).map(|bound| format!("growth_cone.speed > {} um/h", bound * 0.2));
        let request = Request {
            set: vec!["step=2 min".parse().expect("an override")],
            axes,
            uncertain: false,
            power: power.map(|power| PowerQuestion { power, ..PowerQuestion::default() }),
            seeds: Some(Seeds::parse(&format!("{first}..{},3", first + 12 + count), "--seeds").unwrap_or_else(|_| Seeds::one(first))),
            own_seeds,
            constraints: bound.iter().map(|text| Constraint::parse(text, "--where").expect("a constraint")).collect(),
            runs: Some(4000),
            shares: Some(shares),
        };
        // A constraint may leave no point.
        let drafted = draft(&request, &ground("quick"));
        prop_assume!(drafted.is_ok());
        let plan = drafted.expect("a plan").plan;
        let folder = tempfile::tempdir().expect("a folder");
        write(&plan, folder.path());
        let read = read_plan(folder.path()).expect("a plan");
        prop_assert_eq!(texts(&read), texts(&plan));
        prop_assert_eq!(read, plan);
    }
}
