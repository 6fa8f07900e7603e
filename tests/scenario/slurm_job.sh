#!/bin/bash
# A sweep as a job array, a share a task; made by `outgrowth sweep --slurm`. What is done stands in the sweep's folder: a task
# that is submitted again does what is missing.
#SBATCH --job-name=outgrowth-doses-50
#SBATCH --array=1-3,7,9-10%3
#SBATCH --output="/scratch/a lab/doses, 50 %%/slurm/task-%a.log"
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@120
#SBATCH --time=02:00:00
#SBATCH --cpus-per-task=4
#SBATCH --partition=gpu
#SBATCH --gpus=a100:1

module load 'vulkan/1.3'
module load 'it'\''s'
folder='/scratch/a lab/doses, 50 %'
share=$SLURM_ARRAY_TASK_ID/12
files=$folder/readouts/share=$SLURM_ARRAY_TASK_ID-of-12
done_parts() { find "$files" -name 'part-*.parquet' 2>/dev/null | wc -l; }

# USR1 comes 2 min before the time limit, TERM when the task is to make room: the program is asked to end, which takes seconds.
worker=
interrupted=
at_limit=
stop() {
    interrupted=yes
    if [ -n "$worker" ]; then kill -TERM "$worker" 2>/dev/null; fi
}
trap 'at_limit=yes; stop' USR1
trap stop TERM

before=$(done_parts)
'/opt/outgrowth/bin/outgrowth' work "$folder" --share "$share" --threads "${SLURM_CPUS_PER_TASK:-1}" --need-gpu &
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
if [ "$status" -eq 85 ]; then
    task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
    state=$(squeue --noheader --format=%T --jobs="$task")
    if [ -n "$at_limit" ] && [ "${SLURM_RESTART_COUNT:-0}" -gt 0 ] && [ "$(done_parts)" -le "$before" ]; then
        echo "share $share: nothing was done within the time limit, twice: give more by --time" >&2
    elif [ "$state" = RUNNING ]; then
        echo "share $share: requeued" >&2
        scontrol requeue "$task"
    fi
fi
exit "$status"
