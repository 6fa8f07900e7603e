#!/usr/bin/env bash
# Draws every built-in scenario as it ends, into docs/scenarios: the pictures of docs/scenarios.md; and small ones for the
# gallery of the window, into assets/thumbnails. Needs no display, and ImageMagick for the small ones; on a machine without a
# graphics driver install one first, such as mesa-vulkan-drivers.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${PROGRAM:-target/release/outgrowth}
mkdir -p docs/scenarios assets/thumbnails
for file in assets/scenarios/*.toml; do
    name=$(basename "$file" .toml)
    "$program" render "$name" --engine cpu --size 960x540 --force --out "docs/scenarios/$name.png"
    convert "docs/scenarios/$name.png" -resize 400x225 -colors 160 -strip "PNG8:assets/thumbnails/$name.png"
done
