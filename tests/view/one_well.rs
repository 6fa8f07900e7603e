//! Pictures of one well.

use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::scenario::{Surroundings, builtin, read};
use outgrowth::view::look::Look;
use outgrowth::view::offscreen::Image;
use outgrowth::view::picture::{Framing, Studio};

/// The reference plate in its first session, of small explants: the wells of two conditions move, and those of one are lit.
fn picture(framing: Framing) -> Option<Image> {
    let adapter = crate::gpu::adapter("one well")?;
    let text = builtin("exercise-2024").expect("built in").text;
    let changes = ["explant.0.neurons=20".parse().expect("an override")];
    let plate = read(text, "exercise-2024.toml", &changes, &Surroundings::none())
        .unwrap_or_else(|mistakes| panic!("{mistakes}"))
        .plate;
    let mut studio =
        Studio::open(&plate, Some(&adapter.get_info().name), [960, 360]).unwrap_or_else(|error| panic!("{error}"));
    let mut engine = CpuEngine::new(plate, Some(1), "test").expect("threads");
    let world = engine.world().expect("there").clone();
    Some(
        studio
            .picture(&world, &Look::default(), framing)
            .unwrap_or_else(|error| panic!("{error}")),
    )
}

/// Points of a part of a picture, given by shares of its edges, that are not of the colour of most of them.
fn drawn(image: &Image, across: (f64, f64), down: (f64, f64)) -> usize {
    let range = |(from, to): (f64, f64), edge: u32| (from * f64::from(edge)) as u32..(to * f64::from(edge)) as u32;
    let at = |x: u32, y: u32| {
        let first = 4 * (y * image.width + x) as usize;
        [0, 1, 2].map(|channel| i16::from(image.rgba[first + channel]))
    };
    let ground = at(image.width - 1, image.height / 2);
    let points = range(down, image.height).flat_map(|y| range(across, image.width).map(move |x| (x, y)));
    points
        .filter(|&(x, y)| (0..3).any(|channel| (at(x, y)[channel] - ground[channel]).abs() > 6))
        .count()
}

const LEFT: (f64, f64) = (0.0, 0.3);
const RIGHT: (f64, f64) = (0.7, 1.0);
/// Between what stands at the top and the scales at the foot.
const MIDDLE: (f64, f64) = (0.2, 0.75);
const TOP: (f64, f64) = (0.0, 0.12);

#[test]
fn one_well_is_seen_without_its_neighbours() {
    let Some(alone) = picture(Framing::Well(13)) else {
        return;
    };
    assert!(drawn(&alone, (0.35, 0.65), MIDDLE) > 1000, "the well is there");
    assert_eq!([LEFT, RIGHT].map(|side| drawn(&alone, side, MIDDLE)), [0, 0]);
    let plate = picture(Framing::Plate).expect("drawn before");
    assert!(drawn(&plate, LEFT, MIDDLE) > 1000, "the plate has wells there");
}

/// Above a well stands what moves in it, and nothing of what moves elsewhere.
#[test]
fn one_well_is_said_to_do_what_it_does() {
    let Some(still) = picture(Framing::Well(0)) else { return };
    assert_eq!(drawn(&still, RIGHT, TOP), 0, "the control neither moves nor is lit");
    for well in [13, 16] {
        let moves = picture(Framing::Well(well)).expect("drawn before");
        assert!(drawn(&moves, RIGHT, TOP) > 100, "well {well}");
    }
}
