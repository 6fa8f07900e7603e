//! How long a picture takes, layer by layer: the reference plate after some days, with so many neurons in a well, drawn
//! from scratch and onto the kept picture; first the whole plate, then one well.
//! `cargo run --release --example frame_speed -- DAYS WIDTH HEIGHT NEURONS [FILE.png]`

use glam::{DVec2, Vec3, Vec4};
use outgrowth::engine::{EngineChoice, EngineKind, open};
use outgrowth::model::layout::NONE;
use outgrowth::model::moment::Moment;
use outgrowth::scenario::{self, Override, Surroundings, builtin};
use outgrowth::view::arrangement::Arrangement;
use outgrowth::view::camera::{Camera, Viewpoint};
use outgrowth::view::look::Look;
use outgrowth::view::offscreen::Offscreen;
use outgrowth::view::scene::layout::Pose;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, otherwise: f64| {
        words
            .get(place)
            .and_then(|word| word.parse::<f64>().ok())
            .unwrap_or(otherwise)
    };
    let (days, width, height) = (number(0, 5.0), number(1, 900.0) as u32, number(2, 640.0) as u32);
    let text = builtin("exercise-2024").ok_or("no reference plate")?.text;
    let neurons = Override::new("explant.0.neurons", format!("{}", number(3, 200.0) as u32));
    let plate = scenario::read(text, "exercise-2024.toml", &[neurons], &Surroundings::none())
        .map_err(|mistakes| mistakes.to_string())?
        .plate;
    let choice = EngineChoice {
        kind: EngineKind::Cpu,
        ..EngineChoice::default()
    };
    let mut engine = open(plate.clone(), &choice)?;
    let began = Instant::now();
    engine.advance(((days * 24.0 / plate.step_h) as u32).min(plate.steps) - 30)?;
    let steps = f64::from(engine.world()?.step);
    println!(
        "{} axons, {} growth cones; {:.0} steps/s on the way",
        engine.world()?.neurons.len(),
        engine.world()?.cones.len(),
        steps / began.elapsed().as_secs_f64()
    );
    let offscreen = pollster::block_on(Offscreen::open(None))?;
    println!("{}, {}", offscreen.adapter.name, offscreen.adapter.driver_info);
    let mut scene = offscreen.scene()?;
    let shape = f64::from(width) / f64::from(height);
    scene.open(&plate, shape)?;
    let mut before = Vec::new();
    let arrangement = scene.arrangement().clone();
    let whole = Viewpoint::above(DVec2::ZERO, arrangement.size_um, shape);
    let mut camera = Camera::new(whole, DVec2::new(f64::from(width), f64::from(height)));
    let mut looks = Look::default();
    for layer in std::env::var("WITHOUT").unwrap_or_default().split(',') {
        match layer {
            "field" => looks.layers.field = false,
            "gel" => looks.layers.gel = false,
            "muscle" => looks.layers.muscle = false,
            "axons" => looks.layers.axons = false,
            "somata" => looks.layers.somata = false,
            "cones" => looks.layers.cones = false,
            _ => {}
        }
    }
    let mut picture = None;
    for frame in 0..10 {
        if frame > 0 {
            engine.advance(5)?;
        }
        let world = engine.world()?;
        let moment = Moment::after(&before, world, &outgrowth::readout::field::grids(&plate));
        before.clone_from(&world.paths);
        let poses = poses(&arrangement, &moment.grids);
        if frame == 6 {
            let corner = arrangement.corners_um[6].truncate();
            camera.jump_to(Viewpoint::above(corner, corner + arrangement.well_um.truncate(), shape));
        }
        let began = Instant::now();
        scene.take(moment);
        let taken = began.elapsed();
        let began = Instant::now();
        let mut drawn = Default::default();
        let image = offscreen.image(width, height, |encoder, target, rect| {
            drawn = scene.draw(
                encoder,
                target,
                rect,
                &camera,
                &looks,
                (&plate, &poses),
                frame as f64 * 0.07,
            );
        })?;
        println!(
            "frame {frame}: taken in {:.1} ms, drawn in {:.1} ms, {drawn:?}",
            taken.as_secs_f64() * 1e3,
            began.elapsed().as_secs_f64() * 1e3
        );
        println!("    {:?}", scene.timings());
        if frame == 5 || picture.is_none() {
            picture = Some(image);
        } else if let (9, Some(file)) = (frame, words.get(4)) {
            std::fs::write(file.replace(".png", "-well.png"), image.png()?)?;
        }
    }
    if let (Some(file), Some(image)) = (words.get(4), picture) {
        std::fs::write(file, image.png()?)?;
    }
    Ok(())
}

fn poses(arrangement: &Arrangement, grids: &[u32]) -> Vec<Pose> {
    let colours = outgrowth::export::palette::on_dark;
    let linear = |c: f32| c.powf(2.2);
    arrangement
        .corners_um
        .iter()
        .enumerate()
        .map(|(well, corner)| {
            let condition = arrangement.conditions[well];
            let [r, g, b] = colours(condition).map(linear);
            Pose {
                corner_um: corner.as_vec3(),
                condition: condition as u32,
                colour: Vec4::new(r, g, b, 1.0),
                grid: grids[well],
                well: well as u32,
                axis: Vec3::X,
                movement: NONE,
                ..bytemuck::Zeroable::zeroed()
            }
        })
        .collect()
}
