// Data that the host and the shaders share, byte for byte. Twin of src/model/layout.rs; tests/engines/layouts.rs compares
// names, offsets and sizes.

const NONE: u32 = 0xffffffffu;

const MODE_RUN: u32 = 0u;
const MODE_PAUSE: u32 = 1u;
const MODE_RETRACT: u32 = 2u;
const MODE_PRUNED: u32 = 3u;
const MODE_INJURED: u32 = 4u;
const MODE_DYING: u32 = 5u;
const MODE_SYNAPSE: u32 = 6u;

const KIND_OPEN: u32 = 0u;
const KIND_WALL: u32 = 1u;
const KIND_HELD: u32 = 2u;

const PENDING_NOTHING: u32 = 0u;
const PENDING_SPLIT: u32 = 1u;
const PENDING_SPROUT: u32 = 2u;
const PENDING_HELD: u32 = 3u;

struct Run {
    size_um: vec3<f32>,
    voxel_um: f32,
    voxels: vec3<u32>,
    planar: u32,
    step_h: f32,
    species: u32,
    wells: u32,
    neurons: u32,
    maps: u32,
    clearance: u32,
    crowd: u32,
    pad: u32,
}

struct Rules {
    run_speed_um_per_h: f32,
    retraction_speed_um_per_h: f32,
    speed_loss: f32,
    speed_noise_um_per_h: f32,
    mode_switch: f32,
    running: f32,
    paused: f32,
    persistence_length_um: f32,
    persistence_tail: f32,
    width_um: f32,
    turning_rate_rad_per_h: f32,
    turning_threshold: f32,
    turning_half: f32,
    rate_modulation: f32,
    strain_turning_rad_per_h: f32,
    adaptation: f32,
    adaptation_loss: f32,
    combination: u32,
    ceiling: f32,
    segment_um: f32,
    branch_paused: f32,
    branch_moving: f32,
    branch_angle_rad: f32,
    interstitial: f32,
    interstitial_reach_um: f32,
    branch_competition: f32,
    branch_decline_per_h: f32,
    mechano_gain: f32,
    mechano_on_per_h: f32,
    mechano_off_per_h: f32,
    programme_loss: f32,
    soma_speed_um_per_h: f32,
    soma_persistence_length_um: f32,
    speed_spread_um_per_h: f32,
    axon_alignment_rad_per_h: f32,
    axon_attraction_rad_per_h: f32,
    zippering_um_per_h: f32,
    half_axons: f32,
    bundle_capacity: f32,
    contact: f32,
    unlaid: u32,
    regrowth: f32,
    regrowth_exercised: f32,
    death: f32,
    death_onset: u32,
    dying_back_um_per_h: f32,
    synapse: f32,
    synapse_matures: u32,
    tow_threshold_nn: f32,
    tow_slope_um_per_h_per_nn: f32,
}

struct MyokineRules {
    half_dose: f32,
    hill: f32,
    max_gain: f32,
    inhibition: f32,
    loss: f32,
    release: f32,
    uptake_um3_per_h: f32,
    uptake_half_dose: f32,
}

struct Sessions {
    start: u32,
    length: u32,
    every: u32,
    stop: u32,
}

struct Well {
    strain_axis: vec3<f32>,
    strain_drive: f32,
    actuation: Sessions,
    light: Sessions,
    strain_anisotropy: f32,
    cycle_steps: u32,
    light_drive: f32,
    activity_loss: f32,
    lag_steps: u32,
    medium_every: u32,
    medium_start: u32,
    condition: u32,
    key: u32,
    grid: u32,
    first_neuron: u32,
    neurons: u32,
    strain_map: u32,
    strain_moments: u32,
    pad: array<u32, 2>,
    fibres_low_um: vec3<f32>,
    fibre_spacing_um: f32,
    fibres_high_um: vec3<f32>,
    fibre_reach_um: f32,
    fibres_upright: u32,
    fatigue: f32,
    fatigue_rise: f32,
    fatigue_recovery: f32,
    tow_direction: vec3<f32>,
    tow_force_nn: f32,
    tow: Sessions,
}

struct Fibres {
    activity: f32,
    fatigue: f32,
}

struct Source {
    low_um: vec3<f32>,
    rate_per_h: f32,
    high_um: vec3<f32>,
    species: u32,
    well: u32,
    exercised_ratio: f32,
    pad: array<u32, 2>,
}

struct Grid {
    first: u32,
    well: u32,
    species: u32,
    kinds: u32,
    first_source: u32,
    sources: u32,
    line_x: u32,
    line_y: u32,
    line_z: u32,
    by_voxel: u32,
}

struct Cone {
    heading: vec3<f32>,
    speed_um_per_h: f32,
    base_um: vec3<f32>,
    base_length_um: f32,
    reach_um: vec3<f32>,
    mode: u32,
    mechano: f32,
    adaptation: f32,
    trophic_programme: f32,
    mechano_programme: f32,
    trophic_gain: f32,
    dose: f32,
    gain: f32,
    id: u32,
    well: u32,
    neuron: u32,
    parent: u32,
    parent_node: u32,
    nodes: u32,
    anchored: u32,
    youngest_branch: u32,
    older_sibling: u32,
    order: u32,
    born: u32,
    pending: u32,
    branch_node: u32,
    laid: u32,
    voxel: u32,
    rests_until: u32,
    fibre: u32,
}

struct Neuron {
    soma_um: vec3<f32>,
    mechano: f32,
    heading: vec3<f32>,
    well: u32,
    start_um: vec3<f32>,
    id: u32,
    ill_since: u32,
    pad: array<u32, 3>,
}
