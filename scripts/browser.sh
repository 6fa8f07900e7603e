#!/usr/bin/env bash
# Checks that the library builds for the browser: no command line, no window, no threads.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/install.sh
source scripts/wasm_target.sh

find_wasm_target
RUSTFLAGS="-D warnings" cargo check --release --locked --lib --no-default-features --target "$wasm_target" "${wasm_flags[@]}"
