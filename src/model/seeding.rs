//! The plate at step 0: where the neurons lie and how their first growth cones start.

use super::domain::voxel_centre_um;
use super::fresh_medium;
use super::layout::{Cone, Fibres, NONE, Neuron, Node, kind};
use super::plate::{PlacedExplant, Plate};
use super::rest::at_rest;
use super::rules::heading::{left_of, turn};
use super::rules::modes::stationary_mode;
use super::rules::path::{initial_segment_um, keep_inside, out_of_wall, whole_grains};
use super::rules::random::{draw, gaussian_pair, purpose, uniform_number};
use super::rules::relaxation::Level;
use super::sampling::sense_wall;
use super::shared::shared;
use super::tables::{Tables, reservoir_at};
use super::variation::Traits;
use super::way::{WALL_GAP, first_wall, is_free};
use super::world::{State, World};
use glam::{UVec2, Vec2, Vec3, Vec4Swizzles};
use std::collections::HashMap;

shared! {
    /// Points of a first axon that it never loses: the soma's end and the end of the initial segment.
    pub const INITIAL_SEGMENT_NODES: u32 = 2;
}

/// Places that are drawn for a soma where walls part its spheroid.
const PLACES_TRIED: u32 = 64;

/// The state of a plate before its first step.
pub fn seed(plate: &Plate, tables: &Tables) -> World {
    let (mut neurons, mut cones, mut paths) = (Vec::new(), Vec::new(), Vec::new());
    for ((index, well), place) in tables.wells.iter().enumerate().zip(plate.wells()) {
        let culture = plate.culture_of(&place);
        let mut id = 0;
        for (number, placed) in (0..).zip(&plate.explants_in(&place)) {
            let of_all = culture.with(Traits::of_explant(&plate.variation, number, well.key));
            for _ in 0..placed.explant.neurons as u32 {
                let neuron = place_neuron(placed, tables, index as u32, id, well.key);
                let traits = of_all.with(Traits::of_neuron(&plate.variation, id, well.key));
                let (cone, path) = first_axon(&neuron, neurons.len() as u32, &traits, tables, well.key);
                neurons.push(neuron);
                cones.push(cone);
                paths.push(path);
                id += 1;
            }
        }
    }
    let mut concentrations = vec![0.0; tables.concentration_count()];
    fill_reservoirs(plate, tables, &mut concentrations);
    bring_to_rest(plate, tables, &mut concentrations);
    // The medium of the first step is there from the beginning, so that the first record shows it; the step brings it again.
    fresh_medium::refresh(tables, 0, &mut concentrations);
    let state = State {
        step: 0,
        neurons,
        cones,
        concentrations,
        fibres: vec![Fibres::default(); tables.wells.len()],
        severed: Default::default(),
    };
    World { state, paths }
}

/// A soma somewhere in the part of its spheroid that walls do not part from its centre, heading outwards.
fn place_neuron(placed: &PlacedExplant, tables: &Tables, well: u32, id: u32, key: UVec2) -> Neuron {
    let centre = placed.at_um.as_vec3();
    let mut drawn = (0..PLACES_TRIED).map(|attempt| draw_place(placed, tables, id, attempt, key));
    let in_sight = drawn.find(|&(_, way)| is_free(&tables.domain, centre, way));
    // Of a spheroid almost wholly behind walls a soma may find no place; it then lies in front of them.
    let (heading, way) = in_sight.unwrap_or_else(|| {
        let (heading, way) = draw_place(placed, tables, id, 0, key);
        (heading, way * first_wall(&tables.domain, centre, way, WALL_GAP).w)
    });
    let soma_um = out_of_walls(tables, (centre + way).clamp(Vec3::ZERO, tables.run.size_um));
    let base_um = whole_grains(soma_um);
    Neuron {
        base_um,
        mechano: Level::default(),
        reach_um: soma_um - base_um,
        heading,
        well,
        start_um: soma_um,
        id,
        ill_since: NONE,
    }
}

/// A heading and the way from the centre of a spheroid to a place in it, drawn for a neuron at its `attempt`.
fn draw_place(placed: &PlacedExplant, tables: &Tables, id: u32, attempt: u32, key: UVec2) -> (Vec3, Vec3) {
    let planar = tables.run.planar;
    let words = draw(id, 2 * attempt, key, purpose::SEEDING);
    let more = draw(id, 2 * attempt + 1, key, purpose::SEEDING);
    let radius = placed.explant.radius_um as f32;
    let spread = placed.explant.heading_spread_rad as f32;
    let (outward, share) = if planar == 1 {
        let (sine, cosine) = libm::sincosf(std::f32::consts::TAU * uniform_number(words.x));
        (Vec3::new(cosine, sine, 0.0), uniform_number(words.y).sqrt())
    } else {
        let z = 2.0 * uniform_number(words.x) - 1.0;
        let (sine, cosine) = libm::sincosf(std::f32::consts::TAU * uniform_number(more.x));
        let across = (1.0 - z * z).sqrt();
        (
            Vec3::new(across * cosine, across * sine, z),
            libm::cbrtf(uniform_number(words.y)),
        )
    };
    let xi: Vec2 = gaussian_pair(words.z, words.w);
    let left = left_of(outward, planar);
    let above = if planar == 1 { Vec3::ZERO } else { outward.cross(left) };
    let heading = turn(outward, (left * xi.x + above * xi.y) * spread);
    (heading, outward * (radius * share))
}

/// The nearest place in the gel, for one that may lie in a wall.
fn out_of_walls(tables: &Tables, place: Vec3) -> Vec3 {
    let mut place = place;
    // A step leads to where the straight continuation of the slope ends; where the wall is bent, a few are needed.
    for _ in 0..16 {
        match sense_wall(&tables.domain, tables.clearance(), place) {
            Some(wall) if wall.w < 0.0 => {
                let way_out = out_of_wall(wall.w, wall.xyz());
                place += keep_inside(place, way_out, tables.run.size_um);
            }
            _ => break,
        }
    }
    place
}

/// A neuron's first axon: an initial segment and the cone at its end.
fn first_axon(neuron: &Neuron, index: u32, traits: &Traits, tables: &Tables, key: UVec2) -> (Cone, Vec<Node>) {
    let rules = &tables.treatment_of(neuron.well).rules;
    let soma_um = neuron.soma_um();
    let words = draw(neuron.id, 0, key, purpose::SEEDING_CONE);
    let segment = initial_segment(neuron, tables);
    let base_um = soma_um + segment;
    let mode = stationary_mode(uniform_number(words.x), rules);
    let length = segment.length();
    let cone = Cone {
        nodes: INITIAL_SEGMENT_NODES,
        anchored: INITIAL_SEGMENT_NODES,
        vigour: traits.vigour as f32,
        trophic_sensitivity: traits.trophic_sensitivity as f32,
        mechano_sensitivity: traits.mechano_sensitivity as f32,
        deviation_um_per_h: rules.speed_spread_um_per_h * gaussian_pair(words.y, words.z).x,
        ..Cone::born(
            &Cone::without_past(neuron.well, index),
            neuron.id,
            segment / length,
            mode,
            base_um.extend(length),
        )
    };
    (cone, vec![soma_um.extend(0.0), base_um.extend(length)])
}

/// The first piece of an axon: outwards, or where a wall leaves no room for that back, towards the middle of the well, or
/// straight away from the wall.
fn initial_segment(neuron: &Neuron, tables: &Tables) -> Vec3 {
    let length_um = initial_segment_um(&tables.treatment_of(neuron.well).rules);
    let soma_um = neuron.soma_um();
    let size_um = tables.run.size_um;
    let inwards = 0.5 * size_um - soma_um;
    let inwards = inwards / inwards.length().max(1e-6);
    let wall = sense_wall(&tables.domain, tables.clearance(), soma_um);
    let from_wall = wall.map_or(inwards, |wall| wall.xyz().normalize_or(inwards));
    let pieces = [neuron.heading, -neuron.heading, inwards, from_wall].map(|way| {
        let piece = keep_inside(soma_um, way * length_um, size_um);
        match wall {
            Some(_) => {
                let way = out_of_walls(tables, soma_um + piece) - soma_um;
                way * first_wall(&tables.domain, soma_um, way, WALL_GAP).w
            }
            None => piece,
        }
    });
    let long_enough = pieces.into_iter().find(|piece| piece.length() >= 0.5 * length_um);
    long_enough.unwrap_or(pieces[3])
}

/// Lets the fields come to rest that begin so. The wells of a condition share theirs.
fn bring_to_rest(plate: &Plate, tables: &Tables, concentrations: &mut [f32]) {
    let voxels = tables.voxels_per_grid();
    let mut found: HashMap<(u32, u32), usize> = HashMap::new();
    for grid in &tables.grids {
        let treatment = tables.wells[grid.well as usize].treatment;
        if !plate.conditions[treatment as usize].at_rest {
            continue;
        }
        let first = grid.first as usize;
        match found.get(&(treatment, grid.species)) {
            Some(&same) => concentrations.copy_within(same..same + voxels, first),
            None => {
                let field = &mut concentrations[first..first + voxels];
                field.copy_from_slice(&at_rest(tables, grid, field));
                found.insert((treatment, grid.species), first);
            }
        }
    }
}

/// Puts the concentrations of reservoirs where they are held.
fn fill_reservoirs(plate: &Plate, tables: &Tables, concentrations: &mut [f32]) {
    for grid in tables.grids.iter().filter(|grid| grid.by_voxel == 1) {
        let condition = &plate.conditions[tables.wells[grid.well as usize].treatment as usize];
        for voxel in 0..tables.voxels_per_grid() {
            if tables.kinds[grid.kinds as usize + voxel] != kind::HELD {
                continue;
            }
            let centre = voxel_centre_um(&plate.domain, voxel);
            if let Some(reservoir) = reservoir_at(&condition.reservoirs, centre) {
                concentrations[grid.first as usize + voxel] = reservoir.doses[grid.species as usize] as f32;
            }
        }
    }
}
