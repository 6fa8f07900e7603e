//! The scene on a device that grants no more than every browser does.

use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::engine::gpu::device::Device;
use outgrowth::experiment::advance_to;
use outgrowth::scenario::{self, Surroundings, builtin};
use outgrowth::view::look::Look;
use outgrowth::view::offscreen::Offscreen;
use outgrowth::view::picture::{Framing, Studio};

const SIZE_PX: [u32; 2] = [320, 200];

#[test]
fn what_every_browser_grants_draws_the_same_picture() {
    let Some(adapter) = crate::gpu::adapter("a browser's limits") else {
        return;
    };
    let text = builtin("quick").expect("built in").text;
    let plate = scenario::read(text, "quick.toml", &[], &Surroundings::none())
        .expect("valid")
        .plate;
    let mut engine = CpuEngine::new(plate.clone(), None, "asked for").expect("opened");
    advance_to(&mut engine, 300).expect("advanced");
    let world = engine.world().expect("read").clone();
    let picture = |limits: wgpu::Limits| {
        let device = pollster::block_on(Device::open_within(&adapter, limits)).expect("every adapter allows them");
        let offscreen = Offscreen {
            adapter: adapter.get_info(),
            device,
        };
        let mut studio = Studio::on(offscreen, &plate, SIZE_PX).map_err(|problem| problem.to_string())?;
        let picture = studio.picture(&world, &Look::default(), Framing::Plate);
        picture.map_err(|problem| problem.to_string())
    };
    let usual = picture(adapter.limits()).expect("drawn");
    let granted = wgpu::Limits::default();
    assert!(picture(granted.clone()).expect("drawn") == usual, "another picture");
    let none = wgpu::Limits {
        max_storage_buffers_per_shader_stage: 0,
        ..granted
    };
    assert!(
        picture(none).is_err(),
        "the scene reads storage buffers, so it cannot do without them"
    );
}
