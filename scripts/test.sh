#!/usr/bin/env bash
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
#
# Installs what the tests need (apt), builds and runs them. The tests labelled `long` run only with --long.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
cd "$SHAKEFIELD_ROOT"

usage="usage: scripts/test.sh [--long] [-- arguments of ctest]"
select_tests=(-LE long)
packages=("${BUILD_PACKAGES[@]}" "${PYTHON_PACKAGES[@]}" "${TEST_PACKAGES[@]}")
extra=()
while (($#)); do
  case "$1" in
    --long) select_tests=(); packages+=("${LONG_TEST_PACKAGES[@]}") ;;
    --) shift; extra=("$@"); break ;;
    -h | --help) echo "$usage"; exit 0 ;;
    *) fail 2 "unknown argument '$1', $usage" ;;
  esac
  shift
done

install_packages "${packages[@]}"
build_release ON all

if [[ -n "${SHAKEFIELD_REFERENCE_DIR:-}" ]]; then
  export SHAKEFIELD_REFERENCE_DIR
  echo "reference data: $SHAKEFIELD_REFERENCE_DIR"
else
  echo "SHAKEFIELD_REFERENCE_DIR is not set: tests that need the reference data are skipped"
fi

say "Testing"
# Tests of N ranks count as N processors, so the cores are not asked for twice.
ctest --test-dir build/release "${select_tests[@]}" -j "$(nproc)" --output-on-failure --no-tests=error "${extra[@]}"
