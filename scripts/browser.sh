#!/usr/bin/env bash
# Checks that the library builds for the browser: no command line, no window, no threads. Takes the toolchain's own
# standard library for wasm32-unknown-unknown; without one Debian's rustc-web, which builds it from its source.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/install.sh

target=wasm32-unknown-unknown
# The folder of a library that a toolchain does not have is named all the same.
has_target() { compgen -G "$("${RUSTC:-rustc}" --print target-libdir --target "$target")/libstd-*.rlib" >/dev/null; }
check=(cargo check --release --locked --lib --no-default-features --target "$target")

if ! has_target && command -v rustup >/dev/null; then
    rustup target add "$target" || true
fi
if ! has_target; then
    # The parts of rustc-web itself, for other packages name another compiler rustc.
    if ! [ -x /usr/bin/rustc ] || ! [ -d /usr/lib/rustlib/src/rust/library/std ]; then
        install_packages rustc-web rust-web-src lld || {
            echo "browser.sh: no standard library for $target here and none could be installed; please install rustc-web and rust-web-src" >&2
            exit 1
        }
    fi
    # Building the standard library is not stable yet; a folder of its own, for it is another compiler's.
    export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1
    check+=(-Zbuild-std=std,panic_abort)
fi
RUSTFLAGS="-D warnings" "${check[@]}"
