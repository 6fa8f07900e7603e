#!/usr/bin/env bash
# Tests the page in the browser: builds it (scripts/web.sh), and goes through it in Chromium as somebody would, with WebGPU on a software
# driver and without. `web_test.sh FOLDER` takes a folder that is built.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/install.sh

folder=${1:-}
if [ -z "$folder" ]; then
    folder=target/page
    scripts/web.sh "$folder"
fi
if ! command -v "${CHROMIUM:-chromium}" >/dev/null; then
    install_packages chromium || {
        echo "web_test.sh: no Chromium here and none could be installed; please install it, or name one in CHROMIUM" >&2
        exit 1
    }
fi
# xvfb-run calls xauth, which its package only recommends.
if ! command -v xvfb-run >/dev/null || ! command -v xauth >/dev/null; then
    install_packages xvfb xauth || {
        echo "web_test.sh: no xvfb-run or xauth here and they could not be installed; please install xvfb and xauth" >&2
        exit 1
    }
fi
CHROMIUM=$(command -v "${CHROMIUM:-chromium}")
export CHROMIUM
[ -x target/release/outgrowth ] || cargo build --release --locked
[ -d tests/web/node_modules ] || npm ci --prefix tests/web --silent
xvfb-run -a -s "-screen 0 1280x1024x24" node tests/web/page.mjs "$folder" target/release/outgrowth
