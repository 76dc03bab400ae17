#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Draws a map of ground motion from a shakefield file: the median of the fields, or one event."""

import argparse
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
from matplotlib import patheffects, ticker  # noqa: E402
from matplotlib.collections import LineCollection  # noqa: E402
from matplotlib.colors import LogNorm  # noqa: E402

from map_tools import HALO, central_longitude, draw_sites, format_degrees, triangulate, unwrap  # noqa: E402
from picture_tools import add_output_option, output_of, run, save  # noqa: E402
from shakefield_reader import unit_of  # noqa: E402

COLOURS = "magma_r"
MANY_RUPTURES = 3000  # more are drawn by the largest only


def draw_contours(axes, lon, lat, values, norm):
    """Labelled lines of equal motion; triangles across gaps between the sites are left out."""
    if len(lon) < 100:
        return
    triangles = triangulate(lon, lat)
    decades = 10.0 ** np.arange(-4, 3)
    levels = [v for v in np.sort(np.outer(decades, (1, 2, 5)).ravel()) if norm.vmin < v < norm.vmax]
    if not levels:
        return
    lines = axes.tricontour(triangles, values, levels=levels, colors="white", linewidths=0.9)
    thin_halo = [patheffects.withStroke(linewidth=1.9, foreground="0.25")]
    for text in axes.clabel(lines, fmt=lambda v: f"{v:g}", fontsize=7.5):
        text.set_path_effects(thin_halo)
    for collection in lines.collections if hasattr(lines, "collections") else [lines]:
        collection.set_path_effects(thin_halo)


def draw_rupture(axes, results, rupture, centre):
    """Upper edge as a strong line, the surface's projection as a thin one, the epicentre as a star."""
    lon, lat = results.outline(rupture)
    lon = unwrap(lon, centre)
    ring = np.concatenate([np.stack([lon[0], lat[0]], 1), np.stack([lon[1:, -1], lat[1:, -1]], 1),
                           np.stack([lon[-1, ::-1], lat[-1, ::-1]], 1), np.stack([lon[::-1, 0], lat[::-1, 0]], 1)])
    axes.plot(*ring.T, color="black", linewidth=0.9, path_effects=HALO, zorder=4)
    axes.plot(lon[0], lat[0], color="black", linewidth=2.2, path_effects=HALO, zorder=5, label="upper edge of the rupture")
    row = results.ruptures[rupture]
    axes.plot(unwrap(row["hypo_lon"], centre), row["hypo_lat"], "*", markersize=15, color="#35b7ff", markeredgecolor="black",
              zorder=6, label="epicentre", linestyle="none")


def draw_all_ruptures(axes, results, centre):
    """Upper edges of many ruptures as thin lines: the pattern of the faults."""
    largest = np.argsort(results.ruptures["mag"], kind="stable")[::-1][:MANY_RUPTURES]
    edges = []
    for rupture in largest:
        lon, lat = results.outline(rupture)
        edges.append(np.stack([unwrap(lon[0], centre), lat[0]], axis=1))
    axes.add_collection(LineCollection(edges, colors="black", linewidths=0.5, alpha=0.25, zorder=4,
                                       label="upper edges of ruptures"))


def map_limits(lon, lat, points_lon, points_lat):
    """Limits (x, y) that hold the sites drawn and the rupture, with a margin."""
    limits = []
    for sites, points in ((lon, points_lon), (lat, points_lat)):
        low, high = min(sites.min(), points.min()), max(sites.max(), points.max())
        margin = max(0.04 * (high - low), 0.02)
        limits.append((low - margin, high + margin))
    return limits


def colour_range(values):
    """Limits of the logarithmic scale; the faint end is cut at 1/300 of the largest value."""
    top = float(values.max())
    low = max(float(np.percentile(values, 0.5)), top / 300)
    return LogNorm(low, top if top > low else low * 1.01)


def describe(results, event, imt):
    """Title (what it is) and subtitle (which rupture, how many)."""
    if event is None:
        what = f"Median {imt} of {len(results.events):,} ground-motion fields"
        if len(results.ruptures) != 1:
            return what, f"{len(results.ruptures):,} ruptures"
        rupture = 0
    else:
        rupture = int(results.events["rupture"][event])
        what = f"{imt} in event {event}"
    row = results.ruptures[rupture]
    return what, f"M {row['mag']:.1f}, depth of the hypocentre {row['hypo_depth']:.1f} km, rake {row['rake']:.0f}°"


def plot(results, event, imt, output, dpi=160):
    """Writes the map as a picture. event: number, or None for the median."""
    values = results.median(imt) if event is None else results.event_field(event, imt)
    seen = np.isfinite(values) & (values > 0)
    if not seen.any():
        raise ValueError(f"no value of {imt} to draw (the event reaches no site, or all values were below "
                         "minimum_intensity), choose another event")
    sites = results.sites
    centre = central_longitude(sites["lon"])
    lon, lat, values = unwrap(sites["lon"], centre)[seen], sites["lat"][seen], values[seen]

    rupture = None
    if event is not None or len(results.ruptures) == 1:
        rupture = 0 if event is None else int(results.events["rupture"][event])
    outline = results.outline(rupture) if rupture is not None else (lon, lat)
    x_limits, y_limits = map_limits(lon, lat, unwrap(outline[0], centre), outline[1])
    aspect = 1 / np.cos(np.radians(np.mean(y_limits)))
    figure, axes = plt.subplots(figsize=(8.2, np.clip(6.4 * np.ptp(y_limits) * aspect / np.ptp(x_limits) + 1.3, 4.5, 11)),
                                layout="constrained")
    norm = colour_range(values)
    drawn = draw_sites(axes, lon, lat, values, norm, COLOURS)
    if event is None:
        draw_contours(axes, lon, lat, values, norm)
    if rupture is not None:
        draw_rupture(axes, results, rupture, centre)
    else:
        draw_all_ruptures(axes, results, centre)

    axes.set(xlim=x_limits, ylim=y_limits, xlabel="longitude (degrees east)", ylabel="latitude (degrees north)",
             facecolor="0.96", aspect=aspect)
    format_degrees(axes)
    axes.grid(color="0.5", alpha=0.25, linewidth=0.5)
    axes.legend(loc="lower left", framealpha=0.9, fontsize=8)

    title, subtitle = describe(results, event, imt)
    description = results.attribute("description", "")
    axes.set_title(f"{title}\n", fontsize=13, loc="left", fontweight="bold")
    axes.text(0, 1.015, f"{description} — {subtitle}" if description else subtitle, transform=axes.transAxes,
              fontsize=8.5, color="0.3", in_layout=False)
    unit = unit_of(imt)
    bar = figure.colorbar(drawn, ax=axes, shrink=0.85, pad=0.02,
                          extend="min" if values.min() < 0.98 * norm.vmin else "neither")
    bar.set_label(imt + (f" ({unit})" if unit != "1" else ""))
    bar.ax.yaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
    bar.ax.yaxis.set_major_formatter(ticker.FuncFormatter(lambda v, _: f"{v:g}"))
    bar.ax.yaxis.set_minor_formatter(ticker.NullFormatter())
    save(figure, output, dpi)


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=pathlib.Path, metavar="OUT.h5")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--event", type=int, help="the map of this event (numbered from 0)")
    which.add_argument("--median", action="store_true", help="exp(mean ln) of all fields; the default for scenarios")
    parser.add_argument("--imt", help="intensity measure type as in the job (default: the first one)")
    add_output_option(parser)
    return parser.parse_args()


def draw(results, options):
    if not results.imts:
        raise ValueError("the file holds no ground-motion fields (ground_motion_fields was off)")
    imt = options.imt or results.imts[0]
    if imt not in results.imts:
        raise ValueError(f"no fields of {imt} (the file has {', '.join(results.imts)})")
    event = options.event
    if event is None and not options.median and results.attribute("calculation_mode") != "scenario":
        event = results.strongest_event(imt)
    output = output_of(options, f"{'median' if event is None else f'event{event}'}_{imt}")
    plot(results, event, imt, output)
    return output


if __name__ == "__main__":
    sys.exit(run(parse(), draw))
