#!/usr/bin/env bash
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
#
# scripts/fuzz.sh SECONDS [READER…]: builds the fuzzers (clang, preset fuzz) and runs those named, or all, one after
# the other, each for SECONDS from the corpus in tests/fuzz. Inputs that reach new code are kept in build/fuzz/corpus,
# findings in build/fuzz/findings. Exit status 1 if there is a finding, 77 if clang is missing.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
cd "$SHAKEFIELD_ROOT"

(($#)) && [[ "$1" =~ ^[0-9]+$ ]] || fail 2 "usage: scripts/fuzz.sh SECONDS [READER…]"
seconds=$1
shift
command -v clang++-14 >/dev/null || { echo "clang++-14 is missing" >&2; exit 77; }

build=build/fuzz
[[ -f "$build/build.ninja" ]] || cmake --preset fuzz
cmake --build "$build" -j "$(compile_jobs)"

readers=("$@")
if ((!$#)); then
  for corpus in tests/fuzz/corpus/*/; do readers+=("$(basename "$corpus")"); done
fi
mkdir -p "$build/findings"
status=0
for reader in "${readers[@]}"; do
  say "Fuzzing $reader for $seconds s"
  mkdir -p "$build/corpus/$reader"
  dictionary=()
  case "$reader" in
    ini | yaml) dictionary=(-dict=tests/fuzz/job.dict) ;;
    nrml | listed | model) dictionary=(-dict="tests/fuzz/$reader.dict") ;;
  esac
  # Five minutes a file, by the clock: machines that test are busy, and stop everything to measure. The same seed finds
  # the same in every run.
  "$build/tests/fuzz_$reader" -max_total_time="$seconds" -seed=1 -timeout=300 -rss_limit_mb=4096 -max_len=16384 \
    -print_final_stats=1 -verbosity=0 "${dictionary[@]}" -artifact_prefix="$build/findings/$reader-" \
    "$build/corpus/$reader" "tests/fuzz/corpus/$reader" || status=1
done
exit $status
