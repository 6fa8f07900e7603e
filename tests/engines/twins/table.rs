//! Each rule of the shaders beside its Rust twin, with the arguments it is tried on and what may differ.

use super::inputs::{Inputs, Words};
use glam::{UVec3, UVec4, Vec3};
use outgrowth::model::growth_cone::{self, Decision, Senses};
use outgrowth::model::layout::{Cone, Treatment, Well};
use outgrowth::model::rules::*;

/// What two results may differ by: |a − b| ≤ absolute + relative·|b|.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    absolute: f32,
    relative: f32,
    /// Why.
    #[allow(dead_code, reason = "printed with failures")]
    reason: &'static str,
}

impl Tolerance {
    /// Whole numbers, comparisons and copies.
    pub const EXACT: Self = Tolerance {
        absolute: 0.0,
        relative: 0.0,
        reason: "nothing is rounded",
    };
    /// A few sums and products of numbers about 1.
    pub const ARITHMETIC: Self = Tolerance {
        absolute: 2e-6,
        relative: 2e-6,
        reason: "products may be fused with sums; division within 2.5 ulp",
    };
    /// The same on lengths of up to some 1000 µm.
    const LENGTHS: Self = Tolerance {
        absolute: 2e-4,
        relative: 2e-6,
        reason: "as arithmetic, on lengths of 1000 µm",
    };
    /// What is left of a heading that meets a wall nearly head on.
    const CANCELLING: Self = Tolerance {
        absolute: 2e-5,
        relative: 2e-6,
        reason: "as arithmetic, on a difference that is a tenth of its parts or more but for few in a thousand samples",
    };
    /// With sine, cosine, exponential, logarithm or power.
    const FUNCTIONS: Self = Tolerance {
        absolute: 2e-5,
        relative: 2e-5,
        reason: "the driver's functions differ from libm's, up to 2^-16 and less",
    };

    /// A whole step of a cone.
    const STEP: Self = Tolerance {
        absolute: 2e-4,
        relative: 2e-5,
        reason: "as functions, one after another; a root of a small way magnifies",
    };

    /// The difference as a share of what is admitted.
    pub fn share(self, found: f32, expected: f32) -> f32 {
        if found == expected {
            return 0.0;
        }
        (found - expected).abs() / (self.absolute + self.relative * expected.abs())
    }

    /// Whether `found` is close enough to `expected`.
    pub fn admits(self, found: f32, expected: f32) -> bool {
        found == expected || (found - expected).abs() <= self.absolute + self.relative * expected.abs()
    }
}

/// Draws arguments, gives them to the shader and returns the words of the Rust rule's result.
type Sample = Box<dyn Fn(&mut Inputs) -> Vec<u32>>;

/// A rule's Rust side.
pub struct Twin {
    /// Its name in the shaders.
    pub name: &'static str,
    /// What may differ.
    pub tolerance: Tolerance,
    /// One sample.
    pub sample: Sample,
}

/// `twin!(TOLERANCE, "name", |i| rule(argument: value, ...))`; a `ref` argument is passed by reference. Values before the
/// call, after `@`, may be used by several arguments.
macro_rules! twin {
    ($tolerance:ident, $name:literal, |$i:ident| $(@$shared:ident = $how:expr;)* $rule:path; $($rest:tt)*) => {
        Twin {
            name: $name,
            tolerance: Tolerance::$tolerance,
            sample: Box::new(|$i: &mut Inputs| {
                $(let $shared = $how;)*
                twin!(@args $i, $rule, [], [], $($rest)*)
            }),
        }
    };
    (@args $i:ident, $rule:path, [$($name:ident)*], [$($pass:expr),*], ref $arg:ident = $value:expr $(, $($rest:tt)*)?) => {{
        let $arg = $value;
        twin!(@args $i, $rule, [$($name)* $arg], [$($pass,)* &$arg], $($($rest)*)?)
    }};
    (@args $i:ident, $rule:path, [$($name:ident)*], [$($pass:expr),*], $arg:ident = $value:expr $(, $($rest:tt)*)?) => {{
        let $arg = $value;
        twin!(@args $i, $rule, [$($name)* $arg], [$($pass,)* $arg], $($($rest)*)?)
    }};
    (@args $i:ident, $rule:path, [$($name:ident)*], [$($pass:expr),*],) => {{
        $i.give(&[$(&$name as &dyn Words),*]);
        $rule($($pass),*).words()
    }};
}

/// Where a cone is when it has met a wall, or not.
fn at_wall(i: &mut Inputs, size: Vec3) -> Vec3 {
    let mut along = |edge: f32| match i.below(3) {
        0 => 0.0,
        1 => edge,
        _ => i.within(0.0, edge),
    };
    Vec3::new(along(size.x), along(size.y), along(size.z))
}

/// The cone with its new states, and the decision: in the shaders one result.
fn decide(
    cone: &Cone,
    senses: &Senses,
    step: u32,
    step_h: f32,
    planar: u32,
    well: &Well,
    treatment: &Treatment,
) -> (Cone, Decision) {
    let mut cone = *cone;
    let decision = growth_cone::decide(&mut cone, senses, step, step_h, planar, well, treatment);
    (cone, decision)
}

/// Every twin, file by file.
#[rustfmt::skip]
pub fn twins() -> Vec<Twin> {
    vec![
        twin!(EXACT, "branch_chance", |i| branching::branch_chance; mode = i.below(3), ref rules = i.rules()),
        twin!(FUNCTIONS, "branches_left", |i| branching::branches_left;
            tips = 1 + i.below(40), hours = i.within(0.0, 200.0), ref rules = i.rules()),
        twin!(FUNCTIONS, "with_offspring", |i| branching::with_offspring; mean = i.unit() * i.unit()),
        twin!(EXACT, "sprouting_node", |i| branching::sprouting_node; nodes = 2 + i.below(60), u = i.unit(), ref rules = i.rules()),
        twin!(FUNCTIONS, "branch_heading", |i| @flat = i.flag(); branching::branch_heading;
            heading = i.heading(flat), angle = i.within(0.0, 3.0), u = i.unit(), planar = flat),
        twin!(ARITHMETIC, "place_in_grid", |i| field::place_in_grid;
            position = i.vector(300.0), voxel = i.within(5.0, 50.0), voxels = UVec3::new(1 + i.below(20), 1 + i.below(20), 1 + i.below(20))),
        twin!(ARITHMETIC, "piece_diagonal", |i| fasciculation::piece_diagonal; piece = i.vector(5.0)),
        twin!(ARITHMETIC, "piece_mixed", |i| fasciculation::piece_mixed; piece = i.vector(5.0)),
        twin!(EXACT, "to_units", |i| fasciculation::to_units; length_um = i.within(-20.0, 20.0)),
        twin!(EXACT, "from_units", |i| fasciculation::from_units; units = i.below(1_000_000) as i32 - 500_000),
        twin!(ARITHMETIC, "axons_in_reach", |i| fasciculation::axons_in_reach;
            extent = i.within(0.0, 500.0), width = i.within(5.0, 20.0), voxel = i.within(5.0, 50.0), planar = i.flag()),
        twin!(ARITHMETIC, "turn_along_axons", |i| fasciculation::turn_along_axons;
            heading = i.heading(0), around = i.axons(), axons = i.within(0.0, 20.0), ref rules = i.rules()),
        twin!(ARITHMETIC, "sideways_to_axons", |i| fasciculation::sideways_to_axons;
            heading = i.heading(0), rise = i.vector(1.0), axons = i.within(0.0, 20.0), ref rules = i.rules()),
        twin!(ARITHMETIC, "room_in_bundle", |i| fasciculation::room_in_bundle;
            axons = i.within(0.0, 60.0), capacity = i.within(1.0, 30.0)),
        twin!(FUNCTIONS, "crowd_cue", |i| fasciculation::crowd_cue;
            heading = i.heading(0), around = i.axons(), others = i.below(5), voxel = i.within(5.0, 50.0), planar = i.flag(), ref rules = i.rules()),
        twin!(EXACT, "heeds_crowd", |i| fasciculation::heeds_crowd; ref rules = i.rules_of_few()),
        twin!(FUNCTIONS, "contact_chance", |i| fasciculation::contact_chance; others = i.below(5), ref rules = i.rules()),
        twin!(EXACT, "between_centres", |i| field::between_centres;
            position = i.vector(300.0), voxel = i.within(5.0, 50.0), voxels = UVec3::new(1 + i.below(20), 1 + i.below(20), 1 + i.below(20))),
        twin!(ARITHMETIC, "interpolate", |i| field::interpolate;
            low = i.doses(), high = i.doses(), share = i.vector(0.5) + 0.5, voxel = i.within(5.0, 50.0)),
        twin!(ARITHMETIC, "mean_of_open", |i| field::mean_of_open;
            low = i.doses(), high = i.doses(), open_low = i.flags(), open_high = i.flags()),
        twin!(ARITHMETIC, "mirror_at_walls", |i| field::mirror_at_walls;
            here = i.doses(), other = i.doses(), open_here = i.flags(), open_other = i.flags(), mean = i.unit()),
        twin!(EXACT, "is_field_due", |i| field::is_field_due; step = i.word(), ref run = i.run()),
        twin!(EXACT, "loss_in_update", |i| field::loss_in_update; step = i.word(), round = i.below(3), ref run = i.run(), ref myokine = i.myokine()),
        twin!(ARITHMETIC, "covered_share", |i| field::covered_share;
            place = i.below(5), voxel = i.within(5.0, 50.0), low = i.within(-20.0, 100.0), high = i.within(50.0, 250.0)),
        twin!(ARITHMETIC, "release_and_decay", |i| field::release_and_decay;
            concentration = i.within(0.0, 2.0), released = i.within(-0.1, 0.1), loss = i.within(0.0, 0.01)),
        twin!(ARITHMETIC, "combined_gain", |i| gain::combined_gain;
            trophic = i.within(0.0, 4.0), mechano = i.within(0.0, 4.0), ref rules = i.rules()),
        // The frame about headings near -z divides by a small difference: absolute error grows there.
        twin!(FUNCTIONS, "left_of", |i| @flat = i.flag(); heading::left_of; heading = i.heading(flat), planar = flat),
        twin!(FUNCTIONS, "wander", |i| @flat = i.flag(); heading::wander;
            heading = i.heading(flat), travelled = i.within(0.0, 2.0), length = i.within(50.0, 1000.0), planar = flat, xi = i.pair()),
        twin!(FUNCTIONS, "persistence_length", |i| heading::persistence_length; u = i.unit(), ref rules = i.rules()),
        twin!(FUNCTIONS, "persistence_of", |i| heading::persistence_of; id = i.word(), key = i.key(), ref rules = i.rules()),
        twin!(FUNCTIONS, "guidance_cue", |i| guidance::guidance_cue;
            dose = i.within(-0.2, 3.0), gradient = i.vector(0.01), bound = i.unit(), width_um = i.within(1.0, 30.0),
            ref myokine = i.myokine()),
        twin!(ARITHMETIC, "signal_over_noise", |i| guidance::signal_over_noise;
            cue = i.vector(0.005), receptors = i.unit(), ref rules = i.rules()),
        twin!(FUNCTIONS, "turn_by_guidance", |i| guidance::turn_by_guidance;
            heading = i.heading(0), signal = i.vector(2.0), ref rules = i.rules()),
        twin!(ARITHMETIC, "growth_modulation", |i| guidance::growth_modulation;
            heading = i.heading(0), signal = i.vector(2.0), ref rules = i.rules()),
        twin!(ARITHMETIC, "turn_to_strain", |i| heading::turn_to_strain;
            heading = i.heading(0), axis = i.heading(1), rate = i.within(-1.0, 1.0)),
        twin!(ARITHMETIC, "axis_of_line", |i| heading::axis_of_line; line = i.pair() * 0.3),
        twin!(FUNCTIONS, "turn", |i| @flat = i.flag(); @forward = i.heading(flat); heading::turn;
            heading = forward, across = heading::left_of(forward, flat) * i.within(-2.0, 2.0)),
        twin!(ARITHMETIC, "regrowth_chance", |i| injury::regrowth_chance;
            trophic = i.unit(), mechano = i.unit(), ref rules = i.rules()),
        twin!(EXACT, "stump_mode", |i| injury::stump_mode;
            step = i.below(3), rests_until = i.below(3), u = i.unit(), chance = i.unit()),
        twin!(FUNCTIONS, "cycle_drive", |i| mechano::cycle_drive;
            drive = i.unit(), step = i.below(20_000), cycle_steps = i.flag() * (2 + i.below(60))),
        twin!(EXACT, "moment_of_cycle", |i| mechano::moment_of_cycle;
            step = i.below(20_000), cycle_steps = i.flag() * (2 + i.below(200)), moments = 1 + i.below(200)),
        twin!(FUNCTIONS, "lost_after", |i| mechano::lost_after; x = i.within(0.0, 1.0) * i.within(0.0, 1.0)),
        twin!(FUNCTIONS, "mechano_relaxation", |i| mechano::mechano_relaxation;
            drive = i.unit(), ref rules = i.rules(), step_h = i.within(0.001, 0.1)),
        twin!(EXACT, "level", |i| relaxation::level; state = i.level()),
        twin!(ARITHMETIC, "relax", |i| relaxation::relax; state = i.level(), goal = i.unit(), loss = i.unit() * i.unit()),
        twin!(EXACT, "next_mode", |i| modes::next_mode; current = i.below(3), u = i.unit() * 0.1, ref rules = i.rules()),
        twin!(EXACT, "stationary_mode", |i| modes::stationary_mode; u = i.unit(), ref rules = i.rules()),
        twin!(EXACT, "initial_segment_um", |i| path::initial_segment_um; ref rules = i.rules()),
        twin!(EXACT, "is_beyond_a_segment", |i| path::is_beyond_a_segment; reach = i.vector(5.0), ref rules = i.rules()),
        twin!(ARITHMETIC, "shorten", |i| path::shorten; reach = i.vector(5.0), travelled = i.within(0.0, 8.0)),
        twin!(EXACT, "whole_grains", |i| path::whole_grains; reach = i.vector(5.0)),
        twin!(EXACT, "keep_inside", |i| @edge = i.vector(200.0).abs(); path::keep_inside;
            base = at_wall(i, edge), reach = i.vector(5.0), size = edge),
        twin!(ARITHMETIC, "slide_along_wall", |i| @edge = i.vector(200.0).abs(); path::slide_along_wall;
            heading = i.heading(0), position = at_wall(i, edge), size = edge),
        twin!(ARITHMETIC, "out_of_wall", |i| path::out_of_wall; clearance = i.within(-20.0, 20.0), slope = i.vector(1.0)),
        twin!(ARITHMETIC, "not_into", |i| path::not_into; way = i.vector(5.0), slope = i.vector(1.0)),
        twin!(CANCELLING, "slide_along_slope", |i| path::slide_along_slope; heading = i.heading(0), slope = i.vector(1.0)),
        twin!(EXACT, "pcg4d", |i| random::pcg4d; v = UVec4::new(i.word(), i.word(), i.word(), i.word())),
        twin!(EXACT, "draw", |i| random::draw; agent = i.word(), step = i.word(), key = i.key(), purpose = i.below(4)),
        twin!(EXACT, "uniform_number", |i| random::uniform_number; bits = i.word()),
        twin!(FUNCTIONS, "gaussian_pair", |i| random::gaussian_pair; a = i.word(), b = i.word()),
        twin!(FUNCTIONS, "occupancy", |i| receptors::occupancy;
            dose = i.within(-0.2, 3.0), half_dose = i.within(0.1, 1.0), hill = i.within(0.5, 3.0)),
        twin!(FUNCTIONS, "bind_myokine", |i| receptors::bind_myokine;
            signal = i.signal(), dose = i.within(-0.2, 3.0), gradient = i.vector(0.01), width_um = i.within(1.0, 30.0),
            ref myokine = i.myokine()),
        twin!(ARITHMETIC, "receptors_left", |i| receptors::receptors_left; adapted = i.unit(), adaptation = i.unit()),
        twin!(LENGTHS, "next_activity", |i| secretion::next_activity;
            activity = i.within(0.0, 48.0), lit = i.flag() == 1, drive = i.within(0.0, 48.0), loss = i.unit()),
        twin!(ARITHMETIC, "next_fatigue", |i| secretion::next_fatigue;
            fatigue = i.unit(), lit = i.flag() == 1, rise = i.unit(), recovery = i.unit()),
        twin!(ARITHMETIC, "tired_drive", |i| secretion::tired_drive;
            drive = i.within(0.0, 48.0), fatigue = i.unit(), depth = i.unit()),
        twin!(EXACT, "fibre_touched", |i| synapse::fibre_touched;
            position = i.vector(300.0).abs(), ref muscle = i.muscle(), planar = i.flag()),
        twin!(FUNCTIONS, "synapse_chance", |i| synapse::synapse_chance; trophic_programme = i.unit(), ref rules = i.rules()),
        twin!(EXACT, "fibre_settled_on", |i| synapse::fibre_settled_on;
            position = i.vector(300.0).abs(), id = i.word(), step = i.word(), key = i.key(), trophic_programme = i.unit(),
            planar = i.flag(), ref treatment = i.treatment()),
        twin!(ARITHMETIC, "secretion_ratio", |i| secretion::secretion_ratio; activity = i.within(0.0, 3.0), ratio = i.within(1.0, 5.0)),
        twin!(EXACT, "in_session", |i| sessions::in_session; step = i.below(6000), ref sessions = i.sessions()),
        twin!(EXACT, "medium_is_due", |i| sessions::medium_is_due; step = i.below(300), start = i.below(50), every = i.below(5)),
        twin!(EXACT, "seen_as", |i| kymograph::seen_as; displacement = i.within(-1.0, 1.0)),
        twin!(EXACT, "next_frame", |i| kymograph::next_frame;
            last = i.kymograph(), length = i.within(9.0, 11.0), born = i.below(40), step = i.below(40), every = i.frames()),
        twin!(EXACT, "has_frame", |i| kymograph::has_frame; step = i.below(600), every = i.below(4)),
        twin!(EXACT, "seen_in_frame", |i| kymograph::seen_in_frame;
            before_um = i.within(9.0, 11.0), before = i.below(4), now_um = i.within(9.0, 11.0), born = i.below(40), step = i.below(40),
            every = i.below(4)),
        twin!(EXACT, "length_in_frame", |i| kymograph::length_in_frame;
            before_um = i.within(9.0, 11.0), now_um = i.within(9.0, 11.0), step = i.below(40), every = i.below(4)),
        twin!(EXACT, "is_frame", |i| kymograph::is_frame; step = i.below(600), every = i.frames()),
        twin!(ARITHMETIC, "target_speed", |i| speed::target_speed; mode = i.below(3), gain = i.within(0.0, 6.0), ref rules = i.rules()),
        twin!(LENGTHS, "next_deviation", |i| speed::next_deviation;
            deviation = i.within(-40.0, 40.0), xi = i.within(-4.0, 4.0), ref rules = i.rules()),
        twin!(EXACT, "pull_in_step", |i| stretch::pull_in_step; step = i.below(6000), ref tow = i.tow()),
        twin!(ARITHMETIC, "towed_speed", |i| stretch::towed_speed; pull = i.within(0.0, 4.0), ref rules = i.rules()),
        twin!(FUNCTIONS, "tension_behind", |i| stretch::tension_behind;
            pull = i.within(0.0, 4.0), travelled = i.within(0.0, 200.0), decay = i.within(5.0, 50.0)),
        twin!(EXACT, "falls_ill", |i| survival::falls_ill; step = i.below(200), u = 0.002 * i.unit(), ref rules = i.rules()),
        twin!(EXACT, "neuron_falls_ill", |i| survival::neuron_falls_ill;
            id = i.word(), step = i.below(200), key = i.key(), ref rules = i.rules()),
        twin!(STEP, "decide", |i| @flat = i.flag(); @now = i.below(600); decide;
            ref cone = i.cone(flat, now), ref senses = i.senses(), step = now, step_h = i.within(0.001, 0.1), planar = flat,
            ref well = i.well(), ref treatment = i.treatment()),
        twin!(FUNCTIONS, "uptake", |i| uptake::uptake; dose = i.within(0.0, 3.0), cones = i.below(12), ref myokine = i.myokine()),
    ]
}
