//! Small plates on which one thing happens at a time: cones that only run, a field without cells.

use crate::engine::{Engine, EngineError};
use crate::model::biology::Biology;
use crate::model::domain::{Domain, Region, USUAL_LAYER_UM};
use crate::model::parameters::{Actuation, Explant, Fasciculation, Muscle, Myokine, Variation};
use crate::model::plate::{
    Condition, DoseUnit, Landmarks, Medium, MediumSource, PlacedExplant, Plate, Species, SteadySource, StrainMode,
    StrainProtocol,
};
use glam::{DVec3, Vec3};

/// A plate of one condition without myokine: `neurons` in the middle of a well of `size_mm`, all from one point.
pub fn plate_of_cones(neurons: u32, size_mm: f64, step_min: f64, biology: Biology) -> Plate {
    let voxel_um = 1000.0;
    let size = size_mm.round() as u32;
    let middle = size_mm * 500.0;
    Plate {
        name: "validation".into(),
        seed: 1,
        step_h: step_min / 60.0,
        steps: 1_000_000,
        record_every: 60,
        domain: Domain {
            voxels: [size, size, 1],
            voxel_um,
            layer_um: USUAL_LAYER_UM,
            walls: vec![],
        },
        explants: vec![PlacedExplant {
            at_um: DVec3::new(middle, middle, voxel_um / 2.0),
            explant: Explant {
                radius_um: 0.0,
                neurons: f64::from(neurons),
                ..Explant::default()
            },
        }],
        myokines: vec![],
        muscle: Muscle::default(),
        variation: Variation::none(),
        conditions: vec![Condition::untreated("cones", 1, biology)],
        events: vec![],
        landmarks: Landmarks::default(),
    }
}

/// A plate without cells: one well of `voxels` with one myokine that neither decays nor is released.
pub fn plate_of_field(voxels: [u32; 3], voxel_um: f64, step_h: f64, diffusivity_um2_per_h: f64) -> Plate {
    let myokine = Myokine {
        diffusivity_um2_per_h,
        half_life_h: 1e30,
        ..Myokine::default()
    };
    let mut plate = plate_of_cones(1, 1.0, 1.0, Biology::default());
    plate.step_h = step_h;
    plate.domain = Domain {
        voxels,
        voxel_um,
        layer_um: USUAL_LAYER_UM,
        walls: vec![],
    };
    plate.explants.clear();
    plate.myokines = vec![Species {
        name: "myokine".into(),
        unit: DoseUnit::Relative,
        myokine,
    }];
    // A source of nothing far outside: the well has a grid, and nothing is released.
    plate.conditions[0].sources = vec![SteadySource {
        region: Region {
            low_um: DVec3::splat(-2.0),
            high_um: DVec3::splat(-1.0),
        },
        species: 0,
        rate_per_h: 0.0,
    }];
    plate
}

/// Cones that only run: constant modes, no branching, no migration.
pub fn running_cones(speed_um_per_h: f64, spread_um_per_h: f64, persistence_length_um: f64) -> Biology {
    let mut biology = Biology::default();
    biology.growth_cone.speed_um_per_h = speed_um_per_h;
    biology.growth_cone.speed_spread_um_per_h = spread_um_per_h;
    biology.growth_cone.persistence_length_um = persistence_length_um;
    biology.growth_cone.paused = 0.0;
    biology.growth_cone.retracting = 0.0;
    biology.branching.rate_per_h = 0.0;
    biology.soma.speed_um_per_h = 0.0;
    biology
}

/// Makes a planar plate a cube of gel with the explant in its middle.
pub fn in_space(mut plate: Plate) -> Plate {
    plate.domain = Domain {
        voxels: [plate.domain.voxels[0]; 3],
        ..plate.domain
    };
    plate.explants[0].at_um.z = plate.explants[0].at_um.x;
    plate
}

/// Moves the gel of the only condition uniaxially.
pub fn strained(mut plate: Plate, actuation: Actuation, resolved: bool) -> Plate {
    plate.conditions[0].actuation = Some(StrainProtocol {
        strain: StrainMode::Uniaxial,
        actuation,
        resolved,
    });
    plate
}

/// Puts a lumped myokine on the plate, of which the only condition's medium holds `dose` at each daily change.
pub fn bathed(mut plate: Plate, myokine: Myokine, dose: f64) -> Plate {
    plate.myokines = vec![Species {
        name: "myokine".into(),
        unit: DoseUnit::Relative,
        myokine,
    }];
    plate.conditions[0].medium = Some(Medium {
        from: MediumSource::Doses(vec![dose]),
        every_h: 24.0,
        start_h: 0.0,
    });
    plate
}

/// Number of neurons of [`beside_a_bundle`] that are the bundle; those after them stand beside it.
pub const IN_BUNDLE: usize = 32;

/// Cones that follow nothing but axons, in a well through whose middle [`lay_bundle`] lays a bundle along x.
pub fn beside_a_bundle(neurons: u32, fasciculation: Fasciculation, offset_um: f64, step_h: f64) -> Plate {
    let mut biology = running_cones(0.0, 0.0, 1e6);
    // One axon is as good as many.
    biology.fasciculation = Fasciculation {
        half_axons: 1e-3,
        ..fasciculation
    };
    let mut plate = plate_of_cones(IN_BUNDLE as u32 + neurons, 2.0, step_h * 60.0, biology);
    plate.domain.voxels = [100, 100, 1];
    plate.domain.voxel_um = 20.0;
    plate.explants[0].at_um = DVec3::new(1000.0, 1000.0 + offset_um, 10.0);
    plate
}

/// Makes the first neurons of [`beside_a_bundle`] axons from edge to edge, and turns the others to `heading`.
///
/// # Errors
/// When the engine fails.
pub fn lay_bundle(engine: &mut dyn Engine, heading: Vec3) -> Result<(), EngineError> {
    // Axons count from their first step on.
    engine.advance(1)?;
    let mut world = engine.world()?.clone();
    for (index, (cone, path)) in world.state.cones.iter_mut().zip(&mut world.paths).enumerate() {
        if index < IN_BUNDLE {
            // 400 pieces of 5 µm.
            *path = (0..=400)
                .map(|i| Vec3::new(5.0 * i as f32, 1000.0, 10.0).extend(5.0 * i as f32))
                .collect();
            cone.base_um = path[400].truncate();
            cone.base_length_um = 2000.0;
            cone.nodes = 401;
        } else if let [soma, first, ..] = path.as_mut_slice() {
            let tip_um = soma.truncate() + Vec3::X * 5.0;
            *first = tip_um.extend(5.0);
            cone.base_um = tip_um;
            cone.heading = heading;
        }
        cone.reach_um = Vec3::ZERO;
        cone.speed_um_per_h = 0.0;
    }
    engine.load(world)
}
