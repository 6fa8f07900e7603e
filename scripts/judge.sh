#!/usr/bin/env bash
# Lets NeuroM and MorphIO read the axons of a run and compares their figures with ours; pyarrow, pandas, DuckDB and Polars read
# its tables, and DuckDB, Polars, pandas and rocrate the dataset of a small sweep.
# Usage: scripts/judge.sh [RESULT_FOLDER]; without one, the scenario quick is run for it.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/install.sh

python=.venv/bin/python
if ! [ -x "$python" ]; then
    python3 -c 'import venv, ensurepip' 2>/dev/null || install_packages python3 python3-venv
    python3 -m venv .venv
fi
# Installs nothing where everything is there already.
"$python" -m pip install --quiet --disable-pip-version-check -r scripts/requirements.txt

results=${1:-}
if [ -z "$results" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    results="$scratch/quick"
    # With PROGRAM nothing is built: built without the tests, half of the dependencies would be built anew.
    if [ -z "${PROGRAM:-}" ]; then
        cargo build --release --locked --quiet
        PROGRAM=target/release/outgrowth
    fi
    "$PROGRAM" run quick --engine cpu --quiet --out "$results"
fi
"$python" scripts/judge_swc.py --self-test "$results"
"$python" scripts/judge_swc.py "$results"
"$python" scripts/judge_tables.py --self-test "$results"
"$python" scripts/judge_tables.py "$results"
if [ -n "${scratch:-}" ]; then
    sweep="$scratch/sweep"
    "$PROGRAM" plan quick --vary "growth_cone.speed=6,8 um/h" --seeds 1..2 --shares 2 --set "event=[]" --engine cpu --quiet --out "$sweep"
    "$PROGRAM" work "$sweep" --share 1/2 --quiet
    "$PROGRAM" work "$sweep" --share 2/2 --quiet
    "$PROGRAM" gather "$sweep" --quiet
    "$python" scripts/judge_dataset.py --self-test "$sweep"
    "$python" scripts/judge_dataset.py "$sweep"
fi
