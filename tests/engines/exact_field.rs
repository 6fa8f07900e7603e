//! The myokine field against closed forms and published cases.

use crate::common::{assert_within, on_engine, on_every_engine, plate_of_field};
use glam::DVec3;
use outgrowth::engine::Engine;
use outgrowth::model::domain::{Region, voxel_centre_um};
use outgrowth::model::layout::NONE;
use outgrowth::model::plate::{Plate, Reservoir, SteadySource};
use outgrowth::model::tables::Tables;

/// The grid of the only well, after setting it to `initial` of the voxel's centre and `steps` steps.
fn evolve(engine: &mut dyn Engine, initial: impl Fn(DVec3) -> f64, steps: u32) -> Vec<f32> {
    let domain = engine.plate().domain.clone();
    let mut world = engine.world().expect("state").clone();
    let first = world.concentrations.len() - domain.voxel_count();
    for voxel in 0..domain.voxel_count() {
        world.concentrations[first + voxel] = initial(voxel_centre_um(&domain, voxel)) as f32;
    }
    engine.load(world).expect("fits");
    engine.advance(steps).expect("advance");
    engine.world().expect("state").concentrations[first..].to_vec()
}

fn mass(cells: &[f32]) -> f64 {
    cells.iter().map(|&cell| f64::from(cell)).sum()
}

/// Relative L2 distance of a field from `expected` of the voxel's centre.
fn relative_error(plate: &Plate, cells: &[f32], expected: impl Fn(DVec3) -> f64) -> f64 {
    let (mut off, mut size) = (0.0, 0.0);
    for (voxel, &cell) in cells.iter().enumerate() {
        let expected = expected(voxel_centre_um(&plate.domain, voxel));
        off += (f64::from(cell) - expected).powi(2);
        size += expected * expected;
    }
    (off / size).sqrt()
}

/// A Gaussian of variance `variance` in two dimensions, of unit mass, about the middle of a plate.
fn gaussian(plate: &Plate, variance: f64) -> impl Fn(DVec3) -> f64 + use<> {
    let middle = plate.domain.size_um() / 2.0;
    move |at: DVec3| {
        let r2 = (at - middle).truncate().length_squared();
        1e6 * (-r2 / (2.0 * variance)).exp() / (2.0 * std::f64::consts::PI * variance)
    }
}

const D_UM2_PER_H: f64 = 120.0 * 3600.0;

/// A spreading Gaussian after 6 h at dt = 1 min and h = 20 µm: relative L2 error at most 1 %, no negative value, and
/// the mass is kept to 1e-5. After 2 h in a smaller well on the software driver, which is slow.
#[test]
fn gaussian_spreads_as_the_closed_form() {
    for (engine, voxels, hours) in [("cpu", 1000, 6), ("gpu", 600, 2)] {
        let plate = plate_of_field([voxels, voxels, 1], 20.0, 1.0 / 60.0, D_UM2_PER_H);
        let variance = 300.0f64.powi(2);
        // The walls are 4.4 standard deviations away.
        let spread = variance + 2.0 * D_UM2_PER_H * f64::from(hours);
        let (initial, later) = (gaussian(&plate, variance), gaussian(&plate, spread));
        on_engine(engine, &plate, |name, engine| {
            let cells = evolve(engine, &initial, 60 * hours);
            let error = relative_error(&plate, &cells, &later);
            assert!(error < 0.01, "{name}: relative L2 error {error}");
            let wider = relative_error(&plate, &cells, gaussian(&plate, 1.03 * spread));
            assert!(wider > 0.01, "{name}: {wider} from one of 3 % more variance");
            assert!(
                cells.iter().all(|&cell| cell >= 0.0),
                "{name}: a negative concentration"
            );
            let voxels = 0..cells.len();
            let before: f64 = voxels.map(|v| initial(voxel_centre_um(&plate.domain, v))).sum();
            assert_within(1e-5, mass(&cells), before, &format!("{name}: mass"));
        });
    }
}

/// Second order in h and at least first in dt, on a cosine that decays with e^(−D k² t). Prints the table.
#[test]
fn field_converges_second_order_in_space_and_first_in_time() {
    let length: f64 = 2000.0;
    let (diffusivity, hours): (f64, f64) = (1e5, 0.8);
    let wave = std::f64::consts::PI / length;
    let error = |cells: u32, steps: u32| {
        let plate = plate_of_field(
            [cells, cells, 1],
            length / f64::from(cells),
            hours / f64::from(steps),
            diffusivity,
        );
        let shape = |at: DVec3| (wave * at.x).cos() * (2.0 * wave * at.y).cos();
        let decay = (-diffusivity * 5.0 * wave * wave * hours).exp();
        let mut errors = Vec::new();
        on_every_engine(&plate, |_, engine| {
            let cells = evolve(engine, |at| 1.0 + shape(at), steps);
            errors.push(relative_error(
                &plate,
                &cells.iter().map(|c| c - 1.0).collect::<Vec<_>>(),
                |at| decay * shape(at),
            ));
        });
        errors
    };
    let order = |coarse: &[f64], fine: &[f64]| coarse.iter().zip(fine).map(|(c, f)| (c / f).log2()).collect::<Vec<_>>();
    let in_space: Vec<_> = [8, 16, 32].map(|cells| (cells, error(cells, 4000))).into();
    for pair in in_space.windows(2) {
        let orders = order(&pair[0].1, &pair[1].1);
        println!("h = L/{}: errors {:?}, order {orders:?}", pair[1].0, pair[1].1);
        assert!(orders.iter().all(|&order| order > 1.8), "order in h: {orders:?}");
    }
    let in_time: Vec<_> = [4, 8, 16].map(|steps| (steps, error(128, steps))).into();
    for pair in in_time.windows(2) {
        let orders = order(&pair[0].1, &pair[1].1);
        println!("dt = T/{}: errors {:?}, order {orders:?}", pair[1].0, pair[1].1);
        assert!(orders.iter().all(|&order| order > 0.85), "order in dt: {orders:?}");
    }
}

/// Release, decay and diffusion balance: c = (s/λ) of a slab source, against its closed form, within 1 %.
#[test]
fn steady_source_and_decay_reach_the_closed_form() {
    let (length, source): (f64, f64) = (8000.0, 2000.0);
    let mut plate = plate_of_field([400, 2, 1], 20.0, 1.0 / 60.0, D_UM2_PER_H);
    plate.myokines[0].myokine.half_life_h = 6.0;
    let region = Region {
        low_um: DVec3::ZERO,
        high_um: DVec3::new(source, 1e5, 1e5),
    };
    plate.conditions[0].sources = vec![SteadySource {
        region,
        species: 0,
        rate_per_h: 1.0,
    }];
    let decay = std::f64::consts::LN_2 / 6.0;
    let scale = (D_UM2_PER_H / decay).sqrt();
    let level = 1.0 / decay;
    let expected = |at: DVec3| {
        if at.x < source {
            level * (1.0 - ((length - source) / scale).sinh() / (length / scale).sinh() * (at.x / scale).cosh())
        } else {
            level * (source / scale).sinh() / (length / scale).sinh() * ((length - at.x) / scale).cosh()
        }
    };
    on_every_engine(&plate, |name, engine| {
        let cells = evolve(engine, |_| 0.0, 60 * 120);
        let error = relative_error(&plate, &cells, expected);
        assert!(error < 0.01, "{name}: relative L2 error {error}");
        assert!(
            relative_error(&plate, &cells, |at| 1.02 * expected(at)) > 0.01,
            "2 % off would pass as well"
        );
        let in_balance = source / 20.0 * 2.0 / decay;
        assert_within(1e-3, mass(&cells), in_balance, &format!("{name}: mass in balance"));
    });
}

/// A closed box keeps its mass to rounding over a whole run of 5 days, walls inside or not; over a day on the software
/// driver.
#[test]
fn a_closed_box_keeps_its_mass() {
    for walled in [false, true] {
        let mut plate = plate_of_field([37, 23, 5], 20.0, 1.0 / 60.0, D_UM2_PER_H);
        if walled {
            plate.domain.walls = (0..plate.domain.voxel_count())
                .map(|voxel| voxel % 37 == 20 && voxel / 37 % 23 != 7)
                .collect();
        }
        let open = |at: DVec3| !(walled && at.x > 400.0 && at.x < 420.0) || (at.y > 140.0 && at.y < 160.0);
        on_every_engine(&plate, |name, engine| {
            let initial = |at: DVec3| if open(at) && at.x < 100.0 { 7.3 } else { 0.0 };
            let before: f64 = (0..plate.domain.voxel_count())
                .map(|v| initial(voxel_centre_um(&plate.domain, v)))
                .sum();
            let days = if name == "cpu" { 5 } else { 1 };
            let cells = evolve(engine, initial, 1440 * days);
            assert_within(1e-5, mass(&cells), before, &format!("{name}: mass, walls {walled}"));
            let walls_dry = cells
                .iter()
                .zip(&plate.domain.walls)
                .all(|(&cell, &wall)| !wall || cell == 0.0);
            assert!(walls_dry, "{name}: myokine in a wall");
            let spread = cells.iter().filter(|&&cell| cell > 0.1).count();
            assert!(
                spread > cells.len() * 9 / 10 - 23 * 5,
                "{name}: nothing came through the gap"
            );
        });
    }
}

/// Published case: point source in a closed cube [-100, 100]³, D 0.5, dt 1, 100 steps, mass 1e5 in the centre voxel: at
/// the voxel offset (10, 10, 10) on an 80³ grid 1.416735; the error falls from 20³ to 40³ to 80³.
#[test]
fn point_source_in_a_cube() {
    let exact = 1e5 / (4.0 * std::f64::consts::PI * 0.5 * 100.0f64).powf(1.5) * (-300.0f64 / 200.0).exp();
    assert!((exact - 1.416735).abs() < 1e-6);
    let mut errors: Vec<Vec<f64>> = Vec::new();
    for cells in [20u32, 40, 80] {
        let voxel = 200.0 / f64::from(cells);
        let plate = plate_of_field([cells; 3], voxel, 1.0, 0.5);
        let mut found = Vec::new();
        on_every_engine(&plate, |name, engine| {
            let centre = DVec3::splat(100.0 + voxel / 2.0);
            let source = |at: DVec3| {
                if at.distance(centre) < 0.1 {
                    1e5 / voxel.powi(3)
                } else {
                    0.0
                }
            };
            let field = evolve(engine, source, 100);
            let index = ((100.0 + 10.0) / voxel) as usize;
            let n = cells as usize;
            let value = f64::from(field[(index * n + index) * n + index]);
            println!("{name}: point source on {cells}³: {value:.6}, closed form {exact:.6}");
            assert_within(
                1e-5,
                mass(&field) * voxel.powi(3),
                1e5,
                &format!("{name}: mass on {cells}³"),
            );
            found.push((value - exact).abs());
        });
        errors.push(found);
    }
    for pair in errors.windows(2) {
        assert!(
            pair[0].iter().zip(&pair[1]).all(|(coarse, fine)| fine < coarse),
            "errors {errors:?}"
        );
    }
    // What is left on 80³ is the error of a first-order step in time.
    assert!(
        errors[2].iter().all(|error| error / exact < 0.05),
        "errors on 80³ {:?}",
        errors[2]
    );
}

/// Published case: pure decay 0.01, dt 0.1, 100 steps, 1e5 → 90483.74.
#[test]
fn pure_decay() {
    let mut plate = plate_of_field([4, 4, 4], 20.0, 0.1, 0.0);
    plate.myokines[0].myokine.half_life_h = std::f64::consts::LN_2 / 0.01;
    on_every_engine(&plate, |name, engine| {
        let cells = evolve(engine, |_| 1e5, 100);
        println!(
            "{name}: pure decay {}, closed form {:.2}",
            cells[0],
            1e5 * (-0.1f64).exp()
        );
        // Single precision resolves 0.008 here; a hundred roundings may add up to a few of those.
        assert!(
            cells.iter().all(|&cell| (f64::from(cell) - 90483.74).abs() < 0.1),
            "{name}: {}",
            cells[0]
        );
    });
}

/// Published case: one-cell sink in a 60 µm box of 3³ voxels, the outer 26 held at 10, D 2000 µm²/min, sink 20/min:
/// 9.3333 with τ = 1/30 min. Times are in minutes here. It holds the dose at the centres of the outer voxels; so here the faces of
/// the reservoirs go through these centres.
#[test]
fn one_cell_sink_between_reservoirs() {
    let step_min = 1e-4;
    let mut plate = plate_of_field([3, 3, 3], 20.0, step_min, 2000.0);
    let inner = Region {
        low_um: DVec3::splat(20.0),
        high_um: DVec3::splat(40.0),
    };
    let slab = |axis: usize, low: f64, high: f64| {
        let (mut low_um, mut high_um) = (DVec3::splat(0.0), DVec3::splat(60.0));
        low_um[axis] = low;
        high_um[axis] = high;
        Reservoir {
            region: Region { low_um, high_um },
            doses: vec![10.0],
        }
    };
    plate.conditions[0].reservoirs = (0..3)
        .flat_map(|axis| [slab(axis, 0.0, 10.000_01), slab(axis, 50.0, 60.0)])
        .collect();
    plate.conditions[0].sources = vec![SteadySource {
        region: inner,
        species: 0,
        rate_per_h: -20.0,
    }];
    assert_ne!(Tables::of(&plate).grids[0].kinds, NONE);
    on_every_engine(&plate, |name, engine| {
        let after_tau = evolve(engine, |_| 10.0, (1.0 / 30.0 / step_min) as u32)[13];
        engine.advance(10_000).expect("advance");
        let world = engine.world().expect("state");
        let field = &world.concentrations[world.concentrations.len() - 27..];
        println!(
            "{name}: one-cell sink {:.4}, closed form 9.3333; after τ {after_tau:.4}",
            field[13]
        );
        assert!(
            (f64::from(field[13]) - 28.0 / 3.0).abs() < 2e-3,
            "{name}: {}",
            field[13]
        );
        let expected = 28.0 / 3.0 + 2.0 / 3.0 * (-1.0f64).exp();
        assert!(
            (f64::from(after_tau) - expected).abs() < 2e-3,
            "{name}: after τ {after_tau} instead of {expected}"
        );
        assert!(
            field.iter().enumerate().all(|(i, &cell)| i == 13 || cell == 10.0),
            "{name}: a reservoir moved"
        );
    });
}
