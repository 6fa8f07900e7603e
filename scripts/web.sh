#!/usr/bin/env bash
# Builds the page in the browser: `web.sh [FOLDER]` writes one folder (target/web) that any web server serves, and FOLDER.zip, which
# opens from a stick. Says how large what is loaded is with brotli, and fails above 3 MB.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/install.sh
source scripts/parts.sh
source scripts/wasm_target.sh

folder=${1:-target/web}
assets=crates/outgrowth-web/assets
tools=tests/web
trap say_parts EXIT

bind() {
    rm -rf "$folder" && mkdir -p "$folder"
    cargo run --release --locked --quiet -p web-bindings -- "target/$wasm_target/web/outgrowth_web.wasm" "$folder"
}

optimise() {
    npm ci --prefix "$tools" --silent
    # What the compiler may emit for this target, which the optimiser has to be told.
    "$tools/node_modules/.bin/wasm-opt" -O3 --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
        --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue \
        "$folder/outgrowth_web_bg.wasm" -o "$folder/outgrowth_web_bg.wasm"
}

lay_out() {
    cp "$assets"/* "$folder"
    cp -r assets/thumbnails "$folder/thumbnails"
    node "$tools/folder.mjs" "$folder"
}

find_wasm_target
part "page" cargo build --locked --profile web -p outgrowth-web --target "$wasm_target" "${wasm_flags[@]}"
part "bindings" bind
part "wasm-opt" optimise
part "folder, sizes, zip" lay_out
