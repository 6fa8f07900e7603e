//! Throughput of the CPU engine: voxel-updates and cone-steps per second, and how cost grows with wells and cones.
//!
//! `cargo bench` prints elements per second: an element is one voxel updated along every axis, or one living cone
//! advanced by one step.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::model::biology::Biology;
use outgrowth::model::plate::Plate;
use outgrowth::validation::plates::{plate_of_cones, plate_of_field};

/// Steps of one measurement.
const STEPS: u32 = 20;

fn engine(plate: &Plate) -> CpuEngine {
    CpuEngine::new(plate.clone(), None, "bench").expect("threads start")
}

/// Measures `STEPS` steps of `plate`, of which each counts `elements`, from a state that is loaded anew each time.
fn measure(
    criterion: &mut Criterion,
    id: BenchmarkId,
    plate: &Plate,
    warm_up: u32,
    elements: impl Fn(&mut CpuEngine) -> u64,
) {
    let mut engine = engine(plate);
    engine.advance(warm_up).expect("advance");
    let start = engine.world().expect("state").clone();
    let mut group = criterion.benchmark_group("cpu engine");
    group
        .sample_size(20)
        .throughput(Throughput::Elements(u64::from(STEPS) * elements(&mut engine)));
    group.bench_function(id, |bencher| {
        engine.load(start.clone()).expect("fits");
        bencher.iter(|| engine.advance(STEPS).expect("advance"));
    });
    group.finish();
}

/// One species on a plane of 1024² voxels.
fn field(criterion: &mut Criterion) {
    let plate = plate_of_field([1024, 1024, 1], 20.0, 1.0 / 60.0, 432_000.0);
    measure(
        criterion,
        BenchmarkId::new("voxel-updates", "1024 x 1024"),
        &plate,
        2,
        |_| 1024 * 1024,
    );
}

/// Default growth cones that do not branch, so that their number stays what it is.
fn cones_that_stay(neurons: u32) -> Plate {
    let mut biology = Biology::default();
    biology.branching.rate_per_h = 0.0;
    plate_of_cones(neurons, 20.0, 1.0, biology)
}

fn living_cones(engine: &mut CpuEngine) -> u64 {
    engine
        .world()
        .expect("state")
        .cones
        .iter()
        .filter(|cone| cone.is_alive())
        .count() as u64
}

fn cones(criterion: &mut Criterion) {
    for neurons in [1_000, 4_000, 16_000, 64_000] {
        let plate = cones_that_stay(neurons);
        measure(
            criterion,
            BenchmarkId::new("cone-steps, by cones", neurons),
            &plate,
            60,
            living_cones,
        );
    }
}

fn wells(criterion: &mut Criterion) {
    for wells in [1, 4, 16, 64] {
        let mut plate = cones_that_stay(1_000);
        plate.conditions[0].wells = wells;
        measure(
            criterion,
            BenchmarkId::new("cone-steps, by wells of 1000", wells),
            &plate,
            60,
            living_cones,
        );
    }
}

criterion_group!(benches, field, cones, wells);
criterion_main!(benches);
