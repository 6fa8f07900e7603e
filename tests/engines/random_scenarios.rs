//! Random scenarios: numbers from all over their documented ranges, mechanisms and protocols switched on by chance, walls anywhere.
//! Whatever is accepted runs, and leaves finite numbers, nothing in a wall and nothing outside the well.
//!
//! `RANDOM_SCENARIOS=2000 cargo nextest run --release --test engines random_scenarios` runs more of them on the processor,
//! `RANDOM_SCENARIOS_GPU=300` on the software driver; `RANDOM_SCENARIOS_FROM` is the first number.

use crate::common::on_engine;
use glam::{UVec4, Vec3};
use outgrowth::engine::Engine;
use outgrowth::experiment::run;
use outgrowth::model::biology::Biology;
use outgrowth::model::parameter::{Parameter, Section};
use outgrowth::model::parameters::{Actuation, Explant, Light, Muscle, Myokine, Tow};
use outgrowth::model::plate::Plate;
use outgrowth::model::rules::random::{pcg4d, uniform_number};
use outgrowth::model::world::World;
use outgrowth::readout::Readouts;
use outgrowth::scenario::Scenario;
use outgrowth::scenario::quantity::format as in_words;
use std::fmt::Write;

/// Random choices, the same for the same scenario's number.
struct Chance {
    scenario: u32,
    drawn: u32,
}

impl Chance {
    fn unit(&mut self) -> f64 {
        self.drawn += 1;
        f64::from(uniform_number(pcg4d(UVec4::new(self.scenario, self.drawn, 11, 17)).x))
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.unit() * f64::from(n) < 1.0
    }

    fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[(self.unit() * choices.len() as f64) as usize]
    }

    /// A value of a parameter: mostly typical, sometimes at an end of what is typical, now and then all that is accepted.
    fn value(&mut self, parameter: &Parameter) -> f64 {
        let (low, high) = if self.one_in(12) {
            parameter.accepted
        } else {
            parameter.typical
        };
        if self.one_in(8) {
            return self.of(&[low, high]);
        }
        if low > 0.0 && high > 100.0 * low {
            return (self.within(low.ln(), high.ln()).exp()).clamp(low, high);
        }
        self.within(low, high)
    }

    /// Lines that set some of a table's numbers; `bound` keeps those short that would make a run long.
    fn numbers(&mut self, parameters: &[Parameter], one_in: u32, bound: impl Fn(&str, f64) -> f64) -> String {
        let mut text = String::new();
        for parameter in parameters {
            if self.one_in(one_in) {
                let value = bound(&parameter.path(), self.value(parameter));
                let words = in_words(value, parameter.dimension.into());
                writeln!(text, "{} = \"{words}\"", parameter.key).expect("to memory");
            }
        }
        text
    }
}

/// What would make a run of many hours.
fn bounded(path: &str, value: f64) -> f64 {
    match path {
        "explant.neurons" => value.clamp(1.0, 40.0).round(),
        "branching.rate" => value.min(0.4),
        "growth_cone.segment" => value.max(2.0),
        "myokine.uptake" => value.min(3e3),
        "myokine.half_life" => value.max(0.05),
        "growth_cone.paused" | "growth_cone.retracting" => value.min(0.49),
        // Sessions are set apart, so that they fit into each other and into the run.
        "actuation.every" | "tow.every" | "light.every" => value.clamp(20.0, 9_000.0),
        "actuation.session" | "tow.session" | "light.session" => value.clamp(1.0, 20.0),
        "actuation.start" | "tow.start" | "light.start" => 0.0,
        _ => value,
    }
}

/// The text of a scenario.
fn scenario(chance: &mut Chance) -> String {
    let voxel_um = chance.of(&[10.0, 17.5, 20.0, 40.0]);
    let slab = chance.one_in(4);
    let columns: Vec<f64> = (0..if slab { 3 } else { 2 })
        .map(|_| {
            chance
                .within(if slab { 4.0 } else { 8.0 }, if slab { 14.0 } else { 50.0 })
                .floor()
        })
        .collect();
    let size: Vec<f64> = columns.iter().map(|count| count * voxel_um).collect();
    let lengths = |lengths: &[f64]| {
        let words: Vec<String> = lengths.iter().map(|um| format!("\"{um} um\"")).collect();
        format!("[{}]", words.join(", "))
    };
    let inside = |chance: &mut Chance| lengths(&size.iter().map(|edge| chance.within(0.0, *edge)).collect::<Vec<_>>());
    let region = |chance: &mut Chance| {
        let corners: Vec<(f64, f64)> = size
            .iter()
            .map(|edge| {
                let low = chance.within(0.0, edge - 1.1 * voxel_um);
                (low, chance.within(low + 1.1 * voxel_um, *edge))
            })
            .collect();
        let (low, high): (Vec<f64>, Vec<f64>) = corners.into_iter().unzip();
        lengths(&[low, high].concat())
    };
    let step = chance.of(&["50 ms", "10 s", "1 min", "1 min", "7 min", "10 min", "1 h"]);
    let steps = 30.0 + (chance.unit() * 150.0).floor();
    let step_h = match step {
        "50 ms" => 0.05 / 3600.0,
        "10 s" => 10.0 / 3600.0,
        "7 min" => 7.0 / 60.0,
        "10 min" => 10.0 / 60.0,
        "1 h" => 1.0,
        _ => 1.0 / 60.0,
    };
    let hours = |steps: f64| format!("\"{} h\"", steps * step_h);
    let seed = (chance.unit() * 1e9) as u64;
    let mut text = format!(
        "name = \"random {}\"\nseed = {seed}\nduration = {}\nstep = \"{step}\"\nrecord_every = {}\n",
        chance.scenario,
        hours(steps),
        hours((steps / 3.0).floor())
    );
    let mut add = |line: String| text.push_str(&line);
    add(format!(
        "[well]\nsize = {}\nvoxel = \"{voxel_um} um\"\n",
        lengths(&size)
    ));
    for section in Biology::SECTIONS {
        if chance.one_in(2) {
            // So that tips do not become too many in a long run.
            let rate = 2.5 / (steps * step_h);
            let bound = |path: &str, value: f64| match path {
                "branching.rate" => value.min(rate),
                _ => bounded(path, value),
            };
            add(format!(
                "[{}]\n{}",
                section.name,
                chance.numbers(section.parameters, 3, bound)
            ));
        }
    }
    add(format!("[muscle]\n{}", chance.numbers(Muscle::PARAMETERS, 4, bounded)));
    for _ in 0..chance.of(&[1, 1, 2]) {
        let numbers = chance.numbers(&Explant::PARAMETERS[1..], 3, bounded);
        let neurons = if numbers.contains("neurons") {
            ""
        } else {
            "neurons = 12\n"
        };
        let radius_um = chance.within(0.0, 0.45) * size.iter().copied().fold(f64::INFINITY, f64::min);
        let at: Vec<f64> = size
            .iter()
            .map(|edge| chance.within(radius_um, edge - radius_um))
            .collect();
        add(format!(
            "[[explant]]\nat = {}\nradius = \"{radius_um} um\"\n{neurons}{numbers}",
            lengths(&at)
        ));
    }
    let myokines = chance.of(&[0, 1, 1, 2]);
    for name in ["m", "n"].into_iter().take(myokines) {
        add(format!(
            "[[myokine]]\nname = \"{name}\"\n{}",
            chance.numbers(Myokine::PARAMETERS, 4, bounded)
        ));
    }
    let doses = |chance: &mut Chance| {
        let dose = chance.within(-9.0, 3.0).exp();
        let other = if myokines > 1 {
            format!(", n = {:e}", chance.within(-9.0, 3.0).exp())
        } else {
            String::new()
        };
        format!("{{ m = {dose:e}{other} }}")
    };
    for condition in 0..chance.of(&[1, 1, 2]) {
        add(format!(
            "[[condition]]\nname = \"c{condition}\"\nwells = {}\n",
            chance.of(&[1, 2])
        ));
        if myokines > 0 {
            match chance.of(&[0, 1, 2, 3]) {
                0 => {}
                1 => add("medium = { from = \"exercised muscle\", every = \"24 h\" }\n".to_owned()),
                _ => add(format!(
                    "medium = {{ doses = {}, every = {} }}\n",
                    doses(chance),
                    hours(chance.of(&[20.0, 1000.0]))
                )),
            }
            if chance.one_in(4) {
                let rate = chance.within(-3.0, 3.0);
                add(format!(
                    "source = [{{ region = {}, rate = \"{rate} /h\", myokine = \"m\" }}]\n",
                    region(chance)
                ));
            }
            if chance.one_in(5) {
                add(format!(
                    "reservoir = [{{ region = {}, doses = {} }}]\n",
                    region(chance),
                    doses(chance)
                ));
            }
            if chance.one_in(4) {
                let light = chance.numbers(Light::PARAMETERS, 4, bounded).replace('\n', ", ");
                let light = light.trim_end_matches(", ").to_owned();
                add(format!(
                    "muscle = {{ region = {}, light = {{ {light} }} }}\n",
                    region(chance)
                ));
            }
        }
        if chance.one_in(3) {
            let numbers = chance.numbers(Actuation::PARAMETERS, 4, bounded).replace('\n', ", ");
            let strain = chance.of(&["uniaxial", "equibiaxial", "shear"]);
            add(format!("actuation = {{ {numbers}strain = \"{strain}\" }}\n"));
        }
        if chance.one_in(4) {
            let numbers = chance.numbers(Tow::PARAMETERS, 3, bounded).replace('\n', ", ");
            add(format!("tow = {{ {} }}\n", numbers.trim_end_matches(", ")));
        }
    }
    if chance.one_in(3) {
        add(format!(
            "[[event]]\nat = {}\naxotomy = {{ from = {}, to = {} }}\n",
            hours((steps / 2.0).floor()),
            inside(chance),
            inside(chance)
        ));
    }
    if myokines > 0 && chance.one_in(4) {
        let drop = format!(
            "{{ at = {}, radius = \"{} um\", dose = 2, myokine = \"m\" }}",
            inside(chance),
            chance.within(5.0, 80.0)
        );
        add(format!(
            "[[event]]\nat = {}\ndrop = {drop}\n",
            hours((steps / 4.0).floor())
        ));
    }
    text
}

/// Puts walls into a plate: boxes that leave the explants' middles free.
fn wall(plate: &mut Plate, chance: &mut Chance) {
    let [nx, ny, nz] = plate.domain.voxels;
    let mut walls = vec![false; plate.domain.voxel_count()];
    for _ in 0..1 + (chance.unit() * 6.0) as u32 {
        let mut range = |count: u32| {
            let low = (chance.unit() * f64::from(count)) as u32;
            let length = if chance.one_in(2) {
                1
            } else {
                1 + (chance.unit() * f64::from(count) * 0.6) as u32
            };
            low..(low + length).min(count)
        };
        let (x, y, z) = (range(nx), range(ny), range(nz));
        let slanting = chance.one_in(3);
        for voxel in 0..walls.len() as u32 {
            let (i, j, k) = (voxel % nx, voxel / nx % ny, voxel / (nx * ny));
            let i = if slanting { (i + j) % nx } else { i };
            if x.contains(&i) && y.contains(&j) && (nz == 1 || z.contains(&k)) {
                walls[voxel as usize] = true;
            }
        }
    }
    for placed in &plate.explants {
        walls[plate.domain.voxel_at(placed.at_um)] = false;
    }
    plate.domain.walls = walls;
}

/// The first thing that must not be.
fn fault(plate: &Plate, readouts: &Readouts, world: &World) -> Option<String> {
    for row in &readouts.rows {
        let wrong = row
            .values
            .iter()
            .zip(&readouts.columns)
            .find(|(value, _)| value.is_some_and(|value| !value.is_finite()));
        if let Some((value, column)) = wrong {
            return Some(format!("{} is {value:?} at {} h", column.name, row.time_h));
        }
    }
    let size = plate.domain.size_um().as_vec3();
    let misplaced = |what: &str, at: Vec3| {
        let outside = !at.is_finite() || at.cmplt(Vec3::ZERO).any() || at.cmpgt(size * 1.000_001).any();
        if outside {
            return Some(format!("{what} outside the well, at {at}"));
        }
        plate
            .domain
            .in_wall(at.as_dvec3())
            .then(|| format!("{what} in a wall, at {at}"))
    };
    for neuron in &world.neurons {
        if let Some(fault) = misplaced("a soma", neuron.soma_um()) {
            return Some(fault);
        }
    }
    for (cone, path) in world.cones.iter().zip(&world.paths).filter(|(cone, _)| cone.is_alive()) {
        let numbers = [
            cone.speed_um_per_h,
            cone.gain,
            cone.dose,
            cone.trophic_gain,
            cone.path_length_um(),
        ];
        if !numbers.iter().all(|number| number.is_finite()) || !(0.99..1.01).contains(&cone.heading.length()) {
            return Some(format!("a cone with {numbers:?}, heading {}", cone.heading));
        }
        let points = path.iter().map(|node| node.truncate()).chain([cone.tip_um()]);
        if let Some(fault) = points.into_iter().find_map(|at| misplaced("an axon", at)) {
            return Some(fault);
        }
    }
    let concentrations = world
        .concentrations
        .iter()
        .find(|dose| !dose.is_finite() || **dose < 0.0);
    concentrations.map(|dose| format!("a concentration of {dose}"))
}

fn number(variable: &str, usual: u32) -> u32 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}

/// Runs `count` scenarios on an engine.
fn run_many(engine: &str, count: u32) {
    let first = number("RANDOM_SCENARIOS_FROM", 1);
    let (mut done, mut refused, mut wrong) = (0, 0, Vec::new());
    for scenario_number in first..first + count {
        let mut chance = Chance {
            scenario: scenario_number,
            drawn: 0,
        };
        let text = scenario(&mut chance);
        let mut plate = match text.parse::<Scenario>() {
            Ok(scenario) => scenario.plate,
            Err(mistakes) => {
                refused += 1;
                if number("RANDOM_SCENARIOS_SAY", 0) > 0 {
                    println!("{scenario_number} refused: {mistakes}");
                }
                continue;
            }
        };
        if chance.one_in(2) {
            wall(&mut plate, &mut chance);
        }
        on_engine(engine, &plate, |_, engine: &mut dyn Engine| match run(engine) {
            Ok(readouts) => {
                done += 1;
                let world = engine.world().expect("state");
                wrong.extend(fault(&plate, &readouts, world).map(|fault| format!("{scenario_number}: {fault}")));
            }
            Err(error) => wrong.push(format!("{scenario_number}: {error}")),
        });
    }
    println!("{engine}: {done} run, {refused} refused");
    assert!(
        refused * 3 < count,
        "{refused} of {count} are refused: the test would show little"
    );
    assert!(wrong.is_empty(), "{} of {done}: {wrong:#?}", wrong.len());
}

#[test]
fn random_scenarios_leave_sound_results() {
    run_many("cpu", number("RANDOM_SCENARIOS", 80));
}

#[test]
fn random_scenarios_leave_sound_results_on_the_gpu_engine() {
    run_many("gpu", number("RANDOM_SCENARIOS_GPU", 6));
}
