//! `web-bindings INPUT.wasm FOLDER`: writes `FOLDER/NAME.js` and `FOLDER/NAME_bg.wasm`, with which a browser loads what the
//! compiler left.

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (input, folder) = arguments
        .next()
        .zip(arguments.next())
        .context("usage: web-bindings INPUT.wasm FOLDER")?;
    let mut bindings = Bindgen::new();
    bindings
        .input_path(&input)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    // A classic script is loaded from a stick, too, where a module is not.
    bindings.no_modules(true)?.generate(&folder)
}
