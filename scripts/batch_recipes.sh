#!/usr/bin/env bash
# The recipes of docs/batch on this machine: HyperQueue, GNU parallel and Snakemake each do the shares of a planned sweep, and the
# dataset must be that of a local sweep, byte for byte; one of other seeds must not. (scripts/slurm.sh does the same for Slurm.)
# Ends with a line of figures, and with 1 where anything was wrong. Installs GNU parallel from Debian and the others from PyPI, into a
# temporary folder. Not part of the checks before landing.
#
# usage: scripts/batch_recipes.sh [PROGRAM]          TOOLS=FOLDER is a virtual environment that has them already
set -uo pipefail
here=$(dirname "$(realpath "$0")")
recipes=$here/../docs/batch
program=$(realpath "${1:-$here/../target/release/outgrowth}")
# shellcheck source=scripts/install.sh
. "$here/install.sh"
command -v parallel >/dev/null || install_packages parallel || { echo "no GNU parallel, and it cannot be installed" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
wrong=0
complain() {
    echo "WRONG: $*" >&2
    wrong=$((wrong + 1))
}

tools=${TOOLS:-$scratch/tools}
if [ ! -d "$tools" ]; then
    echo "installing HyperQueue and Snakemake"
    python3 -m venv "$tools" && "$tools/bin/pip" install -q 'hyperqueue==0.27.*' 'snakemake>=9,<10' || exit 1
fi
mkdir "$scratch/bin"
ln -s "$program" "$scratch/bin/outgrowth"
export PATH=$scratch/bin:$tools/bin:$PATH
export XDG_CACHE_HOME=$scratch/cache

# 4,000 runs of a few milliseconds in 4 parts.
sweep=(quick --vary "growth_cone.speed=4,8 um/h" --set "event=[]" --set explant.0.neurons=2 --set "duration=1 h" --set "step=2 min"
    --set "well.voxel=100 um" --engine cpu --quiet)
shares=4
tables() { (cd "$1" && find . -name '*.parquet' -o -name 'summary.csv' | sort); }
same() {
    local table
    [ "$(tables "$1")" = "$(tables "$2")" ] || return 1
    while IFS= read -r table; do cmp -s "$1/$table" "$2/$table" || return 1; done < <(tables "$1")
}
outgrowth sweep "${sweep[@]}" --seeds 1..2000 --out "$scratch/here" >/dev/null || complain "the local sweep failed"
outgrowth sweep "${sweep[@]}" --seeds 2..2001 --out "$scratch/control" >/dev/null || complain "the control failed"
same "$scratch/here" "$scratch/control" && complain "other seeds have the same dataset"

# Plans the sweep, does it by a command that is given its folder, and compares.
recipe() {
    local name=$1 folder="$scratch/by $1" began=$SECONDS
    shift
    outgrowth plan "${sweep[@]}" --seeds 1..2000 --shares "$shares" --out "$folder" || complain "$name: no plan"
    "$@" "$folder" >"$scratch/$name.log" 2>&1 || { complain "$name failed"; tail -n 30 "$scratch/$name.log" >&2; }
    if same "$folder" "$scratch/here"; then
        done+=("$name $((SECONDS - began)) s")
    else
        complain "$name: the dataset is not that of a local sweep"
    fi
}
done=()

recipe parallel "$recipes/parallel.sh"

by_hyperqueue() { python3 "$recipes/hq.py" "$1" --local 2; }
recipe hyperqueue by_hyperqueue
# Its tasks are numbered in HQ_TASK_ID: task 1 of this job has the first share.
(cd "$scratch" && python3 - "$scratch/by hyperqueue" "$scratch/auto.log" <<'END') >/dev/null 2>&1 || complain "HyperQueue: no job with --share auto"
import sys
from hyperqueue import Job
from hyperqueue.cluster import LocalCluster, WorkerConfig
folder, log = sys.argv[1:]
job = Job()
job.program(["true"], stdout="none", stderr="none")
job.program(["outgrowth", "work", folder, "--share", "auto"], stdout=log + ".out", stderr=log)
with LocalCluster(worker_config=WorkerConfig(cores=1)) as cluster:
    client = cluster.client()
    client.wait_for_jobs([client.submit(job)])
END
grep -q '^share 1/4, by HQ_TASK_ID$' "$scratch/auto.log" || complain "HyperQueue: --share auto is not by HQ_TASK_ID"

by_snakemake() { snakemake --snakefile "$recipes/Snakefile" --config "sweep=$1" --cores 2 --directory "$scratch"; }
recipe snakemake by_snakemake

hyperqueue=$(python3 -c 'import importlib.metadata as of; print(of.version("hyperqueue"))')
versions="hyperqueue $hyperqueue, $(parallel --version | sed -n '1s/^GNU //p'), snakemake $(snakemake --version)"
bytes=$(cd "$scratch/here" && find . -name '*.parquet' -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
printf -v told '%s, ' "${done[@]}"
echo "$versions: 4000 runs in $shares shares: ${told%, }; $(tables "$scratch/here" | wc -l) tables, $bytes bytes, same as here; $wrong wrong"
[ "$wrong" -eq 0 ]
