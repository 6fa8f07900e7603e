//! Each GPU pass is timed under the name of its shader's file, and timing changes nothing. On a software driver; without one
//! the tests say so.

use glam::DVec2;
use outgrowth::engine::Engine;
use outgrowth::engine::gpu::{GpuEngine, tuning::Tuning};
use outgrowth::model::plate::Plate;
use outgrowth::model::world::World;
use outgrowth::scenario::{self, Surroundings, builtin};
use outgrowth::view::camera::{Camera, Viewpoint};
use outgrowth::view::look::Look;
use outgrowth::view::offscreen::Offscreen;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

fn plate() -> Plate {
    let text = builtin("quick").expect("built in").text;
    let scenario = scenario::read(text, "quick.toml", &[], &Surroundings::none());
    scenario.expect("valid").plate
}

/// A result that needs a device; `None` where there is none and none is required.
fn on_device<T, E: std::fmt::Display>(opened: Result<T, E>) -> Option<T> {
    match opened {
        Ok(opened) => Some(opened),
        Err(reason) => {
            let required = std::env::var("REQUIRE_GPU").is_ok_and(|value| value == "1");
            assert!(!required, "{reason}");
            println!("SKIPPED: {reason}");
            None
        }
    }
}

fn is_shader(folder: &str, name: &str) -> bool {
    let shaders = Path::new(env!("CARGO_MANIFEST_DIR")).join("shaders");
    shaders.join(folder).join(format!("{name}.wgsl")).is_file()
}

#[test]
fn the_rows_of_a_picture_are_files_of_shaders() {
    let Some(offscreen) = on_device(pollster::block_on(Offscreen::open(None))) else {
        return;
    };
    let plate = plate();
    let mut scene = offscreen.scene().expect("a scene");
    scene.open(&plate, 1.0).expect("opened");
    let size_um = scene.arrangement().size_um;
    let camera = Camera::new(Viewpoint::above(DVec2::ZERO, size_um, 1.0), DVec2::splat(64.0));
    let image = offscreen.image(64, 64, |encoder, target, rect| {
        scene.draw(encoder, target, rect, &camera, &Look::default(), (&plate, &[]), 0.0);
    });
    image.expect("drawn");
    let names: Vec<&str> = scene.timings().iter().map(|(name, _)| *name).collect();
    if names.is_empty() {
        println!("SKIPPED: no time stamps");
        return;
    }
    assert_eq!(names, ["tint", "ground", "axons", "glow", "blur", "film"]);
    for name in names {
        assert!(is_shader("draw", name), "{name} is no file of shaders/draw");
    }
}

/// The log, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("whole").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn advanced(plate: &Plate) -> Option<World> {
    let adapter = crate::gpu::adapter("pass times")?;
    let tuning = Tuning {
        batch: Some(7),
        ..Tuning::default()
    };
    let opened = pollster::block_on(GpuEngine::open(plate.clone(), &adapter, "asked for", tuning));
    let mut engine = on_device(opened)?;
    engine.advance(30).expect("advanced");
    Some(engine.world().expect("read").clone())
}

#[test]
fn an_engine_logs_the_times_of_its_passes_where_details_are_asked_for() {
    let plate = plate();
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let timed = tracing::subscriber::with_default(subscriber, || advanced(&plate));
    let Some(timed) = timed else { return };
    assert!(Some(timed) == advanced(&plate), "timing changes the state");
    let text = String::from_utf8(log.0.lock().expect("whole").clone()).expect("text");
    let rows: Vec<&str> = text.lines().filter(|line| line.contains(" µs a step, over ")).collect();
    if rows.is_empty() {
        println!("SKIPPED: no time stamps");
        return;
    }
    let names: Vec<&str> = rows
        .iter()
        .map(|row| row.split(": ").nth(1).expect("a name").trim())
        .collect();
    assert!(
        names.contains(&"grow_axons") && names.contains(&"advance_clock"),
        "{names:?}"
    );
    for name in names {
        assert!(is_shader("passes", name), "{name} is no file of shaders/passes");
    }
}
