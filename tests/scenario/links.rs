//! Links: an experiment comes back as it was, whatever else is read as one is refused, and links of version 1 are read for ever.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use outgrowth::link::{
    Damage, LinkError, MOST_CONTENT_BYTES, MOST_LINK_BYTES, MOST_QR_BYTES, QrCode, SharedExperiment, SharedView,
    is_link,
};
use outgrowth::scenario::{BUILTIN, NamedFile, Override, Surroundings, builtin, read};
use proptest::prelude::*;
use std::io::Write;

/// The dictionary of version 1, as it was when the first link was made.
const DICTIONARY_HASH: &str = "68e241fd0074669251d0043d6af6916f8a1c8ade93fe4ab1165f9cc6404a62fa";

/// A link that was made in November 2026. It is never made anew: somebody has it on a sheet of paper.
const OF_2026: &str = concat!(
    "#v1.ClrSjUP3m7meKR6vpRcd3pOnoKaQlJNYCvefIZL_wA7VUYKcxhEP7KgnAj1ghN_poAWZYNPLQcv1oNx40OChkpUxkJ-Yl16amA5yfxWwH4",
    "PpU2DIpcUnxoPvHYyHnjUIdBWRAWBSG1vLxfCfi5eyFSpIA6jg8TkjM4VHDZMV0g7vKVLIzM1NLaJsJBUyGgUylovQSBUA",
);

fn quick() -> SharedExperiment {
    SharedExperiment::of_text(builtin("quick").expect("built in").text, &[], SharedView::default()).expect("TOML")
}

fn link(experiment: &SharedExperiment) -> String {
    experiment.to_link().expect("a link")
}

fn letters(link: &str) -> &str {
    link.strip_prefix("#v1.").expect("version 1")
}

#[test]
fn the_dictionary_is_never_changed() {
    let dictionary = include_bytes!("../../assets/links/v1.dictionary");
    assert_eq!(blake3::hash(dictionary).to_string(), DICTIONARY_HASH);
}

#[test]
fn a_link_of_2026_is_read_for_ever() {
    let experiment = SharedExperiment::from_link(OF_2026).expect("a link");
    let view = SharedView {
        at_h: Some(7.5),
        plays: true,
        condition: Some("grün & blau".to_owned()),
        well: Some(1),
        plots: vec!["tips".to_owned(), "spread_area_um2".to_owned()],
        hidden_layers: vec!["field".to_owned()],
        lesson: Some("way".to_owned()),
        lesson_step: Some(3),
        language: Some("zh".to_owned()),
        hides_names: true,
    };
    assert_eq!(experiment.view, view);
    assert_eq!(
        experiment.files,
        [NamedFile {
            name: "walls.png".to_owned(),
            bytes: vec![0, 255, 10, 13]
        }]
    );
    let text = "\
# Every mechanism at once, in two small wells: done in seconds.

name = \"of 2026 – für immer\"
duration = \"5 d\"        # how long the culture is followed
seed = 2026

[growth_cone]
speed = \"4 um/h\"
";
    assert_eq!(experiment.text, text);
}

#[test]
fn built_in_plates_come_back_and_most_fit_a_postage_stamp() {
    let mut short = 0;
    for builtin in BUILTIN {
        let scenario = read(builtin.text, builtin.name, &[], &Surroundings::built_in()).expect("a scenario");
        let experiment = SharedExperiment::of_scenario(&scenario, SharedView::default()).expect("TOML");
        let link = link(&experiment);
        let back = SharedExperiment::from_link(&format!("https://example.org/outgrowth/?x=1{link}")).expect("a link");
        assert_eq!(back, experiment, "{}", builtin.name);
        // With the files that came with it, it is the same plate.
        if !back.files.is_empty() {
            let again = read(&back.text, "link", &[], &back.surroundings(None)).expect("a scenario");
            assert_eq!((&again.plate, &again.files), (&scenario.plate, &scenario.files));
        }
        assert!(QrCode::of(&link).is_ok(), "{}: {} bytes", builtin.name, link.len());
        short += usize::from(link.len() < 100);
    }
    assert!(short >= 10, "{short} of them");
}

#[test]
fn changes_of_the_command_line_are_in_the_link() {
    let changes = [
        Override::new("seed", "77"),
        Override::new("growth_cone.speed", "6 um/h"),
    ];
    let text = builtin("quick").expect("built in").text;
    let changed = read(text, "quick", &changes, &Surroundings::none()).expect("a scenario");
    let experiment = SharedExperiment::of_scenario(&changed, SharedView::default()).expect("changed");
    let back = SharedExperiment::from_link(&link(&experiment)).expect("a link");
    let again = read(&back.text, "link", &[], &back.surroundings(None)).expect("a scenario");
    assert_eq!(again.plate, changed.plate);
    assert_eq!(again.plate.seed, 77);
}

/// A file of this machine is not read, even where it is there.
#[test]
fn files_come_with_the_link_or_not_at_all() {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let with = |files: &[NamedFile]| SharedExperiment::of_text("walls = 'walls.png'", files, SharedView::default());
    let walls = NamedFile {
        name: "walls.png".to_owned(),
        bytes: vec![7; 300],
    };
    let experiment = with(std::slice::from_ref(&walls)).expect("TOML");
    let back = SharedExperiment::from_link(&link(&experiment)).expect("a link");
    assert_eq!(back.file("walls.png"), Ok(walls.bytes));
    for other in [here, "Cargo.toml", "../walls.png", "microchannels.png"] {
        assert!(
            back.file(other).is_err_and(|why| why.contains("came with the link")),
            "{other}"
        );
    }
}

#[test]
fn links_of_other_versions_say_what_to_do() {
    for (text, version) in [
        ("#v2.abc", "2"),
        ("https://example.org/#v10.", "10"),
        ("#v01.AAAA", "01"),
    ] {
        let found = SharedExperiment::from_link(text);
        assert_eq!(found, Err(LinkError::Version(version.to_owned())), "{text}");
        let told = LinkError::Version(version.to_owned()).to_string();
        assert!(
            told.contains("reads version 1") && told.contains("newer outgrowth"),
            "{told}"
        );
    }
    for text in [
        "",
        "quick.toml",
        "#v1",
        "#v.abc",
        "#vx.abc",
        "https://example.org/#a",
        "v1.abc",
    ] {
        assert!(!is_link(text), "{text}");
        let told = SharedExperiment::from_link(text).expect_err("no link").to_string();
        assert!(told.contains("expected a link"), "{told}");
    }
}

#[test]
fn damage_is_told_by_its_kind() {
    let whole = link(&quick());
    let damage = |text: &str| match SharedExperiment::from_link(text) {
        Err(LinkError::Damaged(damage)) => Some(damage),
        _ => None,
    };
    assert_eq!(damage(&format!("{whole})")), Some(Damage::Letter(')')));
    assert_eq!(damage(&format!("{whole} AAAA")), Some(Damage::GoesOn));
    assert_eq!(damage(&whole[..whole.len() - 8]), Some(Damage::CutShort));
    assert_eq!(damage("#v1."), Some(Damage::CutShort));
    // The checksum itself stands first.
    let other = if &whole[4..5] == "A" { "B" } else { "A" };
    assert_eq!(damage(&format!("#v1.{other}{}", &whole[5..])), Some(Damage::Checksum));
    // Mail programs break lines.
    let (one, two) = whole.split_at(20);
    assert_eq!(
        SharedExperiment::from_link(&format!(" {one}\r\n  {two}\n")),
        Ok(quick())
    );
}

#[test]
fn what_is_too_large_is_refused_both_ways() {
    let told = |experiment: &SharedExperiment| experiment.to_link().expect_err("too large").to_string();
    // Text that cannot be packed: every letter as good as any other.
    let noise = blake3::hash(b"noise").to_string();
    let mut text = String::new();
    for number in 0..MOST_LINK_BYTES / 32 {
        text += &format!("# {}\n", blake3::hash(format!("{noise}{number}").as_bytes()));
    }
    let experiment = SharedExperiment {
        text,
        ..SharedExperiment::default()
    };
    assert!(
        told(&experiment).contains("at most 30000. Pass on the scenario file instead"),
        "{}",
        told(&experiment)
    );
    let with_file = SharedExperiment {
        text: String::new(),
        files: vec![NamedFile {
            name: "map.csv".to_owned(),
            bytes: experiment.text.clone().into_bytes(),
        }],
        ..SharedExperiment::default()
    };
    assert!(
        told(&with_file).contains("the scenario file with map.csv instead"),
        "{}",
        told(&with_file)
    );
    // As much as goes, and a byte more: a thousand times as long as its link.
    let of_length = |length: usize| SharedExperiment {
        text: "a".repeat(length),
        ..SharedExperiment::default()
    };
    let most = of_length(MOST_CONTENT_BYTES - "{}\n".len());
    let link = link(&most);
    assert!(link.len() < 2_000, "{}", link.len());
    assert_eq!(SharedExperiment::from_link(&link), Ok(most));
    assert!(told(&of_length(MOST_CONTENT_BYTES)).contains("a link holds at most 1000000"));
    let bomb = forge(&[b'a'; 20_000_000]);
    assert!(bomb.len() < MOST_LINK_BYTES, "{}", bomb.len());
    assert_eq!(
        SharedExperiment::from_link(&bomb),
        Err(LinkError::Damaged(Damage::TooLarge))
    );
    let long = format!("#v1.{}", "A".repeat(MOST_LINK_BYTES + 1));
    assert_eq!(
        SharedExperiment::from_link(&long),
        Err(LinkError::TooLong(MOST_LINK_BYTES + 1))
    );
}

#[test]
fn a_qr_code_holds_as_much_as_is_said() {
    let code = QrCode::of(&"a".repeat(MOST_QR_BYTES)).expect("fits");
    assert_eq!(code.modules, 149);
    assert!(
        code.svg.starts_with("<?xml") && code.svg.contains("<svg"),
        "{}",
        &code.svg[..100]
    );
    let told = QrCode::of(&"a".repeat(MOST_QR_BYTES + 1))
        .expect_err("too long")
        .to_string();
    assert!(told.contains("2049 bytes") && told.contains("2048"), "{told}");
}

fn views() -> impl Strategy<Value = SharedView> {
    let word = || "\\PC{0,12}";
    let words = || prop::collection::vec(word(), 0..3);
    let looks = (
        prop::option::of((0_u32..4_000_000).prop_map(|quarters| f64::from(quarters) / 4.0)),
        any::<bool>(),
        prop::option::of(word()),
        prop::option::of(any::<u32>()),
        words(),
        words(),
    );
    let lessons = (
        prop::option::of(word()),
        prop::option::of(any::<u32>()),
        prop::option::of(word()),
        any::<bool>(),
    );
    (looks, lessons).prop_map(
        |((at_h, plays, condition, well, plots, hidden_layers), (lesson, lesson_step, language, hides_names))| {
            SharedView {
                at_h,
                plays,
                condition,
                well,
                plots,
                hidden_layers,
                lesson,
                lesson_step,
                language,
                hides_names,
            }
        },
    )
}

fn experiments() -> impl Strategy<Value = SharedExperiment> {
    let file = ("\\PC{0,20}", prop::collection::vec(any::<u8>(), 0..200));
    let file = file.prop_map(|(name, bytes)| NamedFile { name, bytes });
    let plate = prop::sample::select(BUILTIN).prop_map(|builtin| builtin.text.to_owned());
    let text = prop_oneof![plate, any::<String>()];
    (text, prop::collection::vec(file, 0..3), views()).prop_map(|(text, files, view)| SharedExperiment {
        text,
        files,
        view,
    })
}

proptest! {
    #[test]
    fn every_experiment_comes_back(experiment in experiments()) {
        prop_assert_eq!(SharedExperiment::from_link(&link(&experiment)), Ok(experiment));
    }

    /// Another letter, one that is missing and one too many give an error, never another experiment: in the last letter a few bits lie
    /// behind the end of what is packed, and say nothing.
    #[test]
    fn no_damage_is_overlooked(at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_-]", kind in 0..3) {
        let whole = link(&quick());
        let at = at.index(letters(&whole).len()) + "#v1.".len();
        let (before, behind) = whole.split_at(at);
        let damaged = match kind {
            0 => format!("{before}{letter}{}", &behind[1..]),
            1 => format!("{before}{}", &behind[1..]),
            _ => format!("{before}{letter}{behind}"),
        };
        if damaged != whole {
            let read = SharedExperiment::from_link(&damaged);
            let is_the_same = read == SharedExperiment::from_link(&whole);
            prop_assert!(is_the_same || matches!(read, Err(LinkError::Damaged(_))), "{damaged}: {read:?}");
        }
    }

    #[test]
    fn whatever_is_read_as_a_link_is_answered(text in any::<String>(), letters in "[A-Za-z0-9_-]{0,300}") {
        let _ = SharedExperiment::from_link(&text);
        let _ = SharedExperiment::from_link(&format!("#v1.{text}"));
        let _ = SharedExperiment::from_link(&format!("#v1.{letters}"));
    }

    /// What passes the checksum is not believed either.
    #[test]
    fn bytes_that_are_no_experiment_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..100), head in "\\{\"files\":\\[\\{\"name\":\"a\",\"bytes\":[0-9]{1,25}\\}\\]\\}\n") {
        let forged = |content: &[u8]| SharedExperiment::from_link(&forge(content));
        let _ = forged(&bytes);
        let _ = forged(head.as_bytes());
        prop_assert_eq!(forged(b"no head"), Err(LinkError::Damaged(Damage::Head)));
        prop_assert_eq!(forged(b"{}\n\xff"), Err(LinkError::Damaged(Damage::Text)));
    }
}

/// The link of any bytes, with a checksum that is right.
fn forge(content: &[u8]) -> String {
    let mut crc = Crc::new();
    crc.update(content);
    let mut deflater = DeflateEncoder::new(crc.sum().to_le_bytes().to_vec(), Compression::best());
    deflater.write_all(content).expect("writes to memory");
    let packed = deflater.finish().expect("writes to memory");
    format!("#v1.{}", URL_SAFE_NO_PAD.encode(packed))
}
