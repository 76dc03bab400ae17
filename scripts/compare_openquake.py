#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Runs the OpenQuake engine and shakefield on the same jobs, in turn, on the same cores, and compares.

Whole commands are timed, from the shell's view: start of Python and of mpirun included. The ratio is the peer's
fastest run over shakefield's median, so noise of the machine counts against shakefield. The peer is never needed
to build or to use shakefield; it is run from a virtual environment of its own.
"""

import argparse
import dataclasses
import datetime
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile

from process_meter import measure

ROOT = pathlib.Path(__file__).resolve().parents[1]
PEER = "openquake-engine==3.26.2"
# The versions that this release of the peer was tried with; GDAL is left out, nothing here needs it.
PEER_NEEDS = ("numpy<2.3 scipy pandas<3 h5py django<5,>=4.2 psutil requests pyzmq~=26.0.3 h3 decorator pillow toml numba~=0.61.2 "
              "alpha_shapes docutils django_cors_headers~=4.3.1 pyproj shapely matplotlib tabulate fiona geopandas pyogrio").split()
JOBS = ("hayward/job_large.ini", "hayward/job_large_correlated.ini", "california/job_event_based.ini")
WARM_UP = "hayward/job.ini"
NOT_SUPPORTED = 3


@dataclasses.dataclass
class Comparison:
    """All runs of one job."""
    job: str
    peer: list            # of Usage
    ours: list            # of Usage; empty if not_yet
    peer_mib: float = 0   # size of the output left
    ours_mib: float = 0
    not_yet: str = ""     # why shakefield does not run it yet

    def ratio(self):
        return min(u.wall_s for u in self.peer) / statistics.median(u.wall_s for u in self.ours)


def install_peer(folder, python):
    """Makes a virtual environment with the peer; returns its python."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    inside = folder / "bin" / "python"
    subprocess.run([inside, "-m", "pip", "install", "--no-deps", PEER], check=True)
    subprocess.run([inside, "-m", "pip", "install", *PEER_NEEDS], check=True)
    return inside


def folder_mib(folder):
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 2**20


class Peer:
    """The OpenQuake engine in a home of its own: its database and caches stay in the temporary folder."""

    def __init__(self, python, scratch, cores):
        self.cores = cores
        self.data = scratch / "oqdata"
        self.command = [str(python), "-m", "openquake.commands", "engine", "--run"]
        # processpool: its own pool of processes on this machine, its default for one user.
        self.environment = dict(os.environ, HOME=str(scratch), OQ_DATADIR=str(self.data), OQ_DISTRIBUTE="processpool")
        for name in ("PYTHONPATH", "PYTHONHOME"):
            self.environment.pop(name, None)

    def run(self, job):
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(parents=True)
        usage = measure([*self.command, str(job)], cwd=job.parent, env=self.environment, cores=self.cores)
        require(usage, "the OpenQuake engine", job)
        return usage, folder_mib(self.data)


class Shakefield:
    def __init__(self, binary, scratch, cores):
        self.cores = cores
        self.output = scratch / "shakefield.h5"
        root = ["--allow-run-as-root"] if os.geteuid() == 0 else []
        self.command = ["mpirun", *root, "--oversubscribe", "--bind-to", "none", "--mca", "mpi_yield_when_idle", "1",
                        "-n", str(len(cores)), str(binary), "run"]

    def run(self, job):
        self.output.unlink(missing_ok=True)
        usage = measure([*self.command, str(job), "-o", str(self.output)], cwd=self.output.parent, cores=self.cores)
        if usage.status == NOT_SUPPORTED:
            return usage, 0.0
        require(usage, "shakefield", job)
        return usage, self.output.stat().st_size / 2**20


def require(usage, name, job):
    if usage.status:
        tail = "\n".join(usage.output.splitlines()[-15:])
        raise RuntimeError(f"{name} ended with status {usage.status} on {job}:\n{tail}")


def compare(name, job, peer, ours, times):
    """Peer and project in turn, `times` each."""
    result = Comparison(name, [], [])
    for number in range(1, times + 1):
        usage, result.peer_mib = peer.run(job)
        result.peer.append(usage)
        progress(f"{name} {number}/{times}: peer {usage.wall_s:.2f} s")
        usage, result.ours_mib = ours.run(job)
        if usage.status == NOT_SUPPORTED:
            result.not_yet = usage.output.strip().splitlines()[0].replace(str(job), name)
            progress(f"{name}: not yet ({result.not_yet})")
            break
        result.ours.append(usage)
        progress(f"{name} {number}/{times}: shakefield {usage.wall_s:.2f} s")
    return result


def progress(text):
    print(text, file=sys.stderr, flush=True)


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def first_line(command):
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        return (run.stdout or run.stderr).strip().splitlines()[0]
    except (OSError, IndexError):
        return "unknown"


def machine_lines(binary, python, cores):
    """Where and what: machine, system, both programs, the checkout."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    commit = first_line(["git", "describe", "--always", "--dirty=+", "--exclude=*"])
    peer = first_line([str(python), "-c", "import openquake.baselib as b, sys; print(b.__version__, 'on Python', sys.version.split()[0])"])
    return [f"date: {datetime.date.today()}",
            f"machine: {processor()}, {len(cores)} of {os.cpu_count()} cores, {memory_gib:.0f} GiB, Linux {platform.release()}",
            f"shakefield: {first_line([str(binary), '--version'])}; checkout {commit}",
            f"MPI: {first_line(['mpirun', '--version'])}; compiler here: {first_line(['c++', '--version'])}",
            f"peer: OpenQuake engine {peer}"]


def spread(runs):
    times = [u.wall_s for u in runs]
    return f"{min(times):.2f}–{max(times):.2f}"


def cell(runs, pick, form="{:.1f}"):
    return form.format(statistics.median(pick(u) for u in runs)) if runs else "–"


HEADINGS = ("job", "program", "wall, median (range), s", "CPU, s", "memory, largest process, MiB", "memory, all processes, MiB",
            "output, MiB", "ratio")


def rows(comparisons):
    for c in comparisons:
        common = (lambda u: u.cpu_s, lambda u: u.largest_mib, lambda u: u.total_mib)
        for name, runs, size in (("OpenQuake", c.peer, c.peer_mib), ("shakefield", c.ours, c.ours_mib)):
            if not runs:
                yield (c.job, name, "not yet", "–", "–", "–", "–", "–")
                continue
            wall = f"{cell(runs, lambda u: u.wall_s, '{:.2f}')} ({spread(runs)})"
            yield (c.job, name, wall, cell(runs, common[0]), cell(runs, common[1], "{:.0f}"), cell(runs, common[2], "{:.0f}"),
                   f"{size:.1f}", f"{c.ratio():.1f}×" if name == "shakefield" else "1")


def markdown(comparisons, header, times):
    lines = [f"- {line}" for line in header]
    lines += [f"- {times} runs of each program in turn; ratio: the peer's fastest run over shakefield's median", ""]
    lines += ["| " + " | ".join(HEADINGS) + " |", "|---|---|" + "---:|" * (len(HEADINGS) - 2)]
    lines += ["| " + " | ".join(row) + " |" for row in rows(comparisons)]
    lines += [""] + [f"`{c.job}`: not yet. {c.not_yet}" for c in comparisons if c.not_yet]
    return "\n".join(lines).rstrip() + "\n"


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("jobs", nargs="*", default=JOBS, help=f"jobs, below examples or as paths (default: {' '.join(JOBS)})")
    parser.add_argument("-n", "--times", type=int, default=5, help="runs of each program (default 5)")
    parser.add_argument("--cores", type=int, help="how many cores both may use (default: all)")
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/release/bin/shakefield")
    parser.add_argument("--oq-python", type=pathlib.Path, default=os.environ.get("OQ_PYTHON"),
                        help="python of the peer's virtual environment (default: $OQ_PYTHON)")
    parser.add_argument("--install", type=pathlib.Path, metavar="DIR", help="make that environment first, with pip")
    parser.add_argument("--python", default=sys.executable, help="interpreter for --install (3.10 to 3.12, with venv)")
    parser.add_argument("--markdown", type=pathlib.Path, metavar="FILE", help="also write the table there")
    parser.add_argument("--scratch", type=pathlib.Path, help="folder for both programs' files (default: a temporary one)")
    parser.add_argument("--no-warm-up", action="store_true", help="skip the first run of each, which compiles and fills caches")
    return parser.parse_args(arguments)


def find_job(name):
    for path in (ROOT / "examples" / name, pathlib.Path(name)):
        if path.is_file():
            return path.resolve()
    raise RuntimeError(f"no job '{name}' (neither in examples nor a path)")


def main(arguments=None):
    args = parse(arguments)
    try:
        jobs = [(name, find_job(name)) for name in args.jobs]
        if not args.binary.is_file():
            raise RuntimeError(f"{args.binary} is missing, run scripts/quickstart.sh first")
        if args.install:
            args.oq_python = install_peer(args.install.absolute(), args.python)
        if not args.oq_python or not pathlib.Path(args.oq_python).is_file():
            raise RuntimeError("where is the peer? Give --oq-python (python of its virtual environment), or --install DIR")
        cores = set(sorted(os.sched_getaffinity(0))[:args.cores])
        with tempfile.TemporaryDirectory(dir=args.scratch, prefix="compare-") as folder:
            scratch = pathlib.Path(folder)
            peer = Peer(args.oq_python, scratch, cores)
            ours = Shakefield(args.binary.resolve(), scratch, cores)
            if not args.no_warm_up:
                progress("warming up")
                peer.run(find_job(WARM_UP))
                ours.run(find_job(WARM_UP))
            comparisons = [compare(name, job, peer, ours, args.times) for name, job in jobs]
        text = markdown(comparisons, machine_lines(args.binary, args.oq_python, cores), args.times)
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(text, end="")
    if args.markdown:
        args.markdown.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
