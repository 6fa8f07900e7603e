//! Which file knows which: no file of src imports, over however many others, itself, and no room knows a room above it.
//!
//! Read as tokens, so that comments do not count and macros do. What stands under `#[cfg(test)]` does not count either,
//! nor do a folder's `mod.rs` and its files among themselves, for a folder opens with what its files share.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The rooms of src from the lowest up, each with the rooms that it may know: the way of the data, and what happens to it.
const ROOMS: &[(&str, &[&str])] = &[
    ("parallel", &[]),
    ("model", &["parallel"]),
    ("readout", &["parallel", "model"]),
    ("scenario", &["model", "readout"]),
    ("link", &["model", "scenario"]),
    ("engine", &["parallel", "model"]),
    ("export", &["parallel", "model", "scenario", "readout"]),
    ("experiment", &["model", "engine", "readout"]),
    (
        "checkpoint",
        &["parallel", "model", "scenario", "engine", "readout", "export"],
    ),
    ("prelude", &["model", "scenario", "engine", "readout", "experiment"]),
    (
        "session",
        &["model", "scenario", "engine", "readout", "export", "experiment"],
    ),
    ("lesson", &["model", "scenario", "readout"]),
    (
        "validation",
        &["model", "scenario", "engine", "readout", "export", "experiment"],
    ),
    (
        "sweep",
        &[
            "parallel",
            "model",
            "scenario",
            "engine",
            "readout",
            "export",
            "experiment",
        ],
    ),
    (
        "view",
        &[
            "model",
            "scenario",
            "engine",
            "readout",
            "export",
            "experiment",
            "session",
            "link",
            "lesson",
        ],
    ),
    (
        "cli",
        &[
            "parallel",
            "model",
            "scenario",
            "link",
            "engine",
            "readout",
            "export",
            "experiment",
            "checkpoint",
            "lesson",
            "session",
            "validation",
            "sweep",
            "view",
        ],
    ),
];

/// Files by the path of their module, such as `model::gel::bars`: the file's name and its text.
type Sources = BTreeMap<String, (String, String)>;

/// Files that a file imports, each with the line of its first import.
type Arrows<'a> = BTreeMap<&'a str, BTreeMap<&'a str, usize>>;

/// A path from the crate's root on, and the line that it stands on.
type Mention = (Vec<String>, usize);

/// The module that a file below src holds; none for the roots, which hold all of them.
fn module(file: &str) -> Option<String> {
    let path = file.strip_suffix(".rs")?;
    let path = path.strip_suffix("/mod").unwrap_or(path);
    (path != "lib" && path != "main").then(|| path.replace('/', "::"))
}

/// Whether an attribute's brackets hold `cfg(test)` or `cfg(all(test, …))`.
fn is_for_tests(attribute: &TokenStream) -> bool {
    let text: String = attribute.to_string().split_whitespace().collect();
    text == "cfg(test)" || text.starts_with("cfg(all(test")
}

/// Whether `::` stands at `at`.
fn is_path_sign(tokens: &[TokenTree], at: usize) -> bool {
    matches!((tokens.get(at), tokens.get(at + 1)), (Some(TokenTree::Punct(a)), Some(TokenTree::Punct(b)))
        if a.as_char() == ':' && a.spacing() == Spacing::Joint && b.as_char() == ':')
}

/// Follows the path whose first name stands at `at`, into the braces of a `use` too, and gives its leaves from `prefix`
/// on; returns where it ends.
fn follow(tokens: &[TokenTree], mut at: usize, mut prefix: Vec<String>, found: &mut Vec<Mention>) -> usize {
    let mut line = 0;
    while let Some(token) = tokens.get(at) {
        line = token.span().start().line;
        match token {
            TokenTree::Ident(name) => match name.to_string().as_str() {
                "crate" => prefix.clear(),
                "self" => {}
                "super" => {
                    prefix.pop();
                }
                name => prefix.push(name.to_owned()),
            },
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                for branch in inner.split(|token| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ',')) {
                    if !branch.is_empty() {
                        follow(branch, 0, prefix.clone(), found);
                    }
                }
                return at + 1;
            }
            // `*`, or what a macro fills in.
            _ => break,
        }
        at += 1;
        if !is_path_sign(tokens, at) {
            break;
        }
        at += 2;
    }
    found.push((prefix, line));
    at
}

/// Every path that begins with `crate`, `self` or `super` in the tokens of the module `here`.
fn mentions(tokens: TokenStream, here: &[String], found: &mut Vec<Mention>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        let word = match &tokens[at] {
            TokenTree::Ident(word) => word.to_string(),
            _ => String::new(),
        };
        match (&tokens[at], tokens.get(at + 1), tokens.get(at + 2)) {
            (TokenTree::Punct(hash), Some(TokenTree::Group(attribute)), _)
                if hash.as_char() == '#' && is_for_tests(&attribute.stream()) =>
            {
                let ends = |token: &TokenTree| match token {
                    TokenTree::Punct(sign) => sign.as_char() == ';',
                    TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                    _ => false,
                };
                at += tokens[at..]
                    .iter()
                    .position(ends)
                    .map_or(tokens.len(), |length| length + 1);
            }
            (_, Some(TokenTree::Ident(name)), Some(TokenTree::Group(body)))
                if word == "mod" && body.delimiter() == Delimiter::Brace =>
            {
                let inside: Vec<String> = here.iter().cloned().chain([name.to_string()]).collect();
                mentions(body.stream(), &inside, found);
                at += 3;
            }
            _ if matches!(word.as_str(), "crate" | "self" | "super") && is_path_sign(&tokens, at + 1) => {
                at = follow(&tokens, at, here.to_vec(), found);
            }
            (TokenTree::Group(group), ..) => {
                mentions(group.stream(), here, found);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// The arrows between files.
fn arrows(sources: &Sources) -> Arrows<'_> {
    let mut arrows = Arrows::new();
    for (module, (file, text)) in sources {
        let tokens = text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
        let here: Vec<String> = module.split("::").map(str::to_owned).collect();
        let mut found = Vec::new();
        mentions(tokens, &here, &mut found);
        let known = arrows.entry(module).or_default();
        for (path, line) in found {
            // The longest beginning that is a file; the rest is what the file holds.
            let target = (1..=path.len())
                .rev()
                .find_map(|names| sources.get_key_value(&path[..names].join("::")));
            if let Some((target, _)) = target {
                let within = |inner: &str, outer: &str| inner == outer || inner.starts_with(&format!("{outer}::"));
                if !within(target, module) && !within(module, target) {
                    known.entry(target).or_insert(line);
                }
            }
        }
    }
    arrows
}

/// The files that `from` reaches over one arrow or more.
fn reach<'a>(arrows: &Arrows<'a>, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = vec![from];
    while let Some(module) = next.pop() {
        next.extend(arrows[module].keys().filter(|&&target| reached.insert(target)));
    }
    reached
}

/// Each set of files of which every one reaches every other, with the arrows among them.
fn circles(sources: &Sources) -> Vec<String> {
    let arrows = arrows(sources);
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        arrows.keys().map(|&module| (module, reach(&arrows, module))).collect();
    let mut told = BTreeSet::new();
    let mut circles = Vec::new();
    for module in arrows.keys() {
        let circle: BTreeSet<&str> = reached[module]
            .iter()
            .filter(|&&other| reached[other].contains(module))
            .copied()
            .collect();
        if circle.is_empty() || !told.insert(circle.clone()) {
            continue;
        }
        let mut text = format!("a circle of {} files:", circle.len());
        for &from in &circle {
            for (to, line) in arrows[from].iter().filter(|(to, _)| circle.contains(**to)) {
                write!(text, "\n  {}:{line} imports {}", sources[from].0, sources[*to].0).expect("writes to memory");
            }
        }
        circles.push(text);
    }
    circles
}

/// Every arrow from a room to one that it may not know.
fn arrows_up(sources: &Sources, rooms: &[(&str, &[&str])]) -> Vec<String> {
    let room = |module: &str| module.split("::").next().unwrap_or(module).to_owned();
    let mut up = Vec::new();
    for (from, targets) in arrows(sources) {
        let here = room(from);
        let Some((_, known)) = rooms.iter().find(|(name, _)| *name == here) else {
            up.push(format!("{}: the room {here} has no line in ROOMS", sources[from].0));
            continue;
        };
        for (to, line) in targets {
            let there = room(to);
            if there != here && !known.contains(&there.as_str()) {
                up.push(format!(
                    "{}:{line} imports {}, but {here} does not know {there}",
                    sources[from].0, sources[to].0
                ));
            }
        }
    }
    up
}

/// Every file below src.
fn sources() -> Sources {
    fn collect(folder: &Path, root: &Path, sources: &mut Sources) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                collect(&path, root, sources);
                continue;
            }
            let below = path
                .strip_prefix(root)
                .expect("below src")
                .to_str()
                .expect("a plain name");
            let below = below.replace('\\', "/");
            if let Some(module) = module(&below) {
                sources.insert(
                    module,
                    (format!("src/{below}"), fs::read_to_string(&path).expect("text")),
                );
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Sources::new();
    collect(&root, &root, &mut sources);
    assert!(sources.len() > 100, "only {} files found", sources.len());
    sources
}

/// Sources by hand: files below src and their texts.
fn by_hand(files: &[(&str, &str)]) -> Sources {
    files
        .iter()
        .map(|&(file, text)| (module(file).expect("no root"), (file.to_owned(), text.to_owned())))
        .collect()
}

#[test]
fn no_file_imports_itself_over_others() {
    let circles = circles(&sources());
    assert!(
        circles.is_empty(),
        "{} circles of imports; move what both sides need into the lower file, or into a third one below both:\n{}",
        circles.len(),
        circles.join("\n")
    );
}

#[test]
fn no_room_knows_a_room_above_it() {
    let up = arrows_up(&sources(), ROOMS);
    assert!(
        up.is_empty(),
        "arrows that run up (the rooms and what each knows: ROOMS in tests/house/imports.rs):\n{}",
        up.join("\n")
    );
}

#[test]
fn rooms_know_lower_rooms_only() {
    for (place, (room, known)) in ROOMS.iter().enumerate() {
        for other in *known {
            assert!(
                ROOMS[..place].iter().any(|(lower, _)| lower == other),
                "{room} knows {other}, which is not below it"
            );
        }
    }
}

#[test]
fn a_circle_is_found() {
    let straight = [
        ("model/mod.rs", "pub mod plate; pub mod strain; pub use plate::Plate;"),
        ("model/plate.rs", "use super::{strain::{Peak, self}, Shared};"),
        ("model/strain.rs", "// use super::plate::Plate;\npub struct Peak;"),
    ];
    assert_eq!(circles(&by_hand(&straight)), Vec::<String>::new());
    for back in [
        "use crate::model::plate::Plate;",
        "use super::plate::{self as plates, *};",
        "use crate::{engine::Engine, model::{layout::Cone, plate::{Plate, Region}}};",
        "fn peak(plate: &crate::model::plate::Plate) {}",
        "fn peak() { println!(\"{}\", super::plate::NAME); }",
        "mod inner { fn peak() { super::super::plate::name(); } }",
        "macro_rules! peak { () => { $crate::model::plate::name() } }",
        "use super::gel::lattice::Lattice;",
    ] {
        let mut files = straight.to_vec();
        files[2].1 = back;
        // A detour over a third file.
        files.push(("model/gel/lattice.rs", "use crate::model::plate::Domain;"));
        let circles = circles(&by_hand(&files));
        assert_eq!(circles.len(), 1, "{back}");
        assert!(
            circles[0].contains("model/plate.rs:1 imports model/strain.rs"),
            "{}",
            circles[0]
        );
    }
    for unseen in [
        "#[cfg(test)] mod tests { use super::super::plate::Plate; }",
        "#[cfg(test)]\nuse super::plate::Plate;",
        "#[cfg(test)] #[allow(dead_code)] fn peak(plate: super::plate::Plate) {} struct Strain;",
        "/// As [`super::plate::Plate`].\nconst TEXT: &str = \"use super::plate::Plate;\";",
    ] {
        let mut files = straight.to_vec();
        files[2].1 = unseen;
        assert_eq!(circles(&by_hand(&files)), Vec::<String>::new(), "{unseen}");
    }
}

#[test]
fn an_arrow_that_runs_up_is_found() {
    let files = by_hand(&[
        ("model/plate.rs", "use crate::engine::Engine;"),
        ("engine/mod.rs", "use crate::model::plate::Plate;"),
        ("scenario/mod.rs", "\n\nuse crate::{engine, model};"),
        ("attic.rs", ""),
    ]);
    assert_eq!(
        arrows_up(&files, ROOMS),
        [
            "attic.rs: the room attic has no line in ROOMS",
            "model/plate.rs:1 imports engine/mod.rs, but model does not know engine",
            "scenario/mod.rs:3 imports engine/mod.rs, but scenario does not know engine",
        ]
    );
}
