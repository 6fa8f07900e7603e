//! What the tests share: every engine there is; the small plates and statistics are those of the validation book.

use outgrowth::engine::{Engine, EngineChoice, EngineKind, open};
use outgrowth::model::plate::Plate;

pub use outgrowth::validation::plates::{plate_of_cones, plate_of_field, running_cones};
pub use outgrowth::validation::statistics;

/// Runs `check` on every engine, with its name: the processor, and the GPU engine on a software driver. Without one the
/// test says so and goes on; with `REQUIRE_GPU=1` it fails.
pub fn on_every_engine(plate: &Plate, mut check: impl FnMut(&str, &mut dyn Engine)) {
    for (name, kind) in [("cpu", EngineKind::Cpu), ("gpu", EngineKind::SoftwareGpu)] {
        match open(
            plate.clone(),
            &EngineChoice {
                kind,
                ..EngineChoice::default()
            },
        ) {
            Ok(mut engine) => check(name, engine.as_mut()),
            Err(reason) => {
                let required = std::env::var("REQUIRE_GPU").is_ok_and(|value| value == "1");
                assert!(kind != EngineKind::Cpu && !required, "{name}: {reason}");
                println!("{name}: SKIPPED: {reason}");
            }
        }
    }
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
