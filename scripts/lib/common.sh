# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
#
# What quickstart.sh, test.sh and check share. Sourced; expects bash with `set -euo pipefail`.

SHAKEFIELD_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

# Debian's interpreter, not the first one on PATH: only it sees the h5py and matplotlib of apt.
SHAKEFIELD_PYTHON="${SHAKEFIELD_PYTHON:-/usr/bin/python3}"

# Compiler, build tools and the libraries of README.md. Open MPI's mpirun does not start, not even
# on one machine, where neither ssh nor rsh is found; its package only recommends one.
BUILD_PACKAGES=(g++ cmake ninja-build ccache pkg-config git
  openmpi-bin openssh-client libopenmpi-dev libhdf5-openmpi-dev libeigen3-dev libboost-dev libyaml-cpp-dev
  libpugixml-dev libdeflate-dev libzstd-dev libcli11-dev libfmt-dev librandom123-dev libhwy-dev
  nlohmann-json3-dev)
# Plots and readers in Python, with coasts and borders for maps.
PYTHON_PACKAGES=(python3 python3-h5py python3-matplotlib gmt-gshhg-low)
# Tests only; the last ones, with their compiler, only for those labelled `long`.
TEST_PACKAGES=(libgtest-dev libgmock-dev clang-format-14 hdf5-tools)
LONG_TEST_PACKAGES=(clang-tidy clang-14 libclang-rt-14-dev)

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

# fail STATUS MESSAGE: one line on standard error.
fail() {
  local status=$1
  shift
  printf 'error: %s\n' "$*" >&2
  exit "$status"
}

# install_packages NAME…: installs what is missing; does not touch apt if nothing is.
install_packages() {
  command -v dpkg-query >/dev/null ||
    fail 3 "no dpkg-query here (these scripts install with apt, made for Debian 12), install by hand what README.md lists"
  local missing=() name
  for name in "$@"; do
    [[ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" == installed ]] || missing+=("$name")
  done
  ((${#missing[@]})) || return 0

  say "Installing ${#missing[@]} packages with apt"
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      fail 3 "packages are missing and neither root nor sudo is at hand, have these installed: ${missing[*]}"
    as_root=(sudo)
  fi
  # Another apt may hold the lock on a machine that has just started: wait for it.
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600)
  "${apt[@]}" update
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# compile_jobs: as many compilers as cores, but at least 1.5 GB of free memory for each one.
compile_jobs() {
  local cores memory_kb by_memory
  cores=$(nproc)
  memory_kb=$(awk '/^MemAvailable/ {print $2}' /proc/meminfo)
  by_memory=$((memory_kb / 1500000))
  ((by_memory >= 1)) || by_memory=1
  echo $((cores < by_memory ? cores : by_memory))
}

# build_release TESTS TARGET…: configures (tests ON or OFF) and builds into build/release. A tree that
# has tests already keeps them, so that the two scripts do not configure it back and forth.
build_release() {
  local tests=$1 cache="$SHAKEFIELD_ROOT/build/release/CMakeCache.txt"
  shift
  say "Building (preset release)"
  if [[ ! -f "$SHAKEFIELD_ROOT/build/release/build.ninja" ]] ||
    { [[ "$tests" == ON ]] && ! grep -q '^SHAKEFIELD_BUILD_TESTS:BOOL=ON' "$cache"; }; then
    (cd "$SHAKEFIELD_ROOT" && cmake --preset release -DSHAKEFIELD_BUILD_TESTS="$tests")
  fi
  cmake --build "$SHAKEFIELD_ROOT/build/release" -j "$(compile_jobs)" --target "$@"
}

# mpirun_ranks N COMMAND…: runs a command on N ranks of this machine.
mpirun_ranks() {
  local ranks=$1
  shift
  # --oversubscribe: hardware threads and more ranks than cores count as slots.
  # --bind-to none, mpi_yield_when_idle: a rank that waits gives way, so that another process on the
  # same cores (a desktop, a second job) costs its share of time and not a multiple of it.
  local flags=(--oversubscribe --bind-to none --mca mpi_yield_when_idle 1)
  # Open MPI refuses root unless told that it is meant, as in a container.
  ((EUID == 0)) && flags+=(--allow-run-as-root)
  mpirun "${flags[@]}" -n "$ranks" "$@"
}
