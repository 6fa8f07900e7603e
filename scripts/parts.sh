# The parts of a script, each with the time it took. Sourced, not run.

parts=()
part_now=

# part NAME COMMAND...: runs a command under a heading and keeps how long it took.
part() {
    local began=$SECONDS
    part_now=$1
    echo "== $1"
    "${@:2}"
    parts+=("$(printf '%5d s  %s' $((SECONDS - began)) "$1")")
    part_now=
}

# The time of every part so far, and the part that ended the script where one did.
say_parts() {
    printf '%s\n' "${parts[@]}"
    printf '%5d s  in all: %s\n' "$SECONDS" "$0"
    [ -z "$part_now" ] || echo "failed: $part_now"
}
