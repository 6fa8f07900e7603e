#!/usr/bin/env bash
# Runs that are killed at random moments and gone on with: while they compute, while a checkpoint takes its name, during a second
# request to end, with the disk full. Each must end in the readouts and SWC files of a run that was never stopped, to the byte.
# Says how often what happened; ends with 1 where anything was wrong. Full disks need root, the moments of a rename strace.
# Not part of the checks before landing: it takes minutes.
#
# usage: scripts/killed_runs.sh [PROGRAM]          KILLS=50 SEED=1 ENGINES="cpu software-gpu" are the defaults
set -uo pipefail
program=$(realpath "${1:-$(dirname "$0")/../target/release/outgrowth}")
kills=${KILLS:-50}
RANDOM=${SEED:-1}
export XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/tmp}
scratch=$(mktemp -d)
trap 'umount -q "$scratch/small"; rm -rf "$scratch"' EXIT
mkdir "$scratch/small"
wrong=0
began=$SECONDS

complain() {
    echo "WRONG: $*" >&2
    wrong=$((wrong + 1))
}

seconds() { awk -v most="$1" -v drawn="$RANDOM" 'BEGIN { printf "%.3f", most * drawn / 32768 }'; }

# Readouts and axons of a result, as one sum.
sums() { (cd "$1" && find . -name '*.swc' -o -name 'readouts.*' -o -name neurons.parquet | sort | xargs sha256sum | sha256sum); }

small_disk() {
    [[ $(id -u) == 0 ]] || return 1
    mountpoint -q "$scratch/small" && umount "$scratch/small"
    mount -t tmpfs -o size="$1" none "$scratch/small" 2>/dev/null
}

for engine in ${ENGINES:-cpu software-gpu}; do
    # On a driver in software a step takes many times as long.
    hours=$([[ $engine == cpu ]] && echo 72 || echo 20)
    run=("$program" run quick --engine "$engine" --quiet --set variation.scale=0 --set "duration=$hours h"
        --set 'event=[{ at = "5 h", drop = { at = ["0.3 mm", "0.3 mm"], radius = "60 um", myokine = "myokines", dose = 3 } },
        { at = "8 h", axotomy = { from = ["0.1 mm", "0.75 mm"], to = ["1.1 mm", "0.8 mm"] } },
        { at = "12 h", set = { "growth_cone.speed" = "9 um/h" } }]' --checkpoint-every "30 ms")
    resume=("$program" resume --quiet --checkpoint-every "30 ms")
    cd "$scratch" || exit 1
    from=$(date +%s.%N)
    "${run[@]}" --out whole || { complain "the first run failed"; break; }
    took=$(awk -v a="$from" -v b="$(date +%s.%N)" 'BEGIN { print b - a }')
    expected=$(sums whole)
    killed=0 ended=0 anew=0 renames=0 seconds=0 full=0 resumed=0
    for number in $(seq "$kills"); do
        out=r
        way=$((number % 5))
        if [[ $way == 4 ]] && small_disk $((200 + RANDOM % 3000))k; then out=small/r; full=$((full + 1)); fi
        if [[ $way == 2 ]] && command -v strace >/dev/null; then
            # Killed as a checkpoint takes its name, or just after.
            renames=$((renames + 1))
            strace -f -qq -o trace -e trace=rename,renameat2 -e inject=rename,renameat2:signal=KILL:when=$((1 + RANDOM % 12)) \
                "${run[@]}" --out $out >/dev/null 2>said
            killed=$((killed + 1))
        else
            "${run[@]}" --out $out >/dev/null 2>said & process=$!
            sleep "$(seconds "$took")"
            if [[ $way == 3 ]]; then
                # A request to end, another, and the kill.
                seconds=$((seconds + 1))
                kill -TERM "$process" 2>/dev/null; sleep "$(seconds 0.05)"; kill -TERM "$process" 2>/dev/null; sleep "$(seconds 0.05)"
            fi
            kill -KILL "$process" 2>/dev/null
            if wait "$process" 2>/dev/null; then ended=$((ended + 1)); else killed=$((killed + 1)); fi
        fi
        if [[ -e $out/run.json && ! -d $out/checkpoint ]]; then
            [[ $(sums $out) == "$expected" ]] || complain "kill $number: a finished run has other files"
        elif [[ -d $out ]]; then
            found=$(ls -A $out)
            [[ $found == checkpoint || -z $found ]] || complain "kill $number: an unfinished folder holds $found"
        fi
        # Room again, as after somebody has tidied up.
        [[ $out == small/r ]] && mount -o remount,size=64m "$scratch/small"
        if [[ ! -d $out/checkpoint ]]; then
            # Killed before its folder was there, or refused: begun anew by the user.
            [[ -e $out/run.json ]] || { anew=$((anew + 1)); "${run[@]}" --out $out 2>>said || complain "kill $number: $(cat said)"; }
        else
            # Once more killed on the way.
            "${resume[@]}" $out >/dev/null 2>>said & process=$!
            sleep "$(seconds "$took")"
            kill -KILL "$process" 2>/dev/null
            wait "$process" 2>/dev/null
            resumed=$((resumed + 1))
            [[ -d $out/checkpoint || -e $out/run.json ]] || complain "kill $number: nothing is left to go on with"
            "${resume[@]}" $out >/dev/null 2>>said || complain "kill $number: resume failed: $(cat said)"
        fi
        [[ $(sums $out 2>/dev/null) == "$expected" ]] || complain "kill $number: other files than those of a run never stopped"
        left=$(find "$(dirname "$out")" -maxdepth 1 -name '.r.*' | wc -l)
        [[ $left == 0 ]] || complain "kill $number: $left hidden folders are left"
        rm -rf "$out" trace said
    done
    # What would make all of this blind.
    "${run[@]}" --seed 2 --out other && [[ $(sums other) != "$expected" ]] || complain "another seed is not seen"
    rm -rf whole other
    echo "$engine: $killed killed ($renames at a rename, $seconds after two requests, $full on a small disk), $ended ended before;" \
        "$resumed gone on with, $anew begun anew"
done
echo "$wrong wrong, $((SECONDS - began)) s"
((wrong == 0))
