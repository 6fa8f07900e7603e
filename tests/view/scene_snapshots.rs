//! Every layer of the scene, and the plate with all of them, against pictures that are kept. A picture may be off by what
//! another driver rounds, and each is held against what must not pass for it: the same without its layer.

use crate::offscreen::{Picture, device_of_tests};
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::experiment::advance_to;
use outgrowth::model::plate::Plate;
use outgrowth::model::world::World;
use outgrowth::scenario::{self, Surroundings, builtin};
use outgrowth::view::arrangement::Arrangement;
use outgrowth::view::camera::Viewpoint;
use outgrowth::view::look::{ColourBy, Layers, Look, Theme};
use outgrowth::view::picture::{Framing, Studio};

/// How far off a kept picture may be, as a mean over its bytes, where little of it is covered.
const TOLERANCE: f64 = 0.25;
/// How much farther off the picture without the layer must be.
const CLEARLY: f64 = 4.0;

const NOTHING: Layers = Layers {
    field: false,
    gel: false,
    muscle: false,
    axons: false,
    somata: false,
    cones: false,
};

/// A scenario at a step.
fn state(name: &str, step: u32) -> (Plate, World) {
    let text = builtin(name).expect("built in").text;
    let plate = scenario::read(text, name, &[], &Surroundings::none())
        .expect("sound")
        .plate;
    let mut engine = CpuEngine::new(plate.clone(), None, "asked for").expect("opened");
    advance_to(&mut engine, step).expect("advanced");
    let world = engine.world().expect("read").clone();
    (plate, world)
}

/// Pictures of a state; `None` where there is no software driver and none is required.
struct Easel {
    plate: Plate,
    world: World,
    driver: String,
}

impl Easel {
    fn of(name: &str, step: u32) -> Option<Self> {
        let driver = device_of_tests()?.handle.adapter_info().name;
        let (plate, world) = state(name, step);
        Some(Easel { plate, world, driver })
    }

    fn picture(&self, size_px: [u32; 2], look: &Look, framing: Framing) -> Picture {
        let mut studio = Studio::open(&self.plate, Some(&self.driver), size_px).expect("opened");
        let image = studio.picture(&self.world, look, framing).expect("drawn");
        Picture {
            width: image.width,
            height: image.height,
            rgb: image
                .rgba
                .chunks_exact(4)
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
                .collect(),
        }
    }

    /// Holds a picture against the kept one, and against what it must not be.
    fn assert_as_kept(&self, name: &str, size_px: [u32; 2], framing: Framing, look: &Look, without: &Look) {
        let picture = self.picture(size_px, look, framing);
        picture.assert_as_kept_within(name, TOLERANCE);
        let unlike = picture.unlike(&self.picture(size_px, without, framing));
        println!("{name}: without its layer {unlike:.2} off");
        assert!(
            unlike > CLEARLY * TOLERANCE,
            "{name}: the picture without what it shows would be taken for it, {unlike:.2} off"
        );
    }

    /// A part of a well: its middle, so many times enlarged.
    fn part_of_well(&self, well: usize, size_px: [u32; 2], times: f64) -> Viewpoint {
        let arrangement = Arrangement::of(&self.plate, f64::from(size_px[0]) / f64::from(size_px[1]));
        let (corner, size) = (arrangement.corners_um[well], arrangement.well_um);
        let (low, high) = (corner.truncate(), (corner + size).truncate());
        let view = Viewpoint::above(low, high, 1.0);
        Viewpoint {
            height_um: view.height_um / times,
            ..view
        }
    }
}

fn only(layers: Layers) -> Look {
    Look {
        layers,
        ..Look::default()
    }
}

#[test]
fn axons_look_as_they_did() {
    let Some(easel) = Easel::of("quick", 700) else { return };
    let look = Look {
        colour_by: ColourBy::Neuron,
        ..only(Layers { axons: true, ..NOTHING })
    };
    let size = [240, 200];
    let part = Framing::View(easel.part_of_well(0, size, 1.8));
    easel.assert_as_kept("axons_by_neuron", size, part, &look, &only(NOTHING));
    let by_order = Look {
        colour_by: ColourBy::BranchOrder,
        ..look
    };
    easel.assert_as_kept("axons_by_branch_order", size, part, &by_order, &look);
    let on_paper = Look {
        theme: Theme::Light,
        ..look
    };
    let paper = Look {
        theme: Theme::Light,
        ..only(NOTHING)
    };
    easel.assert_as_kept("axons_on_paper", size, part, &on_paper, &paper);
}

#[test]
fn growth_cones_look_as_they_did() {
    let Some(easel) = Easel::of("quick", 700) else { return };
    let look = only(Layers { cones: true, ..NOTHING });
    let size = [240, 200];
    let part = Framing::View(easel.part_of_well(0, size, 3.5));
    easel.assert_as_kept("growth_cones", size, part, &look, &only(NOTHING));
}

#[test]
fn somata_look_as_they_did() {
    let Some(easel) = Easel::of("quick", 700) else { return };
    let look = only(Layers {
        somata: true,
        ..NOTHING
    });
    let size = [200, 200];
    let part = Framing::View(easel.part_of_well(0, size, 2.5));
    easel.assert_as_kept("somata", size, part, &look, &only(NOTHING));
}

#[test]
fn a_plate_looks_as_it_did() {
    let Some(easel) = Easel::of("quick", 725) else { return };
    let without_axons = only(Layers {
        axons: false,
        ..Layers::default()
    });
    let size = [480, 300];
    easel.assert_as_kept("plate", size, Framing::Plate, &Look::default(), &without_axons);
    let paper = Look {
        theme: Theme::Light,
        ..Look::default()
    };
    easel.assert_as_kept("plate_on_paper", size, Framing::Plate, &paper, &Look::default());
}

#[test]
fn a_slab_looks_as_it_did_from_aside() {
    let Some(easel) = Easel::of("gel-slab", 1800) else {
        return;
    };
    let size = [320, 240];
    let view = easel.part_of_well(easel.plate.wells().len() - 1, size, 1.6);
    let aside = Framing::View(Viewpoint {
        tilt_rad: 0.9,
        turn_rad: 0.5,
        ..view
    });
    let without_axons = only(Layers {
        axons: false,
        ..Layers::default()
    });
    easel.assert_as_kept("slab_from_aside", size, aside, &Look::default(), &without_axons);
}
