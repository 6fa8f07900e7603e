#!/usr/bin/env bash
# Writes the parameter tables of docs/model.md anew, between its two marks.
set -euo pipefail
cd "$(dirname "$0")/.."

document=docs/model.md
tables=$(mktemp)
trap 'rm -f "$tables"' EXIT
cargo run --release --quiet -- explain --markdown > "$tables"
sed -i -e "/<!-- parameters: begin -->/r $tables" -e '/<!-- parameters: begin -->/,/<!-- parameters: end -->/{/<!-- parameters/!d}' "$document"
