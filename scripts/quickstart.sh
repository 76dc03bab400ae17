#!/usr/bin/env bash
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
#
# From a fresh Debian 12 to a map: installs what is needed (apt), builds, runs the Hayward example on
# all cores and leaves an HDF5 file, CSV files and a picture in build/quickstart.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
cd "$SHAKEFIELD_ROOT"

[[ $# -eq 0 ]] || fail 2 "quickstart.sh takes no arguments (got '$*')"

install_packages "${BUILD_PACKAGES[@]}" "${PYTHON_PACKAGES[@]}"
build_release OFF shakefield

out=build/quickstart
mkdir -p "$out"
ranks=$(nproc)
# Behind mpirun the program cannot see a terminal.
if [[ -t 2 ]]; then export SHAKEFIELD_PROGRESS=bar; fi
say "Running examples/hayward on $ranks rank(s)"
mpirun_ranks "$ranks" build/release/bin/shakefield run examples/hayward/job.yaml \
  --output "$out/hayward.h5" --overwrite --export-dir "$out/csv" --exports csv

say "Drawing the map"
"$SHAKEFIELD_PYTHON" scripts/plot_gmf.py "$out/hayward.h5" --median --imt PGA -o "$out/hayward_median_pga.png"

say "Done. Your files"
find "$out" -type f -printf '%10s  %p\n' | sort -k 2
