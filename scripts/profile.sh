#!/usr/bin/env bash
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs a job under perf and says what it spends its time on, room by room. Everything stays in build/profile.
# The clock is perf's software event cpu-clock, so it works in virtual machines; ranks that wait for a message
# poll, which shows as time in Open MPI (libmpi, libopen-pal, mca_*) and in the kernel.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
cd "$SHAKEFIELD_ROOT"

usage="usage: scripts/profile.sh [--ranks N] [--top N] [JOB [arguments of shakefield run]]"
ranks=1
top=8
while (($#)); do
  case "$1" in
    --ranks) ranks=${2:?$usage}; shift 2 ;;
    --top) top=${2:?$usage}; shift 2 ;;
    -h | --help) echo "$usage"; exit 0 ;;
    -*) fail 2 "unknown argument '$1', $usage" ;;
    *) break ;;
  esac
done
job=${1:-examples/california/job_event_based.ini}
(($#)) && shift

install_packages "${BUILD_PACKAGES[@]}" linux-perf binutils
build_release OFF shakefield >&2

hertz=999
out=build/profile
mkdir -p "$out"
rm -f "$out"/rank*.data*
say "Running $job on $ranks rank(s) under perf" >&2
# shellcheck disable=SC2016
mpirun_ranks "$ranks" bash -c 'exec perf record -q -e cpu-clock -F "$1" -o "$2/rank$OMPI_COMM_WORLD_RANK.data" -- "${@:3}"' \
  perf "$hertz" "$out" build/release/bin/shakefield run "$job" --output "$out/out.h5" --overwrite "$@" >&2

"$SHAKEFIELD_PYTHON" scripts/profile_report.py --top "$top" --hertz "$hertz" "$out"/rank*.data | tee "$out/report.txt"
