//! A longer run on either engine gives the same plate, statistically: trajectories may part at a threshold, so what is
//! compared are totals, against their spread over seeds.

use crate::twins;
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::model::parameters::Variation;
use outgrowth::model::plate::Plate;
use outgrowth::model::world::World;

const STEPS: u32 = 1_500;

/// Two wells of forty neurons beside lit muscle.
fn plate(seed: u64) -> Plate {
    let mut plate = twins::full_plate(true);
    plate.seed = seed;
    // Seeds are to differ by dice alone, so that little shows against them.
    plate.variation = Variation::none();
    plate.conditions = vec![plate.conditions[1].clone()];
    plate.conditions[0].wells = 2;
    plate.conditions[0].biology = Default::default();
    plate.conditions[0].biology.branching.rate_per_h = 0.05;
    for placed in &mut plate.explants {
        placed.explant.neurons = 20.0;
    }
    plate
}

/// Total outgrowth, living tips, mass of the field, sum of the squared x components of headings.
fn totals(world: &World) -> [f64; 4] {
    let living = || world.cones.iter().filter(|cone| cone.is_alive());
    let paths = world.paths.iter().flat_map(|path| path.windows(2));
    let outgrowth: f64 = paths
        .map(|piece| f64::from(piece[1].truncate().distance(piece[0].truncate())))
        .sum();
    let mass = world.concentrations.iter().map(|&c| f64::from(c)).sum();
    let along_x = living().map(|cone| f64::from(cone.heading.x * cone.heading.x)).sum();
    [outgrowth, living().count() as f64, mass, along_x]
}

fn on_cpu(plate: Plate) -> [f64; 4] {
    let mut engine = CpuEngine::new(plate, Some(1), "test").expect("threads");
    engine.advance(STEPS).expect("the processor works");
    totals(engine.world().expect("there"))
}

/// Mean and standard deviation of each total.
fn spread(runs: &[[f64; 4]]) -> [(f64, f64); 4] {
    std::array::from_fn(|i| {
        let n = runs.len() as f64;
        let mean = runs.iter().map(|run| run[i]).sum::<f64>() / n;
        let variance = runs.iter().map(|run| (run[i] - mean).powi(2)).sum::<f64>() / (n - 1.0);
        (mean, variance.sqrt())
    })
}

/// How many standard errors of the difference lie between the means of two sets of runs, at most. Both sets are held to have the
/// spread of the second, which is the larger. The field does not depend on the seed but by uptake; 1e-5 of its mass is what
/// rounding may do.
fn distance(a: &[[f64; 4]], b: &[[f64; 4]]) -> f64 {
    let pairs = spread(a).into_iter().zip(spread(b));
    pairs
        .map(|((mean_a, _), (mean_b, sd_b))| {
            let error = sd_b * (1.0 / a.len() as f64 + 1.0 / b.len() as f64).sqrt();
            (mean_a - mean_b).abs() / (error + 1e-5 * mean_b.abs())
        })
        .fold(0.0, f64::max)
}

#[test]
fn totals_of_a_long_run_lie_within_the_spread_of_seeds() {
    let mut gpu = Vec::new();
    for seed in 101..104 {
        let Some(mut engine) = twins::gpu_engine("long run", plate(seed), Tuning::default()) else {
            return;
        };
        engine.advance(STEPS).expect("the device works");
        gpu.push(totals(engine.world().expect("readable")));
    }
    let cpu: Vec<_> = (1..13).map(|seed| on_cpu(plate(seed))).collect();
    let far = distance(&gpu, &cpu);
    println!(
        "gpu {:?}\ncpu {:?}\n{far:.2} standard errors apart",
        spread(&gpu),
        spread(&cpu)
    );
    // Four totals, four standard errors: by chance once in some thousand choices of seeds, and these seeds are fixed.
    assert!(far < 4.0, "{far} standard errors apart");
    let faster = (1..13).map(|seed| {
        let mut plate = plate(seed);
        plate.conditions[0].biology.growth_cone.speed_um_per_h *= 1.5;
        on_cpu(plate)
    });
    let far = distance(&gpu, &faster.collect::<Vec<_>>());
    assert!(far > 4.0, "half more speed was not noticed: {far}");
}
