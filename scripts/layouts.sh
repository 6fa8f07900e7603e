#!/usr/bin/env bash
# Writes shaders/*/layout.wgsl anew, from what the host declares with `shared!`.
set -euo pipefail
cd "$(dirname "$0")/.."

WRITE_LAYOUTS=1 cargo test --release --quiet --test engines layouts_of_the_shaders
