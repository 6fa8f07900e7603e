#!/usr/bin/env bash
# What becomes of results in hard times: runs are killed at random moments, single calls to the system fail, disks are full,
# the power goes. Nothing may be half, nothing that was reported as written may be lost, and nothing may be left behind after
# the next run. Says how often what happened; ends with 1 where anything was wrong. Errors are injected with strace; full disks
# and power cuts need root. Not part of the checks before landing: it takes minutes.
#
# usage: scripts/hard_times.sh [PROGRAM]          KILLS=50 ERRORS=50 CUTS=10 SEED=1 are the defaults
set -uo pipefail
program=$(realpath "${1:-$(dirname "$0")/../target/release/outgrowth}")
kills=${KILLS:-50} errors=${ERRORS:-50} cuts=${CUTS:-10}
RANDOM=${SEED:-1}
scratch=$(mktemp -d)
mounted=()
clean_up() {
    for place in "${mounted[@]}"; do umount -q "$place"; done
    rm -rf "$scratch"
}
trap clean_up EXIT
wrong=0
# Every well has as many neurons as its scenario says, so that missing axons are seen.
run=("$program" run quick --engine cpu --quiet --set variation.scale=0)

complain() {
    echo "WRONG: $*" >&2
    wrong=$((wrong + 1))
}

# Whether a folder is a whole result; prints its seed.
seed_of_whole() {
    python3 - "$1" <<'END'
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
record = json.loads((folder / "run.json").read_text())
ends = {".csv": b"\n", ".swc": b"\n", ".json": b"}\n", ".parquet": b"PAR1", ".png": b"IEND\xaeB`\x82", ".toml": b"\n"}
files = [path for path in folder.rglob("*") if path.is_file()]
for path in files:
    assert path.read_bytes().endswith(ends.get(path.suffix, b"")) and path.stat().st_size, f"{path} is half"
names = {str(path.relative_to(folder)) for path in files}
asked = {"readouts.csv", "readouts.parquet", "neurons.parquet", "plate.png", "report.html", "scenario/scenario.toml"}
assert asked <= names, f"missing: {asked - names}"
rows = (folder / "readouts.csv").read_text().count("\n") - 1
assert record["partial"] or rows == 50, f"{rows} rows"
assert sum(name.endswith(".swc") for name in names) == 100, "axons are missing"
print(record["seed"])
END
}

# Complains unless a folder is a whole result of one of the seeds.
expect_whole() {
    local folder=$1 found
    shift
    found=$(seed_of_whole "$folder") || { complain "$folder is not whole"; return; }
    [[ " $* " == *" $found "* ]] || complain "$folder is of seed $found, expected one of $*"
}

# Complains unless a folder holds these names and no others.
expect_only() {
    local folder=$1 found
    shift
    found=$(ls -A "$folder" | tr '\n' ' ')
    [[ "${found% }" == "$*" ]] || complain "$folder holds $found, expected $*"
}

seconds() { awk -v most="$1" -v drawn="$RANDOM" 'BEGIN { printf "%.3f", most * drawn / 32768 }'; }

echo "== $kills kills, a run with --force over an earlier result"
mkdir "$scratch/kill"; cd "$scratch/kill" || exit 1
SECONDS=0
began=$(date +%s.%N)
"${run[@]}" --seed 1 --out r || complain "the first run failed"
took=$(awk -v a="$began" -v b="$(date +%s.%N)" 'BEGIN { print 1.1 * (b - a) }')
before=1 killed=0 ended=0 cleared=0
for number in $(seq "$kills"); do
    seed=$((number + 1))
    "$program" run quick --engine cpu --set variation.scale=0 --seed "$seed" --force --out r >/dev/null 2>said & process=$!
    sleep "$(seconds "$took")"
    kill -KILL "$process" 2>/dev/null
    if wait "$process" 2>/dev/null; then
        ended=$((ended + 1))
        expect_whole r "$seed"
    else
        killed=$((killed + 1))
        expect_whole r "$before" "$seed"
    fi
    grep -q "is cleared" said && cleared=$((cleared + 1))
    rm -f said
    before=$(seed_of_whole r)
done
"${run[@]}" --seed 7 --force --out r || complain "the last run failed"
expect_whole r 7
expect_only . r
echo "   $killed killed, $ended ended before, $cleared cleared what one before had left; one folder is there"

echo "== $((kills / 5)) kills of runs that nobody has named"
mkdir "$scratch/numbered"; cd "$scratch/numbered" || exit 1
for number in $(seq $((kills / 5))); do
    "${run[@]}" & process=$!
    sleep "$(seconds "$took")"
    kill -KILL "$process" 2>/dev/null
    wait "$process" 2>/dev/null
done
"${run[@]}" || complain "the last run failed"
unfinished=0
for folder in results/*; do
    # One that was killed can be gone on with.
    if [[ ! -e $folder/run.json ]]; then
        unfinished=$((unfinished + 1))
        "$program" resume --quiet "$folder" || complain "$folder cannot be gone on with"
    fi
done
for folder in results/* results/.[!.]*; do
    [[ -e "$folder" ]] && expect_whole "$folder" 1
done
echo "   $unfinished were gone on with"
echo "   results: $(ls -A results | tr '\n' ' ')"

# What a run that met an obstacle has left: `r` as it was or new, or the results where the message says.
judge() {
    local code=$1 what=$2 lies
    if [[ "$code" == 0 ]]; then
        here=$((here + 1))
        expect_whole r 2
        return
    fi
    expect_whole r 1 2
    lies=$(sed -n 's/.*the finished results are in \([^,]*\),.*/\1/p' said | tail -1)
    if [[ -n "$lies" ]]; then
        elsewhere=$((elsewhere + 1))
        expect_whole "$lies" 2
        rm -rf "$lies"
        return
    fi
    lies=$(sed -n 's/.*What was measured until then is in \(.*\)$/\1/p' said | tail -1)
    if [[ -n "$lies" ]]; then
        part=$((part + 1))
        [[ -s "$lies/readouts.csv" && "$(tail -c 1 "$lies/readouts.csv" | xxd -p)" == 0a ]] ||
            complain "$what: $lies has no whole rows"
        rm -rf "$lies"
        return
    fi
    # Refused before anything was computed, or failed at what is no result.
    refused=$((refused + 1))
    [[ -s said ]] || complain "$what: ended with $code without a word"
}

if command -v strace >/dev/null; then
    echo "== $errors errors injected into a run with --force"
    mkdir -p "$scratch/inject/home" "$scratch/inject/tmp"; cd "$scratch/inject" || exit 1
    export HOME=$scratch/inject/home TMPDIR=$scratch/inject/tmp
    "${run[@]}" --seed 1 --out first
    calls=(write fsync openat mkdir renameat2 ftruncate)
    declare -A most
    cp -r first r
    for call in "${calls[@]}"; do
        strace -f -qq -e trace="$call" -o trace "${run[@]}" --seed 2 --force --out r
        most[$call]=$(grep -c "$call(" trace)
        rm -rf r; cp -r first r
    done
    here=0 elsewhere=0 part=0 refused=0
    for number in $(seq "$errors"); do
        call=${calls[$((number % 3))]}
        ((number % 10 == 9)) && call=${calls[$((3 + RANDOM % 2))]}
        when=$((1 + RANDOM % (most[$call] > 0 ? most[$call] : 1)))
        error=$([[ $((number % 2)) == 0 ]] && echo ENOSPC || echo EIO)
        strace -f -qq -o trace -e trace="$call" -e inject="$call:error=$error:when=$when" \
            "${run[@]}" --seed 2 --force --out r >/dev/null 2>said
        judge $? "$call number $when with $error"
        rm -rf r said trace; cp -r first r
    done
    "${run[@]}" --seed 3 --force --out r
    expect_whole r 3
    expect_only . first home r tmp
    echo "   $here written all the same, $elsewhere whole elsewhere, $part kept in part, $refused ended with a message, earlier whole"
    expect_only tmp
fi

if [[ $(id -u) == 0 ]] && mkdir -p "$scratch/small" && mount -t tmpfs -o size=1m none "$scratch/small" 2>/dev/null; then
    mounted+=("$scratch/small")
    echo "== $((errors / 2)) full disks"
    here=0 elsewhere=0 part=0 refused=0
    export HOME=$scratch/small TMPDIR=$scratch/small
    for number in $(seq $((errors / 2))); do
        # From nothing to a little more than the results need; every other one has room in the folder for temporary files.
        mount -o remount,size=$((8 + number * 3000 / errors))k "$scratch/small"
        cd "$scratch/small" || exit 1
        mkdir -p "$scratch/room"
        TMPDIR=$([[ $((number % 2)) == 0 ]] && echo "$scratch/room" || echo "$scratch/small") \
            "${run[@]}" --seed 2 --out r >/dev/null 2>"$scratch/said"
        code=$?
        cp "$scratch/said" said 2>/dev/null || ln -sf "$scratch/said" said
        if [[ "$code" != 0 && -e r ]]; then complain "r is there though the run failed"; fi
        if [[ "$code" == 0 ]]; then
            here=$((here + 1)); expect_whole r 2
        else
            lies=$(sed -n 's/.*the finished results are in \([^,]*\),.*/\1/p' "$scratch/said" | tail -1)
            rows=$(sed -n 's/.*What was measured until then is in \(.*\)$/\1/p' "$scratch/said" | tail -1)
            if [[ -n "$lies" ]]; then elsewhere=$((elsewhere + 1)); expect_whole "$lies" 2
            elif [[ -n "$rows" ]]; then
                part=$((part + 1))
                [[ -e "$rows/readouts.csv" ]] || complain "$rows has no rows"
            else refused=$((refused + 1)); [[ -s "$scratch/said" ]] || complain "no word of a full disk"
            fi
        fi
        rm -f said
        hidden=$(find "$scratch/small" "$scratch/room" -maxdepth 1 -name '.r.*' | wc -l)
        [[ "$hidden" == 0 ]] || complain "$hidden hidden folders are left on a full disk"
        cd "$scratch" || exit 1
        find "$scratch/small" "$scratch/room" -mindepth 1 -delete
    done
    echo "   $here had room, $elsewhere whole elsewhere, $part kept in part, $refused ended with a message"
else
    echo "== full disks need root: left out"
fi

if [[ $(id -u) == 0 ]] && command -v mkfs.ext4 >/dev/null; then
    echo "== $cuts power cuts"
    mkdir -p "$scratch/disk" "$scratch/after"; cd "$scratch" || exit 1
    dd if=/dev/zero of=a.img bs=1M count=64 status=none
    if mkfs.ext4 -q a.img && mount -o loop a.img disk; then
        mounted+=("$scratch/disk")
        "${run[@]}" --seed 1 --out disk/r; sync
        before=1 old=0 new=0 told=0
        for number in $(seq "$cuts"); do
            seed=$((number + 1))
            "${run[@]}" --seed "$seed" --force --out disk/r & process=$!
            # Half of the cuts come at once after the run has said that it is done.
            if ((number % 2)); then sleep "$(seconds "$took")"; else wait "$process"; fi
            ended=$(kill -0 "$process" 2>/dev/null || echo yes)
            cp a.img b.img
            wait "$process" 2>/dev/null
            e2fsck -fy b.img >/dev/null 2>&1
            mount -o loop b.img after || { complain "the disk is broken"; continue; }
            if [[ "$ended" == yes ]]; then
                told=$((told + 1))
                expect_whole after/r "$seed"
            else
                expect_whole after/r "$before" "$seed"
            fi
            [[ $(seed_of_whole after/r) == "$seed" ]] && new=$((new + 1)) || old=$((old + 1))
            "${run[@]}" --seed 99 --force --out after/r || complain "the run after a power cut failed"
            expect_whole after/r 99
            expect_only after lost+found r
            umount after
            before=$seed
        done
        echo "   $told after the run had ended; the earlier result was there $old times, the new one $new times, nothing half"
    else
        echo "   no loop device here: left out"
    fi
else
    echo "== power cuts need root: left out"
fi

echo "$wrong wrong, $SECONDS s"
((wrong == 0))
