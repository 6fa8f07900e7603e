# The parts of a script, each with the time it took. Sourced, not run.

parts=()

# part NAME COMMAND...: runs a command under a heading and keeps how long it took.
part() {
    local name=$1 began=$SECONDS
    shift
    echo "== $name"
    "$@"
    parts+=("$(printf '%5d s  %s' $((SECONDS - began)) "$name")")
}

# The time of every part so far.
say_parts() {
    printf '%s\n' "${parts[@]}"
    printf '%5d s  in all: %s\n' "$SECONDS" "$0"
}
