//! The structs that host and shaders share have the same fields at the same places on both sides.

use naga::TypeInner;
use outgrowth::engine::gpu::layout::{Clock, Page, Room};
use outgrowth::engine::gpu::sources::stitched;
use outgrowth::model::layout::{Cone, Fibres, Grid, MyokineRules, Neuron, Rules, Run, Sessions, Source, Well};
use std::mem::offset_of;

/// Fields with their offsets, and the size of the whole.
#[derive(Clone, Debug, PartialEq)]
struct Layout {
    name: &'static str,
    fields: Vec<(&'static str, usize)>,
    size: usize,
}

macro_rules! layout {
    ($name:ident: $($field:ident)*) => {
        Layout {
            name: stringify!($name),
            fields: vec![$((stringify!($field), offset_of!($name, $field))),*],
            size: size_of::<$name>(),
        }
    };
}

fn host_layouts() -> Vec<Layout> {
    vec![
        layout!(Run: size_um voxel_um voxels planar step_h species wells neurons maps clearance
            crowd pad),
        layout!(Rules: run_speed_um_per_h retraction_speed_um_per_h speed_loss speed_noise_um_per_h mode_switch running
            paused persistence_length_um persistence_tail width_um turning_rate_rad_per_h turning_threshold turning_half rate_modulation
            strain_turning_rad_per_h adaptation adaptation_loss combination ceiling segment_um branch_paused
            branch_moving branch_angle_rad interstitial interstitial_reach_um branch_competition branch_decline_per_h mechano_gain mechano_on_per_h
            mechano_off_per_h programme_loss soma_speed_um_per_h soma_persistence_length_um
            speed_spread_um_per_h axon_alignment_rad_per_h axon_attraction_rad_per_h zippering_um_per_h half_axons
            bundle_capacity contact unlaid regrowth regrowth_exercised death death_onset dying_back_um_per_h synapse synapse_matures
            tow_threshold_nn tow_slope_um_per_h_per_nn),
        layout!(MyokineRules: half_dose hill max_gain inhibition loss release uptake_um3_per_h uptake_half_dose),
        layout!(Sessions: start length every stop),
        layout!(Well: strain_axis strain_drive actuation light strain_anisotropy cycle_steps light_drive activity_loss
            lag_steps medium_every medium_start condition key grid first_neuron neurons strain_map strain_moments pad fibres_low_um fibre_spacing_um
            fibres_high_um fibre_reach_um fibres_upright fatigue fatigue_rise fatigue_recovery tow_direction tow_force_nn tow),
        layout!(Fibres: activity fatigue),
        layout!(Source: low_um rate_per_h high_um species well exercised_ratio pad),
        layout!(Grid: first well species kinds first_source sources line_x line_y line_z by_voxel),
        layout!(Cone: heading speed_um_per_h base_um base_length_um reach_um mode mechano adaptation trophic_programme
            mechano_programme trophic_gain dose gain id well neuron parent parent_node nodes anchored youngest_branch
            older_sibling order born pending branch_node laid voxel rests_until fibre),
        layout!(Neuron: soma_um mechano heading well start_um id ill_since pad),
        layout!(Clock: done goal step running cones parents halted zero),
        layout!(Room: ring spare cones takes_up),
        layout!(Page: first cones pad),
    ]
}

/// What differs between a host struct and the one of the same name in a shader; empty where nothing does.
fn differences(host: &Layout, module: &naga::Module) -> Vec<String> {
    let found = module
        .types
        .iter()
        .find(|(_, ty)| ty.name.as_deref() == Some(host.name));
    let Some((
        _,
        naga::Type {
            inner: TypeInner::Struct { members, span },
            ..
        },
    )) = found
    else {
        return vec![format!("{}: no such struct in the shaders", host.name)];
    };
    let mut wrong = Vec::new();
    let shader: Vec<(&str, usize)> = members
        .iter()
        .map(|member| (member.name.as_deref().unwrap_or(""), member.offset as usize))
        .collect();
    if shader.len() != host.fields.len() {
        wrong.push(format!(
            "{}: {} fields on the host, {} in the shader",
            host.name,
            host.fields.len(),
            shader.len()
        ));
    }
    for (here, there) in host.fields.iter().zip(&shader) {
        if here != there {
            wrong.push(format!("{}: {here:?} on the host, {there:?} in the shader", host.name));
        }
    }
    if host.size != *span as usize {
        wrong.push(format!(
            "{}: {} bytes on the host, {span} in the shader",
            host.name, host.size
        ));
    }
    wrong
}

fn shader_module() -> naga::Module {
    let source = stitched("world/trails.wgsl").expect("includes");
    naga::front::wgsl::parse_str(&source).expect("the layouts parse")
}

#[test]
fn host_and_shader_structs_are_the_same_byte_for_byte() {
    let module = shader_module();
    let wrong: Vec<String> = host_layouts()
        .iter()
        .flat_map(|host| differences(host, &module))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_shared_struct_of_the_shaders_is_in_the_table() {
    let module = naga::front::wgsl::parse_str(&stitched("rules/layout.wgsl").expect("includes")).expect("parses");
    let known = host_layouts();
    let mut structs = 0;
    for (_, ty) in module.types.iter() {
        if let (Some(name), TypeInner::Struct { .. }) = (&ty.name, &ty.inner) {
            structs += 1;
            assert!(
                known.iter().any(|host| host.name == name),
                "{name} is not compared: add it to host_layouts"
            );
        }
    }
    assert_eq!(structs, 10, "structs found in layout.wgsl");
}

#[test]
fn swapped_fields_and_a_wrong_size_are_reported() {
    let module = shader_module();
    let mut host = host_layouts().remove(0);
    host.fields.swap(0, 1);
    host.size += 4;
    let wrong = differences(&host, &module);
    assert_eq!(wrong.len(), 3, "{wrong:#?}");
}

/// Whole numbers that host and shaders both name.
fn host_constants() -> Vec<(&'static str, u32)> {
    use outgrowth::engine::gpu::layout::{GROUP, POINTS_A_STEP, halt};
    use outgrowth::model::growth_cone::Movement;
    use outgrowth::model::layout::{NONE, RETRACTION_LIMIT, kind, mode, pending};
    use outgrowth::model::rules::random::purpose;
    use outgrowth::model::seeding::INITIAL_SEGMENT_NODES;
    vec![
        ("NONE", NONE),
        ("MODE_RUN", mode::RUN),
        ("MODE_PAUSE", mode::PAUSE),
        ("MODE_RETRACT", mode::RETRACT),
        ("MODE_PRUNED", mode::PRUNED),
        ("MODE_INJURED", mode::INJURED),
        ("MODE_DYING", mode::DYING),
        ("MODE_SYNAPSE", mode::SYNAPSE),
        ("KIND_OPEN", kind::OPEN),
        ("KIND_WALL", kind::WALL),
        ("KIND_HELD", kind::HELD),
        ("PENDING_NOTHING", pending::NOTHING),
        ("PENDING_SPLIT", pending::SPLIT),
        ("PENDING_SPROUT", pending::SPROUT),
        ("PENDING_HELD", pending::HELD),
        ("PURPOSE_GROWTH", purpose::GROWTH),
        ("PURPOSE_GROWTH_IN_SPACE", purpose::GROWTH_IN_SPACE),
        ("PURPOSE_BRANCHING", purpose::BRANCHING),
        ("PURPOSE_MIGRATION", purpose::MIGRATION),
        ("PURPOSE_CONTACT", purpose::CONTACT),
        ("PURPOSE_SYNAPSE", purpose::SYNAPSE),
        ("PURPOSE_COMPETITION", purpose::COMPETITION),
        ("PURPOSE_REGROWTH", purpose::REGROWTH),
        ("PURPOSE_DEATH", purpose::DEATH),
        ("PURPOSE_PERSISTENCE", purpose::PERSISTENCE),
        ("HALT_DRAIN", halt::DRAIN),
        ("HALT_REFILL", halt::REFILL),
        ("HALT_GROW", halt::GROW),
        ("GROUP", GROUP),
        ("POINTS_A_STEP", POINTS_A_STEP),
        ("RETRACTION_LIMIT", RETRACTION_LIMIT),
        ("MOVEMENT_STAY", Movement::Stay as u32),
        ("MOVEMENT_ADVANCE", Movement::Advance as u32),
        ("MOVEMENT_RETRACT", Movement::Retract as u32),
        ("INITIAL_SEGMENT_NODES", INITIAL_SEGMENT_NODES),
    ]
}

/// Constants of the shaders that are no counts.
fn host_numbers() -> [(&'static str, f32); 6] {
    use outgrowth::model::rules::{fasciculation, field, heading, receptors, uptake};
    [
        ("UNITS_PER_UM", fasciculation::UNITS_PER_UM),
        ("FIXED_POINT", uptake::FIXED_POINT),
        ("LARGEST", uptake::LARGEST),
        ("DETECTION_LIMIT", receptors::DETECTION_LIMIT),
        ("VANISHED", field::VANISHED),
        ("STRAIGHT", heading::STRAIGHT),
    ]
}

#[test]
fn constants_are_the_same_on_both_sides() {
    let host = host_constants();
    let mut seen = Vec::new();
    for path in ["passes/grow_axons.wgsl", "passes/release_anchors.wgsl"] {
        let module = naga::front::wgsl::parse_str(&stitched(path).expect("includes")).expect("parses");
        for (_, constant) in module.constants.iter() {
            let name = constant.name.as_deref().expect("named");
            let naga::Expression::Literal(value) = module.global_expressions[constant.init] else {
                panic!("{name} is not a plain number");
            };
            match value {
                naga::Literal::U32(value) => {
                    let host = host.iter().find(|(known, _)| *known == name);
                    assert_eq!(
                        host,
                        Some(&(host.map_or("not in host_constants", |host| host.0), value)),
                        "{name}"
                    );
                    seen.push(name.to_owned());
                }
                naga::Literal::F32(value) => {
                    let host = host_numbers().into_iter().find(|(known, _)| *known == name);
                    assert_eq!(
                        host,
                        Some((host.map_or("not in host_numbers", |host| host.0), value)),
                        "{name}"
                    );
                }
                other => panic!("{name}: {other:?}"),
            }
        }
    }
    let missing: Vec<_> = host
        .iter()
        .filter(|(name, _)| seen.iter().all(|seen| seen != name))
        .collect();
    assert!(missing.is_empty(), "not in the shaders: {missing:?}");
}
