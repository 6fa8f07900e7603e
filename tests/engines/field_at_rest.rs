//! A field that begins at rest is where one that began empty comes to, and stays there.

use crate::common::on_every_engine;
use glam::DVec3;
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::model::domain::{Region, voxel_centre_um};
use outgrowth::model::plate::{MusclePatch, Plate, Reservoir, SteadySource};
use outgrowth::validation::plates::plate_of_field;

/// Short, so that diffusion along one axis after the other, as in the engines, comes to rest where all at once does.
const STEP_H: f64 = 2.0 / 3600.0;

/// Muscle, a source between voxels and a reservoir, with a wall around a part of them.
fn plate(at_rest: bool, voxels: [u32; 3]) -> Plate {
    let mut plate = plate_of_field(voxels, 20.0, STEP_H, 400_000.0);
    plate.myokines[0].myokine.half_life_h = 0.1;
    let depth_um = f64::from(voxels[2]) * 20.0;
    let region = |low: [f64; 2], high: [f64; 2]| Region {
        low_um: DVec3::new(low[0], low[1], 0.0),
        high_um: DVec3::new(high[0], high[1], depth_um),
    };
    let domain = plate.domain.clone();
    plate.domain.walls = (0..domain.voxel_count())
        .map(|voxel| {
            let at_um = voxel_centre_um(&domain, voxel);
            (200.0..240.0).contains(&at_um.x) && at_um.y > 150.0
        })
        .collect();
    let condition = &mut plate.conditions[0];
    condition.at_rest = at_rest;
    condition.muscle = Some(MusclePatch {
        region: region([20.0, 20.0], [100.0, 310.0]),
        light: None,
        lit: None,
        upright: true,
    });
    condition.sources = vec![SteadySource {
        region: region([333.0, 41.0], [352.0, 77.0]),
        species: 0,
        rate_per_h: 0.4,
    }];
    condition.reservoirs = vec![Reservoir {
        region: region([380.0, 0.0], [400.0, 400.0]),
        doses: vec![0.02],
    }];
    plate
}

/// The largest difference of two fields, as a share of the greatest dose of the first.
fn difference(a: &[f32], b: &[f32]) -> f32 {
    let greatest = a.iter().copied().fold(0.0, f32::max);
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max) / greatest
}

#[test]
fn a_field_at_rest_stays_and_an_empty_one_gets_there() {
    for voxels in [[20, 20, 1], [20, 10, 3]] {
        let mut rested = CpuEngine::new(plate(true, voxels), None, "rest").expect("opens");
        let rest = rested.world().expect("state").concentrations.clone();
        for at_rest in [true, false] {
            on_every_engine(&plate(at_rest, voxels), |name, engine| {
                let before = difference(&rest, &engine.world().expect("state").concentrations);
                assert_eq!(
                    before == 0.0,
                    at_rest,
                    "{name}: {before} of the greatest dose away from rest"
                );
                engine.advance((1.2 / STEP_H) as u32).expect("advance");
                let after = difference(&rest, &engine.world().expect("state").concentrations);
                assert!(
                    after < 0.01,
                    "{name}, {voxels:?}, at rest {at_rest}: {after} of the greatest dose away"
                );
            });
        }
    }
}
