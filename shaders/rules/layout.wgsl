// Written by scripts/layouts.sh from the files named here; do not edit.

// From src/model/layout.rs.

// Recorded points that a cone can retract over in one step, a bound for both engines.
const RETRACTION_LIMIT: u32 = 8;

// Index that stands for "none of them".
const NONE: u32 = 4294967295;

// Modes of a growth cone.

// Advancing.
const MODE_RUN: u32 = 0;
// Resting.
const MODE_PAUSE: u32 = 1;
// Shortening along its own path.
const MODE_RETRACT: u32 = 2;
// Retracted into its parent: no longer there.
const MODE_PRUNED: u32 = 3;
// The stump of a cut axon, at rest.
const MODE_INJURED: u32 = 4;
// Retracting for good, its neuron being ill.
const MODE_DYING: u32 = 5;
// Settled on a muscle fibre.
const MODE_SYNAPSE: u32 = 6;

// Hypotheses on how the gains of myokines and of strain combine.

// Excesses add up.
const COMBINATION_ADDITIVE: u32 = 0;
// Gains multiply.
const COMBINATION_MULTIPLICATIVE: u32 = 1;
// Either cue leaves less for the other below a common ceiling.
const COMBINATION_SATURATING: u32 = 2;

// Facts about the whole plate.
struct Run {
    // Edge lengths of a well, µm.
    size_um: vec3<f32>,
    // Edge of a voxel, µm.
    voxel_um: f32,
    // Voxels along x, y and z.
    voxels: vec3<u32>,
    // 1 where growth stays in a plane.
    planar: u32,
    // Steps from frame to frame of each kymograph; 0 where the steps do not meet its frames.
    frames: vec3<u32>,
    // Length of a step, h.
    step_h: f32,
    // Steps from one update of the field to the next; see `super::pace`.
    field_every: u32,
    // Updates of the field in such a step.
    field_rounds: u32,
    // Number of myokines.
    species: u32,
    // Number of wells.
    wells: u32,
    // Number of neurons.
    neurons: u32,
    // On a device, the place behind the concentrations at which the maps begin.
    maps: u32,
    // Place in the maps at which the distance from the walls begins, or `NONE` where there are no walls.
    clearance: u32,
    // On a device, the place behind the numbers of cones that take up at which the sums of axons begin, or `NONE` where cones do
    // not heed axons.
    crowd: u32,
    // On a device, the place behind the maps at which the doses of carried medium begin.
    medium: u32,
}

// The biology of a condition as rules read it: rates and shares already turned into numbers per step. The share that
// a step takes from a state is kept as the loss, not as what is left: rounded to single precision, the latter would
// forget slow changes.
struct Rules {
    // Speed of a running cone without cue, µm/h.
    run_speed_um_per_h: f32,
    // Speed of retraction, µm/h.
    retraction_speed_um_per_h: f32,
    // Share of the deviation from that speed that is gone after a step of running.
    speed_loss: f32,
    // Spread that such a step adds to the deviation, µm/h; see also `speed_spread_um_per_h`.
    speed_noise_um_per_h: f32,
    // Chance that a step draws the mode anew.
    mode_switch: f32,
    // Share of time running.
    running: f32,
    // Share of time paused.
    paused: f32,
    // Persistence length of the path, µm.
    persistence_length_um: f32,
    // Exponent of the tail of persistence lengths over cones; 0 where all are alike.
    persistence_tail: f32,
    // Width of the cone, µm.
    width_um: f32,
    // Fastest turn along a gradient, rad/h.
    turning_rate_rad_per_h: f32,
    // Root of the number of receptor readings that a cone averages.
    readings_root: f32,
    // Greatest relative change of growth rate along a gradient.
    rate_modulation: f32,
    // Turning towards the axis of strain at full drive, rad/h.
    strain_turning_rad_per_h: f32,
    // Loss of receptors under lasting full occupancy.
    adaptation: f32,
    // Share of the receptors' past that is gone after a step.
    adaptation_loss: f32,
    // The hypothesis on how gains combine.
    combination: u32,
    // Greatest excess gain of either cue alone, for saturating combination.
    ceiling: f32,
    // Distance between recorded points of an axon, µm.
    segment_um: f32,
    // Chance that a paused cone branches in a step.
    branch_paused: f32,
    // Chance that any other cone branches in a step.
    branch_moving: f32,
    // Branches that a cone sends out in a step, on the average over its modes.
    branch_mean: f32,
    // Angle between a branch and its parent, rad.
    branch_angle_rad: f32,
    // Share of branches that leave the shaft.
    interstitial: f32,
    // Length of shaft that sends such branches, µm.
    interstitial_reach_um: f32,
    // Exponent with which branching falls as a neuron has more tips; 0 where tips do not compete.
    branch_competition: f32,
    // Rate at which branching declines, 1/h; 0 where it never does.
    branch_decline_per_h: f32,
    // Excess gain at full mechano-state.
    mechano_gain: f32,
    // Rate at which the mechano-state rises at full drive, 1/h.
    mechano_on_per_h: f32,
    // Rate at which it fades at rest, 1/h.
    mechano_off_per_h: f32,
    // Share of a gene programme's past that is gone after a step.
    programme_loss: f32,
    // Speed of a soma without cue, µm/h.
    soma_speed_um_per_h: f32,
    // Persistence length of a soma's walk, µm.
    soma_persistence_length_um: f32,
    // Stationary spread of the speed of running cones, µm/h.
    speed_spread_um_per_h: f32,
    // Fastest turn onto the line of the axons in reach, rad/h.
    axon_alignment_rad_per_h: f32,
    // Fastest turn towards axons in reach, rad/h.
    axon_attraction_rad_per_h: f32,
    // Speed at which a cone is drawn onto axons, µm/h.
    zippering_um_per_h: f32,
    // Axons in reach of half the fastest turn.
    half_axons: f32,
    // Axons in reach of a full bundle.
    bundle_capacity: f32,
    // Retractions that one other cone in the voxel causes in a step.
    contact: f32,
    // The last pieces of a path that are not in the sums of axons.
    unlaid: u32,
    // Share of stumps that grow again without exercise.
    regrowth: f32,
    // Share of stumps that grow again under full exercise.
    regrowth_exercised: f32,
    // Chance that a neuron falls ill in a step.
    death: f32,
    // The first step in which it may.
    death_onset: u32,
    // Speed at which axons of an ill neuron die back, µm/h.
    dying_back_um_per_h: f32,
    // Synapses that a cone on a fibre forms in a step, without trophic programme.
    synapse: f32,
    // Steps in which a synapse matures.
    synapse_matures: u32,
    // Pull up to which a tow does not lengthen an axon, nN.
    tow_threshold_nn: f32,
    // Speed of towed growth for each nN above that, µm/h per nN.
    tow_slope_um_per_h_per_nn: f32,
}

// One myokine.
struct MyokineRules {
    // Dose of half occupancy.
    half_dose: f32,
    // Hill coefficient.
    hill: f32,
    // Gain at full occupancy.
    max_gain: f32,
    // Strength of guidance: up the gradient where positive, down where negative.
    guidance: f32,
    // 1 over the dose of half inhibition; 0 without inhibition.
    inhibition: f32,
    // Share of the concentration that goes each time that it decays. The loss, not what is left: rounded to single
    // precision the latter would drift over thousands of steps.
    loss: f32,
    // Updates of the field from one decay to the next: several where in one less would go than single precision holds.
    decay_every: u32,
    // Concentration that a source of 1 per hour adds in an update of the field.
    release: f32,
    // Share of a voxel's myokine that one cone takes in an update of the field, at low dose.
    uptake: f32,
    // Dose of half uptake.
    uptake_half_dose: f32,
}

// Timed sessions, in steps: on while `start <= step < stop` and `(step - start) % every < length`.
struct Sessions {
    // First step of the first session.
    start: u32,
    // Steps of a session; 0 for none.
    length: u32,
    // Steps from one session's start to the next.
    every: u32,
    // Step at which it all ends.
    stop: u32,
}

// The strain of a condition's gel.
struct StrainRules {
    // Axis of strain, a unit vector.
    axis: vec3<f32>,
    // Mechanical drive while the gel moves, 0 to 1.
    drive: f32,
    // Sessions in which the gel moves.
    sessions: Sessions,
    // Difference of the principal strains over their sum of sizes: 1 uniaxial, 0 equibiaxial.
    anisotropy: f32,
    // Steps of a cycle where cycles are stepped through, else 0.
    cycle_steps: u32,
    // First of its maps, or `NONE` where it is uniform. For each moment of a cycle there are three: the drive, and
    // the line of strain as anisotropy · (cos 2α, sin 2α).
    map: u32,
    // Moments of a cycle that there are maps of.
    moments: u32,
}

// The muscle of a condition.
struct MuscleRules {
    // Lowest corner, µm.
    low_um: vec3<f32>,
    // Distance between muscle fibres, µm; 0 where there is no muscle.
    spacing_um: f32,
    // Highest corner, µm.
    high_um: vec3<f32>,
    // Distance from the middle of a fibre up to which a cone touches it, µm.
    reach_um: f32,
    // 1 where fibres run along y, 0 where they run along x.
    upright: u32,
    // Share of their answer to light that tired fibres lose.
    fatigue: f32,
    // Share of its distance to full fatigue that a fibre under light loses in a step.
    fatigue_rise: f32,
    // Share of its fatigue that a fibre in the dark loses in a step.
    fatigue_recovery: f32,
}

// The tow on a condition's growth cones.
struct TowRules {
    // Direction of the pull, a unit vector.
    direction: vec3<f32>,
    // The pull on each cone, nN.
    force_nn: f32,
    // Sessions in which they are pulled.
    sessions: Sessions,
}

// The light on a condition's muscle.
struct LightRules {
    // Sessions in which the muscle is lit.
    sessions: Sessions,
    // Secretory activity that the light drives towards.
    drive: f32,
    // Share of the secretory activity's past that is gone after a step.
    activity_loss: f32,
    // Steps from contraction to release.
    lag_steps: u32,
}

// The changes of a condition's medium.
struct MediumRules {
    // Steps between changes; 0 for none.
    every: u32,
    // Step of the first change.
    start: u32,
}

// The treatment of a condition: its protocol and the rules of its biology.
struct Treatment {
    // Strain of its gel.
    strain: StrainRules,
    // Place and fatigue of its muscle.
    muscle: MuscleRules,
    // Pull on its cones.
    tow: TowRules,
    // Behaviour of its cells.
    rules: Rules,
    // Light on its muscle, and the answer to it.
    light: LightRules,
    // Changes of its medium.
    medium: MediumRules,
}

// A well.
struct Well {
    // Key of its random draws, see `super::key`.
    key: vec2<u32>,
    // The treatment that it has: the number of its condition.
    treatment: u32,
    // Place in the concentrations at which its first grid begins, or `NONE`.
    grid: u32,
    // Its first neuron.
    first_neuron: u32,
    // Number of its neurons.
    neurons: u32,
}

// The state of the fibres of a well's muscle.
struct Fibres {
    // Secretory activity; 1 is the daily mean under reference exercise.
    activity: f32,
    // Fatigue, 0 to 1.
    fatigue: f32,
}

// A steady or muscle-driven source in a gridded well.
struct Source {
    // Lowest corner, µm.
    low_um: vec3<f32>,
    // Concentration released per hour (for muscle: at rest).
    rate_per_h: f32,
    // Highest corner, µm.
    high_um: vec3<f32>,
    // Its myokine.
    species: u32,
    // The well it lies in.
    well: u32,
    // Secretion under reference exercise relative to rest; 1 for a steady source.
    exercised_ratio: f32,
}

// The field of one myokine in one gridded well.
struct Grid {
    // Place in the concentrations at which it begins.
    first: u32,
    // The well it lies in.
    well: u32,
    // Its myokine.
    species: u32,
    // Place at which the kinds of its voxels begin, or `NONE` where all are open.
    kinds: u32,
    // Its first source.
    first_source: u32,
    // Number of its sources.
    sources: u32,
    // Places at which the coefficients of diffusion along x, y and z begin.
    line_x: u32,
    // See `line_x`.
    line_y: u32,
    // See `line_x`.
    line_z: u32,
    // 1 where each voxel has coefficients of its own (walls, reservoirs), 0 where all lines of an axis share them.
    by_voxel: u32,
}

// Kinds of voxels.

// Gel or medium.
const KIND_OPEN: u32 = 0;
// Solid: no flux.
const KIND_WALL: u32 = 1;
// Held at its concentration.
const KIND_HELD: u32 = 2;

// A growth cone and the axon behind it, up to where it left its parent.
struct Cone {
    // Unit vector.
    heading: vec3<f32>,
    // Axial speed at the end of the last step; negative while it shortens, µm/h.
    speed_um_per_h: f32,
    // The last recorded point of the path, µm, reference frame of the well.
    base_um: vec3<f32>,
    // Length of the path from the soma's first point to `base_um`, µm.
    base_length_um: f32,
    // From `base_um` to the cone, µm. Kept apart so that small steps are not lost to rounding.
    reach_um: vec3<f32>,
    // See `mode`.
    mode: u32,
    // Mechano-state.
    mechano: i32,
    // Mean occupancy that the receptors have adapted to.
    adaptation: i32,
    // Trophic programme.
    trophic_programme: i32,
    // Mechano programme.
    mechano_programme: i32,
    // Trophic gain at the last step.
    trophic_gain: f32,
    // Dose of the first myokine at the last step.
    dose: f32,
    // Gain of growth from all cues at the last step.
    gain: f32,
    // Identity from which its random draws follow: parent and step of birth, not its place in memory.
    id: u32,
    // Its well.
    well: u32,
    // Its neuron.
    neuron: u32,
    // The cone whose axon it branched from, or `NONE` for a neuron's first axon.
    parent: u32,
    // The point of the parent's path that it left.
    parent_node: u32,
    // Points of its own path; the first is the branch point or the axon's first point.
    nodes: u32,
    // Points that it cannot retract beyond: those up to its last living branch.
    anchored: u32,
    // Its youngest branch, or `NONE`.
    youngest_branch: u32,
    // The next older branch of the same parent, or `NONE`.
    older_sibling: u32,
    // 0 for a neuron's first axon, one more for each branching.
    order: u32,
    // Step of birth.
    born: u32,
    // Task that this step left, see `pending`.
    pending: u32,
    // The point at which a pending branch leaves.
    branch_node: u32,
    // Pieces of its own path, from the first on, that are in the sums of axons.
    laid: u32,
    // The voxel in which it is counted, or `NONE`.
    voxel: u32,
    // Of an injured cone, the step until which it rests; of a synapse, the step in which it is mature; of a pruned cone,
    // the step from which on it is gone.
    rests_until: u32,
    // The muscle fibre that it has settled on, or `NONE`.
    fibre: u32,
    // Deviation of its speed from that of running cones, µm/h: what it has of it in a run it keeps over pauses.
    deviation_um_per_h: f32,
    // Speed of its neuron's running cones, relative to the mean over neurons.
    vigour: f32,
    // Sensitivity of its neuron to myokines, relative to the mean over neurons.
    trophic_sensitivity: f32,
    // Sensitivity of its neuron to strain, relative to the mean over neurons.
    mechano_sensitivity: f32,
    // Kymographs of its tip.
    kymograph: Kymograph,
}

// Tasks that a growth step leaves for the passes after it.

// Nothing.
const PENDING_NOTHING: u32 = 0;
// The tip splits.
const PENDING_SPLIT: u32 = 1;
// A branch leaves the shaft.
const PENDING_SPROUT: u32 = 2;
// The cone was held at its last branch: see whether that branch is still there.
const PENDING_HELD: u32 = 3;
// The tip has split: in its next step the cone leaves the branch point.
const PENDING_LEAVE: u32 = 4;

// A neuron's cell body.
struct Neuron {
    // The place that the soma has left, µm, in whole grains: see `super::rules::path::whole_grains`.
    base_um: vec3<f32>,
    // Mechano-state.
    mechano: i32,
    // From `base_um` to the soma, µm. Kept apart so that small steps are not lost to rounding.
    reach_um: vec3<f32>,
    // Its well.
    well: u32,
    // Direction of its walk, a unit vector.
    heading: vec3<f32>,
    // Identity of its random draws: its number in the well.
    id: u32,
    // Place at which the soma was seeded, µm.
    start_um: vec3<f32>,
    // The step in which it fell ill, or `NONE`.
    ill_since: u32,
}

// From src/model/growth_cone.rs.

// The movement of a growth cone in a step.

// It rests.
const MOVEMENT_STAY: u32 = 0;
// It grows by `way_um`, as far as walls let it.
const MOVEMENT_ADVANCE: u32 = 1;
// It shortens by `retraction_um` along its own path.
const MOVEMENT_RETRACT: u32 = 2;

// From src/model/seeding.rs.

// Points of a first axon that it never loses: the soma's end and the end of the initial segment.
const INITIAL_SEGMENT_NODES: u32 = 2;

// From src/model/rules/fasciculation.rs.

// Units of the fixed-point sums in a length of 1 µm.
const UNITS_PER_UM: f32 = 256.0;

// From src/model/rules/field.rs.

// A concentration below this is none: denormal numbers are slow, and not every GPU has them.
const VANISHED: f32 = 1e-30;

// From src/model/rules/guidance.rs.

// The greatest relative difference of dose across a cone: from nothing at one side to twice the mean at the other.
const GREATEST_DIFFERENCE: f32 = 2.0;

// From src/model/rules/heading.rs.

// Longest persistence length, µm: straight for any culture.
const STRAIGHT: f32 = 1000000000.0;

// From src/model/rules/kymograph.rs.

// Displacement that a kymograph resolves, µm: about a pixel of a 10x or 20x objective, and somewhat above 0.37 µm, by which two
// places tell a tip apart that are each known to 0.26 µm (PMC1303117). A tip that has moved by less pauses.
const RESOLVED_UM: f32 = 0.5;

// Movement of a tip between two frames, as it is seen.

// It was not there at the first of them.
const SEEN_NOTHING: u32 = 0;
// It has advanced.
const SEEN_ADVANCE: u32 = 1;
// It has not moved by what is resolved.
const SEEN_PAUSE: u32 = 2;
// It has shortened.
const SEEN_RETRACTION: u32 = 3;

// The last frame of a tip in each kymograph.
struct Kymograph {
    // Length of the path to the tip in it, µm.
    length_um: vec3<f32>,
    // Its movement since the one before, two bits each, see `seen`.
    seen: u32,
}

// From src/model/rules/path.rs.

// Length of the initial segment with which an axon or a branch begins, µm; see `initial_segment_um`.
const INITIAL_SEGMENT_UM: f32 = 5.0;

// The length, in segments, beyond which a piece gets a point: see `is_beyond_a_segment`.
const BEYOND_ROUNDING: f32 = 1.0001;

// From src/model/rules/random.rs.

// Purposes of a draw.

// Speed, heading, mode and branching of a cone.
const PURPOSE_GROWTH: u32 = 0;
// Second direction of a cone's heading, in space.
const PURPOSE_GROWTH_IN_SPACE: u32 = 1;
// Side, place and identity of a branch.
const PURPOSE_BRANCHING: u32 = 2;
// Walk of a soma.
const PURPOSE_MIGRATION: u32 = 3;
// Place of a neuron at seeding.
const PURPOSE_SEEDING: u32 = 4;
// Start of its first growth cone.
const PURPOSE_SEEDING_CONE: u32 = 5;
// Retraction by contact with other cones.
const PURPOSE_CONTACT: u32 = 7;
// Competition and decline of branches.
const PURPOSE_COMPETITION: u32 = 8;
// Regrowth of a stump.
const PURPOSE_REGROWTH: u32 = 9;
// Illness of a neuron.
const PURPOSE_DEATH: u32 = 10;
// Settling of a cone on a muscle fibre.
const PURPOSE_SYNAPSE: u32 = 11;
// Persistence length of a cone.
const PURPOSE_PERSISTENCE: u32 = 12;
// Degeneration of a piece of a severed axon.
const PURPOSE_DEGENERATION: u32 = 13;
// Traits in which neurons, explants and cultures differ.
const PURPOSE_VARIATION: u32 = 14;

// From src/model/rules/relaxation.rs.

// Units of a `Level` in 1.
const LEVEL_UNITS: f32 = 1073741800.0;

// From src/model/soma.rs.

// Length of a soma's reach from which on it is handed on to its base: short, so that the smallest steps still count.
const LONGEST_REACH_UM: f32 = 1.0;

// From src/model/way.rs.

// The gap that a cell keeps from the face of a wall, in voxels: rounding must not carry it across.
const WALL_GAP: f32 = 0.01;

// Pieces at most into which the way of a step is cut where walls may bend it.
const MOST_PIECES: u32 = 4;
