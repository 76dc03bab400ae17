#!/usr/bin/env bash
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
#
# Builds the benchmarks (preset release, in build/benchmark), runs them and prints a Markdown table.
# The JSON files and the table stay in build/benchmark/results. The writer writes to $TMPDIR (/tmp).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
cd "$SHAKEFIELD_ROOT"

usage="usage: scripts/benchmark.sh [--quick] [ROOM…], rooms: calc field gmm rupture source store"
# Several short repetitions in random order, so that a disturbance does not hit one benchmark alone.
options=(--benchmark_min_time=0.05 --benchmark_repetitions=5 --benchmark_enable_random_interleaving=true
  --benchmark_display_aggregates_only=true)
rooms=()
while (($#)); do
  case "$1" in
    --quick) options=(--benchmark_min_time=0.01) ;;
    -h | --help) echo "$usage"; exit 0 ;;
    calc | field | gmm | rupture | source | store) rooms+=("$1") ;;
    *) fail 2 "unknown argument '$1', $usage" ;;
  esac
  shift
done
((${#rooms[@]})) || rooms=(calc field gmm rupture source store)

install_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}" libbenchmark-dev
build=build/benchmark
say "Building (preset release, in $build)" >&2
cmake --preset release -B "$build" -DSHAKEFIELD_BUILD_BENCHMARKS=ON >&2
cmake --build "$build" -j "$(compile_jobs)" --target "${rooms[@]/#/bench_}" >&2

results=$build/results
rm -rf "$results"
mkdir -p "$results"

# run NAME COMMAND…: one program, its results into NAME.json.
run() {
  local name=$1
  shift
  say "$name" >&2
  "$@" "${options[@]}" --benchmark_color=false --benchmark_out="$results/$name.json" --benchmark_out_format=json >&2
}

for room in "${rooms[@]}"; do
  if [[ "$room" == store ]]; then
    # 0, 1 and 3 ranks that send; events:40 is for the tests.
    for ranks in 1 2 4; do
      run "bench_store_np$ranks" mpirun_ranks "$ranks" "$build/bin/bench_store" --benchmark_filter='merge|events:800/'
    done
  else
    run "bench_$room" "$build/bin/bench_$room"
  fi
done

"$SHAKEFIELD_PYTHON" scripts/benchmark_table.py "$results" | tee "$results/table.md"
