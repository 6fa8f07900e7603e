//! Scenarios that are part of the program, so that it has something to run wherever it is.

/// A scenario that is part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Builtin {
    /// The name that it is asked for by.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
    /// A small picture of it as it ends, a PNG; `scripts/gallery.sh` draws it.
    #[cfg(feature = "window")]
    pub thumbnail: &'static [u8],
}

/// The plates of these names, with their files in `assets/`.
macro_rules! plates {
    ($($name:literal),* $(,)?) => {
        &[$(Builtin {
            name: $name,
            text: include_str!(concat!("../../assets/scenarios/", $name, ".toml")),
            #[cfg(feature = "window")]
            thumbnail: include_bytes!(concat!("../../assets/thumbnails/", $name, ".png")),
        }),*]
    };
}

/// Every scenario that is part of the program; the first is the reference plate.
pub const BUILTIN: &[Builtin] = plates![
    "exercise-2024",
    "exercise-in-brief",
    "quick",
    "gel-slab",
    "dose-curve",
    "gradient",
    "bundles",
    "microchannels",
    "axotomy",
    "nerve-gap",
    "towed-growth",
    "als",
    "hypotheses",
    "innervation",
    "magnet-bars",
    "measured-map",
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
