#!/usr/bin/env bash
# Runs every test: installs a software Vulkan driver where there is none and it may, tests both engines, and lets
# NeuroM and MorphIO judge the axons that a run leaves.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/install.sh

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
cargo test --release --locked
scripts/judge.sh
