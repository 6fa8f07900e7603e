#!/usr/bin/env bash
# Measures the window as one who uses it sees it: frames a second of the reference plate while it grows, and how long a click is on its
# way to the screen. Needs Xvfb, xdotool and Python 3. Usage: scripts/window_speed.sh [PROGRAM]
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/outgrowth}")
scratch=$(mktemp -d)
exec {number}<> <(:)
Xvfb -displayfd "$number" -screen 0 1280x720x24 -fbdir "$scratch" -nolisten tcp >/dev/null 2>&1 &
screen=$!
read -r -u "$number" display
export DISPLAY=:$display XDG_CONFIG_HOME=$scratch
cd "$scratch"
"$program" -vvv 2>log &
window=$!
trap 'kill $window $screen 2>/dev/null; rm -rf "$scratch"' EXIT
for _ in $(seq 300); do grep -qF 'the window is open' log && break; sleep 0.2; done
# The culture has axons by then.
sleep 25
python3 - <<'PYTHON'
import re, subprocess, time

WIDTH, HEIGHT = 1280, 720

def log():
    return open("log", errors="replace").read().splitlines()

def place(control):
    lines = [line for line in log() if f"control [{control}]" in line]
    return [int(number) for number in lines[-1].split("] at ")[1].split()]

def points(left, top, right, bottom):
    screen = open("Xvfb_screen0", "rb").read()[-4 * WIDTH * HEIGHT:]
    return b"".join(screen[4 * (WIDTH * y + left):4 * (WIDTH * y + right)] for y in range(top, bottom))

frames = [float(found[1]) for line in log() if (found := re.search(r"([\d.]+) ms from the one before on average", line))]
print(f"{1000 / frames[-1]:.1f} frames a second while it plays, on average over the last ones")
ways = []
for control in 3 * ["Button knife", "Button pointer", "Button probe"]:
    left, top, right, bottom = place(control)
    subprocess.run(["xdotool", "mousemove", str((left + right) // 2), str((top + bottom) // 2)], check=True)
    time.sleep(1.5)
    before, began = points(left, top, right, bottom), time.monotonic()
    subprocess.run(["xdotool", "click", "1"], check=True)
    while points(left, top, right, bottom) == before and time.monotonic() - began < 5:
        time.sleep(0.004)
    ways.append(1000 * (time.monotonic() - began))
print(f"a click is seen after {sorted(ways)[len(ways) // 2]:.0f} ms ({min(ways):.0f} to {max(ways):.0f} of {len(ways)})")
PYTHON
