#!/usr/bin/env bash
# Runs every test: installs a software Vulkan driver where there is none and it may, tests both engines, and lets
# Other readers judge the axons and the tables that a run leaves. Says how long each part took, and which tests took longest.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/install.sh
source scripts/parts.sh

if ! has_vulkan_driver; then
    install_packages mesa-vulkan-drivers || {
        echo "test.sh: no Vulkan driver here and none could be installed; please install mesa-vulkan-drivers" >&2
        exit 1
    }
fi

# What the window needs to be tested: a screen that nobody sees, hands, and what opens a window on X11.
if ! command -v Xvfb >/dev/null || ! command -v xdotool >/dev/null; then
    install_packages xvfb xdotool libxkbcommon-x11-0 libxcursor1 libxi6 libxrandr2 libx11-xcb1 || {
        echo "test.sh: no Xvfb or xdotool here and none could be installed; please install xvfb and xdotool" >&2
        exit 1
    }
fi

# A missing adapter or screen is a failure here, not a skipped test.
export REQUIRE_GPU=1 REQUIRE_DISPLAY=1
trap say_parts EXIT
# The program, and what of the page in the browser is plain Rust.
packages=(-p outgrowth -p outgrowth-web)
# cargo-nextest runs the tests of all binaries side by side, cargo test one binary after another.
if cargo nextest --version >/dev/null 2>&1; then
    part "tests, built" cargo nextest run --release --locked "${packages[@]}" --tests --no-run
    # One more than there are cores: a test of the window leaves its core idle while it waits for the screen.
    part "tests, run" cargo nextest run --release --locked "${packages[@]}" --tests --test-threads $(($(nproc) + 1))
    echo "== the slowest tests"
    # Not head: it leaves before sort has written all, which would end this script.
    grep -o '<testcase [^>]*' target/nextest/default/junit.xml |
        sed -E 's/.* name="([^"]*)" classname="([^"]*)".* time="([^"]*)".*/\3 s  \2 \1/' | sort -rn | sed -n 1,10p
else
    part "tests, built" cargo test --release --locked "${packages[@]}" --tests --no-run
    part "tests, run" cargo test --release --locked "${packages[@]}" --tests --no-fail-fast
fi
part "examples in the documentation" cargo test --release --locked --doc
part "axons and tables judged by other readers" env PROGRAM=target/release/outgrowth scripts/judge.sh
