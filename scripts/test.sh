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

# A missing adapter is a failure here, not a skipped test.
export REQUIRE_GPU=1
cargo test --release --locked
scripts/judge.sh
