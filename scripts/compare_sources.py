#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Times the enumeration and the sampling of ruptures by the OpenQuake engine and by shakefield, on one core, in turn.

Enumeration makes every rupture of a job with its surface; sampling draws which of them occur. Each pair is one run of either
program; ratios are those of the pairs' processor times, and their median counts, so that a busy machine disturbs little.
The peer's times are those of its loops alone, without reading; so are ours (bench_source, built by scripts/benchmark.sh).
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
JOB = ROOT / "examples/california/job_event_based.ini"

# The peer's sampling makes the ruptures that occur, too (a few of thousands); ours draws numbers only.
PEER_PROGRAM = """
import json, logging, sys, time
logging.disable(logging.CRITICAL)
from openquake.commonlib import readinput
oq = readinput.get_oqparam(sys.argv[1])
oq.ses_per_logic_tree_path = oq.ses_per_logic_tree_path or 1
csm = readinput.get_composite_source_model(oq)
sources = [source for group in csm.src_groups for source in group]
def best(work):
    times = []
    while len(times) < 2 or sum(times) < 1:
        start = time.process_time()
        count = work()
        times.append(time.process_time() - start)
    return count, min(times)
ruptures, enumerate_s = best(lambda: sum(1 for source in sources for rupture in source.iter_ruptures()))
sets = max(1, round(1000 / (oq.investigation_time or 1)))
def sample():
    return sum(len(list(source.sample_ruptures(sets, 42))) for source in sources)
occurring, sample_s = best(sample)
print(json.dumps({"ruptures": ruptures, "enumerate": enumerate_s / ruptures, "occurring": occurring,
                  "sample": sample_s / ruptures, "years": sets * (oq.investigation_time or 1)}))
"""


def last_json(command, core, **more):
    """Runs a command on one core; the JSON that it prints last."""
    run = subprocess.run(command, capture_output=True, text=True, check=False,
                         preexec_fn=lambda: os.sched_setaffinity(0, {core}), **more)
    start = run.stdout.find("{")
    if run.returncode or start < 0:
        raise RuntimeError(f"{command[0]} ended with status {run.returncode}:\n{run.stdout[-500:]}{run.stderr[-1500:]}")
    return json.loads(run.stdout[start:])


def peer(python, job, core, scratch):
    environment = dict(os.environ, OQ_DISTRIBUTE="no", OQ_DATADIR=str(scratch))
    return last_json([str(python), "-c", PEER_PROGRAM, str(job)], core, env=environment, cwd=job.parent)


def ours(binary, job, years, core):
    """Seconds a rupture of the enumeration."""
    environment = dict(os.environ, SHAKEFIELD_BENCH_JOB=str(job), SHAKEFIELD_BENCH_YEARS=str(years))
    found = last_json([str(binary), "--benchmark_filter=enumerate|sample", "--benchmark_min_time=0.3", "--benchmark_format=json"],
                      core, env=environment)
    result = {}
    for benchmark in found["benchmarks"]:
        kind = "enumerate" if "enumerate" in benchmark["name"] else "sample"
        result[kind] = 1 / benchmark["items_per_second"]
        result["ruptures"] = round(benchmark["items_per_second"] * benchmark["cpu_time"] * 1e-9)
        if "occurring" in benchmark:
            result["occurring"] = benchmark["occurring"]
    return result


def table(name, pairs):
    for kind in ("enumerate", "sample"):
        ratios = sorted(theirs[kind] / own[kind] for theirs, own in pairs)
        yield (f"| {name} | {kind} | {statistics.median(p[kind] for p, _ in pairs) * 1e6:.2f} | "
               f"{statistics.median(o[kind] for _, o in pairs) * 1e6:.3f} | {statistics.median(ratios):.0f} | "
               f"{ratios[0]:.0f}-{ratios[-1]:.0f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jobs", nargs="*", type=pathlib.Path, default=[JOB], help="job.ini files (default: California)")
    parser.add_argument("--pairs", type=int, default=5, help="runs of each program (default 5)")
    parser.add_argument("--core", type=int, default=min(os.sched_getaffinity(0)), help="the core of both (default: the first)")
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/benchmark/bin/bench_source")
    parser.add_argument("--oq-python", type=pathlib.Path, default=os.environ.get("OQ_PYTHON"),
                        help="python of the peer's virtual environment (default: $OQ_PYTHON)")
    parser.add_argument("--scratch", type=pathlib.Path, default=pathlib.Path("/tmp"), help="folder for the peer's data")
    args = parser.parse_args()
    for path, what in ((args.binary, "run scripts/benchmark.sh source"), (args.oq_python, "give --oq-python")):
        if not path or not pathlib.Path(path).is_file():
            sys.exit(f"compare_sources.py: {path} is missing, {what}")
    print("| job | work | peer, µs a rupture | shakefield, µs a rupture | ratio, median of pairs | range |")
    print("|---|---|---:|---:|---:|---|")
    for job in args.jobs:
        job = job.resolve()
        pairs = []
        for number in range(args.pairs):
            theirs = peer(args.oq_python, job, args.core, args.scratch)
            own = ours(args.binary, job, theirs["years"], args.core)
            if own["ruptures"] != theirs["ruptures"]:
                sys.exit(f"compare_sources.py: {theirs['ruptures']} ruptures of {job} there, {own['ruptures']} here")
            pairs.append((theirs, own))
            print(f"{job}: pair {number + 1} of {args.pairs}, {theirs['ruptures']} ruptures there, {pairs[-1][1]['ruptures']} here; "
                  f"{theirs['occurring']} and {pairs[-1][1]['occurring']:.0f} occur in {theirs['years']:.0f} years",
                  file=sys.stderr, flush=True)
        for line in table(f"{job.parent.name}/{job.name}", pairs):
            print(line, flush=True)


if __name__ == "__main__":
    main()
