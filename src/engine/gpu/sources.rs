//! The shaders' sources, embedded, and their includes: a line `#include "x.wgsl"` stands for the text of that file, the
//! first time it is asked for. A path is looked for beside the including file, then in `shaders/rules`.

use std::collections::BTreeSet;

/// Every shader source: path below `shaders/`, and text. `build.rs` lists them.
pub const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shaders.rs"));

/// A shader whose includes cannot be resolved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IncludeError {
    /// There is no such file.
    #[error("shaders/{0} does not exist")]
    NoSuchShader(String),
    /// A file asks for one that is not there.
    #[error("shaders/{file}, line {line}: there is no \"{wanted}\" beside it nor in shaders/rules")]
    NoSuchInclude {
        /// The including file.
        file: String,
        /// Its line, from 1.
        line: usize,
        /// The file that it asks for.
        wanted: String,
    },
    /// A line that begins as an include but is none.
    #[error("shaders/{file}, line {line}: write #include \"file.wgsl\"")]
    Malformed {
        /// The including file.
        file: String,
        /// Its line, from 1.
        line: usize,
    },
}

/// The text of the shader at `path` below `shaders/`, with its includes. Where the environment variable
/// `OUTGROWTH_SHADER_DUMP` names a folder, the text is also written there.
///
/// # Errors
/// When a file is missing or an include is malformed.
pub fn stitched(path: &str) -> Result<String, IncludeError> {
    let text = find(path).ok_or_else(|| IncludeError::NoSuchShader(path.to_owned()))?;
    let stitched = resolve(path, text)?;
    #[cfg(not(target_arch = "wasm32"))]
    dump(path, &stitched);
    Ok(stitched)
}

/// `text` with its includes, as if it stood at `path` below `shaders/`.
///
/// # Errors
/// When an include is unknown or malformed.
pub fn resolve(path: &str, text: &str) -> Result<String, IncludeError> {
    let mut included = BTreeSet::from([path.to_owned()]);
    let mut out = String::new();
    append(path, text, &mut included, &mut out)?;
    Ok(out)
}

fn append(path: &str, text: &str, included: &mut BTreeSet<String>, out: &mut String) -> Result<(), IncludeError> {
    for (number, line) in text.lines().enumerate() {
        let Some(rest) = line.trim_start().strip_prefix("#include") else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        let (file, line) = (path.to_owned(), number + 1);
        let quoted = rest.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let Some(wanted) = quoted else {
            return Err(IncludeError::Malformed { file, line });
        };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let candidates = [join(folder, wanted), join("rules", wanted)];
        let found = candidates
            .iter()
            .find_map(|candidate| find(candidate).map(|text| (candidate, text)));
        let Some((candidate, text)) = found else {
            return Err(IncludeError::NoSuchInclude {
                file,
                line,
                wanted: wanted.to_owned(),
            });
        };
        if included.insert(candidate.clone()) {
            append(candidate, text, included, out)?;
        }
    }
    Ok(())
}

fn find(path: &str) -> Option<&'static str> {
    SOURCES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// `relative` as seen from `folder`, with `..` resolved.
fn join(folder: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Writes a stitched source for whoever debugs a shader; a failure is logged, not fatal.
#[cfg(not(target_arch = "wasm32"))]
fn dump(path: &str, stitched: &str) {
    let Some(folder) = std::env::var_os("OUTGROWTH_SHADER_DUMP") else {
        return;
    };
    let file = std::path::Path::new(&folder).join(path);
    let folder = file.parent().map_or(Ok(()), std::fs::create_dir_all);
    if let Err(error) = folder.and_then(|()| std::fs::write(&file, stitched)) {
        tracing::warn!("could not write the stitched shader {}: {error}", file.display());
    }
}
