//! The ground of the scene against pictures that are kept, each with a change that must be seen.

use crate::offscreen::{Picture, Sight, TOLERANCE, device_of_tests, draw_ground, frame};
use outgrowth::engine::gpu::device::Device;
use outgrowth::model::layout::NONE;
use outgrowth::model::plate::Plate;
use outgrowth::scenario::{self, Surroundings, builtin};
use outgrowth::view::arrangement::Arrangement;
use outgrowth::view::look::{Look, Theme};
use outgrowth::view::pose::poses;

fn plate(name: &str) -> Plate {
    let text = builtin(name).expect("built in").text;
    scenario::read(text, name, &[], &Surroundings::none())
        .expect("sound")
        .plate
}

/// Where each well's grid begins, and a field in all of them: one dose in wells without a grid, in the others a dose that
/// falls with the distance from the right.
fn field(plate: &Plate, uniform: f32, brightest: f32) -> (Vec<u32>, Vec<f32>) {
    let species = plate.myokines.len();
    let wells = plate.wells();
    let mut values = vec![uniform; wells.len() * species];
    let mut grids = Vec::new();
    let columns = plate.domain.voxels[0] as usize;
    for place in &wells {
        if !plate.has_grid(place.condition) {
            grids.push(NONE);
            continue;
        }
        grids.push(values.len() as u32);
        for _ in 0..species {
            values.extend((0..plate.domain.voxel_count()).map(|voxel| {
                let away = 1.0 - (voxel % columns) as f32 / columns as f32;
                brightest * (-2.5 * away).exp()
            }));
        }
    }
    (grids, values)
}

struct Scene {
    plate: Plate,
    look: Look,
    step: u32,
    wall_s: f64,
    uniform: f32,
    brightest: f32,
}

impl Scene {
    fn of(name: &str) -> Self {
        Scene {
            plate: plate(name),
            look: Look::default(),
            step: 600,
            wall_s: 0.25,
            uniform: 0.55,
            brightest: 1.0,
        }
    }

    fn arrangement(&self) -> Arrangement {
        Arrangement::of(&self.plate, 1.4)
    }

    fn drawn(&self, device: &Device, sight: &Sight) -> Picture {
        self.timed(device, sight).0
    }

    fn timed(&self, device: &Device, sight: &Sight) -> (Picture, f64) {
        let arrangement = self.arrangement();
        let (grids, values) = field(&self.plate, self.uniform, self.brightest);
        let poses = poses(&self.plate, &arrangement, &grids, self.step, self.wall_s, &self.look);
        let frame = frame(&self.plate, &arrangement, &self.look, sight, 1.0);
        draw_ground(device, &self.plate, &frame, &poses, &values)
    }

    fn well(&self, device: &Device, well: usize) -> Picture {
        self.drawn(device, &Sight::well(&self.arrangement(), well, 240))
    }
}

#[test]
fn a_field_on_a_grid_is_seen_as_it_is() {
    let Some(device) = device_of_tests() else { return };
    let mut scene = Scene::of("exercise-2024");
    scene.look.layers.muscle = false;
    let seen = scene.well(&device, 15);
    seen.assert_as_kept("ground_gridded_field");
    assert!(
        seen.at(0.9, 0.5)[0] > seen.at(0.2, 0.5)[0] + 20,
        "the dose falls to the left"
    );
    scene.brightest = 0.5;
    assert!(
        scene.well(&device, 15).unlike(&seen) > TOLERANCE,
        "another field is told apart"
    );
}

#[test]
fn a_uniform_field_is_the_same_everywhere() {
    let Some(device) = device_of_tests() else { return };
    let mut scene = Scene::of("exercise-2024");
    let seen = scene.well(&device, 6);
    seen.assert_as_kept("ground_uniform_field");
    assert_eq!(seen.at(0.3, 0.4), seen.at(0.7, 0.4));
    scene.uniform = 0.1;
    assert!(
        scene.well(&device, 6).unlike(&seen) > TOLERANCE,
        "another dose is told apart"
    );
}

#[test]
fn a_moving_gel_takes_its_lines_and_clamps_along() {
    let Some(device) = device_of_tests() else { return };
    let mut scene = Scene::of("exercise-2024");
    (scene.step, scene.uniform) = (0, 0.0);
    let pulled = scene.well(&device, 12);
    pulled.assert_as_kept("ground_moving_gel");
    scene.wall_s = 0.75;
    assert!(
        scene.well(&device, 12).unlike(&pulled) > TOLERANCE,
        "another phase is told apart"
    );
    scene.step = 60;
    let still = scene.well(&device, 12);
    assert!(still.unlike(&pulled) > TOLERANCE, "a gel at rest is told apart");
}

#[test]
fn bars_are_where_they_stand_and_drag_the_gel_along() {
    let Some(device) = device_of_tests() else { return };
    let mut scene = Scene::of("magnet-bars");
    scene.step = 0;
    // Bars that all are pulled alike.
    let pulled = scene.well(&device, 3);
    pulled.assert_as_kept("ground_pulled_bars");
    scene.wall_s = 0.75;
    let back = scene.well(&device, 3);
    assert!(back.unlike(&pulled) > TOLERANCE, "another phase is told apart");
    scene.wall_s = 0.0;
    let still = scene.well(&device, 3);
    assert!(still.unlike(&pulled) > TOLERANCE, "a gel at rest is told apart");
    scene.look.layers.gel = false;
    let bare = scene.well(&device, 3);
    assert!(bare.unlike(&still) > TOLERANCE, "bars belong to the gel's layer");
}

#[test]
fn clamps_hold_a_sheared_gel() {
    let Some(device) = device_of_tests() else { return };
    let mut scene = Scene::of("exercise-2024");
    (scene.step, scene.uniform) = (0, 0.0);
    let protocol = scene.plate.conditions[4].actuation.as_mut().expect("it moves");
    protocol.strain = outgrowth::model::plate::StrainMode::Shear;
    let sheared = scene.well(&device, 12);
    sheared.assert_as_kept("ground_sheared_gel");
    scene.look.layers.gel = false;
    assert!(
        scene.well(&device, 12).unlike(&sheared) > TOLERANCE,
        "the layer can be left out"
    );
}

#[test]
fn muscle_is_lit_and_shortens() {
    let Some(device) = device_of_tests() else { return };
    let mut scene = Scene::of("exercise-2024");
    (scene.step, scene.wall_s) = (0, 0.55);
    let lit = scene.well(&device, 15);
    lit.assert_as_kept("ground_lit_muscle");
    scene.step = 600;
    let dark = scene.well(&device, 15);
    assert!(dark.unlike(&lit) > TOLERANCE, "light off is told apart");
    assert!(lit.at(0.85, 0.5)[2] > dark.at(0.85, 0.5)[2] + 40, "the light is blue");
}

#[test]
fn paper_is_light() {
    let Some(device) = device_of_tests() else { return };
    let mut scene = Scene::of("exercise-2024");
    (scene.step, scene.look.theme) = (0, Theme::Light);
    let sight = Sight::all(420, 300);
    let paper = scene.drawn(&device, &sight);
    paper.assert_as_kept("ground_on_paper");
    scene.look.theme = Theme::Dark;
    assert!(scene.drawn(&device, &sight).unlike(&paper) > 100.0);
}

#[test]
fn a_gel_with_height_shows_a_slice_and_its_edges() {
    let Some(device) = device_of_tests() else { return };
    let mut scene = Scene::of("gel-slab");
    (scene.step, scene.uniform) = (0, 0.2);
    let arrangement = scene.arrangement();
    let sight = Sight {
        tilt: 0.9,
        ..Sight::all(420, 220)
    };
    let seen = scene.drawn(&device, &sight);
    seen.assert_as_kept("ground_slab");
    scene.look.slice = 0.1;
    assert!(
        scene.drawn(&device, &sight).unlike(&seen) > 0.3,
        "another height is told apart"
    );
    assert!(arrangement.well_um.z > 100.0);
}

#[test]
fn walls_are_solid() {
    let Some(device) = device_of_tests() else { return };
    let mut scene = Scene::of("exercise-2024");
    let open = scene.well(&device, 0);
    let [columns, rows, _] = scene.plate.domain.voxels;
    scene.plate.domain.walls = (0..columns * rows)
        .map(|voxel| {
            let (x, y) = (voxel % columns, voxel / columns);
            (100..130).contains(&x) && !(130..170).contains(&y)
        })
        .collect();
    let walled = scene.well(&device, 0);
    walled.assert_as_kept("ground_walls");
    assert!(walled.unlike(&open) > 0.5, "walls are told apart");
}

/// Says how long a drawing takes, and writes large pictures to look at into the folder that `OUTGROWTH_PICTURES` names.
#[test]
fn large_pictures_for_the_eye() {
    let Ok(folder) = std::env::var("OUTGROWTH_PICTURES") else {
        return;
    };
    let Some(device) = device_of_tests() else { return };
    let folder = std::path::PathBuf::from(folder);
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut scene = Scene::of("exercise-2024");
        (scene.step, scene.wall_s, scene.look.theme) = (0, 0.35, theme);
        let arrangement = scene.arrangement();
        let (all, ms) = scene.timed(&device, &Sight::all(900, 640));
        println!("{name}: {ms:.1} ms at 900 x 640");
        all.write(&folder.join(format!("plate_{name}.png")));
        for well in [12, 15] {
            let (one, ms) = scene.timed(&device, &Sight::well(&arrangement, well, 700));
            println!("{name}, well {well}: {ms:.1} ms at 700 x 700");
            one.write(&folder.join(format!("well_{well}_{name}.png")));
        }
        let middle = arrangement.corners_um[15].truncate() + glam::DVec2::new(4600.0, 3000.0);
        let close = Sight {
            part_um: Some((middle - 150.0, middle + 150.0)),
            ..Sight::all(700, 700)
        };
        scene
            .drawn(&device, &close)
            .write(&folder.join(format!("fibres_{name}.png")));
        let mut slab = Scene::of("gel-slab");
        (slab.step, slab.uniform, slab.look.theme) = (0, 0.2, theme);
        let tilted = Sight {
            tilt: 0.9,
            ..Sight::all(900, 480)
        };
        slab.drawn(&device, &tilted)
            .write(&folder.join(format!("slab_{name}.png")));
    }
}
