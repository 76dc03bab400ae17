#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Values per second and core of every model, next to the same evaluation in the OpenQuake engine, as a Markdown table.

    scripts/compare_gmm.py --oq-python ENV/bin/python [--bench build/benchmark/bin/bench_gmm] [MODEL…]

One value is mean and standard deviations of one IMT at one site. Both sides get tiles of 256 sites of one rupture and all IMTs that
the model gives: this program by tests/benchmark/bench_gmm, the engine by `get_mean_stds` on a context array. The figures of a model
are taken one after the other in the same run; the best of several repetitions counts on both sides.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SITES = 256

# Runs under the engine's own python; prints one JSON line: {"values_per_s": …}.
PEER = """
import json, sys, time, warnings
import numpy as np
warnings.simplefilter("ignore")
from openquake.hazardlib import imt, valid
from openquake.hazardlib.contexts import get_mean_stds

name, imts, sites, seconds = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
model = valid.gsim(name)
rng = np.random.default_rng(1)
rjb = np.exp(rng.uniform(np.log(1), np.log(200), sites))
inputs = dict(mag=6.5, rake=30.0, dip=60.0, strike=20.0, ztor=5.0, zbot=18.0, width=15.0, hypo_depth=12.0, hypo_lon=0.0, hypo_lat=0.0,
              occurrence_rate=1.0, vs30=rng.uniform(200, 1200, sites), vs30measured=1, z1pt0=300.0, z1pt4=500.0, z2pt5=1.5,
              backarc=0, xvf=50.0, lon=0.5, lat=0.3, clon=0.5, clat=0.3, rrup=np.hypot(rjb, 5), rjb=rjb, rx=rjb, ry0=0.0,
              rhypo=np.hypot(rjb, 12), repi=rjb, rvolc=0.0, azimuth=90.0, siteclass=b"B", geology=b"UNKNOWN", region=0, slope=0.1,
              ch_ampl03=0.1, ch_ampl06=0.1, angle=0.0, in_cshm=False)
kinds = dict(vs30measured=bool, backarc=bool, sids=np.uint32, rup_id=np.uint32, region=np.uint32, siteclass="S1", geology="S20", in_cshm=bool)
ctx = np.zeros(sites, [(key, kinds.get(key, float)) for key in [*inputs, "sids", "rup_id"]]).view(np.recarray)
for key, value in inputs.items():
    ctx[key] = value
imts = [imt.from_string(one) for one in imts]
get_mean_stds([model], ctx, imts)
best, end = np.inf, time.perf_counter() + seconds
while time.perf_counter() < end:
    start = time.perf_counter()
    get_mean_stds([model], ctx, imts)
    best = min(best, time.perf_counter() - start)
print(json.dumps({"values_per_s": sites * len(imts) / best}))
"""


def imts_of(model):
    """The measures that bench_gmm takes of a model."""
    low, high = model["period_s"]
    periods = [t for t in (0.3, 1.0, 0.1, 0.2, 0.5, 2.0, 3.0, 5.0) if "SA" in model["imts"] and low <= t <= high]
    return ["PGA"] * ("PGA" in model["imts"]) + [f"SA({t})" for t in periods] + [k for k in model["imts"] if k not in ("PGA", "SA")]


def own_speed(bench, model, imts, seconds):
    """By Google Benchmark: a tile of 256 sites with all measures."""
    pattern = f"^bench_gmm_evaluate/{model}/sites:{SITES}/imts:{len(imts)}$"
    run = subprocess.run([bench, f"--benchmark_filter={pattern}", "--benchmark_format=json", f"--benchmark_min_time={seconds}"],
                         capture_output=True, text=True, check=True)
    measured = json.loads(run.stdout)["benchmarks"] if run.stdout.startswith("{") else []
    if not measured:
        raise RuntimeError(f"{bench} measured nothing for {pattern} (is it of the same version?)")
    return measured[0]["items_per_second"]


def peer_speed(python, script, model, imts, seconds):
    """None where the engine cannot compute the model on these inputs."""
    run = subprocess.run([python, script, f"[{model}]", json.dumps(imts), str(SITES), str(seconds)], capture_output=True, text=True,
                         check=False)
    if run.returncode != 0:
        return None, (run.stderr.strip().splitlines() or ["no message"])[-1]
    return json.loads(run.stdout.splitlines()[-1])["values_per_s"], None


def millions(x):
    return f"{x / 1e6:.3g}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*", help="all models, if none is named")
    parser.add_argument("--oq-python", required=True, help="a python that has the OpenQuake engine")
    parser.add_argument("--binary", default=ROOT / "build/release/bin/shakefield", type=pathlib.Path)
    parser.add_argument("--bench", default=ROOT / "build/benchmark/bin/bench_gmm", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each model and side")
    options = parser.parse_args()
    listed = json.loads(subprocess.run([options.binary, "gmm", "list", "--json"], capture_output=True, text=True, check=True).stdout)
    models = [model for model in listed["models"] if not options.models or model["name"] in options.models]
    print("| model | IMTs | shakefield, M values/s | OpenQuake engine, M values/s | ratio |\n|---|---|---|---|---|")
    failures, ratios = [], []
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "peer.py"
        script.write_text(PEER, encoding="utf-8")
        for model in models:
            imts = imts_of(model)
            own = own_speed(options.bench, model["name"], imts, options.seconds)
            peer, reason = peer_speed(options.oq_python, script, model["name"], imts, options.seconds)
            if peer is None:
                failures.append(f"{model['name']}: {reason}")
            else:
                ratios.append((own / peer, model["name"]))
            print(f"| `{model['name']}` | {len(imts)} | {millions(own)} | {millions(peer) if peer else '–'} | "
                  f"{f'{own / peer:.0f}' if peer else '–'} |", flush=True)
    if ratios:
        ratios.sort()
        print(f"\nSmallest ratio {ratios[0][0]:.1f} ({ratios[0][1]}), median {ratios[len(ratios) // 2][0]:.0f}.")
    for failure in failures:
        print(f"not computed by the engine: {failure}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
