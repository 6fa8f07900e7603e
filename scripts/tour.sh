#!/usr/bin/env bash
# Makes the pictures of docs/window.md: does in a real window, on a screen that nobody sees, what that page describes.
# Needs Xvfb, xdotool and ImageMagick. Usage: scripts/tour.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."

pictures=$(realpath -m "${1:-docs/window}")
mkdir -p "$pictures"
cargo build --release --locked
program=$PWD/target/release/outgrowth
scratch=$(mktemp -d)
cd "$scratch"
exec {number}<> <(:)
Xvfb -displayfd "$number" -screen 0 1280x720x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
read -r -u "$number" display
export DISPLAY=:$display
# Nobody's own preferences are read or written.
export XDG_CONFIG_HOME=$scratch/preferences
"$program" view "${SCENARIO:-exercise-2024}" -vv 2>log &
window=$!
trap 'kill $window $screen 2>/dev/null; rm -rf "$scratch"' EXIT

# Waits until the program has said something.
heard() { for _ in $(seq 600); do grep -qF "$1" log && return; sleep 0.2; done; echo "tour.sh: never said: $1" >&2; exit 1; }
# The middle of a control.
place() {
    grep -F "control [$1]" log | tail -n 1 | sed 's/.*\] at //' | awk '{print int(($1 + $3) / 2), int(($2 + $4) / 2)}'
}
click() { heard "control [$1]"; sleep 1; xdotool mousemove $(place "$1") sleep 0.3 click 1 sleep 0.5; }
press() { xdotool windowfocus "$(xdotool search --onlyvisible --name outgrowth | tail -n 1)" sleep 0.3 key "$1"; }
picture() { xdotool mousemove "${2:-440}" "${3:-610}"; sleep "${4:-1.5}"; import -window root "$pictures/$1.png"; }

heard 'control [Button Play]'
picture open
press ctrl+o
click 'Button plate gradient'
picture gallery
press Escape
click 'Button Play'
sleep 24
click 'Button Pause'
picture play
press 7
sleep 4
picture well
xdotool mousemove 500 290 sleep 0.5 click 1 sleep 1
picture neuron
press Escape
press t
sleep 2
picture paper
press t
press k
sleep 1
xdotool mousemove 290 342 sleep 1 mousedown 1 sleep 1 mousemove 450 327 sleep 1 mousemove 610 309
picture knife 610 309 1.5
xdotool mouseup 1 sleep 2
heard 'an act: Axotomy'
click 'Button pipette'
xdotool mousemove 560 440 sleep 1 click 1 sleep 2
heard 'an act: Drop'
picture drop 560 440 2
press space
sleep 4
press space
click 'Button probe'
picture probe 500 400 2
click 'Button pointer'
press ctrl+z
sleep 2
press ctrl+z
heard 'faint: with'
picture undo 440 610 3
press ctrl+shift+z
sleep 2
press ctrl+shift+z
sleep 2
click 'Button Save session'
heard 'the session is saved as'
click 'Button Export'
picture saved 700 120 1
click 'Button Picture'
heard 'the picture is'
