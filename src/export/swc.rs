//! One neuron as SWC: a soma point (type 1), then its axon (type 2), which begins with a point at the soma: readers leave the step
//! from the soma's own point out of lengths.

use crate::model::layout::Neuron;
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::readout::topology::{Axon, Forest};
use glam::Vec3;
use std::collections::HashMap;
use std::fmt::Write;

/// Radius of a soma, µm: the customary single-point soma; the model has no soma shape.
const SOMA_RADIUS_UM: f32 = 5.0;
/// Radius of an axon, µm.
const AXON_RADIUS_UM: f32 = 0.5;

/// The SWC text of a neuron, given by its place in [`State::neurons`](crate::model::world::State::neurons). Coordinates
/// are the shortest digits that read back to the same `f32`.
pub fn swc(plate: &Plate, world: &World, forest: &Forest<'_>, neuron: usize) -> String {
    let Neuron { well, id, .. } = world.neurons[neuron];
    let place = plate.wells().get(well as usize).copied();
    // Those that the draws follow, so that a well's files are the same alone and packed with others.
    let (plate_name, _, condition) = place
        .as_ref()
        .map_or((&*plate.name, 0, ""), |place| plate.origin_of(place));
    let replicate = place.map_or(0, |place| place.replicate + 1);
    let mut text = String::new();
    // Writing to a string never fails.
    let _ = writeln!(
        text,
        "# A motor neuron and its axon, grown by outgrowth {}\n# plate: {}\n# condition: {}, replicate {}, neuron {}\n\
         # time_h: {}\n# units: um, in the reference frame of the gel, from the corner of the well\n\
         # soma: type 1, one point; axon: type 2, its length counts from its first point; radii are nominal\n\
         # id type x y z radius parent",
        env!("CARGO_PKG_VERSION"),
        one_line(plate_name),
        one_line(condition),
        replicate,
        id + 1,
        f64::from(world.step) * plate.step_h,
    );
    let soma_um = world.neurons[neuron].soma_um();
    point(&mut text, 1, 1, soma_um, SOMA_RADIUS_UM, -1);
    axon_points(&mut text, &forest.axon(neuron));
    text
}

fn axon_points(text: &mut String, axon: &Axon<'_>) {
    // Number of each shaft's first point; a branch's first point is its parent's, so it starts one before its
    // own points.
    let mut first_id: HashMap<usize, i64> = HashMap::new();
    let mut next = 2;
    for shaft in axon.shafts() {
        let leaves_from = axon.leaves_from(shaft.cone);
        let (mut parent, skip) = match leaves_from {
            None => (1, 0),
            Some((cone, node)) => (first_id.get(&cone).copied().unwrap_or(1) + node as i64, 1),
        };
        // The piece that a soma has drawn out as it walked has a point of its own, before those of the path.
        let drawn_out = i64::from(shaft.soma_um.is_some());
        first_id.insert(shaft.cone, next - skip + drawn_out);
        for at_um in shaft.points_um().skip(skip as usize) {
            point(text, next, 2, at_um, AXON_RADIUS_UM, parent);
            parent = next;
            next += 1;
        }
    }
}

fn point(text: &mut String, id: i64, kind: u8, at_um: Vec3, radius_um: f32, parent: i64) {
    let _ = writeln!(
        text,
        "{id} {kind} {} {} {} {radius_um} {parent}",
        at_um.x, at_um.y, at_um.z
    );
}

/// A name that cannot end its comment.
fn one_line(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
