#!/usr/bin/env bash
# Builds the page in the browser: `web.sh [FOLDER]` writes one folder (target/page) that any web server serves, and FOLDER.zip, which
# opens from a stick. Says how large what is loaded is with brotli, and fails above 3 MB.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/install.sh
source scripts/parts.sh
source scripts/wasm_target.sh

folder=${1:-target/page}
page=crates/outgrowth-web
assets=$page/assets
trap say_parts EXIT

# wasm-opt of binaryen 132 (-O3) made the program 4 % smaller, and with brotli 5 % larger: it is left out.
bind() {
    rm -rf "$folder" && mkdir -p "$folder"
    cargo run --release --locked --quiet -p web-bindings -- "target/$wasm_target/web/outgrowth_web.wasm" "$folder"
}

lay_out() {
    cp "$assets"/* "$folder"
    # CODAP's own library, with its licence.
    [ -d "$page/node_modules" ] || npm ci --prefix "$page" --silent
    cp "$page/node_modules/iframe-phone/dist/iframe-phone.js" "$folder"
    cp "$page/node_modules/iframe-phone/LICENSE" "$folder/iframe-phone.LICENSE"
    cp -r assets/thumbnails "$folder/thumbnails"
    node scripts/web_folder.mjs "$folder"
}

find_wasm_target
part "page" cargo build --locked --profile web -p outgrowth-web --target "$wasm_target" "${wasm_flags[@]}"
part "bindings" bind
part "folder, sizes, zip" lay_out
