//! Twins bear the same names: every function of shaders/rules stands in the file of the same name in src/model/rules, with
//! the same name and the same names of its arguments, in the same order.

use outgrowth::engine::gpu::sources::{SOURCES, stitched};
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::path::Path;

/// Functions of one file by name, each with the names of its arguments.
type Functions = BTreeMap<String, Vec<String>>;

/// The functions that stand in a file of Rust, outside its tests.
fn of_rust(text: &str) -> Functions {
    fn collect(tokens: TokenStream, functions: &mut Functions) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match (token, tokens.get(at + 1)) {
                (TokenTree::Ident(word), Some(TokenTree::Ident(name))) if word == "fn" => {
                    let arguments = tokens[at..].iter().find_map(|token| match token {
                        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group.stream()),
                        _ => None,
                    });
                    functions.insert(name.to_string(), arguments.map(names).unwrap_or_default());
                }
                // Functions of a type stand in its `impl`.
                (TokenTree::Ident(word), _) if word == "impl" => {
                    for token in &tokens[at..] {
                        if let TokenTree::Group(body) = token
                            && body.delimiter() == Delimiter::Brace
                        {
                            collect(body.stream(), functions);
                            break;
                        }
                    }
                }
                _ => {}
            }
        }
    }
    /// The names before a colon that is no path's.
    fn names(arguments: TokenStream) -> Vec<String> {
        let tokens: Vec<TokenTree> = arguments.into_iter().collect();
        let named = |pair: &[TokenTree]| match pair {
            [TokenTree::Ident(name), TokenTree::Punct(colon)]
                if colon.as_char() == ':' && colon.spacing() == Spacing::Alone =>
            {
                Some(name.to_string())
            }
            _ => None,
        };
        tokens.windows(2).filter_map(named).collect()
    }
    let mut functions = Functions::new();
    collect(text.parse().expect("Rust"), &mut functions);
    functions
}

/// The functions that a shader itself defines.
fn of_shader(path: &str, text: &str) -> Functions {
    let module = naga::front::wgsl::parse_str(&stitched(path).expect("includes")).expect("parses");
    let named = |name: &Option<String>| name.clone().expect("named");
    module
        .functions
        .iter()
        .map(|(_, function)| {
            (
                named(&function.name),
                function.arguments.iter().map(|it| named(&it.name)).collect(),
            )
        })
        .filter(|(name, _): &(String, _)| text.contains(&format!("fn {name}(")))
        .collect()
}

/// Functions of a shader that are not so in Rust.
fn differences(file: &str, shader: &Functions, rust: &Functions) -> Vec<String> {
    let mut differences = Vec::new();
    for (name, arguments) in shader {
        match rust.get(name) {
            None => differences.push(format!("{file}: {name} is not in Rust")),
            Some(twin) if twin != arguments => {
                let (here, there) = (arguments.join(", "), twin.join(", "));
                differences.push(format!("{file}: {name}({here}) is {name}({there}) in Rust"));
            }
            Some(_) => {}
        }
    }
    differences
}

#[test]
fn twins_bear_the_same_names() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model");
    let mut found = Vec::new();
    let mut files = 0;
    for (path, text) in SOURCES.iter().filter(|(path, _)| path.starts_with("rules/")) {
        let shader = of_shader(path, text);
        if shader.is_empty() {
            continue;
        }
        files += 1;
        // The cone's decision is the step that reads the rules, one room up.
        let name = path.trim_start_matches("rules/").replace(".wgsl", ".rs");
        let twin = [model.join("rules").join(&name), model.join(&name)]
            .into_iter()
            .find(|file| file.is_file())
            .unwrap_or_default();
        match std::fs::read_to_string(&twin) {
            Ok(rust) => found.extend(differences(path, &shader, &of_rust(&rust))),
            Err(_) => found.push(format!("{path}: no {name} in src/model/rules or src/model")),
        }
    }
    assert!(files > 15, "only {files} files of rules found");
    assert!(found.is_empty(), "twins whose names differ:\n{}", found.join("\n"));
}

#[test]
fn other_names_are_found() {
    let of = |name: &str, arguments: &[&str]| {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Functions::from([(name.to_owned(), arguments)])
    };
    let rust =
        of_rust("/// Doubles.\npub fn twice(dose: f32, at: glam::Vec3, rules: &Rules) -> f32 { let x: f32 = dose; x }");
    assert_eq!(rust, of("twice", &["dose", "at", "rules"]));
    assert!(differences("a", &of("twice", &["dose", "at", "rules"]), &rust).is_empty());
    assert_eq!(differences("a", &of("twice", &["at", "dose", "rules"]), &rust).len(), 1);
    assert_eq!(differences("a", &of("twice", &["dose", "at"]), &rust).len(), 1);
    assert_eq!(
        differences("a", &of("double", &["dose", "at", "rules"]), &rust).len(),
        1
    );
}
