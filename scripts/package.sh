#!/usr/bin/env bash
# Builds the program to be passed on, in target/package: without the paths of this machine in it, which messages of a crash would
# else show. In a folder of its own, as other flags build every library anew.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo_home=${CARGO_HOME:-$HOME/.cargo}
flags=(
    "--remap-path-prefix=$cargo_home/registry/src=registry"
    "--remap-path-prefix=$(rustc --print sysroot)=rust"
    "--remap-path-prefix=$PWD=."
)
RUSTFLAGS="${flags[*]}" cargo build --release --locked --target-dir target/package

program=target/package/release/outgrowth
for path in "$cargo_home" "$HOME/" "$PWD"; do
    if grep -qaF -- "$path" "$program"; then
        echo "$program holds $path" >&2
        exit 1
    fi
done
cp LICENSE-MIT LICENSE-APACHE NOTICES.md target/package/release/
echo "$program, with its licences beside it"
