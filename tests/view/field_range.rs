//! The range of doses that colours show stays what it was when the plate was opened.

use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::model::moment::Moment;
use outgrowth::scenario::{Surroundings, builtin, read};
use outgrowth::view::look::Look;
use outgrowth::view::offscreen::Offscreen;

#[test]
fn a_drop_changes_no_colour_elsewhere() {
    let Some(adapter) = crate::gpu::adapter("field range") else {
        return;
    };
    let text = builtin("quick").expect("built in").text;
    let plate = read(text, "quick.toml", &[], &Surroundings::none())
        .unwrap_or_else(|mistakes| panic!("{mistakes}"))
        .plate;
    let offscreen =
        pollster::block_on(Offscreen::open(Some(&adapter.get_info().name))).unwrap_or_else(|error| panic!("{error}"));
    let mut scene = offscreen.scene().unwrap_or_else(|error| panic!("{error}"));
    scene.open(&plate, 1.5).expect("the shaders are sound");
    let mut engine = CpuEngine::new(plate.clone(), Some(1), "test").expect("threads");
    let mut world = engine.world().expect("there").clone();
    let grids = outgrowth::readout::field::grids(&plate);
    scene.take(Moment::after(&[], &world, &grids));
    let before = scene.brightest_dose(&Look::default());
    assert!(before > 0.0);
    for dose in &mut world.concentrations {
        *dose += 100.0;
    }
    scene.take(Moment::after(&world.paths.clone(), &world, &grids));
    assert_eq!(scene.brightest_dose(&Look::default()), before);
    let wider = Look {
        field_range: 2.0,
        ..Look::default()
    };
    assert_eq!(scene.brightest_dose(&wider), 2.0 * before, "by hand it changes");
}
