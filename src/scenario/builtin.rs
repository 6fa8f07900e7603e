//! Scenarios that are part of the program, so that it has something to run wherever it is.

/// A scenario that is part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Builtin {
    /// The name that it is asked for by.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Every scenario that is part of the program; the first is the reference plate.
pub const BUILTIN: &[Builtin] = &[
    Builtin {
        name: "exercise-2024",
        text: include_str!("../../assets/scenarios/exercise-2024.toml"),
    },
    Builtin {
        name: "quick",
        text: include_str!("../../assets/scenarios/quick.toml"),
    },
    Builtin {
        name: "gel-slab",
        text: include_str!("../../assets/scenarios/gel-slab.toml"),
    },
    Builtin {
        name: "dose-curve",
        text: include_str!("../../assets/scenarios/dose-curve.toml"),
    },
    Builtin {
        name: "gradient",
        text: include_str!("../../assets/scenarios/gradient.toml"),
    },
    Builtin {
        name: "bundles",
        text: include_str!("../../assets/scenarios/bundles.toml"),
    },
    Builtin {
        name: "microchannels",
        text: include_str!("../../assets/scenarios/microchannels.toml"),
    },
    Builtin {
        name: "axotomy",
        text: include_str!("../../assets/scenarios/axotomy.toml"),
    },
    Builtin {
        name: "nerve-gap",
        text: include_str!("../../assets/scenarios/nerve-gap.toml"),
    },
    Builtin {
        name: "towed-growth",
        text: include_str!("../../assets/scenarios/towed-growth.toml"),
    },
    Builtin {
        name: "als",
        text: include_str!("../../assets/scenarios/als.toml"),
    },
    Builtin {
        name: "hypotheses",
        text: include_str!("../../assets/scenarios/hypotheses.toml"),
    },
    Builtin {
        name: "innervation",
        text: include_str!("../../assets/scenarios/innervation.toml"),
    },
    Builtin {
        name: "magnet-bars",
        text: include_str!("../../assets/scenarios/magnet-bars.toml"),
    },
    Builtin {
        name: "measured-map",
        text: include_str!("../../assets/scenarios/measured-map.toml"),
    },
];

/// Files that built-in scenarios name, and what they hold.
const FILES: &[(&str, &[u8])] = &[
    (
        "microchannels.png",
        include_bytes!("../../assets/scenarios/microchannels.png"),
    ),
    (
        "measured-map.csv",
        include_bytes!("../../assets/scenarios/measured-map.csv"),
    ),
];

/// The scenario of that name; `.toml` at its end makes no difference.
pub fn builtin(name: &str) -> Option<&'static Builtin> {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    BUILTIN.iter().find(|builtin| builtin.name == name)
}

/// The contents of a file that a built-in scenario names.
///
/// # Errors
/// When there is no such file.
pub fn builtin_file(name: &str) -> Result<Vec<u8>, String> {
    let file = FILES.iter().find(|(known, _)| *known == name);
    file.map(|(_, bytes)| bytes.to_vec())
        .ok_or_else(|| format!("no file \"{name}\" is built in"))
}
