//! Data that the host and the shaders share, byte for byte. `shaders/rules/layout.wgsl` holds the same
//! structs; `tests/engines/layouts.rs` compares names, offsets and sizes.

use bytemuck::{Pod, Zeroable};
use glam::{UVec3, Vec3, Vec4};

/// Recorded points that a cone can retract over in one step, a bound for both engines.
pub const RETRACTION_LIMIT: u32 = 8;

/// "None of them", where an index may be missing.
pub const NONE: u32 = u32::MAX;

/// Modes of a growth cone.
pub mod mode {
    /// Advancing.
    pub const RUN: u32 = 0;
    /// Resting.
    pub const PAUSE: u32 = 1;
    /// Shortening along its own path.
    pub const RETRACT: u32 = 2;
    /// Retracted into its parent: no longer there.
    pub const PRUNED: u32 = 3;
    /// The stump of a cut axon, at rest.
    pub const INJURED: u32 = 4;
    /// Of a neuron that is ill: retracting for good.
    pub const DYING: u32 = 5;
    /// Settled on a muscle fibre.
    pub const SYNAPSE: u32 = 6;
}

/// Facts about the whole plate.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct Run {
    /// Edge lengths of a well, µm.
    pub size_um: Vec3,
    /// Edge of a voxel, µm.
    pub voxel_um: f32,
    /// Voxels along x, y and z.
    pub voxels: UVec3,
    /// 1 where growth stays in a plane.
    pub planar: u32,
    /// Length of a step, h.
    pub step_h: f32,
    /// Number of myokines.
    pub species: u32,
    /// Number of wells.
    pub wells: u32,
    /// Number of neurons.
    pub neurons: u32,
    /// On a device, where the maps begin behind the concentrations.
    pub maps: u32,
    /// Where the distance from the walls begins in the maps, or [`NONE`] where there are no walls.
    pub clearance: u32,
    /// On a device, where the sums of axons begin behind those of uptake, or [`NONE`] where cones do not heed axons.
    pub crowd: u32,
    /// Padding.
    pub pad: u32,
}

/// What the rules read, for one condition: rates and shares already turned into numbers per step. What a step takes from
/// a state is kept as the loss, not as what is left: rounded to single precision, the latter would forget slow changes.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct Rules {
    /// Speed of a running cone without cue, µm/h.
    pub run_speed_um_per_h: f32,
    /// Speed of retraction, µm/h.
    pub retraction_speed_um_per_h: f32,
    /// Share of the speed's deviation that is gone after a step.
    pub speed_loss: f32,
    /// Spread that a step adds to the speed, µm/h; see also `speed_spread_um_per_h`.
    pub speed_noise_um_per_h: f32,
    /// Chance that a step draws the mode anew.
    pub mode_switch: f32,
    /// Share of time running.
    pub running: f32,
    /// Share of time paused.
    pub paused: f32,
    /// Persistence length of the path, µm.
    pub persistence_length_um: f32,
    /// Exponent of the tail of persistence lengths over cones; 0 where all are alike.
    pub persistence_tail: f32,
    /// Width of the cone, µm.
    pub width_um: f32,
    /// Fastest turn towards rising occupancy, rad/h.
    pub turning_rate_rad_per_h: f32,
    /// Relative difference of occupancy below which a cone does not turn.
    pub turning_threshold: f32,
    /// Difference above the threshold of half the fastest turn.
    pub turning_half: f32,
    /// Relative change of growth rate per relative difference of occupancy.
    pub rate_modulation: f32,
    /// Turning towards the axis of strain at full drive, rad/h.
    pub strain_turning_rad_per_h: f32,
    /// Loss of receptors under lasting full occupancy.
    pub adaptation: f32,
    /// Share of the receptors' past that is gone after a step.
    pub adaptation_loss: f32,
    /// A [`Combination`](super::word::Combination).
    pub combination: u32,
    /// Greatest excess gain of either cue alone, for saturating combination.
    pub ceiling: f32,
    /// Distance between recorded points of an axon, µm.
    pub segment_um: f32,
    /// Chance that a paused cone branches in a step.
    pub branch_paused: f32,
    /// Chance that any other cone branches in a step.
    pub branch_moving: f32,
    /// Angle between a branch and its parent, rad.
    pub branch_angle_rad: f32,
    /// Share of branches that leave the shaft.
    pub interstitial: f32,
    /// Length of shaft that sends such branches, µm.
    pub interstitial_reach_um: f32,
    /// Exponent with which branching falls as a neuron has more tips; 0 where tips do not compete.
    pub branch_competition: f32,
    /// Rate at which branching declines, 1/h; 0 where it never does.
    pub branch_decline_per_h: f32,
    /// Excess gain at full mechano-state.
    pub mechano_gain: f32,
    /// Rate at which the mechano-state rises at full drive, 1/h.
    pub mechano_on_per_h: f32,
    /// Rate at which it fades at rest, 1/h.
    pub mechano_off_per_h: f32,
    /// Share of a gene programme's past that is gone after a step.
    pub programme_loss: f32,
    /// Speed of a soma without cue, µm/h.
    pub soma_speed_um_per_h: f32,
    /// Persistence length of a soma's walk, µm.
    pub soma_persistence_length_um: f32,
    /// Stationary spread of the speed, µm/h.
    pub speed_spread_um_per_h: f32,
    /// Fastest turn onto the line of the axons in reach, rad/h.
    pub axon_alignment_rad_per_h: f32,
    /// Fastest turn towards axons in reach, rad/h.
    pub axon_attraction_rad_per_h: f32,
    /// Speed at which a cone is drawn onto axons, µm/h.
    pub zippering_um_per_h: f32,
    /// Axons in reach of half the fastest turn.
    pub half_axons: f32,
    /// Axons in reach of a full bundle.
    pub bundle_capacity: f32,
    /// Retractions that one other cone in the voxel causes in a step.
    pub contact: f32,
    /// The last pieces of a path that are not in the sums of axons.
    pub unlaid: u32,
    /// Share of stumps that grow again without exercise.
    pub regrowth: f32,
    /// Share of stumps that grow again under full exercise.
    pub regrowth_exercised: f32,
    /// Chance that a neuron falls ill in a step.
    pub death: f32,
    /// The first step in which it may.
    pub death_onset: u32,
    /// Speed at which axons of an ill neuron die back, µm/h.
    pub dying_back_um_per_h: f32,
    /// Synapses that a cone on a fibre forms in a step, without trophic programme.
    pub synapse: f32,
    /// Steps in which a synapse matures.
    pub synapse_matures: u32,
    /// Pull up to which a tow does not lengthen an axon, nN.
    pub tow_threshold_nn: f32,
    /// Speed of towed growth for each nN above that, µm/h per nN.
    pub tow_slope_um_per_h_per_nn: f32,
}

/// One myokine.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct MyokineRules {
    /// Dose of half occupancy.
    pub half_dose: f32,
    /// Hill coefficient.
    pub hill: f32,
    /// Gain at full occupancy.
    pub max_gain: f32,
    /// 1 over the dose of half inhibition; 0 without inhibition.
    pub inhibition: f32,
    /// Share of the concentration that decays in a step. The loss, not what is left: rounded to single precision
    /// the latter would drift over thousands of steps.
    pub loss: f32,
    /// Concentration that a source of 1 per hour adds in a step.
    pub release: f32,
    /// Uptake by one cone at full speed, concentration × µm³ per hour.
    pub uptake_um3_per_h: f32,
    /// Dose of half uptake.
    pub uptake_half_dose: f32,
}

/// Timed sessions, in steps: on while `start <= step < stop` and `(step - start) % every < length`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
pub struct Sessions {
    /// First step of the first session.
    pub start: u32,
    /// Steps of a session; 0 for none.
    pub length: u32,
    /// Steps from one session's start to the next.
    pub every: u32,
    /// Step at which it all ends.
    pub stop: u32,
}

/// A well, as the protocol and the geometry make it.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct Well {
    /// Axis of strain, a unit vector.
    pub strain_axis: Vec3,
    /// Mechanical drive while the gel moves, 0 to 1.
    pub strain_drive: f32,
    /// When the gel moves.
    pub actuation: Sessions,
    /// When the muscle is lit.
    pub light: Sessions,
    /// Difference of the principal strains over their sum of sizes: 1 uniaxial, 0 equibiaxial.
    pub strain_anisotropy: f32,
    /// Steps of a cycle where cycles are stepped through, else 0.
    pub cycle_steps: u32,
    /// Secretory activity that the light drives towards.
    pub light_drive: f32,
    /// Share of the secretory activity's past that is gone after a step.
    pub activity_loss: f32,
    /// Steps from contraction to release.
    pub lag_steps: u32,
    /// Steps between changes of medium; 0 for none.
    pub medium_every: u32,
    /// Step of the first change of medium.
    pub medium_start: u32,
    /// Which condition's rules it follows.
    pub condition: u32,
    /// Key of its random draws, made from seed and place.
    pub key: u32,
    /// Where its first grid begins in the concentrations, or [`NONE`].
    pub grid: u32,
    /// Its first neuron.
    pub first_neuron: u32,
    /// Number of its neurons.
    pub neurons: u32,
    /// Where the maps of its strain begin, or [`NONE`] where it is uniform. For each moment of a cycle there are three: the
    /// drive, and the line of strain as anisotropy · (cos 2α, sin 2α).
    pub strain_map: u32,
    /// Moments of a cycle that there are maps of.
    pub strain_moments: u32,
    /// Padding.
    pub pad: [u32; 2],
    /// Lowest corner of its muscle, µm.
    pub fibres_low_um: Vec3,
    /// Distance between muscle fibres, µm; 0 where there is no muscle.
    pub fibre_spacing_um: f32,
    /// Highest corner of its muscle, µm.
    pub fibres_high_um: Vec3,
    /// How far from the middle of a fibre a cone touches it, µm.
    pub fibre_reach_um: f32,
    /// 1 where fibres run along y, 0 where they run along x.
    pub fibres_upright: u32,
    /// Share of their answer to light that tired fibres lose.
    pub fatigue: f32,
    /// Share of its distance to full fatigue that a fibre under light loses in a step.
    pub fatigue_rise: f32,
    /// Share of its fatigue that a fibre in the dark loses in a step.
    pub fatigue_recovery: f32,
    /// Direction in which its growth cones are pulled, a unit vector.
    pub tow_direction: Vec3,
    /// The pull on each of them, nN.
    pub tow_force_nn: f32,
    /// When they are pulled.
    pub tow: Sessions,
}

/// How the fibres of a well's muscle are.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct Fibres {
    /// Secretory activity; 1 is the daily mean under reference exercise.
    pub activity: f32,
    /// How tired they are, 0 to 1.
    pub fatigue: f32,
}

/// A steady or muscle-driven source in a gridded well.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct Source {
    /// Lowest corner, µm.
    pub low_um: Vec3,
    /// Concentration released per hour (for muscle: at rest).
    pub rate_per_h: f32,
    /// Highest corner, µm.
    pub high_um: Vec3,
    /// Which myokine.
    pub species: u32,
    /// The well it lies in.
    pub well: u32,
    /// Secretion under reference exercise relative to rest; 1 for a steady source.
    pub exercised_ratio: f32,
    /// Padding.
    pub pad: [u32; 2],
}

/// The field of one myokine in one gridded well.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
pub struct Grid {
    /// Where it begins in the concentrations.
    pub first: u32,
    /// The well it lies in.
    pub well: u32,
    /// Which myokine.
    pub species: u32,
    /// Where its voxels' kinds begin, or [`NONE`] where all are open.
    pub kinds: u32,
    /// Its first source.
    pub first_source: u32,
    /// Number of its sources.
    pub sources: u32,
    /// Where the coefficients of diffusion along x, y and z begin.
    pub line_x: u32,
    /// See `line_x`.
    pub line_y: u32,
    /// See `line_x`.
    pub line_z: u32,
    /// 1 where each voxel has coefficients of its own (walls, reservoirs), 0 where all lines of an axis share them.
    pub by_voxel: u32,
}

/// Kinds of voxels.
pub mod kind {
    /// Gel or medium.
    pub const OPEN: u32 = 0;
    /// Solid: no flux.
    pub const WALL: u32 = 1;
    /// Held at its concentration.
    pub const HELD: u32 = 2;
}

/// A growth cone and the axon behind it, up to where it left its parent.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct Cone {
    /// Unit vector.
    pub heading: Vec3,
    /// Axial speed; negative while it shortens, µm/h.
    pub speed_um_per_h: f32,
    /// The last recorded point of the path, µm, reference frame of the well.
    pub base_um: Vec3,
    /// Length of the path from the soma's first point to `base_um`, µm.
    pub base_length_um: f32,
    /// From `base_um` to the cone, µm. Kept apart so that small steps are not lost to rounding.
    pub reach_um: Vec3,
    /// See [`mode`].
    pub mode: u32,
    /// Mechano-state, 0 to 1.
    pub mechano: f32,
    /// Mean occupancy that the receptors have adapted to, 0 to 1.
    pub adaptation: f32,
    /// Trophic programme, 0 to 1.
    pub trophic_programme: f32,
    /// Mechano programme, 0 to 1.
    pub mechano_programme: f32,
    /// Trophic gain at the last step.
    pub trophic_gain: f32,
    /// Dose of the first myokine at the last step.
    pub dose: f32,
    /// Gain of growth from all cues at the last step.
    pub gain: f32,
    /// Identity from which its random draws follow: parent and step of birth, not its place in memory.
    pub id: u32,
    /// Its well.
    pub well: u32,
    /// Its neuron.
    pub neuron: u32,
    /// The cone whose axon it branched from, or [`NONE`] for a neuron's first axon.
    pub parent: u32,
    /// The point of the parent's path that it left.
    pub parent_node: u32,
    /// Points of its own path; the first is the branch point or the axon's first point.
    pub nodes: u32,
    /// Points that it cannot retract beyond: those up to its last living branch.
    pub anchored: u32,
    /// Its youngest branch, or [`NONE`].
    pub youngest_branch: u32,
    /// The next older branch of the same parent, or [`NONE`].
    pub older_sibling: u32,
    /// 0 for a neuron's first axon, one more for each branching.
    pub order: u32,
    /// Step of birth.
    pub born: u32,
    /// What this step left to do: see [`pending`].
    pub pending: u32,
    /// The point at which a pending branch leaves.
    pub branch_node: u32,
    /// Pieces of its own path, from the first on, that are in the sums of axons.
    pub laid: u32,
    /// The voxel in which it is counted, or [`NONE`].
    pub voxel: u32,
    /// Where it is injured, the step until which it rests; where it is a synapse, the step in which that is mature.
    pub rests_until: u32,
    /// The muscle fibre that it has settled on, or [`NONE`].
    pub fibre: u32,
}

/// What a growth step leaves for the passes after it.
pub mod pending {
    /// Nothing.
    pub const NOTHING: u32 = 0;
    /// The tip splits.
    pub const SPLIT: u32 = 1;
    /// A branch leaves the shaft.
    pub const SPROUT: u32 = 2;
    /// It was held at its last branch: see whether that branch is still there.
    pub const HELD: u32 = 3;
}

/// A neuron's cell body.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct Neuron {
    /// Where the soma is, µm.
    pub soma_um: Vec3,
    /// Mechano-state, 0 to 1.
    pub mechano: f32,
    /// Direction of its walk, a unit vector.
    pub heading: Vec3,
    /// Its well.
    pub well: u32,
    /// Where the soma was seeded, µm.
    pub start_um: Vec3,
    /// Identity of its random draws: its number in the well.
    pub id: u32,
    /// The step in which it fell ill, or [`NONE`].
    pub ill_since: u32,
    /// Padding.
    pub pad: [u32; 3],
}

/// A recorded point of an axon: position in µm (xyz) and length of the path from the axon's first point (w).
pub type Node = Vec4;
