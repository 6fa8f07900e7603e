# The compiler for the browser. Sourced, not run; scripts/install.sh must be sourced before.

wasm_target=wasm32-unknown-unknown
# What cargo needs on its command line besides the target.
wasm_flags=()
# Every browser that has WebGPU has these instructions, and others since 2023: numbers come out the same.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-C target-feature=+simd128"

# The folder of a library that a toolchain does not have is named all the same.
has_wasm_target() { compgen -G "$("${RUSTC:-rustc}" --print target-libdir --target "$wasm_target")/libstd-*.rlib" >/dev/null; }

# Finds the toolchain's own standard library for the browser; without one Debian's rustc-web, which builds it from its source.
find_wasm_target() {
    if ! has_wasm_target && command -v rustup >/dev/null; then
        rustup target add "$wasm_target" || true
    fi
    if has_wasm_target; then
        return
    fi
    # The parts of rustc-web itself, for other packages name another compiler rustc.
    if ! [ -x /usr/bin/rustc ] || ! [ -d /usr/lib/rustlib/src/rust/library/std ]; then
        install_packages rustc-web rust-web-src lld || {
            echo "$0: no standard library for $wasm_target here and none could be installed; please install rustc-web, rust-web-src and lld" >&2
            return 1
        }
    fi
    # Building the standard library is not stable yet; a folder of its own, for it is another compiler's.
    export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld
    wasm_flags=(-Zbuild-std=std,panic_abort)
}
