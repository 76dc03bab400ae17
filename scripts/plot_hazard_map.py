#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Draws hazard maps from a shakefield file: the ground motion exceeded with given probabilities, a panel for each.

Coasts and borders come from Debian's package gmt-gshhg-low (elsewhere: its folder in GSHHG_DIR); without it they are left out.
"""

import argparse
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
from matplotlib import patheffects  # noqa: E402
from matplotlib.colors import BoundaryNorm  # noqa: E402
from matplotlib.patches import PathPatch  # noqa: E402

import coast_lines  # noqa: E402
from map_tools import (central_longitude, draw_coast, draw_faults, draw_land, draw_scale, draw_sites, fault_traces,  # noqa: E402
                       format_degrees, triangulate, unwrap)
from picture_tools import add_picture_options, output_of, run, save, set_title  # noqa: E402
from shakefield_reader import poe_text, position, unit_of  # noqa: E402

COLOURS = "viridis_r"
FEW_SITES = 30  # fewer are drawn as dots
STEPS = (1, 1.5, 2, 3, 4, 5, 6, 8)  # of each decade


def choose_levels(values):
    """Round levels about values: closer than a factor of two, and those of the faint end left out."""
    top = float(values.max())
    low = max(float(np.percentile(values, 1)), top / 40)
    levels = np.outer(10.0 ** np.arange(-6, 4), STEPS).ravel()
    first = np.searchsorted(levels, low * (1 + 1e-9), "right") - 1
    last = np.searchsorted(levels, top * (1 - 1e-9))
    return levels[first:max(last, first + 1) + 1]


def draw_panel(axes, sites, values, levels, box, options):
    """One map. Returns what the colour bar needs."""
    lon, lat = sites
    colours = plt.get_cmap(COLOURS)
    norm = BoundaryNorm(levels, colours.N, extend="min")
    land = draw_land(axes, box)
    on_a_line = np.linalg.matrix_rank(np.stack([lon - lon.mean(), lat - lat.mean()]), tol=1e-6) < 2
    if len(lon) < FEW_SITES or on_a_line or options.cells:
        drawn = draw_sites(axes, lon, lat, values, norm, colours)
    else:
        drawn = axes.tricontourf(triangulate(lon, lat), values, levels=levels, norm=norm, cmap=colours, extend="min")
    if options.land_only and land is not None:
        clip = PathPatch(land, transform=axes.transData)
        for artist in getattr(drawn, "collections", [drawn]):
            artist.set_clip_path(clip)
    draw_coast(axes, box)
    return drawn


def draw_places(axes, places, centre):
    halo = [patheffects.withStroke(linewidth=2.2, foreground="white")]
    for name, lon, lat in places:
        x, y = float(unwrap(float(lon), centre)), float(lat)
        axes.plot(x, y, "o", markersize=4, markerfacecolor="white", markeredgecolor="black", zorder=5)
        axes.annotate(name, (x, y), (4, 3), textcoords="offset points", fontsize=8, path_effects=halo, zorder=6)


def limits(lon, lat):
    """(west, east, south, north) with a margin about the sites."""
    edges = []
    for x in (lon, lat):
        margin = max(0.04 * np.ptp(x), 0.05)
        edges += [x.min() - margin, x.max() + margin]
    return tuple(edges)


def plot(results, imt, kind, chosen, options, output):
    centre = central_longitude(results.sites["lon"])
    sites = unwrap(results.sites["lon"], centre), results.sites["lat"]
    maps = results.maps(imt, kind)[:, [position(list(results.poes), poe, "map for poe") for poe in chosen]]
    if not (maps > 0).any():
        raise ValueError(f"no map of {imt} is above 0 (all curves begin below the poes), compute lower levels or poes")
    levels = choose_levels(maps[maps > 0])
    box = limits(*sites)
    traces = [trace for path in options.faults for trace in fault_traces(path)]

    aspect = 1 / np.cos(np.radians((box[2] + box[3]) / 2))
    width = 5.6 if len(chosen) > 1 else 7.2
    height = width * np.clip((box[3] - box[2]) * aspect / (box[1] - box[0]), 0.5, 1.6) + 0.6
    figure, grid = plt.subplots(1, len(chosen), figsize=(width * len(chosen) + 1, height), squeeze=False, sharey=True, layout="constrained")
    for axes, poe, values in zip(grid[0], chosen, maps.T):
        drawn = draw_panel(axes, sites, values, levels, box, options)
        draw_faults(axes, traces, centre)
        draw_places(axes, options.place, centre)
        draw_scale(axes, box)
        axes.set(xlim=box[:2], ylim=box[2:], aspect=aspect, xlabel="longitude (degrees east)")
        format_degrees(axes)
        axes.set_title(poe_text(poe, results.attribute("investigation_time")), fontsize=11, loc="left")
    grid[0, 0].set_ylabel("latitude (degrees north)")
    if traces:
        grid[0, 0].legend(loc="upper right", fontsize=8, framealpha=0.9)

    unit = unit_of(imt)
    bar = figure.colorbar(drawn, ax=list(grid[0]), shrink=0.85, pad=0.015, ticks=levels, spacing="uniform", extend="min")
    bar.ax.set_yticklabels([f"{level:g}" for level in levels])
    bar.set_label(imt + (f" ({unit})" if unit != "1" else ""), fontsize=11)
    title = f"{kind.capitalize()} hazard: {imt}"
    set_title(figure, title, results, size=13)
    save(figure, output, options.dpi)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path, metavar="OUT.h5")
    parser.add_argument("--imt", help="intensity measure type as in the job (default: the first one)")
    parser.add_argument("--kind", default="mean", help="which curves: mean, quantile-0.5, rlz-000 … (default: mean)")
    parser.add_argument("--poe", nargs="+", type=float, help="probabilities in the investigation time (default: all of the file)")
    parser.add_argument("--faults", nargs="+", type=pathlib.Path, default=[], metavar="NRML", help="source models whose fault traces are drawn")
    parser.add_argument("--place", nargs=3, action="append", default=[], metavar=("NAME", "LON", "LAT"), help="a place to mark; may be repeated")
    parser.add_argument("--land-only", action="store_true", help="leave out the hazard at sea")
    parser.add_argument("--cells", action="store_true", help="a cell for each site, nothing interpolated")
    add_picture_options(parser, dpi=115)
    return parser.parse_args()


def draw(results, options):
    imt = options.imt or results.hazard_imts[0]
    if coast_lines.layer("GSHHS") is None:
        print(f"warning: no coasts (nothing in {coast_lines.FOLDER}), install gmt-gshhg-low", file=sys.stderr)
    output = output_of(options, f"map_{imt}")
    plot(results, imt, options.kind, options.poe or list(results.poes), options, output)
    return output


if __name__ == "__main__":
    sys.exit(run(parse(), draw))
