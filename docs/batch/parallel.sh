#!/bin/bash
# A planned sweep by GNU parallel, on this machine or on others that see the same folder (`--sshloginfile`): a job a share.
#
#   outgrowth plan exercise-2024 --seeds 1..200 --shares 20 --out FOLDER
#   docs/batch/parallel.sh FOLDER [JOBS_AT_ONCE]
set -euo pipefail
folder=$(realpath "${1:?the folder of a planned sweep}")
jobs=${2:-100%}
shares=$(sed -n 's/^shares = //p' "$folder/plan.toml")
# -q: the folder's name may have spaces; -N0: the jobs have no argument, their number is in PARALLEL_SEQ.
seq "$shares" | parallel -q -N0 --jobs "$jobs" --retries 3 --joblog "$folder/parallel.log" \
    outgrowth work "$folder" --share auto --threads 1
outgrowth gather "$folder"
