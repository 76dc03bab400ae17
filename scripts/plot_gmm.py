#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Draws a trellis of ground-motion models: spectra and attenuation with their bands of one sigma.

    scripts/plot_gmm.py ChiouYoungs2014 BooreEtAl2014 -o trellis.png --mag 5.5 6.5 7.5
"""

import argparse
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
from matplotlib import ticker  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Okabe and Ito (2008): told apart with every kind of colour vision.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
DASHES = ["-", (0, (6, 1.6)), (0, (1.5, 1.2)), (0, (6, 1.4, 1.5, 1.4)), (0, (10, 2)), (0, (3, 1.2)), "-"]
PERIODS = np.round(np.geomspace(0.05, 4, 28), 4)
WIDTH_KM = {"crust": 15.0, "stable": 15.0, "volcanic": 10.0, "interface": 90.0, "slab": 30.0}


def program():
    for path in (os.environ.get("SHAKEFIELD_BINARY"), ROOT / "build/release/bin/shakefield", ROOT / "build/dev/bin/shakefield"):
        if path and pathlib.Path(path).is_file():
            return path
    return "shakefield"


def evaluate(model, rows, imts):
    """Values of a model by `shakefield gmm eval`: {imt: (mean, sigma)}. rows: {column: values}."""
    count = len(rows["mag"])
    with tempfile.TemporaryDirectory() as folder:
        source, result = pathlib.Path(folder, "in.csv"), pathlib.Path(folder, "out.csv")
        with open(source, "w", newline="", encoding="ascii") as file:
            writer = csv.writer(file)
            writer.writerow(list(rows) + [f"{imt}:mean" for imt in imts])
            for k in range(count):
                writer.writerow([repr(float(column[k])) for column in rows.values()] + ["0"] * len(imts))
        run = subprocess.run([program(), "gmm", "eval", model, source, "-o", result], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise RuntimeError(run.stderr.strip())
        with open(result, newline="", encoding="ascii") as file:
            table = list(csv.DictReader(file))
    return {imt: tuple(np.array([float(row[f"{imt}:{part}"]) for row in table]) for part in ("mean", "sigma")) for imt in imts}


def scenarios(options, rjb):
    """Rows of ruptures of all magnitudes, each with sites beside it on the footwall: all columns that a model may ask for."""
    mag = np.repeat(options.mag, len(rjb))
    rjb = np.tile(np.asarray(rjb, float), len(options.mag))
    full = lambda value: np.full(len(rjb), float(value))  # noqa: E731
    return {"mag": mag, "rake": full(options.rake), "dip": full(options.dip), "strike": full(0), "ztor": full(options.ztor),
            "width": full(WIDTH_KM[options.setting]), "hypo_depth": full(options.hypo_depth), "hypo_lon": full(0),
            "hypo_lat": full(0), "vs30": full(options.vs30), "vs30measured": full(0), "z1pt0": full(-999), "z1pt4": full(300),
            "z2pt5": full(-999), "backarc": full(0), "xvf": full(-100), "lon": full(0.5), "lat": full(0),
            "rrup": np.hypot(rjb, options.ztor), "rjb": rjb, "rx": -rjb, "ry0": full(0),
            "rhypo": np.hypot(rjb + 2, options.hypo_depth), "repi": rjb + 2, "rvolc": full(0), "azimuth": full(270)}


def usable_periods(model, rows):
    """Periods of the plot that a model has: it refuses a whole table for one that it lacks."""
    periods = list(PERIODS)
    while periods:
        try:
            return periods, evaluate(model, rows, [f"SA({t})" for t in periods])
        except RuntimeError as error:
            lacking = [t for t in periods if f"does not give SA({t})" in str(error)]
            if not lacking:
                raise
            periods.remove(lacking[0])
    raise RuntimeError(f"{model} has no spectral acceleration between {PERIODS[0]} and {PERIODS[-1]} s")


def draw_band(axes, x, mean, sigma, style, label):
    axes.fill_between(x, np.exp(mean - sigma), np.exp(mean + sigma), color=style[0], alpha=0.11, linewidth=0)
    axes.plot(x, np.exp(mean), color=style[0], linestyle=style[1], linewidth=1.7, label=label)


def tidy(axes, column):
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.grid(which="major", color="0.85", linewidth=0.6)
    axes.grid(which="minor", color="0.93", linewidth=0.4)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda x, _: f"{x:g}"))
    axes.yaxis.set_major_formatter(ticker.FuncFormatter(lambda x, _: f"{x:g}"))
    axes.tick_params(labelsize=8.5, labelleft=column == 0)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def draw_model(grid, model, options, style):
    """One model in all panels: rows are distances of spectra, then measures; columns are magnitudes."""
    shape = (len(options.mag), len(options.rjb))
    periods, values = usable_periods(model, scenarios(options, options.rjb))
    mean, sigma = (np.array([values[f"SA({t})"][part].reshape(shape) for t in periods]) for part in (0, 1))
    distances = np.geomspace(1, options.reach, 50)
    values = evaluate(model, scenarios(options, distances), options.imt)
    for c in range(len(options.mag)):
        for r in range(len(options.rjb)):
            draw_band(grid[r, c], periods, mean[:, c, r], sigma[:, c, r], style, model)
        for r, imt in enumerate(options.imt):
            curve = [part.reshape(len(options.mag), -1)[c] for part in values[imt]]
            draw_band(grid[len(options.rjb) + r, c], distances, *curve, style, model)


def plot(models, options, output):
    spectra = len(options.rjb)
    rows, columns = spectra + len(options.imt), len(options.mag)
    height = 2.2 * rows + 1.2
    figure, grid = plt.subplots(rows, columns, figsize=(2.9 * columns + 0.8, height), squeeze=False, sharey="row")
    for k, model in enumerate(models):
        draw_model(grid, model, options, (COLOURS[k % len(COLOURS)], DASHES[k % len(DASHES)]))
    for c, mag in enumerate(options.mag):
        grid[0, c].set_title(f"M {mag:g}", fontsize=11, fontweight="bold")
        for r in range(rows):
            tidy(grid[r, c], c)
        grid[spectra - 1, c].set_xlabel("period (s)", fontsize=9)
        grid[rows - 1, c].set_xlabel("distance $R_{JB}$ (km)", fontsize=9)
    for r, rjb in enumerate(options.rjb):
        grid[r, 0].set_ylabel(f"SA (g) at {rjb:g} km", fontsize=9)
    for r, imt in enumerate(options.imt):
        grid[spectra + r, 0].set_ylabel(f"{imt} ({'cm/s' if imt == 'PGV' else 'g'})", fontsize=9)
    handles, labels = grid[0, 0].get_legend_handles_labels()
    lines = -(-len(models) // 4)
    figure.tight_layout(rect=(0, (0.15 + 0.2 * lines) / height, 1, 1 - 0.3 / height), h_pad=0.7, w_pad=0.6)
    figure.legend(handles, labels, loc="lower center", ncol=min(len(models), 4), fontsize=9, frameon=False, handlelength=3.2)
    figure.text(0.5, 1 - 0.2 / height, f"vs30 {options.vs30:g} m/s, rake {options.rake:g}°, dip {options.dip:g}°, top of rupture at "
                f"{options.ztor:g} km; bands: one total standard deviation", fontsize=9.5, color="0.3", ha="center", va="center")
    figure.savefig(output, dpi=options.dpi)
    plt.close(figure)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", help="names, or the TOML-like form with arguments")
    parser.add_argument("-o", "--output", required=True, type=pathlib.Path)
    parser.add_argument("--mag", nargs="+", type=float, default=[5.5, 6.5, 7.5])
    parser.add_argument("--rjb", nargs="+", type=float, default=[10, 60], help="distances of the spectra in km")
    parser.add_argument("--imt", nargs="+", default=["PGA", "SA(1.0)"], help="measures of the attenuation")
    parser.add_argument("--reach", type=float, default=300, help="largest distance in km")
    parser.add_argument("--vs30", type=float, default=760)
    parser.add_argument("--rake", type=float, default=0)
    parser.add_argument("--dip", type=float, default=90)
    parser.add_argument("--ztor", type=float, default=2)
    parser.add_argument("--hypo-depth", type=float, default=10)
    parser.add_argument("--setting", choices=sorted(WIDTH_KM), default="crust", help="decides the width of the rupture")
    parser.add_argument("--dpi", type=int, default=160)
    options = parser.parse_args()
    try:
        plot(options.models, options, options.output)
    except (RuntimeError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
