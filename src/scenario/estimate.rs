//! Needs of a run, before it is run: memory and time, from the expected number of growth cones (N e^(λt), Yule
//! growth at the branching rate, or what competition and decline leave of it) and the size of the grids. Estimates, and
//! said to be.

use super::outlook::{Outlook, heeds_crowd_anywhere};
use super::record::RecordOptions;
use super::recorded::Recorded;
use crate::model::crowd;
use crate::model::layout::{Cone, Neuron, Node};
use crate::model::pace::Pace;
use crate::model::parameter::HOUR_S;
use crate::model::plate::{Plate, StrainMode};

/// Assumed speed of the growth passes, cone-steps a second.
pub const CONE_STEPS_PER_S: f64 = 1e7;
/// Assumed speed of the field passes, voxel-updates a second.
pub const VOXEL_UPDATES_PER_S: f64 = 6e8;

/// Bytes of a grid's voxel for each myokine: the field, its copy while it diffuses, and what was taken up.
const BYTES_PER_VOXEL: f64 = 12.0;
/// Bytes of a voxel of a well with walls: the wall, its distance, and the squared distances while that is worked out.
pub const BYTES_PER_WALLED_VOXEL: f64 = 21.0;
/// Recorded points are stored in vectors that double as they grow.
const SPARE_NODES: f64 = 1.5;

/// Expected needs of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Needs {
    /// Wells on the plate.
    pub wells: usize,
    /// Wells with a grid for their myokines.
    pub gridded_wells: usize,
    /// Neurons on the plate.
    pub neurons: f64,
    /// Growth cones expected at the end.
    pub cones_at_end: f64,
    /// Voxels of all grids, each myokine counted.
    pub grid_voxels: f64,
    /// Memory, bytes.
    pub bytes: f64,
    /// Growth cones × steps.
    pub cone_steps: f64,
    /// Voxels × steps.
    pub voxel_updates: f64,
    /// What is recorded of it.
    pub recorded: Recorded,
    /// Time at the assumed speeds, s.
    pub seconds: f64,
}

/// Estimates what `plate` needs, of which `record` is kept.
pub fn estimate(plate: &Plate, record: &RecordOptions) -> Needs {
    let outlook = Outlook::of(plate);
    let duration_h = plate.step_h * f64::from(plate.steps);
    let neurons_per_well = plate.neurons_per_well() as f64;
    let voxels = plate.domain.voxel_count() as f64;
    let mut needs = Needs {
        wells: 0,
        gridded_wells: 0,
        neurons: 0.0,
        cones_at_end: 0.0,
        grid_voxels: 0.0,
        bytes: voxels
            * if plate.domain.walls.is_empty() {
                1.0
            } else {
                BYTES_PER_WALLED_VOXEL
            },
        cone_steps: 0.0,
        voxel_updates: 0.0,
        recorded: Recorded::beside_wells(record.leave),
        seconds: 0.0,
    };
    for (index, condition) in plate.conditions.iter().enumerate() {
        let wells = f64::from(condition.wells);
        needs.wells += condition.wells as usize;
        let neurons = wells * neurons_per_well;
        let births = tips_of_one(plate, &outlook, index, duration_h).ln();
        // As if the tips rose exponentially to their end: too few where branching declines.
        let mean_cones = neurons * if births > 1e-9 { births.exp_m1() / births } else { 1.0 };
        let net = condition.biology.growth_cone.speed_um_per_h * outlook.greatest_gain(plate, index);
        let fastest = net.max(outlook.towed_um_per_h(plate, index));
        let length_um = mean_cones * fastest * duration_h;
        let cones_at_end = neurons * births.exp();
        let nodes = SPARE_NODES * length_um / condition.biology.growth_cone.segment_um + 4.0 * cones_at_end;
        let points = (length_um / condition.biology.growth_cone.segment_um + 2.0 * cones_at_end) / wells;
        needs.recorded.add_wells(plate, record, wells, points);
        needs.neurons += neurons;
        needs.cones_at_end += cones_at_end;
        needs.cone_steps += mean_cones * f64::from(plate.steps);
        needs.bytes += neurons * size_of::<Neuron>() as f64
            + cones_at_end * (2 * size_of::<Cone>() + size_of::<Vec<Node>>()) as f64
            + nodes * size_of::<Node>() as f64;
        if let Some(StrainMode::Nonuniform(motion)) = condition.actuation.as_ref().map(|protocol| &protocol.strain) {
            // Drive and line, in the tables and where they are worked out.
            needs.bytes += 6.0 * voxels * (size_of::<f32>() * motion.moments.len()) as f64;
        }
        if outlook.has_grid(index) {
            needs.gridded_wells += condition.wells as usize;
            needs.grid_voxels += wells * voxels * plate.myokines.len() as f64;
            if !plate.domain.walls.is_empty() || !condition.reservoirs.is_empty() {
                // Coefficients along three axes for each myokine, and the kind of each voxel.
                needs.bytes += voxels * (plate.myokines.len() * 3 * size_of::<[f32; 4]>() + size_of::<u32>()) as f64;
            }
        }
    }
    if heeds_crowd_anywhere(plate) {
        let sums = crowd::sums_per_voxel(u32::from(plate.domain.planar()));
        needs.bytes += needs.wells as f64 * voxels * (sums * size_of::<i32>()) as f64;
    }
    needs.bytes += needs.grid_voxels * BYTES_PER_VOXEL;
    let pace = Pace::of(plate);
    let updates = f64::from(plate.steps) * f64::from(pace.rounds) / f64::from(pace.every);
    needs.voxel_updates = needs.grid_voxels * updates;
    needs.bytes += needs.recorded.memory_bytes;
    needs.seconds =
        needs.cone_steps / CONE_STEPS_PER_S + needs.voxel_updates / VOXEL_UPDATES_PER_S + needs.recorded.seconds;
    needs
}

/// Tips that one becomes in the mean: dn/dt = λ e^(−t/τ) n^(1−E), so n = (1 + E B)^(1/E) with B = λτ (1 − e^(−t/τ)).
fn tips_of_one(plate: &Plate, outlook: &Outlook, condition: usize, duration_h: f64) -> f64 {
    let branching = plate.conditions[condition].biology.branching;
    let (competition, decline_h) = (branching.competition, branching.decline_h);
    let lasting_h = if decline_h > 0.0 {
        -decline_h * (-duration_h / decline_h).exp_m1()
    } else {
        duration_h
    };
    let births = outlook.branching_per_h(condition) * lasting_h;
    if competition > 0.0 {
        (1.0 + competition * births).powf(1.0 / competition)
    } else {
        births.exp()
    }
}

/// Bytes, for a reader.
pub fn format_bytes(bytes: f64) -> String {
    match bytes {
        b if b >= 1e18 => "more than 1e18 bytes".to_owned(),
        b if b >= 1e9 => format!("{:.1} GB", b / 1e9),
        b if b >= 1e6 => format!("{:.0} MB", b / 1e6),
        b => format!("{:.0} kB", b / 1e3),
    }
}

/// Seconds, for a reader.
pub fn format_seconds(seconds: f64) -> String {
    match seconds {
        s if s >= 2.0 * 86_400.0 => format!("about {:.0} days", s / 86_400.0),
        s if s >= 2.0 * HOUR_S => format!("about {:.0} h", s / HOUR_S),
        s if s >= 120.0 => format!("about {:.0} min", s / 60.0),
        s if s >= 1.0 => format!("about {s:.0} s"),
        _ => "less than 1 s".to_owned(),
    }
}
