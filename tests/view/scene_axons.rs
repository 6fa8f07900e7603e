//! Axons in the scene: what is kept from picture to picture, moved with a gel or a view, or drawn from the engine's own
//! buffers shows what a picture drawn anew shows, and what cannot be seen costs nothing. On a software driver; without one
//! the tests say so.

use glam::{DMat3, DVec2, DVec3, Vec3, Vec4};
use outgrowth::engine::gpu::{GpuEngine, tuning::Tuning};
use outgrowth::engine::{ComputesOn, Engine, EngineInfo, cpu::CpuEngine};
use outgrowth::model::gel::displacement::Displacement;
use outgrowth::model::gel::lattice::Lattice;
use outgrowth::model::gel::motion::{Cause, Motion};
use outgrowth::model::layout::{NONE, Node};
use outgrowth::model::moment::Moment;
use outgrowth::model::parameters::Actuation;
use outgrowth::model::plate::{Action, Cut, Plate, StrainMode, StrainProtocol};
use outgrowth::model::world::World;
use outgrowth::readout::field::grids;
use outgrowth::scenario::{self, Surroundings, builtin};
use outgrowth::view::camera::{Camera, Viewpoint};
use outgrowth::view::look::{ColourBy, Look};
use outgrowth::view::movement::sheets;
use outgrowth::view::offscreen::{Image, Offscreen};
use outgrowth::view::scene::layout::Pose;
use outgrowth::view::scene::{Drawn, Scene};

use std::sync::Arc;

pub(crate) const SIZE: u32 = 200;

pub(crate) fn plate() -> Plate {
    let text = builtin("quick").expect("built in").text;
    let scenario = scenario::read(text, "quick.toml", &[], &Surroundings::none());
    scenario.expect("valid").plate
}

/// A device that draws, unless there is none and none is required.
pub(crate) fn offscreen() -> Option<Offscreen> {
    match pollster::block_on(Offscreen::open(None)) {
        Ok(offscreen) => Some(offscreen),
        Err(reason) => {
            let required = std::env::var("REQUIRE_GPU").is_ok_and(|value| value == "1");
            assert!(!required, "{reason}");
            println!("SKIPPED: {reason}");
            None
        }
    }
}

/// The state of an engine as a moment that follows the one with these paths.
fn moment(engine: &mut dyn Engine, shown: &mut Vec<Vec<Node>>) -> Moment {
    let grids = grids(engine.now());
    let moment = Moment::after(shown, engine.world().expect("read"), &grids);
    moment.paths.apply(shown, moment.cones.len());
    moment
}

pub(crate) fn still_poses(scene: &Scene) -> Vec<Pose> {
    let arrangement = scene.arrangement();
    let corners = arrangement.corners_um.iter().enumerate();
    corners
        .map(|(well, corner)| Pose {
            corner_um: corner.as_vec3(),
            condition: arrangement.conditions[well] as u32,
            colour: Vec4::new(0.1, 0.6, 0.9, 1.0),
            grid: scene.grids().get(well).copied().unwrap_or(NONE),
            well: well as u32,
            axis: Vec3::X,
            movement: NONE,
            ..bytemuck::Zeroable::zeroed()
        })
        .collect()
}

pub(crate) fn draw(offscreen: &Offscreen, scene: &mut Scene, view: Viewpoint, look: &Look) -> (Image, Drawn) {
    let poses = still_poses(scene);
    draw_posed(offscreen, scene, view, look, (&plate(), &poses))
}

pub(crate) fn draw_posed(
    offscreen: &Offscreen,
    scene: &mut Scene,
    view: Viewpoint,
    look: &Look,
    (now, poses): (&Plate, &[Pose]),
) -> (Image, Drawn) {
    let camera = Camera::new(view, DVec2::splat(f64::from(SIZE)));
    let mut drawn = Drawn::default();
    let image = offscreen.image(SIZE, SIZE, |encoder, target, rect| {
        drawn = scene.draw(encoder, target, rect, &camera, look, (now, poses), 0.0);
    });
    (image.expect("drawn"), drawn)
}

/// The view of the first well, and how many µm it is wide.
pub(crate) fn first_well(scene: &Scene) -> (Viewpoint, f64) {
    let (corner, size) = (scene.arrangement().corners_um[0], scene.arrangement().well_um);
    let (low, high) = (corner.truncate(), (corner + size).truncate());
    (Viewpoint::above(low, high, 1.0), size.x)
}

/// Mean difference of two pictures, in steps of a byte.
fn difference(a: &Image, b: &Image) -> f64 {
    let sum: u64 = a.rgba.iter().zip(&b.rgba).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.rgba.len() as f64
}

/// A look at nothing but axons.
pub(crate) fn axons_alone() -> Look {
    let mut look = Look::default();
    (look.layers.cones, look.layers.somata, look.layers.field) = (false, false, false);
    (look.layers.gel, look.layers.muscle) = (false, false);
    look
}

pub(crate) fn scene_of(offscreen: &Offscreen, plate: &Plate) -> Scene {
    let mut scene = offscreen.scene().expect("made");
    scene.open(plate, 1.0).expect("opened");
    scene
}

/// A plate after so many steps, and a scene that shows it.
pub(crate) fn grown(offscreen: &Offscreen, plate: &Plate, steps: u32) -> (CpuEngine, Scene) {
    let mut engine = CpuEngine::new(plate.clone(), Some(1), "asked for").expect("opened");
    engine.advance(steps).expect("advanced");
    let mut scene = scene_of(offscreen, plate);
    scene.take(moment(&mut engine, &mut Vec::new()));
    (engine, scene)
}

#[test]
fn a_kept_picture_shows_what_one_drawn_anew_shows() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let mut engine = CpuEngine::new(plate.clone(), Some(1), "asked for").expect("opened");
    let mut kept = scene_of(&offscreen, &plate);
    let mut shown = Vec::new();
    // Growth cones move on while their axons stay, so they are left out of what is compared.
    let look = axons_alone();
    let (view, _) = first_well(&kept);
    let mut pictures = Vec::new();
    let mut anew = 0;
    for _ in 0..16 {
        engine.advance(20).expect("advanced");
        kept.take(moment(&mut engine, &mut shown));
        let (picture, drawn) = draw(&offscreen, &mut kept, view, &look);
        anew += u32::from(drawn.anew);
        pictures.push(picture);
    }
    assert!(anew < 8, "the picture was drawn anew {anew} times, so nothing was kept");
    let mut fresh = scene_of(&offscreen, &plate);
    fresh.take(moment(&mut engine, &mut Vec::new()));
    let (whole, drawn) = draw(&offscreen, &mut fresh, view, &look);
    assert!(drawn.anew);
    let (last, earlier) = (difference(&pictures[15], &whole), difference(&pictures[9], &whole));
    println!("kept {last:.4}, two hours earlier {earlier:.4}");
    assert!(
        last < 0.02 * earlier,
        "kept {last:.4}, but two hours of growth make {earlier:.4}"
    );
}

#[test]
fn what_cannot_be_seen_is_not_drawn() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let (_, mut scene) = grown(&offscreen, &plate, 400);
    let (near, width_um) = first_well(&scene);
    let far = Viewpoint {
        height_um: 40.0 * width_um,
        ..near
    };
    let close = Viewpoint {
        height_um: 0.1 * width_um,
        ..near
    };
    let aside = Viewpoint {
        centre_um: near.centre_um + Vec3::X.as_dvec3() * 50.0 * width_um,
        ..near
    };
    let look = Look::default();
    let mut vertices = |view| {
        // While the view is on its way a software driver moves the picture it has; at rest the axons are drawn.
        let (_, moved) = draw(&offscreen, &mut scene, view, &look);
        assert!(!moved.travels || moved.axon_vertices == 0);
        let (_, drawn) = draw(&offscreen, &mut scene, view, &look);
        assert!(drawn.anew || !moved.travels);
        if moved.travels { drawn } else { moved }.axon_vertices
    };
    let (far, near, close, aside) = (vertices(far), vertices(near), vertices(close), vertices(aside));
    println!("{far} far away, {near} near, {close} close, {aside} aside");
    // Close up the other well is out of sight, and what is left is drawn with all its points.
    assert!(far > 0 && 4 * far <= near, "{far} far away, {near} near");
    assert!(close > 2 * far && close < near, "{close} close, {near} near");
    assert_eq!(aside, 0, "wells out of sight cost nothing");
}

#[test]
fn every_colour_draws_something_of_its_own() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let (_, mut scene) = grown(&offscreen, &plate, 300);
    let (view, _) = first_well(&scene);
    let pictures: Vec<Image> = ColourBy::ALL
        .into_iter()
        .map(|colour_by| {
            let look = Look {
                colour_by,
                ..Look::default()
            };
            draw(&offscreen, &mut scene, view, &look).0
        })
        .collect();
    for (index, picture) in pictures.iter().enumerate() {
        for other in &pictures[index + 1..] {
            let found = difference(picture, other);
            assert!(found > 0.001, "{:?} looks like another colour", ColourBy::ALL[index]);
        }
    }
    // The same look gives the same picture.
    let (again, _) = draw(&offscreen, &mut scene, view, &Look::default());
    assert!(difference(&again, &pictures[0]) < 0.001);
}

/// A picture of many lines, drawn over several frames while the axons grow on, is in the end the whole one.
#[test]
fn a_picture_drawn_in_parts_becomes_whole() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let mut engine = CpuEngine::new(plate.clone(), Some(1), "asked for").expect("opened");
    engine.advance(600).expect("advanced");
    let look = axons_alone();
    let mut parts = scene_of(&offscreen, &plate);
    parts.draw_in_parts(700);
    let mut shown = Vec::new();
    let (view, _) = first_well(&parts);
    let (mut pictures, mut unfinished) = (Vec::new(), 0);
    for _ in 0..40 {
        parts.take(moment(&mut engine, &mut shown));
        let (picture, drawn) = draw(&offscreen, &mut parts, view, &look);
        assert!(drawn.axon_vertices <= 4 * 700);
        pictures.push(picture);
        if !drawn.unfinished {
            break;
        }
        unfinished += 1;
        engine.advance(5).expect("advanced");
    }
    let mut whole = scene_of(&offscreen, &plate);
    whole.take(moment(&mut engine, &mut Vec::new()));
    let (expected, _) = draw(&offscreen, &mut whole, view, &look);
    let last = difference(pictures.last().expect("drawn"), &expected);
    let first = difference(&pictures[0], &expected);
    println!("{unfinished} frames; whole {last:.4}, at first {first:.4}");
    assert!(unfinished > 3, "{unfinished} frames are no parts");
    assert!(last < 0.05 * first, "whole {last:.4}, at first {first:.4}");
}

/// A gel strained alike in both directions looks as a gel at rest does from nearer by: the ground apart, which stays.
#[test]
fn a_moved_gel_takes_its_axons_along() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let (mut engine, mut scene) = grown(&offscreen, &plate, 600);
    let look = axons_alone();
    let (view, _) = first_well(&scene);
    let (at_rest, _) = draw(&offscreen, &mut scene, view, &look);
    const STRAIN: f32 = 0.12;
    let mut strained = still_poses(&scene);
    strained[0].gradient = [Vec4::X * STRAIN, Vec4::Y * STRAIN, Vec4::ZERO];
    strained[0].moving = 1;
    let (moved, drawn) = draw_posed(&offscreen, &mut scene, view, &look, (&plate, &strained));
    let nearer = Viewpoint {
        height_um: view.height_um / f64::from(1.0 + STRAIN),
        ..view
    };
    let mut other = scene_of(&offscreen, &plate);
    other.take(moment(&mut engine, &mut Vec::new()));
    let (expected, _) = draw(&offscreen, &mut other, nearer, &look);
    // The middle of the picture, where there is nothing but gel in both.
    let (found, unmoved) = (
        middle_difference(&moved, &expected),
        middle_difference(&at_rest, &expected),
    );
    println!(
        "moved {found:.3}, at rest {unmoved:.3}; {} vertices",
        drawn.axon_vertices
    );
    assert!(found < 0.35 * unmoved, "moved {found:.3}, left at rest {unmoved:.3}");
    let (again, _) = draw(&offscreen, &mut scene, view, &look);
    assert!(
        difference(&again, &at_rest) < 0.01,
        "the gel did not come back to where it was"
    );
}

/// A gel whose uneven movement happens to be the same strain everywhere is drawn as one that is strained alike.
#[test]
fn an_uneven_movement_is_drawn_as_it_is() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let (_, mut scene) = grown(&offscreen, &plate, 600);
    let (view, _) = first_well(&scene);
    let mut look = Look::default();
    // Rims, magnets and light on muscle are not carried.
    look.layers.muscle = false;
    let strain = DMat3::from_diagonal(DVec3::new(0.1, -0.05, 0.0));
    let size_um = plate.domain.size_um();
    let lattice = Lattice {
        origin_um: DVec3::ZERO,
        edge_um: size_um / DVec3::new(8.0, 8.0, 1.0),
        elements: [8, 8, 0],
    };
    let moved = |node| strain * (lattice.node_um(node) - 0.5 * size_um) * DVec3::new(1.0, 1.0, 0.0);
    let motion = Motion {
        cause: Cause::Measured {
            file: "affine".to_owned(),
        },
        peak: Displacement {
            moved_um: (0..lattice.node_count()).map(moved).collect(),
            lattice: lattice.clone(),
        },
        peak_strain: Vec::new(),
        moments: Vec::new(),
    };
    let mut uneven_plate = plate.clone();
    uneven_plate.conditions[0].actuation = Some(StrainProtocol {
        strain: StrainMode::Nonuniform(Arc::new(motion)),
        actuation: Actuation::default(),
        resolved: false,
    });
    let at_rest = still_poses(&scene);
    let mut alike = at_rest.clone();
    alike[0].gradient = [strain.x_axis, strain.y_axis, strain.z_axis].map(|axis| axis.as_vec3().extend(0.0));
    alike[0].moving = 1;
    let mut uneven = at_rest.clone();
    let sheet = sheets(&uneven_plate)[0].expect("it moves unevenly");
    (uneven[0].movement, uneven[0].layers) = (sheet.first, sheet.layers);
    (uneven[0].sway, uneven[0].moving) = (1.0, 1);
    for look in [look, axons_alone()] {
        let mut picture =
            |plate: &Plate, poses: &[Pose]| draw_posed(&offscreen, &mut scene, view, &look, (plate, poses)).0;
        let expected = picture(&plate, &alike);
        let (found, still) = (picture(&uneven_plate, &uneven), picture(&plate, &at_rest));
        uneven[0].sway = 0.9;
        let less = picture(&uneven_plate, &uneven);
        uneven[0].sway = 1.0;
        let [found, less, still] = [found, less, still].map(|image| difference(&image, &expected));
        println!("uneven {found:.4}, nine tenths of it {less:.4}, at rest {still:.4}");
        assert!(
            found < 0.1 * less && less < 0.6 * still,
            "uneven {found:.4}, nine tenths of it {less:.4}, at rest {still:.4}"
        );
    }
}

/// In a slab the axons of a gel that moves are drawn for each picture, and leave nothing behind where they were.
#[test]
fn a_moving_slab_leaves_no_trace() {
    let Some(offscreen) = offscreen() else { return };
    let text = builtin("gel-slab").expect("built in").text;
    let plate = scenario::read(text, "gel-slab.toml", &[], &Surroundings::none())
        .expect("valid")
        .plate;
    let mut engine = CpuEngine::new(plate.clone(), None, "asked for").expect("opened");
    engine.advance(900).expect("advanced");
    let look = axons_alone();
    let mut scene = scene_of(&offscreen, &plate);
    let mut shown = Vec::new();
    scene.take(moment(&mut engine, &mut shown));
    let (well, _) = first_well(&scene);
    let view = Viewpoint {
        height_um: 0.5 * well.height_um,
        ..well
    };
    let mut strained = still_poses(&scene);
    strained[0].gradient[0] = Vec4::X * 0.3;
    strained[0].moving = 1;
    draw_posed(&offscreen, &mut scene, view, &look, (&plate, &strained));
    engine.advance(300).expect("advanced");
    scene.take(moment(&mut engine, &mut shown));
    let (grown, drawn) = draw_posed(&offscreen, &mut scene, view, &look, (&plate, &strained));
    assert!(
        !drawn.anew && drawn.axon_vertices > 0,
        "its axons are drawn for each picture: {drawn:?}"
    );
    let mut fresh = scene_of(&offscreen, &plate);
    fresh.take(moment(&mut engine, &mut Vec::new()));
    let (expected, _) = draw_posed(&offscreen, &mut fresh, view, &look, (&plate, &strained));
    let (at_rest, _) = draw(&offscreen, &mut fresh, view, &look);
    let (found, unmoved) = (difference(&grown, &expected), difference(&at_rest, &expected));
    println!("grown while moving {found:.4}, at rest {unmoved:.4}");
    assert!(found < 0.02 * unmoved, "{found:.4} off, at rest {unmoved:.4}");
}

/// The light of the axons of a state in a view, with what was cut off or without.
fn light_of(
    offscreen: &Offscreen,
    scene: &mut Scene,
    plate: &Plate,
    mut world: World,
    shows_severed: bool,
    view: Viewpoint,
) -> u64 {
    if !shows_severed {
        world.severed = Arc::default();
    }
    let mut still = CpuEngine::new(plate.clone(), Some(1), "asked for").expect("opened");
    still.load(world).expect("the same plate");
    let mut shown: Vec<_> = scene.paths().to_vec();
    scene.take(moment(&mut still, &mut shown));
    let look = axons_alone();
    // A view that has moved is at rest in the second picture.
    draw(offscreen, scene, view, &look);
    let (image, _) = draw(offscreen, scene, view, &look);
    image.rgba.iter().map(|&byte| u64::from(byte)).sum()
}

/// What was cut off is fainter than an axon, falls to pieces in time and is gone in the end.
#[test]
fn severed_axons_fade_from_the_picture() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let (mut engine, mut scene) = grown(&offscreen, &plate, 600);
    let (view, _) = first_well(&scene);
    let mut brightness = |engine: &CpuEngine, after_steps: u32, shows_severed: bool| {
        let mut world = engine.last_world().clone();
        world.step += after_steps;
        light_of(&offscreen, &mut scene, &plate, world, shows_severed, view)
    };
    let whole = brightness(&engine, 0, true);
    let at_um = 0.5 * plate.domain.size_um();
    for normal in [DVec3::X, DVec3::Y] {
        let cut = Action::Axotomy(Cut::Plane { at_um, normal });
        engine.apply(&cut, 0).expect("cut");
    }
    let steps = (plate.conditions[0].biology.injury.degeneration_h / plate.step_h) as u32;
    let bare = brightness(&engine, 0, false);
    let course = [0, steps / 2, steps * 3 / 4, steps].map(|after| brightness(&engine, after, true));
    println!("whole {whole}, without what was cut off {bare}, after the cut {course:?}");
    assert!(whole > course[0] && course[0] > bare, "what is cut off is fainter");
    assert_eq!(course[0], course[1], "whole for half the time");
    assert!(course[1] > course[2] && course[2] > bare, "then in pieces");
    assert_eq!(course[3], bare, "and gone");
}

/// What was cut off lies where it grew: in its own well, and in no other.
#[test]
fn severed_axons_lie_in_their_own_well() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let (mut engine, mut scene) = grown(&offscreen, &plate, 600);
    let arrangement = scene.arrangement().clone();
    let last = arrangement.corners_um.len() - 1;
    let cut = Action::Axotomy(Cut::Plane {
        at_um: 0.5 * plate.domain.size_um() + 60.0 * DVec3::X,
        normal: DVec3::X,
    });
    engine.apply(&cut, arrangement.conditions[last]).expect("cut");
    let mut light_in = |well: usize, shows_severed: bool| {
        let (low, size) = (arrangement.corners_um[well].truncate(), arrangement.well_um.truncate());
        let view = Viewpoint::above(low, low + size, 1.0);
        let world = engine.last_world().clone();
        light_of(&offscreen, &mut scene, &plate, world, shows_severed, view)
    };
    let (own, bare) = (light_in(last, true), light_in(last, false));
    let (other, other_bare) = (light_in(0, true), light_in(0, false));
    println!("own well {own}, without what was cut off {bare}; another {other}, {other_bare}");
    assert!(own > bare + bare / 200, "what was cut off is not seen");
    assert_eq!(other, other_bare, "it is seen in another well");
}

/// A view on its way shows what it will show at rest.
#[test]
fn a_travelling_view_shows_what_it_shows_at_rest() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let (_, mut scene) = grown(&offscreen, &plate, 600);
    let look = axons_alone();
    let (before, width_um) = first_well(&scene);
    let after = Viewpoint {
        centre_um: before.centre_um + Vec3::X.as_dvec3() * 0.06 * width_um,
        ..before
    };
    let (first, _) = draw(&offscreen, &mut scene, before, &look);
    let (travelling, on_the_way) = draw(&offscreen, &mut scene, after, &look);
    let (at_rest, arrived) = draw(&offscreen, &mut scene, after, &look);
    println!("on the way {on_the_way:?}, arrived {arrived:?}");
    // Graphics hardware has time to draw every frame anew.
    let software = offscreen.adapter.device_type == wgpu::DeviceType::Cpu;
    assert_eq!(software, on_the_way.travels && on_the_way.axon_vertices == 0);
    assert_eq!(software, !on_the_way.anew);
    assert_eq!(software, arrived.anew);
    assert!(!arrived.travels);
    let (found, unmoved) = (
        middle_difference(&travelling, &at_rest),
        middle_difference(&first, &at_rest),
    );
    println!("travelling {found:.3}, not moved {unmoved:.3}");
    assert!(
        found < 0.35 * unmoved,
        "travelling {found:.3}, not moved at all {unmoved:.3}"
    );
}

/// The engine's own buffers, drawn where they are, show what its state shows when it is read back and uploaded.
#[test]
fn the_engines_own_buffers_show_its_state() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let info = EngineInfo {
        kind: ComputesOn::Gpu,
        device: offscreen.adapter.name.clone(),
        pci: String::new(),
        driver: String::new(),
        backend: String::new(),
        reason: "test".to_owned(),
    };
    let mut engine = GpuEngine::on(plate.clone(), offscreen.device.clone(), info, Tuning::default()).expect("opened");
    engine.advance(300).expect("advanced");
    let mut look = Look::default();
    look.layers.somata = false;
    let mut live = scene_of(&offscreen, &plate);
    live.take(moment(&mut engine, &mut Vec::new()));
    let (well, _) = first_well(&live);
    // Near enough for the newest stretches to be seen.
    let view = Viewpoint {
        height_um: 0.6 * well.height_um,
        ..well
    };
    let (stale, _) = draw(&offscreen, &mut live, view, &look);
    engine.advance(90).expect("advanced");
    let state = engine.on_device().expect("it is on a device");
    assert_eq!(state.step, 390);
    live.follow(Some(state.clone()));
    assert!(live.is_live() && live.step() == 390);
    let (seen, _) = draw(&offscreen, &mut live, view, &look);

    let mut read_back = scene_of(&offscreen, &plate);
    read_back.take(moment(&mut engine, &mut Vec::new()));
    let (expected, _) = draw(&offscreen, &mut read_back, view, &look);
    let (found, without) = (difference(&seen, &expected), difference(&stale, &expected));
    println!("live {found:.4}, without {without:.4}");
    assert!(found < 0.1 * without, "live {found:.4}, an earlier moment {without:.4}");

    // A state that is older than what is shown, or on another device, is not drawn.
    read_back.follow(Some(outgrowth::engine::gpu::on_device::OnDevice {
        step: 300,
        ..state.clone()
    }));
    assert!(!read_back.is_live());
    let Some(other) = self::offscreen() else { return };
    let mut elsewhere = scene_of(&other, &plate);
    elsewhere.follow(Some(state));
    assert!(!elsewhere.is_live());
}

/// Mean difference in the middle of two pictures, in steps of a byte.
fn middle_difference(a: &Image, b: &Image) -> f64 {
    let (low, high) = (SIZE as usize / 8, SIZE as usize * 7 / 8);
    let part = |image: &Image| -> Vec<u8> {
        let rows = image.rgba.chunks_exact(4 * SIZE as usize).take(high).skip(low);
        rows.flat_map(|row| row[4 * low..4 * high].to_vec()).collect()
    };
    let (a, b) = (part(a), part(b));
    let sum: u64 = a.iter().zip(&b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.len() as f64
}
