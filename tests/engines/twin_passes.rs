//! One step on either engine from the same state gives the same state.
//!
//! Tolerances: floats are compared with |a − b| ≤ absolute + relative·|b|. Contraction to fused multiply-adds and the
//! device's own sine, logarithm and power differ by a few units in the last place; a step's chain of some thirty
//! operations turns that into about 1e-5 relative, and more where growth is modulated by a gradient: there a difference of
//! two doses is counted in units of its noise ([`modulated`]). Whether a number lies on this or that side of a threshold (mode,
//! branch, recorded point) can differ for a cone that is that close to it: two cones in all rounds may do so (none was seen
//! to) and are left out of the comparison. More would hide a rule that differs now and then, such as at births.

use crate::twins;
use glam::DVec3;
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::model::layout::{Cone, Neuron, Rules, mode};
use outgrowth::model::pace::Pace;
use outgrowth::model::parameters::Tow;
use outgrowth::model::plate::{Action, Cut, Plate, StrainMode};
use outgrowth::model::tables::Tables;
use outgrowth::model::world::World;
use std::sync::Arc;

const RELATIVE: f32 = 2e-5;

/// Whether two numbers agree, given the size of what they were made from.
fn close(a: f32, b: f32, absolute: f32) -> bool {
    (a - b).abs() <= absolute + RELATIVE * b.abs()
}

/// What the gain of a cone may differ by, relative to itself. Its modulation along a gradient is a multiple of the relative
/// difference of dose across the cone, and the doses of the voxels between which that is taken may differ as all else.
fn modulated(plate: &Plate) -> f32 {
    let tables = Tables::of(plate);
    let steepest = |rules: &Rules| {
        let signals = (tables.myokines.iter()).map(|myokine| {
            // At the best dose, the half dose, √(B (1 − B)) is a half.
            let signal = 0.5 * rules.readings_root * myokine.hill * myokine.guidance.abs();
            signal * rules.width_um / tables.run.voxel_um
        });
        rules.rate_modulation * signals.sum::<f32>()
    };
    let steepest = tables.treatments.iter().map(|treatment| steepest(&treatment.rules));
    RELATIVE * (1.0 + steepest.fold(0.0, f32::max))
}

/// The floats of a cone with the absolute tolerance of each: positions inherit the rounding of a well's size.
fn cone_floats(cone: &Cone, modulated: f32) -> Vec<(&'static str, f32, f32)> {
    let mut floats = vec![
        // It has the gain's tolerance, times a fast cone's speed.
        (
            "speed",
            cone.speed_um_per_h,
            5e-3 + (modulated - RELATIVE) * cone.speed_um_per_h.abs(),
        ),
        ("base length", cone.base_length_um, 1e-3),
        ("mechano", cone.mechano.value(), 1e-6),
        ("adaptation", cone.adaptation.value(), 1e-6),
        ("trophic programme", cone.trophic_programme.value(), 1e-6),
        ("mechano programme", cone.mechano_programme.value(), 1e-6),
        ("trophic gain", cone.trophic_gain, 1e-5),
        ("dose", cone.dose, 1e-6),
        ("gain", cone.gain, 1e-4 + (modulated - RELATIVE) * cone.gain),
    ];
    floats.extend(cone.heading.to_array().map(|x| ("heading", x, 1e-4)));
    floats.extend(cone.base_um.to_array().map(|x| ("base", x, 1e-3)));
    floats.extend(cone.reach_um.to_array().map(|x| ("reach", x, 1e-3)));
    floats
}

/// What must agree exactly, unless a threshold lay between.
fn cone_words(cone: &Cone) -> [u32; 16] {
    [
        cone.mode,
        cone.id,
        cone.well,
        cone.neuron,
        cone.parent,
        cone.parent_node,
        cone.nodes,
        cone.anchored,
        cone.youngest_branch,
        cone.older_sibling,
        cone.order,
        cone.born,
        cone.pending,
        cone.branch_node,
        cone.rests_until,
        u32::from(cone.is_alive()),
    ]
}

fn neuron_floats(neuron: &Neuron) -> Vec<f32> {
    [neuron.soma_um(), neuron.heading, neuron.start_um]
        .iter()
        .flat_map(|v| v.to_array())
        .chain([neuron.mechano.value()])
        .collect()
}

/// What differs beyond tolerance, and how many cones a threshold parted.
fn compare(gpu: &World, cpu: &World, modulated: f32) -> (Vec<String>, usize) {
    let mut wrong = Vec::new();
    let mut parted = 0;
    if gpu.step != cpu.step {
        wrong.push(format!("step {} instead of {}", gpu.step, cpu.step));
    }
    if gpu.cones.len() != cpu.cones.len() {
        wrong.push(format!("{} cones instead of {}", gpu.cones.len(), cpu.cones.len()));
        return (wrong, parted);
    }
    for (index, (g, c)) in gpu.cones.iter().zip(&cpu.cones).enumerate() {
        if cone_words(g) != cone_words(c) {
            parted += 1;
            continue;
        }
        for ((name, a, absolute), (_, b, _)) in cone_floats(g, modulated).into_iter().zip(cone_floats(c, modulated)) {
            if !close(a, b, absolute) {
                wrong.push(format!("cone {index} at {} {name}: {a} instead of {b}", c.tip_um()));
            }
        }
        if gpu.paths[index].len() != cpu.paths[index].len() {
            wrong.push(format!(
                "path {index}: {} points, {}",
                gpu.paths[index].len(),
                cpu.paths[index].len()
            ));
        }
        for (a, b) in gpu.paths[index].iter().zip(&cpu.paths[index]) {
            if a.to_array().iter().zip(b.to_array()).any(|(&a, b)| !close(a, b, 1e-3)) {
                wrong.push(format!("path {index}: {a} instead of {b}"));
            }
        }
    }
    for (index, (g, c)) in gpu.neurons.iter().zip(&cpu.neurons).enumerate() {
        let agree = neuron_floats(g)
            .iter()
            .zip(neuron_floats(c))
            .all(|(&a, b)| close(a, b, 1e-4));
        if !agree || g.well != c.well || g.id != c.id || g.ill_since != c.ill_since {
            wrong.push(format!("neuron {index}: {g:?} instead of {c:?}"));
        }
    }
    let scalars = |what: &str, gpu: &[f32], cpu: &[f32], wrong: &mut Vec<String>| {
        for (index, (&a, &b)) in gpu.iter().zip(cpu).enumerate() {
            if !close(a, b, 1e-6) {
                wrong.push(format!("{what} {index}: {a} instead of {b}"));
            }
        }
    };
    scalars("concentration", &gpu.concentrations, &cpu.concentrations, &mut wrong);
    let fibres = |world: &World| -> Vec<f32> { world.fibres.iter().flat_map(|f| [f.activity, f.fatigue]).collect() };
    scalars("fibres", &fibres(gpu), &fibres(cpu), &mut wrong);
    (wrong, parted)
}

/// Advances the CPU engine, then does one step on both from there, `rounds` times; returns what differed.
fn steps_compared(
    test: &str,
    plate: Plate,
    on_gpu: Plate,
    rounds: u32,
    between: u32,
) -> Option<(Vec<String>, usize, World)> {
    let mut gpu = twins::gpu_engine(test, on_gpu, Tuning::default())?;
    let modulated = modulated(&plate);
    let mut cpu = CpuEngine::new(plate, Some(1), "test").expect("threads");
    let mut wrong = Vec::new();
    let mut parted = 0;
    for _ in 0..rounds {
        cpu.advance(between).expect("the processor works");
        gpu.load(cpu.world().expect("there").clone()).expect("the same plate");
        cpu.advance(1).expect("the processor works");
        gpu.advance(1).expect("the device works");
        let (more, cones) = compare(gpu.world().expect("readable"), cpu.world().expect("there"), modulated);
        wrong.extend(more);
        parted += cones;
    }
    let world = cpu.world().expect("there").clone();
    Some((wrong, parted, world))
}

fn agrees(test: &str, plate: Plate) {
    let Some((wrong, parted, world)) = steps_compared(test, plate.clone(), plate, 12, 41) else {
        return;
    };
    assert!(
        wrong.is_empty(),
        "{} differences: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(20)]
    );
    assert!(parted <= 2, "{parted} cones parted by a threshold");
    // The test would show little if little had happened.
    let pruned = world.cones.iter().filter(|cone| !cone.is_alive()).count();
    println!(
        "{test}: {} cones, {pruned} pruned, {parted} parted by a threshold",
        world.cones.len()
    );
    assert!(world.cones.len() > world.neurons.len() * 2 && pruned > 0);
    assert!(world.cones.iter().any(|cone| cone.order >= 2));
}

#[test]
fn one_step_in_the_plane_agrees() {
    agrees("one step, planar", twins::full_plate(true));
}

#[test]
fn one_step_in_space_agrees() {
    agrees("one step, in space", twins::full_plate(false));
}

#[test]
fn one_step_without_grids_agrees() {
    agrees("one step, no grids", twins::uniform_plate());
}

/// Myokine that is gone within seconds, for which a step has several updates of the field; and steps of 50 ms, of which five
/// share one; in a dish of 90 mm.
#[test]
fn one_step_at_any_pace_of_the_field_agrees() {
    let mut fast = twins::full_plate(true);
    fast.myokines[0].myokine.half_life_h = 1.0 / 60.0;
    fast.myokines[1].myokine.uptake_um3_per_h = 4e5;
    assert!(Pace::of(&fast).rounds > 4);
    let mut short = twins::full_plate(true);
    short.step_h = 0.05 / 3600.0;
    short.domain.voxels[0] = 4_500;
    short.domain.walls = (0..4_500 * 18)
        .map(|voxel| voxel / 4_500 == 9 && voxel % 4_500 > 18)
        .collect();
    short.explants[1].at_um.x = 89_000.0;
    short.conditions.truncate(2);
    assert_eq!(Pace::of(&short), Pace { every: 5, rounds: 1 });
    for (what, plate, between) in [("fast decay", fast, 13), ("short steps", short, 18)] {
        let Some((wrong, parted, _)) = steps_compared(what, plate.clone(), plate, 5, between) else {
            return;
        };
        assert!(
            wrong.is_empty(),
            "{what}: {} differences: {:#?}",
            wrong.len(),
            &wrong[..wrong.len().min(20)]
        );
        assert!(parted <= 2, "{what}: {parted} cones parted by a threshold");
    }
}

/// Axons that were cut and neurons that fell ill, step by step from cut to the last pieces.
#[test]
fn steps_after_a_cut_and_of_ill_neurons_agree() {
    let plate = twins::uniform_plate();
    let test = "cut and ill";
    let Some(mut gpu) = twins::gpu_engine(test, plate.clone(), Tuning::default()) else {
        return;
    };
    let modulated = modulated(&plate);
    let mut cpu = CpuEngine::new(plate, Some(1), "test").expect("threads");
    cpu.advance(50).expect("the processor works");
    let cut = Cut::Plane {
        at_um: DVec3::new(200.0, 180.0, 0.0),
        normal: DVec3::X,
    };
    cpu.apply(&Action::Axotomy(cut), 0).expect("cut");
    let count = |world: &World, of: u32| world.cones.iter().filter(|cone| cone.mode == of).count();
    let stumps = count(cpu.world().expect("there"), mode::INJURED);
    assert!(stumps > 5, "{stumps} stumps");
    let (mut parted, mut regrown, mut ill) = (0, 0, 0);
    for round in 0..90 {
        // The rest of 30 steps ends in round 30, or later for none.
        let between = if round < 32 { 0 } else { 6 };
        cpu.advance(between).expect("the processor works");
        let before = cpu.world().expect("there").clone();
        gpu.load(before.clone()).expect("the same plate");
        cpu.advance(1).expect("the processor works");
        gpu.advance(1).expect("the device works");
        let world = cpu.world().expect("there");
        let (wrong, cones) = compare(gpu.world().expect("readable"), world, modulated);
        assert!(wrong.is_empty(), "round {round}: {:#?}", &wrong[..wrong.len().min(20)]);
        parted += cones;
        regrown += count(&before, mode::INJURED).saturating_sub(count(world, mode::INJURED));
        ill = ill.max(count(world, mode::DYING));
    }
    let world = cpu.world().expect("there");
    let dead = (0..world.neurons.len())
        .filter(|&neuron| !world.is_alive(neuron))
        .count();
    println!("{test}: {stumps} stumps, {regrown} regrown, {ill} dying at once, {dead} dead, {parted} parted");
    assert!(parted <= 2, "{parted} cones parted by a threshold");
    assert!(regrown > 0 && regrown < stumps && ill > 5 && dead > 0);
}

#[test]
fn one_step_in_unevenly_strained_gels_agrees() {
    agrees("one step, magnet bars, planar", twins::bars_plate(true));
    agrees("one step, magnet bars, in space", twins::bars_plate(false));
}

#[test]
fn a_strain_map_that_is_turned_is_reported() {
    let mut turned = twins::bars_plate(true);
    for condition in &mut turned.conditions {
        let protocol = condition.actuation.as_mut().expect("moved");
        let StrainMode::Nonuniform(motion) = &mut protocol.strain else {
            panic!("even");
        };
        for moment in &mut Arc::make_mut(motion).moments {
            moment.line.iter_mut().for_each(|line| *line = [line[1], line[0]]);
        }
    }
    if let Some((wrong, ..)) = steps_compared("negative control, lines", twins::bars_plate(true), turned, 4, 7) {
        assert!(wrong.iter().any(|what| what.contains("heading")), "{wrong:?}");
    }
}

#[test]
fn one_per_cent_more_speed_is_reported() {
    let mut faster = twins::full_plate(true);
    for condition in &mut faster.conditions {
        condition.biology.growth_cone.speed_um_per_h *= 1.01;
    }
    if let Some((wrong, ..)) = steps_compared("negative control, speed", twins::full_plate(true), faster, 1, 50) {
        assert!(wrong.iter().any(|what| what.contains("speed")), "{wrong:?}");
    }
}

#[test]
fn a_tow_that_pulls_harder_is_reported() {
    let pulled = |force_nn: f64| {
        let mut plate = twins::full_plate(true);
        for condition in &mut plate.conditions {
            condition.tow = Some(Tow {
                force_nn,
                ..Tow::default()
            });
        }
        plate
    };
    if let Some((wrong, ..)) = steps_compared("negative control, tow", pulled(1.5), pulled(1.505), 1, 5) {
        assert!(wrong.iter().any(|what| what.contains("reach")), "{wrong:?}");
    }
}

#[test]
fn axons_that_die_back_faster_are_reported() {
    let mut faster = twins::full_plate(true);
    for condition in &mut faster.conditions {
        condition.biology.survival.dying_back_um_per_h *= 1.01;
    }
    if let Some((wrong, ..)) = steps_compared("negative control, illness", twins::full_plate(true), faster, 1, 300) {
        assert!(wrong.iter().any(|what| what.contains("speed")), "{wrong:?}");
    }
}

#[test]
fn slower_diffusion_is_reported() {
    let mut slower = twins::full_plate(true);
    for species in &mut slower.myokines {
        species.myokine.diffusivity_um2_per_h *= 0.99;
    }
    if let Some((wrong, ..)) = steps_compared("negative control, field", twins::full_plate(true), slower, 1, 50) {
        assert!(wrong.iter().any(|what| what.contains("concentration")), "{wrong:?}");
    }
}
