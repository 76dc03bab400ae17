# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""What the scripts that draw curves and spectra share: sites chosen on the command line, bands of quantiles, panels."""

import math

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import ticker

COLOURS = ("#0b5394", "#c1440e", "#3a7d44", "#6a3d9a", "#8a6d1d", "#333333")
MOST_PANELS = 12


def add_site_options(parser):
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--site", nargs="+", type=int, help="numbers of sites, from 0 (default: 0)")
    which.add_argument("--near", nargs=2, type=float, action="append", metavar=("LON", "LAT"), help="the site nearest to a point; may be repeated")


def chosen_sites(results, options):
    """Numbers of the sites asked for."""
    count = len(results.sites)
    sites = [nearest_site(results.sites, *point) for point in options.near or []] or options.site or [0]
    for site in sites:
        if not 0 <= site < count:
            raise ValueError(f"there is no site {site} (the file has {count}, numbered from 0)")
    if len(sites) > MOST_PANELS:
        raise ValueError(f"{len(sites)} sites are too many for one picture (at most {MOST_PANELS}), choose fewer")
    return sites


def nearest_site(sites, lon, lat):
    """By the chord on the sphere (haversine)."""
    phi, phi0 = np.radians(sites["lat"]), math.radians(lat)
    half = np.sin((phi - phi0) / 2) ** 2 + np.cos(phi) * math.cos(phi0) * np.sin(np.radians(sites["lon"] - lon) / 2) ** 2
    return int(np.argmin(half))


def site_text(results, site):
    row = results.sites[site]
    lon, lat = row["lon"], row["lat"]
    return f"site {site}: {abs(lon):.2f}° {'W' if lon < 0 else 'E'}, {abs(lat):.2f}° {'S' if lat < 0 else 'N'}, vs30 {row['vs30']:.0f} m/s"


def quantile_pairs(kinds):
    """(lower, upper) kinds of the quantiles that lie equally far from 0.5, the widest pair first."""
    quantiles = {float(kind.removeprefix("quantile-")): kind for kind in kinds if kind.startswith("quantile-")}
    mirror = {q: next((p for p in quantiles if abs(p + q - 1) < 1e-6), None) for q in quantiles}
    return [(quantiles[q], quantiles[mirror[q]]) for q in sorted(quantiles) if q < 0.5 and mirror[q] is not None]


def panels(count, width, height):
    """A figure with so many axes that share scales, up to three in a row."""
    columns = min(count, 3)
    rows = -(-count // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(width * columns + 0.6, height * rows + 0.7), squeeze=False, sharex=True, sharey=True,
                                layout="constrained")
    for axes in grid.ravel()[count:]:
        axes.set_visible(False)
    return figure, grid.ravel()[:count]


def tidy(axes):
    axes.grid(which="major", color="0.85", linewidth=0.6)
    axes.grid(which="minor", color="0.94", linewidth=0.4)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda x, _: f"{x:g}"))
