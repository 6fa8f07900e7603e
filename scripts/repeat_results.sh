#!/usr/bin/env bash
# Every built-in scenario, run with changes and another seed, is repeated from the scenario in its results: readouts and axons
# are the same to the byte, but for the columns ahead of the readouts that say what was changed. Ends with 1 where any is not. Not
# part of the checks before landing, which repeat a few of them.
#
# usage: scripts/repeat_results.sh [PROGRAM]
set -uo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/outgrowth}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
wrong=0 same=0
# The rows of a table from the column "condition" on.
measured() {
    local first
    first=$(sed 1q "$1/readouts.csv" | tr , '\n' | grep -nx condition | cut -d: -f1)
    cut -d, -f"$first-" "$1/readouts.csv"
}
for file in assets/scenarios/*.toml; do
    name=$(basename "$file" .toml)
    # Tows begin after four hours.
    duration=$([[ "$name" == towed-growth ]] && echo "5 h" || echo "30 min")
    changes=(--seed 42 --set "duration=$duration" --set "event=[]" --set "growth_cone.speed=7 um/h")
    again=$scratch/$name/scenario/scenario.toml
    if "$program" run "$name" --engine cpu --quiet "${changes[@]}" --out "$scratch/$name" &&
        "$program" run "$again" --engine cpu --quiet --out "$scratch/again" &&
        cmp <(measured "$scratch/$name") <(measured "$scratch/again") &&
        diff -r "$scratch/$name/axons" "$scratch/again/axons"; then
        same=$((same + 1))
    else
        echo "WRONG: $name does not repeat itself" >&2
        wrong=$((wrong + 1))
    fi
    rm -rf "$scratch/again" "${scratch:?}/$name"
done
echo "$same repeat themselves, $wrong do not"
((wrong == 0))
