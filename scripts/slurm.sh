#!/usr/bin/env bash
# A sweep as a job array of a real Slurm controller and node, on this machine: one task is killed midway, one is stopped by its time
# limit and requeues itself, one is cancelled, one is requeued by hand; what is missing is submitted again. The dataset must be that of
# a local sweep, byte for byte; one of other seeds must not. Ends with a line of figures, and with 1 where anything was wrong. Needs
# root and Debian's Slurm, which it installs; takes a few minutes, of which two are the time limit. Not part of the checks before landing.
#
# usage: scripts/slurm.sh [PROGRAM]
set -uo pipefail
here=$(dirname "$(realpath "$0")")
program=$(realpath "${1:-$here/../target/release/outgrowth}")
# shellcheck source=scripts/install.sh
. "$here/install.sh"
for command in slurmctld slurmd sbatch munged; do
    command -v "$command" >/dev/null || PATH=$PATH:/usr/sbin
    command -v "$command" >/dev/null || install_packages slurm-wlm munge || { echo "no $command, and it cannot be installed" >&2; exit 1; }
done

scratch=$(mktemp -d)
chmod 755 "$scratch"
daemons=()
clean_up() {
    local id
    scancel --user=root 2>/dev/null
    for _ in $(seq 20); do
        [ -z "$(squeue --noheader 2>/dev/null)" ] && break
        sleep 0.5
    done
    for ((id = ${#daemons[@]} - 1; id >= 0; id--)); do kill "${daemons[id]}" 2>/dev/null; done
    for id in "${daemons[@]}"; do wait "$id" 2>/dev/null; done
    if [ -n "${KEEP:-}" ]; then echo "kept: $scratch" >&2; else rm -rf "$scratch"; fi
}
trap clean_up EXIT
trap 'exit 1' INT TERM
wrong=0
complain() {
    echo "WRONG: $*" >&2
    wrong=$((wrong + 1))
}

# Waits until a command succeeds, for so many seconds.
await() {
    local seconds=$1 end
    end=$((SECONDS + $1))
    shift
    until "$@"; do
        if [ "$SECONDS" -ge "$end" ]; then
            complain "not within $seconds s: $*"
            return 1
        fi
        sleep 0.2
    done
}

# --- The cluster: munge, a controller, a node.
mkdir -p "$scratch"/{state,spool,munge}
chmod 755 "$scratch/munge"
dd if=/dev/urandom of="$scratch/munge/key" bs=128 count=1 status=none
chmod 600 "$scratch/munge/key"
node=$(hostname -s)
export SLURM_CONF=$scratch/slurm.conf
cat >"$SLURM_CONF" <<END
ClusterName=test
SlurmctldHost=$node(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
# A requeued task waits until its credential has expired.
AuthInfo=socket=$scratch/munge/socket,cred_expire=10
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd.pid
SlurmctldLogFile=$scratch/slurmctld.log
SlurmdLogFile=$scratch/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
MinJobAge=86400
KillWait=5
MaxArraySize=101
NodeName=$node NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=short Nodes=$node Default=YES MaxTime=60 State=UP
END
munged --foreground --force --key-file="$scratch/munge/key" --socket="$scratch/munge/socket" --pid-file="$scratch/munge/pid" \
    --log-file="$scratch/munge/log" --seed-file="$scratch/munge/seed" 2>/dev/null &
daemons+=($!)
await 10 test -S "$scratch/munge/socket"
slurmctld -D -f "$SLURM_CONF" 2>/dev/null &
daemons+=($!)
slurmd -D -f "$SLURM_CONF" 2>/dev/null &
daemons+=($!)
idle() { [ "$(sinfo --noheader --format=%T 2>/dev/null)" = idle ]; }
await 60 idle || { tail -n 20 "$scratch"/slurm*.log >&2; exit 1; }

# --- The sweep: 6,000 runs of a few milliseconds in 12 parts, so that every task has parts to lose and parts to keep.
sweep=(sweep quick --vary "growth_cone.speed=4,8 um/h" --set "event=[]" --set explant.0.neurons=2 --set "duration=1 h" --set "step=2 min"
    --set "well.voxel=100 um" --engine cpu)
seeds=(--seeds 1..3000)
folder="$scratch/a sweep, 100 % shared"
slurm=(--slurm --shares 4 --time 3 --threads 1 --partition short --out "$folder")
submit() { "$program" "${sweep[@]}" "${seeds[@]}" "${slurm[@]}" "$@"; }
began=$SECONDS

submit --dry-run >"$scratch/script" 2>/dev/null || complain "the dry run failed"
bash -n "$scratch/script" || complain "the script is none"
grep -q '^#SBATCH --array=1-4$' "$scratch/script" || complain "the array is not of four tasks"
[ -z "$(squeue --noheader)" ] || complain "a dry run was submitted"
"$program" "${sweep[@]}" --seeds 1..200 --slurm --shares 101 --out "$scratch/many" >"$scratch/refused" 2>&1
[ $? -eq 2 ] && grep -q 'at most 100' "$scratch/refused" || complain "101 tasks were taken where MaxArraySize is 101"

submit || { complain "the sweep was not submitted"; exit 1; }
job=$(tail -n 1 "$folder/slurm/jobs")
parts_of() { find "$folder/readouts/share=$1-of-4" -name 'part-*.parquet' 2>/dev/null | wc -l; }
has_part() { [ "$(parts_of "$1")" -ge 1 ]; }
worker_of() { pgrep -f -- "$folder --share $1/4"; }
state_of() { squeue --noheader --states=all --array --jobs="$1" --format=%T 2>/dev/null; }
is_over() { ! squeue --noheader --array --jobs="$1" --states=all --format=%T | grep -qE 'PENDING|RUNNING|COMPLETING|CONFIGURING|SUSPENDED'; }

# Share 1 is killed midway, and share 2 is held until its time limit is near, with its request to end waiting for it.
await 120 has_part 2 && held=$(worker_of 2) && kill -STOP "$held"
await 120 has_part 1 && killed=$(worker_of 1) && kill -KILL "$killed"
await 30 is_over "${job}_1"
[ "$(state_of "${job}_1")" = FAILED ] || complain "the killed task is $(state_of "${job}_1")"
kept=$(parts_of 1)
# Share 4 is cancelled midway: it must not come back by itself.
await 300 has_part 4 && scancel "${job}_4"
await 60 is_over "${job}_4"
cancelled=$(state_of "${job}_4")
[ "$cancelled" = CANCELLED ] || complain "the cancelled task is $cancelled"
asked_to_end() { local mask; mask=$(awk '/^ShdPnd/ { print $2 }' "/proc/$held/status"); ((0x$mask & 1 << 14)); }
await 180 asked_to_end
before=$(parts_of 2)
kill -CONT "$held"
requeued() { [ "$(squeue --noheader --jobs="${job}_2" --format=%T)" = PENDING ]; }
await 30 requeued
[ "$before" -lt 3 ] || complain "the task at its limit had nothing left to do"
restarts() { scontrol show job "$1" | sed -n 's/.* Restarts=\([0-9]*\).*/\1/p'; }
limited=$(restarts "${job}_2")
[ "$limited" = 1 ] || complain "the task at its limit has $limited restarts"
await 300 is_over "$job"
[ "$(state_of "${job}_2")" = COMPLETED ] || complain "the requeued task is $(state_of "${job}_2")"
[ "$(parts_of 2)" -eq 3 ] || complain "the requeued task has $(parts_of 2) parts"

# Again: what is missing, and not what is queued.
submit 2>"$scratch/second" || complain "the second submission failed"
cat "$scratch/second"
again=$(tail -n 1 "$folder/slurm/jobs")
grep -q '^#SBATCH --array=1,4$' "$folder/slurm/job.sh" || complain "others than the shares 1 and 4 were submitted"
submit 2>"$scratch/third" || complain "the third command failed"
grep -q '; 0 of 4 shares to submit' "$scratch/third" || complain "queued shares were submitted again: $(cat "$scratch/third")"
[ "$(tail -n 1 "$folder/slurm/jobs")" = "$again" ] || complain "a third job was submitted"
running() { [ -n "$(worker_of 1)" ]; }
await 60 running && scontrol requeue "${again}_1"
by_hand=$(restarts "${again}_1")
await 300 is_over "$again"
[ "$(state_of "${again}_1")" = COMPLETED ] || complain "the task requeued by hand is $(state_of "${again}_1")"
[ "$by_hand" = 1 ] || complain "the task requeued by hand has $by_hand restarts"
cluster=$((SECONDS - began))
"$program" gather "$folder" || complain "the dataset was not gathered"

# --- The same here, and with other seeds.
"$program" "${sweep[@]}" "${seeds[@]}" --quiet --out "$scratch/here" || complain "the local sweep failed"
"$program" "${sweep[@]}" --seeds 2..3001 --quiet --out "$scratch/control" || complain "the control failed"
tables() { (cd "$1" && find . -name '*.parquet' -o -name 'summary.csv' -o -name report.html | sort); }
same() {
    local table
    [ "$(tables "$1")" = "$(tables "$2")" ] || return 1
    while IFS= read -r table; do cmp -s "$1/$table" "$2/$table" || return 1; done < <(tables "$1")
}
files=$(tables "$scratch/here" | wc -l)
bytes=$(cd "$scratch/here" && find . -name '*.parquet' -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
same "$folder" "$scratch/here" || { complain "the datasets differ"; for at in "$folder" "$scratch/here"; do (cd "$at" && tables . | xargs -d '\n' sha256sum) >&2; done; }
same "$folder" "$scratch/control" && complain "other seeds have the same dataset"

# --- A script of one's own, by the variables of the array.
own="$scratch/own"
mkdir "$scratch/bin"
ln -s "$program" "$scratch/bin/outgrowth"
"$program" "${sweep[@]/#sweep/plan}" --seeds 1..400 --shares 2 --quiet --out "$own" || complain "the sweep for a script of one's own was not planned"
PATH=$scratch/bin:$PATH sbatch --wait --array=1-2 --time=10 --output="$scratch/own-%a.log" "$here/../docs/batch/slurm.sh" "$own" >/dev/null ||
    complain "the script of one's own failed: $(cat "$scratch"/own-*.log)"
grep -q '^share 2/2, by SLURM_ARRAY_TASK_ID$' "$scratch/own-2.log" || complain "--share auto: $(cat "$scratch/own-2.log")"
"$program" gather "$own" --quiet || complain "the dataset of a script of one's own was not gathered"
"$program" "${sweep[@]}" --seeds 1..400 --quiet --out "$scratch/own here" || complain "the local sweep failed"
same "$own" "$scratch/own here" || complain "the dataset of a script of one's own is not that of a local sweep"

if [ "$wrong" -gt 0 ]; then
    tail -n 30 "$folder"/slurm/*.log >&2
fi

echo "$(sinfo --version): 6000 runs in 4 tasks, $cluster s; 1 killed with $kept of 3 parts done, 1 requeued at its limit with $before of 3," \
    "1 cancelled ($cancelled), 1 requeued by hand; 2 of 4 shares submitted again;" \
    "$files files, $bytes bytes, same as here; $wrong wrong"
[ "$wrong" -eq 0 ]
