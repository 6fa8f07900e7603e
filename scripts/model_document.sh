#!/usr/bin/env bash
# Writes the generated tables anew, between their two marks: parameters in docs/model.md, what plates show in docs/scenarios.md.
set -euo pipefail
cd "$(dirname "$0")/.."

tables=$(mktemp)
trap 'rm -f "$tables"' EXIT

# The document, the name of its marks, and what prints the tables.
write() {
    cargo run --release --quiet -- explain "$3" > "$tables"
    sed -i -e "/<!-- $2: begin -->/r $tables" -e "/<!-- $2: begin -->/,/<!-- $2: end -->/{/<!-- $2/!d}" "$1"
}

write docs/model.md parameters --markdown
write docs/scenarios.md plates --plates
