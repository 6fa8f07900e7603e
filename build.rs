//! Lists the shaders: writes `shaders.rs`, from which `src/engine/gpu/sources.rs` takes every file below `shaders/`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("shaders");
    println!("cargo::rerun-if-changed=shaders");
    let mut list = String::from("&[\n");
    for folder in sorted(&root)? {
        for file in sorted(&folder)? {
            let (Some(folder), Some(name)) = (folder.file_name(), file.file_name()) else {
                continue;
            };
            let path = Path::new(folder).join(name).to_string_lossy().replace('\\', "/");
            let _ = writeln!(list, "({path:?}, include_str!({file:?})),");
        }
    }
    list.push(']');
    fs::write(
        PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("shaders.rs"),
        list,
    )
}

/// The entries of a folder, in order of their names.
fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
