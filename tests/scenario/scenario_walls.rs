//! Walls: how a picture becomes them, and what lies in them.

use outgrowth::scenario::{self, Override, Scenario, Surroundings};

/// A well of 60 x 40 voxels of 20 µm.
const TEXT: &str = r#"name = "t"
duration = "4 h"
[well]
size = ["1.2 mm", "0.8 mm"]
walls = "w.png"
[[myokine]]
name = "m"
[[condition]]
name = "c"
"#;

fn picture(brightness: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let pixels: Vec<u8> = (0..60 * 40).map(|pixel| brightness(pixel % 60, pixel / 60)).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 60, 40);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&pixels))
        .expect("a picture");
    bytes
}

fn read(picture: Vec<u8>, overrides: &[(&str, &str)]) -> Result<Scenario, String> {
    let overrides: Vec<Override> = overrides
        .iter()
        .map(|(key, value)| Override::new(*key, *value))
        .collect();
    let surroundings = Surroundings {
        file: Box::new(move |_| Ok(picture.clone())),
        memory_bytes: None,
    };
    scenario::read(TEXT, "t.toml", &overrides, &surroundings).map_err(|mistakes| mistakes.to_string())
}

/// A wall from 600 to 800 µm along x, through the whole height.
fn divided() -> Vec<u8> {
    picture(|x, _| if (30..40).contains(&x) { 0 } else { 255 })
}

fn warnings(scenario: &Scenario) -> Vec<String> {
    scenario.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_picture_that_is_wall_all_over_is_refused_and_one_without_a_wall_told() {
    let labels = read(picture(|x, _| u8::from(x > 30)), &[]).expect_err("all wall");
    assert_eq!(
        labels,
        "t.toml:5: well.walls: found \"w.png\" that is wall all over: its pixels have a brightness of 0 to 1 of 255; expected gel \
         somewhere: walls are opaque and darker than 128, so that a mask of 0 and 1 needs 255 for its 1"
    );
    let white = read(picture(|_, _| 250), &[]).expect("no wall is no mistake");
    assert_eq!(
        warnings(&white),
        [
            "t.toml:5: well.walls: \"w.png\" has no wall: its pixels have a brightness of 250 to 250 of 255; walls are opaque and \
          darker than 128"
        ]
    );
    assert_eq!(warnings(&read(divided(), &[]).expect("sound")), [""; 0]);
}

#[test]
fn what_lies_in_a_wall_is_refused_as_what_lies_between_the_voxels() {
    let at = |region: &str, more: &str| {
        [
            ("condition.c.muscle", format!("{{ region = {region} }}")),
            (
                "condition.c.source",
                format!("[{{ region = {region}, rate = \"1 /h\" }}]"),
            ),
            ("condition.c.reservoir", format!("[{{ region = {region}, dose = 1 }}]")),
            ("event", format!("[{{ at = \"1 h\", drop = {{ {more}, dose = 1 }} }}]")),
        ]
    };
    let inside = at(
        r#"["0.62 mm", "0 mm", "0.78 mm", "0.8 mm"]"#,
        r#"at = ["0.7 mm", "0.4 mm"], radius = "60 um""#,
    );
    for (key, value) in &inside {
        let message = read(divided(), &[(key, value)]).expect_err(key);
        assert!(
            message.contains("inside a wall; expected a") && message.contains("with gel in it"),
            "{message}"
        );
    }
    let between = at(
        r#"["0.102 mm", "0.102 mm", "0.108 mm", "0.108 mm"]"#,
        r#"at = ["0.1 mm", "0.1 mm"], radius = "5 um""#,
    );
    for (key, value) in &between {
        // A reservoir holds voxels; all else acts by the share of each voxel that it covers.
        match read(divided(), &[(key, value)]) {
            Ok(_) => assert_ne!(*key, "condition.c.reservoir"),
            Err(message) => assert!(
                *key == "condition.c.reservoir" && message.contains("between the voxels"),
                "{key}: {message}"
            ),
        }
    }
    let thin = at(
        r#"["0.7 mm", "0.1 mm", "0.701 mm", "0.7 mm"]"#,
        r#"at = ["0.7 mm", "0.4 mm"], radius = "1 um""#,
    );
    for (key, value) in &thin {
        let message = read(divided(), &[(key, value)]).expect_err(key);
        assert!(
            message.contains("inside a wall") || message.contains("between the voxels"),
            "{key}: {message}"
        );
    }
    // From 500 to 800 µm, two thirds of it wall.
    let partly = at(
        r#"["0.5 mm", "0 mm", "0.8 mm", "0.8 mm"]"#,
        r#"at = ["0.6 mm", "0.4 mm"], radius = "60 um""#,
    );
    for ((key, value), share) in partly.iter().zip([67, 67, 67, 50]) {
        let told = warnings(&read(divided(), &[(key, value)]).expect(key));
        assert!(
            told.iter().any(|told| told.contains(&format!("{share} % of the "))),
            "{key}: {told:?}"
        );
    }
    let beside = at(
        r#"["0.1 mm", "0 mm", "0.6 mm", "0.8 mm"]"#,
        r#"at = ["0.5 mm", "0.4 mm"], radius = "60 um""#,
    );
    for (key, value) in &beside {
        assert_eq!(warnings(&read(divided(), &[(key, value)]).expect(key)), [""; 0]);
    }
    let lit = r#"{ region = ["0.1 mm", "0 mm", "0.8 mm", "0.8 mm"], light = {}, lit = ["0.65 mm", "0.1 mm", "0.75 mm", "0.7 mm"] }"#;
    assert!(
        read(divided(), &[("condition.c.muscle", lit)])
            .expect_err("lit")
            .contains("inside a wall")
    );
}

/// Gel from 597 to 600 um: no voxel's centre lies in it, but a source acts by the share that it covers.
#[test]
fn a_source_with_a_little_gel_is_no_source_in_a_wall() {
    let source = r#"[{ region = ["0.597 mm", "0 mm", "0.7 mm", "0.8 mm"], rate = "1 /h" }]"#;
    let scenario = read(divided(), &[("condition.c.source", source)]).expect("accepted");
    assert!(
        warnings(&scenario)
            .iter()
            .any(|warning| warning.contains("is in walls"))
    );
}

#[test]
fn reservoirs_that_overlap_at_different_doses_are_told() {
    let both = |dose: &str| {
        format!(
            "[{{ region = [\"0 mm\", \"0 mm\", \"0.2 mm\", \"0.8 mm\"], dose = 0 }}, \
             {{ region = [\"0.1 mm\", \"0 mm\", \"0.3 mm\", \"0.8 mm\"], dose = {dose} }}]"
        )
    };
    for (dose, told) in [("1", true), ("0", false)] {
        let scenario = read(divided(), &[("condition.c.reservoir", &both(dose))]).expect("accepted");
        let overlap = warnings(&scenario).iter().any(|warning| warning.contains("overlap"));
        assert_eq!(overlap, told, "{:?}", warnings(&scenario));
    }
}

#[test]
fn an_explant_over_a_wall_is_told_with_the_neurons_that_it_takes() {
    let explant =
        |x: &str, radius: &str| format!("[{{ at = [\"{x}\", \"0.4 mm\"], radius = \"{radius}\", neurons = 200 }}]");
    // A wall of one voxel from 600 to 620 µm.
    let thin = || picture(|x, _| if x == 30 { 0 } else { 255 });
    let told = warnings(&read(thin(), &[("explant", &explant("0.55 mm", "100 um"))]).expect("told"));
    // Segments of a disc of 100 µm, 50 and 70 µm from its middle: 19.55 % and 9.41 %.
    assert!(
        told.len() == 1
            && told[0]
                .contains("10.1 % of the explant lies in a wall and 9.4 % beyond one: about 39 of its 200 neurons"),
        "{told:?}"
    );
    assert_eq!(
        warnings(&read(thin(), &[("explant", &explant("0.45 mm", "100 um"))]).expect("beside")),
        [""; 0]
    );
}
