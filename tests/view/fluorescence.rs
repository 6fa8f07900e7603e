//! The look of a micrograph: channels with gains of their own, the point-spread function, the depth of a spheroid, and hues that
//! stay on paper.

use crate::scene_axons::{
    SIZE, axons_alone, draw, draw_posed, first_well, grown, offscreen, plate, scene_of, still_poses,
};
use glam::{DVec2, Vec4};
use outgrowth::engine::Engine;
use outgrowth::export::micrograph::{HALF_AXONS, NUCLEI};
use outgrowth::export::palette::{Colour, linear, on_dark, on_paper};
use outgrowth::model::moment::Moment;
use outgrowth::readout::field::grids;
use outgrowth::view::camera::Viewpoint;
use outgrowth::view::look::{Channel, Gains, Layers, Look, Theme};
use outgrowth::view::offscreen::{Image, Offscreen};
use outgrowth::view::scene::Scene;

const NOTHING: Layers = Layers {
    field: false,
    gel: false,
    muscle: false,
    axons: false,
    somata: false,
    cones: false,
};

fn only(layers: Layers) -> Look {
    Look {
        layers,
        ..Look::default()
    }
}

fn with_gain(look: Look, channel: Channel, times: f32) -> Look {
    let mut gains = Gains::default();
    *gains.of_mut(channel) = times;
    Look { gains, ..look }
}

/// The points of a picture, 0 to 1 in sRGB, row by row from the top.
fn points(image: &Image) -> Vec<Colour> {
    let point = |pixel: &[u8]| std::array::from_fn(|channel| f32::from(pixel[channel]) / 255.0);
    image.rgba.chunks_exact(4).map(point).collect()
}

/// Hue and chroma of a colour as HSV has them: degrees, and 0 to 1.
fn hue_and_chroma([r, g, b]: Colour) -> (f32, f32) {
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let chroma = most - least;
    let sixth = if most == r {
        (g - b) / chroma
    } else if most == g {
        2.0 + (b - r) / chroma
    } else {
        4.0 + (r - g) / chroma
    };
    ((60.0 * sixth).rem_euclid(360.0), chroma)
}

/// The mean hue of colours by their chroma, degrees.
fn mean_hue(colours: impl Iterator<Item = Colour>) -> f32 {
    let vectors = colours.map(hue_and_chroma).filter(|(_, chroma)| *chroma > 0.02);
    let (x, y) = vectors.fold((0.0, 0.0), |(x, y), (hue, chroma)| {
        let (sine, cosine) = hue.to_radians().sin_cos();
        (x + chroma * cosine, y + chroma * sine)
    });
    f32::atan2(y, x).to_degrees().rem_euclid(360.0)
}

fn apart(one: f32, other: f32) -> f32 {
    let off = (one - other).abs();
    off.min(360.0 - off)
}

#[test]
fn a_gain_changes_its_own_channel_alone() {
    let Some(offscreen) = offscreen() else { return };
    let (_, mut scene) = grown(&offscreen, &plate(), 400);
    let (view, _) = first_well(&scene);
    let mut pictured = |look: &Look| draw(&offscreen, &mut scene, view, look).0;
    let layers = [
        (Channel::Axons, Layers { axons: true, ..NOTHING }),
        (Channel::Myokine, Layers { field: true, ..NOTHING }),
    ];
    for theme in [Theme::Dark, Theme::Light] {
        for (own, layers) in layers {
            let look = Look { theme, ..only(layers) };
            let usual = pictured(&look);
            for channel in Channel::ALL {
                let same = pictured(&with_gain(look, channel, 3.0)) == usual;
                assert_eq!(same, channel != own, "{own:?} under a gain of {channel:?}");
            }
            let nothing = Look { theme, ..only(NOTHING) };
            assert_eq!(
                pictured(&with_gain(look, own, 0.0)),
                pictured(&nothing),
                "{own:?} switched off"
            );
        }
    }
}

#[test]
fn cell_bodies_are_nuclei_in_their_colour_and_cytoplasm_in_that_of_the_axons() {
    let Some(offscreen) = offscreen() else { return };
    let (_, mut scene) = grown(&offscreen, &plate(), 30);
    let (view, _) = first_well(&scene);
    let view = Viewpoint {
        height_um: view.height_um / 6.0,
        ..view
    };
    let look = only(Layers {
        somata: true,
        ..NOTHING
    });
    let mut hue = |hidden| {
        let (image, _) = draw(&offscreen, &mut scene, view, &with_gain(look, hidden, 0.0));
        mean_hue(
            points(&image)
                .into_iter()
                .filter(|point| point.iter().any(|&level| level > 0.3)),
        )
    };
    let (nuclei, cytoplasm) = (hue(Channel::Axons), hue(Channel::Nuclei));
    let wanted = [NUCLEI, [0.1, 0.6, 0.9]].map(|light| hue_and_chroma(light.map(encoded)).0);
    println!("nuclei {nuclei:.1}°, cytoplasm {cytoplasm:.1}°; the colours are {wanted:.1?}");
    assert!(apart(nuclei, wanted[0]) < 4.0 && apart(cytoplasm, wanted[1]) < 4.0);
    assert!(apart(nuclei, cytoplasm) > 15.0, "control: one for the other");
}

fn encoded(light: f32) -> f32 {
    outgrowth::view::scene::ground::encoded(light)
}

/// Mean light, linear, of the points whose distance from the middle of a spheroid is within a range of its radii.
fn light_within(image: &Image, radius_px: f64, range: std::ops::Range<f64>) -> f64 {
    let middle = DVec2::splat(0.5 * f64::from(SIZE));
    let (mut sum, mut count) = (0.0, 0.0);
    for (place, point) in (0_u32..).zip(points(image)) {
        let at = DVec2::new(f64::from(place % SIZE) + 0.5, f64::from(place / SIZE) + 0.5);
        if range.contains(&(at.distance(middle) / radius_px)) {
            sum += f64::from(linear(point).iter().sum::<f32>());
            count += 1.0;
        }
    }
    sum / count
}

#[test]
fn a_spheroid_is_brightest_in_its_middle() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let placed = &plate.explants_in(&plate.wells()[0])[0];
    for steps in [30, 700] {
        let (_, mut scene) = grown(&offscreen, &plate, steps);
        let (view, width_um) = first_well(&scene);
        assert!(placed.at_um.truncate().distance(DVec2::splat(0.5 * width_um)) < 1.0);
        let view = Viewpoint {
            height_um: view.height_um / 6.0,
            ..view
        };
        let radius_px = placed.explant.radius_um * f64::from(SIZE) / view.height_um;
        let mut ratio = |look: &Look| {
            let (image, _) = draw(&offscreen, &mut scene, view, look);
            light_within(&image, radius_px, 0.0..0.4) / light_within(&image, radius_px, 0.8..1.0)
        };
        let whole = only(Layers {
            axons: true,
            somata: true,
            ..NOTHING
        });
        let hollow = ratio(&axons_alone());
        for channel in Channel::ALL {
            // Each channel by itself, and both.
            let alone = ratio(&with_gain(whole, channel, 0.0));
            println!("after {steps} steps: without {channel:?} {alone:.2}; axons alone {hollow:.2}");
            assert!(alone > 1.1);
        }
        assert!(
            steps > 30 || hollow < 0.9,
            "control: the first axons leave a hole, {hollow:.2}"
        );
    }
}

#[test]
fn the_hue_of_a_treatment_stays_on_paper() {
    let Some(offscreen) = offscreen() else { return };
    let plate = plate();
    let (_, mut scene) = grown(&offscreen, &plate, 700);
    let (view, _) = first_well(&scene);
    let mut hues = |theme: Theme, colour: Colour| {
        let mut poses = still_poses(&scene);
        let [r, g, b] = linear(colour);
        poses.iter_mut().for_each(|pose| pose.colour = Vec4::new(r, g, b, 1.0));
        let look = Look { theme, ..axons_alone() };
        let bare = Look { theme, ..only(NOTHING) };
        let mut pictured = |look: &Look| points(&draw_posed(&offscreen, &mut scene, view, look, (&plate, &poses)).0);
        let (bare, seen) = (pictured(&bare), pictured(&look));
        let changed = |(before, after): &(Colour, Colour)| {
            let by: f32 = before.iter().zip(after).map(|(a, b)| (a - b).abs()).sum();
            by
        };
        let of = |least: f32, most: f32| {
            let pairs = bare.iter().copied().zip(seen.iter().copied());
            mean_hue(
                pairs
                    .filter(|pair| (least..most).contains(&changed(pair)))
                    .map(|(_, after)| after),
            )
        };
        // Where little ink or light is, and where much is.
        [of(0.4, 0.9), of(0.9, 3.0)]
    };
    let dark: Vec<[f32; 2]> = (0..7).map(|c| hues(Theme::Dark, on_dark(c))).collect();
    let paper: Vec<[f32; 2]> = (0..7).map(|c| hues(Theme::Light, on_paper(c))).collect();
    for (number, (dark, paper)) in dark.iter().zip(&paper).enumerate() {
        println!("treatment {number}: on dark {dark:.0?}°, on paper {paper:.0?}°");
        assert!(apart(paper[0], paper[1]) < 8.0, "thin and dense ink");
        assert!(paper.iter().all(|hue| apart(*hue, dark[0]) < 10.0));
    }
    assert!(apart(dark[1][0], paper[4][0]) > 10.0, "control: orange is no vermilion");
}

/// A scene with one axon, straight and level across the first well at a quarter of its height.
fn lone_axon(offscreen: &Offscreen) -> Scene {
    let plate = plate();
    let (mut engine, _) = grown(offscreen, &plate, 1);
    let mut world = engine.world().expect("read").clone();
    let well_um = plate.domain.size_um().as_vec3();
    for (cone, path) in world.paths.iter_mut().enumerate() {
        path.truncate(1);
        if cone == 0 {
            let place = |share: f32| Vec4::new(share * well_um.x, 0.25 * well_um.y, 0.0, 0.0);
            *path = (1..=33).map(|point| place(point as f32 / 34.0)).collect();
        }
    }
    let mut scene = scene_of(offscreen, &plate);
    scene.take(Moment::after(&[], &world, &grids(&plate)));
    scene
}

/// Light across the lone axon, in points from the top, where the picture is `bare` without it.
fn light_across(image: &Image, bare: &Image) -> Vec<f32> {
    let column = |image: &Image| -> Vec<f32> {
        let all = points(image);
        let at = (SIZE / 2 + 20) as usize;
        // The colour of these wells is bluest.
        all.chunks(SIZE as usize).map(|row| linear(row[at])[2]).collect()
    };
    let light = |(seen, bare): (f32, f32)| {
        let shown = 1.0 - (1.0 - seen) / (1.0 - bare);
        HALF_AXONS * shown / (1.0 - shown)
    };
    column(image).into_iter().zip(column(bare)).map(light).collect()
}

/// The highest value, and the width at half of it.
fn height_and_width(profile: &[f32]) -> (f32, f32) {
    let (top, height) = profile
        .iter()
        .copied()
        .enumerate()
        .fold((0, 0.0), |most, here| if here.1 > most.1 { here } else { most });
    let half = 0.5 * height;
    let crossing = |step: isize| {
        let value = |off: isize| profile[(top as isize + step * off) as usize];
        let beyond = (1..).find(|&off| value(off) < half).expect("it ends");
        beyond as f32 - (half - value(beyond)) / (value(beyond - 1) - value(beyond))
    };
    (height, crossing(-1) + crossing(1))
}

#[test]
fn a_lone_axon_has_the_profile_of_a_point_spread_function() {
    let Some(offscreen) = offscreen() else { return };
    let mut scene = lone_axon(&offscreen);
    let (view, _) = first_well(&scene);
    let mut across = |width_px: f32| {
        let look = Look {
            axon_width_px: width_px,
            ..axons_alone()
        };
        let image = draw(&offscreen, &mut scene, view, &look).0;
        let bare = draw(&offscreen, &mut scene, view, &only(NOTHING)).0;
        light_across(&image, &bare)
    };
    for width_px in [2.5, 4.0, 6.0] {
        let profile = across(width_px);
        let (height, width) = height_and_width(&profile);
        println!("{width_px} points wide: {width:.2} at half of {height:.3}");
        assert!(
            (width / width_px - 1.0).abs() < 0.15,
            "{width_px} points wide: {width:.2}"
        );
        // A wide faint skirt around the core, whose reach is 0.92 of its width.
        let top = profile.iter().position(|&light| light == height).expect("it is there");
        let skirt = profile[top + (0.92 * width_px).ceil() as usize + 3] / height;
        println!("    three points beyond the core {skirt:.4}");
        assert!((0.005..0.15).contains(&skirt), "{skirt:.4}");
    }
    // Thinner than can be drawn an axon is fainter, not thinner.
    let ([thin, thinner], _) = ([0.8, 0.4].map(&mut across), ());
    let ((bright, wide), (faint, narrow)) = (height_and_width(&thin), height_and_width(&thinner));
    println!("0.8 and 0.4 points wide: {wide:.2} and {narrow:.2} at half of {bright:.3} and {faint:.3}");
    assert!((narrow / wide - 1.0).abs() < 0.2 && faint < 0.85 * bright);
}
