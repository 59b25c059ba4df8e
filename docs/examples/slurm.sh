#!/bin/sh
# SPDX-License-Identifier: MIT
# sbatch slurm.sh LIST: makes the books of LIST in eight parts; each task asks
# Slurm which one is its own.
#SBATCH --job-name=books
#SBATCH --array=0-7
#SBATCH --cpus-per-task=1
#SBATCH --mem=512M
#SBATCH --time=01:00:00
#SBATCH --output=books-%a.log
exec blog2book --batch "$1" --shard auto --jobs 1 \
    --report "report-$SLURM_ARRAY_TASK_ID.json"
