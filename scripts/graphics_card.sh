#!/usr/bin/env bash
# What a machine with a graphics card is asked: do the engines agree there, does the card give the same bits twice, how fast is
# it, what do pictures look like. Everything is built beforehand; each part has a limit of time, and one that fails stops none.
# With Mesa's llvmpipe (TEST_GPU unset, ENGINE=software-gpu) it can be tried on any machine.
#
# usage: scripts/graphics_card.sh BUILT OUT [PART...]    BUILT: a folder with outgrowth, engine_speed, frame_speed and the test
#                                                         binaries engines, results, session and view; OUT: where the logs and
#                                                         pictures go
set -uo pipefail
built=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
shift 2
parts=${*:-adapter engines lessons live view plate speed packs pictures book}
engine=${ENGINE:-gpu}
kind=$([[ $engine == gpu ]] && echo gpu || echo software)
export XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/tmp} REQUIRE_GPU=1 PATH="$built:$PATH"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Runs a command for at most so many seconds; its output goes into the log, the wall time onto the screen.
within() {
    local most=$1 name=$2 began=${EPOCHREALTIME/,/.}
    shift 2
    timeout "$most" "$@" >>"$out/log" 2>&1
    local code=$?
    echo "$name: rc $code, $(awk -v a="$began" -v b="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%.2f", b - a }') s" | tee -a "$out/log"
    return $code
}

adapter() {
    nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null
    nproc
    outgrowth engines 2>&1 | tee -a "$out/log"
}

# Both engines against each other, and the card against itself: the tests' own comparisons.
engines() {
    RANDOM_SCENARIOS_GPU=${RANDOM_SCENARIOS_GPU:-100} within "${ENGINES_S:-150}" "engine tests" \
        engines --test-threads "${THREADS:-8}" ${SKIP:-}
    grep -E "^test .*FAILED|^test result|panicked at" "$out/log" | sort | uniq -c | tail -40
}

# What the lessons say, in runs of the card: a claim near the edge of its band may hold on one engine alone.
lessons() {
    within 90 "lessons" results lessons::every_lesson
    grep -E "^test .*FAILED|^test result|: .* not " "$out/log" | tail -20
}

# The live plate by a thread and from a loop of frames.
live() {
    within 90 "live plate" session --test-threads 4
    grep -E "^test .*FAILED|^test result" "$out/log" | tail -20
}

view() {
    within 90 "view tests" view --test-threads 4
    grep -E "^test .*FAILED|^test result" "$out/log" | tail -20
}

# The reference plate: seconds, the same bytes twice, the headline beside the processor's.
plate() {
    for run in first second; do
        within 90 "reference plate, $run, $engine" outgrowth run exercise-2024 --engine "$engine" --leave readouts,report \
            --checkpoint-every never --out "$scratch/$run" --quiet
    done
    within 90 "reference plate, cpu" outgrowth run exercise-2024 --engine cpu --leave readouts,report --checkpoint-every never \
        --out "$scratch/cpu" --quiet
    (cd "$scratch/first" && sha256sum readouts*) | (cd "$scratch/second" && sha256sum -c --quiet -) && echo "the same bytes twice"
    cmp -s "$scratch/first/readouts.parquet" "$scratch/cpu/readouts.parquet" && echo "the processor's bytes too"
    for run in first cpu; do cp "$scratch/$run/report.html" "$out/report-$run.html"; done
}

speed() {
    local sizes="4,200,100,2000 18,200,225,2000 18,2000,225,500 100,2000,50,500 100,10000,50,200 1,1000000,8,50 1,10,1024,500 1,10,4096,100 16,10,1024,200"
    for size in ${SIZES:-$sizes}; do
        # shellcheck disable=SC2086
        timeout 60 engine_speed "$kind" ${size//,/ } 2>&1 | tee -a "$out/log" | tail -1
    done
}

# Many small cultures: one by one and packed, and the processor.
packs() {
    cd "$scratch" || return
    cp "$OLDPWD/docs/batch/culture.toml" .
    for case in $engine:1:${ONE:-50} $engine:50:${MANY:-1000} $engine:200:${MANY:-1000} $engine:1000:${MANY:-1000} cpu:0:${MANY:-1000}; do
        IFS=: read -r what pack runs <<<"$case"
        rm -rf plan
        outgrowth plan culture.toml --seeds "1..$runs" --engine "$what" --out plan --quiet
        # shellcheck disable=SC2046
        within 100 "$runs cultures, $what, --pack $pack" outgrowth work plan --quiet $([[ $pack == 0 ]] || echo --pack "$pack")
    done
    cd "$OLDPWD" || return
}

pictures() {
    within 60 "render" outgrowth render exercise-2024 --engine "$engine" --at "5 d" --size 1920x1080 --out "$out/render.png" --quiet
    within 60 "frames" frame_speed 5 1920 1080 200 "$scratch/frame.png"
    tail -30 "$out/log"
}

book() {
    within "${BOOK_S:-120}" "book" outgrowth validate ${BOOK:---quick} --engine "$engine" --out "$out/book.html"
    grep -i -E "fail|miss|of [0-9]+|passed|hold" "$out/log" | tail -8
}

for part in $parts; do
    echo "== $part, at $SECONDS s"
    $part
done
echo "== end, at $SECONDS s"
