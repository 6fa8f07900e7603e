#!/bin/bash
# A planned sweep as a Slurm job array of your own, for what `outgrowth sweep --slurm` has no option for.
#
#   outgrowth plan exercise-2024 --seeds 1..200 --shares 20 --out FOLDER
#   sbatch --array=1-20 docs/batch/slurm.sh FOLDER
#   outgrowth gather FOLDER          # when the tasks are over
#
#SBATCH --job-name=sweep
#SBATCH --time=2:00:00
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:USR1@120
folder=${1:?the folder of a planned sweep}

# USR1 comes two minutes before the time limit: the program is asked to end, which takes seconds.
worker=
interrupted=
stop() {
    interrupted=yes
    if [ -n "$worker" ]; then kill -TERM "$worker" 2>/dev/null; fi
}
trap stop USR1 TERM
outgrowth work "$folder" --share auto --threads "${SLURM_CPUS_PER_TASK:-1}" &
worker=$!
if [ -n "$interrupted" ]; then stop; fi
# A signal ends `wait` early; the status counts when none has.
while :; do
    interrupted=
    wait "$worker"
    status=$?
    if [ -z "$interrupted" ]; then break; fi
done

# 85: stopped, with work left. A task that was cancelled, or that Slurm requeues itself, is no longer running.
task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
if [ "$status" -eq 85 ] && [ "$(squeue --noheader --format=%T --jobs="$task")" = RUNNING ]; then
    scontrol requeue "$task"
fi
exit "$status"
