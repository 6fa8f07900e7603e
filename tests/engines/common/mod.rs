//! What the tests share: every engine there is; the small plates and statistics are those of the validation book.

use outgrowth::engine::{Engine, EngineChoice, EngineError, EngineKind, Opener, open};
use outgrowth::model::plate::Plate;

pub use outgrowth::validation::plates::{plate_of_cones, plate_of_field, running_cones};
pub use outgrowth::validation::statistics;

/// The engines, by the names that tests give them: the processor, and the GPU engine on the tests' adapter.
fn engines() -> [(&'static str, EngineKind); 2] {
    [("cpu", EngineKind::Cpu), ("gpu", crate::gpu::kind())]
}

/// Runs `check` on every engine, with its name. Without a driver the test says so and goes on; with `REQUIRE_GPU=1` it
/// fails.
pub fn on_every_engine(plate: &Plate, mut check: impl FnMut(&str, &mut dyn Engine)) {
    for (name, _) in engines() {
        on_engine(name, plate, &mut check);
    }
}

/// Runs `check` on the engine with this name, as [`on_every_engine`] does.
pub fn on_engine(name: &str, plate: &Plate, mut check: impl FnMut(&str, &mut dyn Engine)) {
    let kind = engines()
        .into_iter()
        .find(|(known, _)| *known == name)
        .expect("an engine")
        .1;
    let choice = EngineChoice {
        kind,
        ..EngineChoice::default()
    };
    match open(plate.clone(), &choice) {
        Ok(mut engine) => check(name, engine.as_mut()),
        Err(reason) => skip(name, kind, &reason),
    }
}

/// Runs `check` with what opens one plate after another on every engine, as [`on_every_engine`] does; `plate` is the first.
pub fn with_every_opener(plate: &Plate, mut check: impl FnMut(&str, &mut Opener)) {
    for (name, kind) in engines() {
        let mut opener = Opener::new(EngineChoice {
            kind,
            ..EngineChoice::default()
        });
        match opener.open(plate.clone()) {
            Ok(_) => check(name, &mut opener),
            Err(reason) => skip(name, kind, &reason),
        }
    }
}

/// Says that an engine is not here, or fails where it must be.
fn skip(name: &str, kind: EngineKind, reason: &EngineError) {
    let required = std::env::var("REQUIRE_GPU").is_ok_and(|value| value == "1");
    assert!(kind != EngineKind::Cpu && !required, "{name}: {reason}");
    println!("{name}: SKIPPED: {reason}");
}

/// Fails with both numbers where `found` is further than `share` of `expected` from it.
#[track_caller]
pub fn assert_within(share: f64, found: f64, expected: f64, what: &str) {
    let off = (found - expected).abs() / expected.abs();
    assert!(
        off <= share,
        "{what}: {found} instead of {expected}, {:.3} % off, {:.3} % allowed",
        off * 100.0,
        share * 100.0
    );
}
