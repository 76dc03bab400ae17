#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Draws the disaggregation of the hazard at sites from a shakefield file: bars of the contributions of magnitudes and distances,
stacked by epsilon, or (--map) a map of where the ruptures are.

Coasts and borders of the map come from Debian's package gmt-gshhg-low (elsewhere: its folder in GSHHG_DIR); without it they are
left out.
"""

import argparse
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
from matplotlib.collections import PolyCollection  # noqa: E402
from matplotlib.colors import to_rgb  # noqa: E402
from matplotlib.patches import Patch  # noqa: E402

from curve_tools import add_site_options, chosen_sites, site_text  # noqa: E402
from map_tools import draw_coast, draw_land, draw_scale, format_degrees  # noqa: E402
from picture_tools import add_picture_options, output_of, run, save, set_title  # noqa: E402
from shakefield_reader import poe_text, position, unit_of  # noqa: E402

AZIMUTH, ELEVATION = np.radians(-58), np.radians(27)  # of the eye
LENGTH, DEPTH, HEIGHT = 1.5, 1.0, 0.85  # of the box: distance, magnitude, contribution
LEAST_SHARE = 0.001  # bars of less, and bins at the ends, are left out
FILL = 0.72  # of a bin's side that its bar takes
LIGHT = {"top": 1.0, "front": 0.9, "side": 0.74}
EDGE = (0.15, 0.15, 0.15)


def project(x, y, z):
    """Parallel projection of the box onto the picture."""
    u = -np.sin(AZIMUTH) * x + np.cos(AZIMUTH) * y
    v = np.cos(ELEVATION) * z - np.sin(ELEVATION) * (np.cos(AZIMUTH) * x + np.sin(AZIMUTH) * y)
    return np.stack([u, v], axis=-1)


def epsilon_colours(edges):
    """Cold below the median, warm above it."""
    count = len(edges) - 1
    if count == 1:
        return [to_rgb("#3b6fa0")]
    centres = (edges[:-1] + edges[1:]) / 2
    return [to_rgb(plt.get_cmap("RdYlBu_r")(0.5 + 0.5 * c / np.abs(centres).max())) for c in centres]


def used(shares):
    """Slice of the bins of one axis between those that hold too little to be seen."""
    enough = np.flatnonzero(shares >= LEAST_SHARE)
    return slice(enough[0], enough[-1] + 1)


def ticks(low, high, most, edges=()):
    """The edges of bins, if they are few; else round numbers in an interval."""
    if 0 < len(edges) <= most:
        return edges
    for step in np.outer(10.0 ** np.arange(-3, 5), (1, 2, 5)).ravel():
        values = np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) * step
        if len(values) <= most:
            return values + 0.0  # no negative zero
    return np.array([low])


class Box:
    """The three axes and what stands on them."""

    def __init__(self, axes, distances, magnitudes, top):
        self.axes, self.distances, self.magnitudes, self.top = axes, distances, magnitudes, top
        axes.set_aspect("equal")
        axes.axis("off")

    def x(self, distance):
        return LENGTH * (distance - self.distances[0]) / (self.distances[-1] - self.distances[0])

    def y(self, magnitude):
        return DEPTH * (magnitude - self.magnitudes[0]) / (self.magnitudes[-1] - self.magnitudes[0])

    def z(self, share):
        return HEIGHT * share / self.top

    def line(self, start, end, **style):
        self.axes.plot(*project(*np.transpose([start, end])).T, **style)

    def text(self, place, offset, text, **style):
        self.axes.annotate(text, project(*place), offset, textcoords="offset points", **style)

    def draw_walls(self):
        """Floor, back walls, grid and ticks."""
        wall = {"color": "0.85", "linewidth": 0.6, "zorder": 1}
        for corners in ([(0, 0, 0), (LENGTH, 0, 0), (LENGTH, DEPTH, 0), (0, DEPTH, 0)],
                        [(0, DEPTH, 0), (LENGTH, DEPTH, 0), (LENGTH, DEPTH, HEIGHT), (0, DEPTH, HEIGHT)],
                        [(0, 0, 0), (0, DEPTH, 0), (0, DEPTH, HEIGHT), (0, 0, HEIGHT)]):
            self.axes.add_collection(PolyCollection([project(*np.transpose(corners))], facecolors="#f7f7f5", edgecolors="0.6", linewidths=0.7, zorder=0))
        small = {"fontsize": 8, "color": "0.1"}
        for share in ticks(0, self.top, 6):
            z = self.z(share)
            self.line((0, DEPTH, z), (LENGTH, DEPTH, z), **wall)
            self.line((0, 0, z), (0, DEPTH, z), **wall)
            self.text((0, 0, z), (-5, 0), f"{100 * share:g}", ha="right", va="center", **small)
        for distance in ticks(self.distances[0], self.distances[-1], 8, self.distances):
            x = self.x(distance)
            self.line((x, 0, 0), (x, DEPTH, 0), **wall)
            self.line((x, 0, 0), (x, -0.025, 0), color="0.3", linewidth=0.7)
            self.text((x, -0.025, 0), (-2, -3), f"{distance:g}", ha="center", va="top", **small)
        for magnitude in ticks(self.magnitudes[0], self.magnitudes[-1], 6, self.magnitudes):
            y = self.y(magnitude)
            self.line((0, y, 0), (LENGTH, y, 0), **wall)
            self.line((LENGTH, y, 0), (LENGTH + 0.025, y, 0), color="0.3", linewidth=0.7)
            self.text((LENGTH + 0.025, y, 0), (3, -2), f"{magnitude:g}", ha="left", va="top", **small)
        self.edge_label("rupture distance (km)", (0, 0, 0), (LENGTH, 0, 0))
        self.edge_label("magnitude", (LENGTH, 0, 0), (LENGTH, DEPTH, 0))
        self.text((0, 0, HEIGHT / 2), (-28, 0), "contribution to the rate (%)", ha="center", va="center", rotation=90, fontsize=9)

    def edge_label(self, text, start, end):
        """Along an edge of the floor, outside of its ticks."""
        ends = project(*np.transpose([start, end]))
        angle = np.arctan2(*(ends[1] - ends[0])[::-1])
        offset = 34 * np.array([np.sin(angle), -np.cos(angle)])
        self.axes.annotate(text, ends.mean(axis=0), offset, textcoords="offset points", rotation=np.degrees(angle), rotation_mode="anchor",
                           ha="center", va="center", fontsize=9)

    def draw_bars(self, shares, colours):
        """shares: [magnitude, distance, epsilon]. Far bars first, so that near ones hide them."""
        faces, fills = [], []

        def add(kind, colour, *corners):
            faces.append(project(*np.transpose(corners)))
            fills.append(np.array(colour) * LIGHT[kind])

        for m in reversed(range(shares.shape[0])):
            y0, y1 = self.side(self.y(self.magnitudes[m]), self.y(self.magnitudes[m + 1]))
            for d in range(shares.shape[1]):
                x0, x1 = self.side(self.x(self.distances[d]), self.x(self.distances[d + 1]))
                z0 = 0
                if shares[m, d].sum() < LEAST_SHARE:
                    continue
                for share, colour in zip(shares[m, d], colours):
                    if share <= 0:
                        continue
                    z1 = z0 + self.z(share)
                    add("side", colour, (x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1))
                    add("front", colour, (x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1))
                    z0, last = z1, colour
                if z0 > 0:
                    add("top", last, (x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0))
        self.axes.add_collection(PolyCollection(faces, facecolors=fills, edgecolors=[EDGE], linewidths=0.35, joinstyle="round", zorder=2))

    @staticmethod
    def side(low, high):
        margin = (1 - FILL) / 2 * (high - low)
        return low + margin, high - margin


def centres(edges):
    return (edges[:-1] + edges[1:]) / 2


def summary(shares, magnitudes, distances, epsilons):
    """Mean magnitude, distance and epsilon, and the bin that contributes most."""
    mean = [np.sum(shares * values) for values in (centres(magnitudes)[:, None, None], centres(distances)[:, None], centres(epsilons))]
    m, d = np.unravel_index(np.argmax(shares.sum(axis=2)), shares.shape[:2])
    text = f"mean: M {mean[0]:.1f}, {mean[1]:.0f} km" + (f", ε {mean[2]:+.1f}" if len(epsilons) > 2 else "")
    return text + f"\nmost: M {magnitudes[m]:g}–{magnitudes[m + 1]:g}, {distances[d]:g}–{distances[d + 1]:g} km ({100 * shares[m, d].sum():.0f} %)"


def draw_bars(axes, results, site, chosen):
    rates = results.disagg(site, *chosen, axes=("mag", "dist", "eps"))
    shares = rates / rates.sum()
    magnitudes, distances, epsilons = (results.disagg_edges(axis) for axis in ("mag", "dist", "eps"))
    m, d = used(shares.sum(axis=(1, 2))), used(shares.sum(axis=(0, 2)))
    near = slice(0, d.stop)  # distances begin at the site
    colours = epsilon_colours(epsilons)
    box = Box(axes, distances[:near.stop + 1], magnitudes[m.start:m.stop + 1], 1.05 * shares.sum(axis=2).max())
    box.draw_walls()
    box.draw_bars(shares[m, near], colours)
    axes.margins(0.03)
    axes.text(0.99, 0.98, summary(shares, magnitudes, distances, epsilons), transform=axes.transAxes, ha="right", va="top", fontsize=8.5, linespacing=1.5)
    if len(colours) > 1:
        edges = ["0" if edge == 0 else f"{edge:+.3g}".replace("-", "−") for edge in epsilons]
        names = [f"{low} to {high}" for low, high in zip(edges[:-1], edges[1:])]
        seen = shares.sum(axis=(0, 1)) > 0
        handles = [Patch(facecolor=colour, edgecolor=EDGE, linewidth=0.4, label=name) for colour, name, some in zip(colours, names, seen) if some]
        axes.legend(handles=handles, title="epsilon", loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=min(len(handles), 6),
                    fontsize=8, title_fontsize=8.5, frameon=False, handlelength=1.4, columnspacing=1.4)


def draw_map(axes, results, site, chosen):
    rates = results.disagg(site, *chosen, axes=("lon", "lat"))
    shares = 100 * rates / rates.sum()
    lon, lat = (results.disagg_edges(axis, site) for axis in ("lon", "lat"))
    seen = shares > 100 * LEAST_SHARE / 2
    x, y = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    box = (lon[max(x[0] - 1, 0)], lon[min(x[-1] + 2, len(lon) - 1)], lat[max(y[0] - 1, 0)], lat[min(y[-1] + 2, len(lat) - 1)])
    draw_land(axes, box)
    drawn = axes.pcolormesh(lon, lat, np.ma.masked_where(~seen, shares).T, cmap="YlOrRd", vmin=0, alpha=0.85, edgecolors="white", linewidth=0.3, zorder=2)
    draw_coast(axes, box)
    row = results.sites[site]
    axes.plot(row["lon"], row["lat"], "^", markersize=8, markerfacecolor="white", markeredgecolor="black", zorder=6)
    draw_scale(axes, box)
    axes.set(xlim=box[:2], ylim=box[2:], aspect=1 / np.cos(np.radians(row["lat"])), xlabel="longitude (degrees east)", ylabel="latitude (degrees north)")
    format_degrees(axes)
    bar = axes.figure.colorbar(drawn, ax=axes, shrink=0.85, pad=0.02)
    bar.set_label("contribution to the rate (%)", fontsize=9)


def plot(results, sites, options, output):
    imt = options.imt or results.disagg_imts[0]
    levels = results.disagg_levels(imt)
    poes = results.disagg_poes(imt)
    level = 0 if options.poe is None else position(list(np.round(poes[sites[0]], 12)), options.poe, "disaggregation for poe")
    chosen = (imt, level, options.realization)
    for site in sites:
        if not results.disagg(site, *chosen, axes=("mag",)).sum() > 0:
            raise ValueError(f"nothing is disaggregated for {imt} at site {site} (its curve begins below the probability), choose another site or poe")
    columns = min(len(sites), 2 if len(sites) < 5 else 3)
    rows = -(-len(sites) // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(6.6 * columns, 5.0 * rows + 0.5), squeeze=False, layout="constrained")
    for axes in grid.ravel()[len(sites):]:
        axes.set_visible(False)
    years = results.attribute("investigation_time")
    unit = unit_of(imt)
    for axes, site in zip(grid.ravel(), sites):
        (draw_map if options.map else draw_bars)(axes, results, site, chosen)
        value = f"{imt} = {levels[site, level]:.3g}" + (f" {unit}" if unit != "1" else "")
        axes.set_title(f"{value}, {poe_text(poes[site, level], years)}\n{site_text(results, site)}", fontsize=9.5, loc="left")
    of = "" if options.realization is None else f" of realization {options.realization}"
    set_title(figure, f"Disaggregation{of}", results, size=12)
    save(figure, output, options.dpi)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path, metavar="OUT.h5")
    parser.add_argument("--imt", help="intensity measure type as in the job (default: the first one)")
    parser.add_argument("--poe", type=float, help="probability in the investigation time (default: the first one)")
    parser.add_argument("--realization", type=int, help="number of a realization (default: the mean, or the only one)")
    parser.add_argument("--map", action="store_true", help="where the ruptures are, in the place of magnitudes and distances")
    add_site_options(parser)
    add_picture_options(parser, dpi=130)
    return parser.parse_args()


def draw(results, options):
    output = output_of(options, f"disagg{'_map' if options.map else ''}")
    plot(results, chosen_sites(results, options), options, output)
    return output


if __name__ == "__main__":
    sys.exit(run(parse(), draw))
