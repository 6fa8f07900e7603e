#!/usr/bin/env bash
# What becomes of sweeps in hard times: plan, work and gather are killed at random moments and at each of their calls that give files
# names, single calls to the system fail, the disk is full, the folder can only be read or is moved away, two plan or work in it at
# once. Each time what went wrong is said, no run is there twice, no file is half, and the same command on a good disk ends in the same
# dataset as an undisturbed sweep, byte for byte, with nothing left beside it. Says how often what happened; ends with 1 where anything
# was wrong. Kills at calls and errors need strace, full and read-only disks root. Not part of the checks before landing: it takes
# minutes.
#
# usage: scripts/hard_sweeps.sh [PROGRAM]          KILLS=60 ERRORS=60 DISKS=20 MOVES=20 PAIRS=20 SEED=1 are the defaults
set -uo pipefail
program=$(realpath "${1:-$(dirname "$0")/../target/release/outgrowth}")
kills=${KILLS:-60} errors=${ERRORS:-60} disks=${DISKS:-20} moves=${MOVES:-20} pairs=${PAIRS:-20}
RANDOM=${SEED:-1}
scratch=$(mktemp -d)
chmod 755 "$scratch"
mounted=()
clean_up() {
    for place in "${mounted[@]}"; do umount -q "$place"; done
    rm -rf "$scratch"
}
trap clean_up EXIT
wrong=0
began=$SECONDS
cd "$scratch" || exit 1

# 20 drawn points, so that there are conclusions; parts of two runs, done one by one on a thread, so that there is something to kill.
options=(quick --vary "myokine.0.max_gain=1..8:lhs" --runs 20 --shares 10 --engine cpu --threads 1 -q
    --set "duration=2 h" --set "event=[]" --set explant.0.neurons=10)
plan() { "$program" plan "${options[@]}" --out "$1"; }
sweep() { "$program" sweep "${options[@]}" --out "$1"; }

complain() {
    echo "WRONG: $*" >&2
    wrong=$((wrong + 1))
}

seconds() { awk -v most="$1" -v drawn="$RANDOM" 'BEGIN { printf "%.3f", most * drawn / 32768 }'; }

# All files below a folder, hidden ones too, with their sums; the crate without its dates.
sums() {
    (cd "$1" && find . -type f -printf '%P\n' -o -type d -empty -printf '%P empty\n' | sort | while read -r name; do
        if [[ $name == ro-crate-metadata.json ]]; then
            sed 's/"\(datePublished\|endTime\)": "[^"]*"/"\1"/' "$name" | sha256sum | sed "s|-|$name|"
        elif [[ $name == *" empty" ]]; then echo "$name"
        else sha256sum "$name"
        fi
    done)
}

# Complains of runs that are there twice, and of files that are half under their own names.
look_at() {
    python3 - "$1" <<'END_OF_PYTHON' || complain "$2"
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
last = 0
for first, end in sorted(tuple(map(int, path.stem.split("-")[1:])) for path in folder.glob("readouts/*/part-*.parquet")):
    assert first > last, f"runs {first} to {last} are there twice"
    last = end
ends = {".parquet": b"PAR1", ".csv": b"\n", ".json": b"}\n", ".toml": b"\n", ".html": b"</html>\n"}
for path in folder.rglob("[!.]*.*"):
    if path.is_file() and path.parent.name not in ("failed", "locks", "files"):
        assert path.read_bytes().endswith(ends[path.suffix]), f"{path} is half"
END_OF_PYTHON
}

# Complains unless the same command ends in the dataset of an undisturbed sweep.
expect_resumed() {
    sweep "$1" >resumed 2>&1 || complain "$2: the same command failed: $(cat resumed)"
    look_at "$1" "$2, gone on with"
    [[ $(sums "$1") == "$expected" ]] || complain "$2: another dataset: $(diff <(sums "$1") <(echo "$expected") | head -3 | tr '\n' ' ')"
}

# Complains unless an obstacle was told in plain words.
expect_told() {
    [[ -s said ]] || complain "$1: ended without a word"
    grep -q "panicked\|RUST_BACKTRACE\|Os {" said && complain "$1: $(head -c 300 said)"
    grep -q "$2" said || complain "$1: not told where or what: $(head -c 300 said)"
}

from=$(date +%s.%N)
sweep whole || { echo "the first sweep failed" >&2; exit 1; }
took=$(awk -v a="$from" -v b="$(date +%s.%N)" 'BEGIN { print 1.1 * (b - a) }')
expected=$(sums whole)
[[ $expected == *conclusions.csv* ]] || complain "there are no conclusions"
"$program" sweep "${options[@]}" --set "growth_cone.speed=9 um/h" --out other && [[ $(sums other) != "$expected" ]] || complain "other neurons are not seen"
# What would make all of this blind.
cp -r whole other/twice
cp -r other/twice/readouts/share=1-of-1 other/twice/readouts/share=2-of-2
(look_at other/twice "" 2>/dev/null; ((wrong > 0))) || complain "runs that are there twice are not seen"
# What has been worked, and not been summed up.
plan worked && "$program" work -q worked || complain "the first work failed"
most_parts=$(find worked/readouts -name 'part-*.parquet' | wc -l)
echo "a sweep of 20 runs in $most_parts parts; it takes $took s with a tenth to spare"

echo "== $kills kills of sweeps at random moments, each killed twice"
killed=0 ended=0 with_plan=0 with_parts=0 summed=0
for number in $(seq "$kills"); do
    for _ in 1 2; do
        "$program" sweep "${options[@]}" --out r >/dev/null 2>said & process=$!
        # Every third is killed while it plans or soon after, every third while it sums up.
        case $((number % 3)) in
        0) sleep "$(seconds "$took")" ;;
        1) sleep "$(seconds 0.05)" ;;
        2) for _ in $(seq 3000); do
                [[ -e r/merged || -e r/locks/gather ]] && break
                kill -0 "$process" 2>/dev/null || break
            done
            sleep "$(seconds 0.03)" ;;
        esac
        kill -KILL "$process" 2>/dev/null
        if wait "$process" 2>/dev/null; then ended=$((ended + 1)); else killed=$((killed + 1)); fi
        [[ -e r/plan.toml ]] && with_plan=$((with_plan + 1))
        [[ -n $(find r/readouts -name 'part-*.parquet' 2>/dev/null | head -1) ]] && with_parts=$((with_parts + 1))
        [[ -e r/summary.csv ]] && summed=$((summed + 1))
        [[ -d r ]] && look_at r "kill $number"
    done
    expect_resumed r "kill $number"
    rm -rf r
done
echo "   $killed killed, $ended ended before; a plan was there $with_plan times, parts $with_parts, a summary $summed"

# The numbers of a command's calls of one name that concern the folder `r`, in a trace of it.
calls_at() { grep -n "" <(grep "$1(" trace) | grep '[/"]r[/"<>]' | cut -d: -f1; }

# The folder r as it is before a command.
prepare() {
    rm -rf r
    case $1 in
    plan) ;;
    work) cp -r planned r ;;
    gather) cp -r worked r ;;
    esac
}
command_of() {
    case $1 in
    plan) plan r ;;
    *) "$program" "$1" -q --threads 1 r ;;
    esac
}
# Runs a command under strace with more of its options.
traced() {
    local what=$1
    shift
    case $what in
    plan) strace -f -y -qq -o trace "$@" "$program" plan "${options[@]}" --out r ;;
    *) strace -f -y -qq -o trace "$@" "$program" "$what" -q --threads 1 r ;;
    esac
}
plan planned

if command -v strace >/dev/null; then
    echo "== a kill at each call that gives, takes or keeps a name"
    for what in plan work gather; do
        killed=0
        for call in rename renameat2 link unlink rmdir mkdir fsync; do
            prepare "$what"
            traced "$what" -e trace="$call" >/dev/null 2>said || complain "$what: $(cat said)"
            for when in $(calls_at "$call"); do
                # Work is the same part after part.
                [[ $what == work && $when -gt 8 ]] && break
                prepare "$what"
                traced "$what" -e trace="$call" -e inject="$call:signal=KILL:when=$when" >/dev/null 2>said
                killed=$((killed + 1))
                [[ -d r ]] && look_at r "$what killed at $call $when"
                expect_resumed r "$what killed at $call $when"
            done
        done
        echo "   $what: $killed kills"
    done

    echo "== $errors draws of a single call that fails, in plan, work and gather; not every command has each"
    here=0 refused=0
    for number in $(seq "$errors"); do
        what=$(case $((number % 3)) in 0) echo plan ;; 1) echo work ;; 2) echo gather ;; esac)
        calls=(write fsync rename renameat2 openat mkdir)
        call=${calls[$((RANDOM % ${#calls[@]}))]}
        prepare "$what"
        traced "$what" -e trace="$call" >/dev/null 2>&1
        mapfile -t at < <(calls_at "$call")
        ((${#at[@]})) || continue
        when=${at[$((RANDOM % ${#at[@]}))]}
        error=$([[ $((number % 2)) == 0 ]] && echo ENOSPC || echo EIO)
        prepare "$what"
        before=$(cd r 2>/dev/null && find . -name 'part-*.parquet' -type f | sort | xargs -r sha256sum)
        traced "$what" -e trace="$call" -e inject="$call:error=$error:when=$when" >/dev/null 2>said
        if [[ $? == 0 ]]; then here=$((here + 1)); else
            refused=$((refused + 1))
            expect_told "$what with $error at $call $when" "r/\|^r \|r cannot\|r is"
        fi
        [[ $what == work ]] && (cd r && find . -name 'part-*.parquet' -type f | sort | xargs -r sha256sum >/dev/null)
        [[ -d r ]] && look_at r "$what with $error at $call $when"
        [[ -z $before || -n $(find r -name 'part-*.parquet') ]] || complain "$what with $error at $call $when: the readouts are gone"
        expect_resumed r "$what with $error at $call $when"
    done
    rm -rf r trace
    echo "   $here ended well all the same, $refused with a message"
else
    echo "== kills at calls and errors need strace: left out"
fi

if [[ $(id -u) == 0 ]] && mkdir -p small && mount -t tmpfs -o size=16m none small 2>/dev/null; then
    mounted+=("$scratch/small")
    echo "== $disks full disks"
    refused=0 here=0
    kilobytes=$(($(du -sk whole | cut -f1) * 2))
    for number in $(seq "$disks"); do
        mount -o remount,size=$((8 + number * kilobytes / disks))k small
        if sweep small/r >/dev/null 2>said; then here=$((here + 1)); else
            refused=$((refused + 1))
            expect_told "disk $number" "small/r.*room"
        fi
        [[ -d small/r ]] && look_at small/r "disk $number"
        mount -o remount,size=16m small
        expect_resumed small/r "disk $number"
        rm -rf small/r
    done
    echo "   $refused refused with a message, $here had room"

    echo "== a disk that can only be read, and a folder of somebody else"
    for what in plan work gather; do
        prepare "$what"
        rm -rf small/r
        [[ -d r ]] && cp -r r small/r
        before=$([[ -d small/r ]] && sums small/r)
        mount -o remount,ro small
        case $what in
        plan) plan small/r >/dev/null 2>said ;;
        *) "$program" "$what" -q small/r >/dev/null 2>said ;;
        esac && complain "$what on a disk that can only be read says nothing"
        expect_told "$what on a disk that can only be read" "small/r.*may be written to"
        mount -o remount,rw small
        [[ $([[ -d small/r ]] && sums small/r) == "$before" ]] || complain "$what has changed a disk that can only be read"
        expect_resumed small/r "$what after a disk that can only be read"
    done
    rm -rf small/r
    cp "$program" anybodys
    for what in work gather; do
        prepare "$what"
        before=$(sums r)
        setpriv --reuid=65534 --regid=65534 --clear-groups "$scratch/anybodys" "$what" -q r >/dev/null 2>said &&
            complain "$what in somebody else's folder says nothing"
        expect_told "$what in somebody else's folder" "r/.*may be written to"
        [[ $(sums r) == "$before" ]] || complain "$what has changed somebody else's folder"
    done
    echo "   5 refused with a message, nothing changed"
else
    echo "== full disks and those that can only be read need root: left out"
fi

echo "== $moves folders that are moved away, from work and gather"
gone=0 before_it=0
for number in $(seq "$moves"); do
    what=$([[ $((number % 2)) == 0 ]] && echo work || echo gather)
    prepare "$what"
    command_of "$what" >/dev/null 2>said & process=$!
    sleep "$(seconds "$([[ $what == work ]] && echo "$took" || echo 0.08)")"
    mv r away
    if wait "$process"; then before_it=$((before_it + 1)); else
        gone=$((gone + 1))
        expect_told "$what without its folder" "is gone\|expected the folder of a sweep"
    fi
    [[ ! -e r ]] || complain "$what has made a folder without its plan: $(find r | tr '\n' ' ')"
    rm -rf r
    look_at away "$what moved away"
    mv away r
    expect_resumed r "$what moved away"
done
echo "   $gone told that it is gone, $before_it had ended before"

echo "== $pairs pairs in one folder: the same sweep, and another"
refused=0
for number in $(seq "$pairs"); do
    rm -rf r
    sweep r >/dev/null 2>said & one=$!
    sleep "$(seconds "$([[ $((number % 2)) == 0 ]] && echo 0.02 || echo "$took")")"
    "$program" plan "${options[@]}" --set "growth_cone.speed=9 um/h" --out r >/dev/null 2>said_other & other=$!
    sweep r >/dev/null 2>said_third & third=$!
    wait "$other"; of_other=$?
    wait "$one"; of_one=$?
    wait "$third"; of_third=$?
    if [[ $of_other == 0 ]]; then
        # It was the first.
        grep -q "holds another sweep" said && grep -q "holds another sweep" said_third || complain "pair $number: two plans"
        rm -rf r
    else
        [[ $of_one == 0 && $of_third == 0 ]] || complain "pair $number: $(cat said said_third)"
        grep -q "holds another sweep" said_other || complain "pair $number: $(cat said_other)"
    fi
    refused=$((refused + 1))
    [[ -d r ]] && look_at r "pair $number"
    expect_resumed r "pair $number"
done
echo "   $refused times another plan was refused, and the same sweep shared"

echo "$wrong wrong, $((SECONDS - began)) s"
((wrong == 0))
