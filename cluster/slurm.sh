#!/bin/bash
# A Ray cluster for the time of one Slurm job, a Ray node per Slurm node:
#   sbatch --nodes=4 --cpus-per-task=32 --time=12:00:00 cluster/slurm.sh my_survey my_catalogue
# Further arguments go to astro_catalogue. Submitted again, it goes on.
#SBATCH --job-name=astro_catalogue
#SBATCH --ntasks-per-node=1
#SBATCH --output=astro_catalogue-%j.log
set -euo pipefail
survey=$1 out=$2
shift 2
cores=${SLURM_CPUS_PER_TASK:-$(nproc)}
head=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
address=$(srun --nodes=1 --ntasks=1 -w "$head" hostname -I | awk '{print $1}'):$((20000 + SLURM_JOB_ID % 20000))
export RAY_AUTH_MODE=token RAY_AUTH_TOKEN=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n') # nobody else on the network may use it

srun --overlap --nodes=1 --ntasks=1 -w "$head" ray start --head --num-cpus="$cores" --port="${address##*:}" --block &
sleep 10 # until the head listens
others=$((SLURM_JOB_NUM_NODES - 1))
if [ "$others" -gt 0 ]; then
    srun --overlap --nodes="$others" --ntasks="$others" --exclude="$head" ray start --address="$address" --num-cpus="$cores" --block &
    sleep 20
fi
RAY_ADDRESS=$address astro_catalogue "$survey" --out "$out" --engine ray "$@"
