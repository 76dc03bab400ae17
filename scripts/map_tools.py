# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""What the scripts that draw maps share: sites, triangles, coasts, faults, the scale."""

from xml.etree import ElementTree

import numpy as np
from matplotlib import patheffects, ticker, tri
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.path import Path

import coast_lines

KM_PER_DEGREE = 6371.0 * np.pi / 180
HALO = [patheffects.withStroke(linewidth=4.2, foreground="white")]
LAND, WATER = "#f2f0ea", "#dbe7ef"
TRACES = ("simpleFaultGeometry", "faultTopEdge")  # NRML elements that hold the upper line of a fault


def unwrap(lon, centre):
    """Longitudes within half a turn of `centre`: no jump at the date line."""
    return (np.asarray(lon) - centre + 180) % 360 - 180 + centre


def central_longitude(lon):
    angle = np.radians(lon)
    return float(np.degrees(np.arctan2(np.sin(angle).mean(), np.cos(angle).mean())))


def grid_spacing(x, y):
    """Spacing in km of sites on a grid; None if they do not lie on one. x, y in km."""
    if len(x) < 30:
        return None
    sample = np.linspace(0, len(x) - 1, min(len(x), 200)).astype(int)
    nearest = []
    for i in sample:
        squared = (x - x[i]) ** 2 + (y - y[i]) ** 2
        squared[i] = np.inf
        nearest.append(np.sqrt(squared.min()))
    spacing = float(np.median(nearest))
    return spacing if np.std(nearest) < 0.15 * spacing else None


def draw_sites(axes, lon, lat, values, norm, colours):
    """Cells where the sites form a grid, dots elsewhere. Returns the mappable."""
    km_x = KM_PER_DEGREE * np.cos(np.radians(lat))
    spacing = grid_spacing(lon * km_x, lat * KM_PER_DEGREE)
    if spacing is None:
        return axes.scatter(lon, lat, c=values, s=np.clip(4e4 / len(lon), 4, 60), norm=norm, cmap=colours,
                            edgecolors="0.3", linewidths=0.2)
    # Each row of a region grid starts at its own longitude: cells a little larger leave no gaps.
    half_x, half_y = 0.55 * spacing / km_x, np.full_like(lat, 0.55 * spacing / KM_PER_DEGREE)
    corners = np.stack([np.stack([lon + sx * half_x, lat + sy * half_y], axis=1)
                        for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))], axis=1)
    cells = PolyCollection(corners, array=values, norm=norm, cmap=colours, edgecolors="none", rasterized=True)
    return axes.add_collection(cells)


def triangulate(lon, lat):
    """Triangles between the sites without those across gaps."""
    triangles = tri.Triangulation(lon, lat)
    x, y = lon[triangles.triangles], lat[triangles.triangles]
    longest = np.max(np.hypot(x - np.roll(x, 1, axis=1), y - np.roll(y, 1, axis=1)), axis=1)
    triangles.set_mask(longest > 3 * np.median(longest))
    return triangles


def format_degrees(axes):
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda v, _: f"{(v + 180) % 360 - 180:g}"))


def draw_land(axes, box):
    """Land and lakes of (west, east, south, north) as areas. Returns the land as a path to clip by; None without the data."""
    layer = coast_lines.layer("GSHHS")
    if layer is None:
        return None
    axes.set_facecolor(WATER)
    land = layer.areas(box, coast_lines.COAST)
    for rings, colour in ((land, LAND), (layer.areas(box, coast_lines.LAKE), WATER)):
        axes.add_collection(PolyCollection(rings, facecolors=colour, edgecolors=colour, linewidths=0.4, zorder=0))
    return Path.make_compound_path(*(Path(ring, closed=False) for ring in land)) if land else None


def draw_coast(axes, box):
    """Coasts, borders of nations and of states as lines."""
    coast, borders = coast_lines.layer("GSHHS"), coast_lines.layer("border")
    for layer, level, style in ((coast, coast_lines.COAST, {"linewidths": 0.8, "colors": "0.15"}),
                                (borders, coast_lines.NATION, {"linewidths": 0.9, "colors": "0.15"}),
                                (borders, coast_lines.STATE, {"linewidths": 0.7, "colors": "0.35", "linestyles": "dashed"})):
        if layer is not None:
            axes.add_collection(LineCollection(layer.lines(box, level), zorder=3, **style))


def fault_traces(path):
    """Upper lines of the fault sources of an NRML file: list of (lon, lat) [points, 2]."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise ValueError(f"{path} is not XML ({error}), give a source model in NRML") from None
    traces = []
    for geometry in (node for node in root.iter() if node.tag.rpartition("}")[2] in TRACES):
        numbers = np.array(next(node.text for node in geometry.iter() if node.tag.endswith("posList")).split(), float)
        traces.append(numbers.reshape(-1, 2 if geometry.tag.endswith(TRACES[0]) else 3)[:, :2])
    if not traces:
        raise ValueError(f"{path} has no simple or complex faults to draw, leave it out")
    return traces


def draw_faults(axes, traces, centre):
    lines = [np.stack([unwrap(trace[:, 0], centre), trace[:, 1]], axis=1) for trace in traces]
    axes.add_collection(LineCollection(lines, colors="black", linewidths=1.0, zorder=4, label="faults of the model",
                                       path_effects=[patheffects.withStroke(linewidth=2.0, foreground="white", alpha=0.7)]))


def draw_scale(axes, box):
    """A bar of a round number of km in the lower left corner."""
    west, east, south, north = box
    km_per_degree = KM_PER_DEGREE * np.cos(np.radians(south))
    length = max(n for n in np.outer(10.0 ** np.arange(-1, 4), (1, 2, 5)).ravel() if n <= max(0.25 * (east - west) * km_per_degree, 0.1))
    x, y = west + 0.05 * (east - west), south + 0.04 * (north - south)
    bar = [x, x + length / km_per_degree]
    halo = [patheffects.withStroke(linewidth=3, foreground="white")]
    axes.plot(bar, [y, y], color="black", linewidth=2, solid_capstyle="butt", path_effects=halo, zorder=6)
    axes.text(np.mean(bar), y + 0.008 * (north - south), f"{length:g} km", ha="center", va="bottom", fontsize=8, path_effects=halo, zorder=6)
