//! What is written over the scene: all of it is there, nothing lies on anything else, and it can be read on the picture.

use egui::epaint::{ClippedShape, Shape};
use egui::{Context, LayerId, Pos2, RawInput, Rect, vec2};
use glam::{DVec2, DVec3};
use outgrowth::model::plate::Plate;
use outgrowth::scenario::{self, Surroundings, builtin};
use outgrowth::view::arrangement::Arrangement;
use outgrowth::view::camera::{Camera, Viewpoint};
use outgrowth::view::look::{ColourBy, Look, Theme};
use outgrowth::view::overlay::onto::Overlay;
use outgrowth::view::overlay::{OnScreen, OverlayInput, draw};
use outgrowth::view::tools::find::NeuronCard;

fn plate() -> Plate {
    let text = builtin("exercise-2024").expect("built in").text;
    scenario::read(text, "test", &[], &Surroundings::none())
        .expect("sound")
        .plate
}

fn card() -> NeuronCard {
    NeuronCard {
        neuron: 1412,
        well: 7,
        length_um: 3456.7,
        tips: 4,
        branch_order: 2,
        speed_um_per_h: 18.4,
        mode: 0,
        gain: 4.62,
        trophic: 0.71,
        mechano: 0.04,
    }
}

/// Room for legends above and below the wells.
fn camera(arrangement: &Arrangement, size: DVec2) -> Camera {
    let view = Viewpoint::above(DVec2::ZERO, arrangement.size_um, size.x / (size.y - 90.0));
    let mut camera = Camera::new(view, size);
    let mut wider = view;
    wider.height_um *= size.y / (size.y - 90.0);
    camera.jump_to(wider);
    camera
}

fn with_input<T>(
    plate: &Plate,
    camera: &Camera,
    arrangement: &Arrangement,
    look: &Look,
    step: u32,
    selected: Option<&NeuronCard>,
    use_it: impl FnOnce(&OverlayInput<'_>) -> T,
) -> T {
    let to_screen = |at: DVec3| camera.px(at).map(|at| Pos2::new(at.x as f32, at.y as f32));
    use_it(&OverlayInput {
        hides_names: false,
        plate,
        arrangement,
        look,
        step,
        brightest_dose: 1.2,
        on_screen: OnScreen {
            to_screen: &to_screen,
            px_per_um: camera.px_per_um() as f32,
        },
        selected,
    })
}

/// Every piece of text and where it stands.
fn written(input: &OverlayInput<'_>, size: DVec2) -> Vec<(String, Rect)> {
    let context = Context::default();
    let whole = Rect::from_min_size(Pos2::ZERO, vec2(size.x as f32, size.y as f32));
    let raw = RawInput {
        screen_rect: Some(whole),
        ..RawInput::default()
    };
    let output = context.run_ui(raw, |ui| {
        draw(&ui.ctx().layer_painter(LayerId::background()), whole, input)
    });
    let mut found = Vec::new();
    for ClippedShape { shape, .. } in &output.shapes {
        if let Shape::Text(text) = shape {
            found.push((text.galley.text().to_owned(), text.visual_bounding_rect()));
        }
    }
    found
}

fn first_overlap(written: &[(String, Rect)]) -> Option<(&str, &str)> {
    written.iter().enumerate().find_map(|(index, (words, rect))| {
        let later = &written[index + 1..];
        let hit = later
            .iter()
            .find(|(_, other)| rect.shrink(0.5).intersects(other.shrink(0.5)))?;
        Some((words.as_str(), hit.0.as_str()))
    })
}

#[test]
fn everything_is_said_and_nothing_overlaps() {
    let plate = plate();
    let size = DVec2::new(1280.0, 720.0);
    let arrangement = Arrangement::of(&plate, size.x / size.y);
    let camera = camera(&arrangement, size);
    for theme in [Theme::Dark, Theme::Light] {
        let look = Look {
            theme,
            colour_by: ColourBy::Gain,
            ..Look::default()
        };
        let written = with_input(&plate, &camera, &arrangement, &look, 1450, None, |input| {
            written(input, size)
        });
        assert_eq!(first_overlap(&written), None, "{written:?}");
        let whole = Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 720.0));
        for (words, rect) in &written {
            assert!(whole.contains_rect(*rect), "{words} leaves the picture: {rect:?}");
        }
        let all: Vec<&str> = written.iter().map(|(words, _)| words.as_str()).collect();
        for wanted in [
            "1 d 0 h 10 min",
            "control",
            "muscle beside them",
            "light on",
            "gel moving",
            "medium changed",
            "axons by gain",
            "1.2",
            "0.6",
        ] {
            assert!(all.contains(&wanted), "{wanted} is not in {all:?}");
        }
        assert!(all.iter().any(|words| words.contains("drawn 3 × larger")), "{all:?}");
        // An hour and a half later nothing goes on.
        let later = with_input(&plate, &camera, &arrangement, &look, 1540, Some(&card()), |input| {
            self::written(input, size)
        });
        assert!(
            !later
                .iter()
                .any(|(words, _)| words == "light on" || words == "gel moving")
        );
    }
}

#[test]
fn words_on_words_are_noticed() {
    let at = |x: f32| Rect::from_min_size(Pos2::new(x, 10.0), vec2(40.0, 12.0));
    let apart = [("a".to_owned(), at(0.0)), ("b".to_owned(), at(50.0))];
    assert_eq!(first_overlap(&apart), None);
    let on = [("a".to_owned(), at(0.0)), ("b".to_owned(), at(30.0))];
    assert_eq!(first_overlap(&on), Some(("a", "b")));
}

/// Writes pictures to look at into the folder that `OUTGROWTH_PICTURES` names.
#[test]
fn pictures_for_the_eye() {
    let Ok(folder) = std::env::var("OUTGROWTH_PICTURES") else {
        return;
    };
    use outgrowth::engine::Engine;
    use outgrowth::model::moment::Moment;
    use outgrowth::view::offscreen::{FORMAT, Offscreen};
    use outgrowth::view::pose::poses;
    let plate = plate();
    let mut engine = outgrowth::engine::cpu::CpuEngine::new(plate.clone(), None, "test").expect("threads start");
    engine.advance(1450).expect("runs");
    let world = engine.last_world().clone();
    let grids: Vec<u32> = outgrowth::readout::field::grids(&plate)
        .into_iter()
        .map(|grid| grid.map_or(u32::MAX, |grid| grid as u32))
        .collect();
    let offscreen = pollster::block_on(Offscreen::open(None)).expect("an adapter");
    let size = [1280_u32, 720];
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let look = Look {
            theme,
            ..Look::default()
        };
        let mut scene = offscreen.scene().expect("its shaders are there");
        scene.open(&plate, 1280.0 / 720.0).expect("its shaders are there");
        scene.take(Moment::after(&[], &world, &outgrowth::readout::field::grids(&plate)));
        let arrangement = scene.arrangement().clone();
        let whole = camera(&arrangement, DVec2::new(1280.0, 720.0));
        let corner = arrangement.corners_um[15].truncate();
        let close = Camera::new(
            Viewpoint::above(
                corner - 100.0,
                corner + arrangement.well_um.truncate() + 100.0,
                1280.0 / 720.0,
            ),
            DVec2::new(1280.0, 720.0),
        );
        for (camera, what) in [(whole, "plate"), (close, "well")] {
            let poses = poses(&plate, &arrangement, &grids, world.step, 0.35, &look);
            let mut lettering = Overlay::new(&offscreen.device.handle, FORMAT);
            let image = offscreen
                .image(size[0], size[1], |encoder, target, rect| {
                    scene.draw(encoder, target, rect, &camera, &look, (&plate, &poses), 0.35);
                    with_input(
                        &plate,
                        &camera,
                        &arrangement,
                        &look,
                        world.step,
                        Some(&card()).filter(|_| what == "well"),
                        |input| {
                            let device = (&offscreen.device.handle, &offscreen.device.queue);
                            lettering.write(device, encoder, target, size, 1.0, input);
                        },
                    );
                })
                .expect("draws");
            let file = std::path::Path::new(&folder).join(format!("overlay_{what}_{name}.png"));
            std::fs::write(file, image.png().expect("encodes")).expect("the folder is there");
        }
    }
}
