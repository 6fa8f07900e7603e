#!/usr/bin/env bash
# Writes the generated tables anew, between their two marks: parameters in docs/model.md, what plates show in docs/scenarios.md, tables and
# units of a scenario file in docs/scenario.md, the length of links in docs/links.md, keys and names of lessons in docs/lessons.md.
set -euo pipefail
cd "$(dirname "$0")/.."

tables=$(mktemp)
trap 'rm -f "$tables"' EXIT

# The document, and the name of its marks and of what prints the tables.
write() {
    cargo run --release --quiet -- explain --document "$2" > "$tables"
    sed -i -e "/<!-- $2: begin -->/r $tables" -e "/<!-- $2: begin -->/,/<!-- $2: end -->/{/<!-- $2/!d}" "$1"
}

write docs/lessons.md lesson-keys
write docs/lessons.md lessons
write docs/model.md parameters
write docs/scenarios.md plates
write docs/scenario.md tables
write docs/scenario.md units
write docs/links.md links
