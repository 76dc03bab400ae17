#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Draws hazard curves of one or several sites from a shakefield file: mean, bands of quantiles, single realizations."""

import argparse
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import numpy as np  # noqa: E402
from matplotlib import ticker  # noqa: E402

from curve_tools import COLOURS, add_site_options, chosen_sites, panels, quantile_pairs, site_text, tidy  # noqa: E402
from picture_tools import add_picture_options, output_of, run, save, set_title  # noqa: E402
from shakefield_reader import return_period, unit_of  # noqa: E402

LEAST_POE = 1e-5  # the curves are drawn down to here unless the job asks for less
MANY_REALIZATIONS = 1000  # more are drawn by the first only


def on_log(poes):
    """Probabilities of 0 and 1 have no place on these axes."""
    return np.where((poes > 0) & (poes < 1), poes, np.nan)


def draw_site(axes, curves, site, imts, levels):
    """curves: kind -> measure -> [N, L]. Bands and realizations are drawn where there is one measure only."""
    kinds = list(curves)
    if len(imts) == 1:
        x, of = levels[imts[0]], lambda kind: on_log(curves[kind][imts[0]][site])
        for k, kind in enumerate([kind for kind in kinds if kind.startswith("rlz-")][:MANY_REALIZATIONS]):
            axes.plot(x, of(kind), color="0.35", linewidth=0.6, alpha=0.7, zorder=7, label="realizations" if k == 0 else None)
        for k, (low, high) in enumerate(quantile_pairs(kinds)):
            axes.fill_between(x, of(low), of(high), color=COLOURS[0], alpha=0.18, linewidth=0, zorder=2 + k,
                              label=f"quantiles {low.removeprefix('quantile-')} to {high.removeprefix('quantile-')}")
        if "quantile-0.5" in kinds:
            axes.plot(x, of("quantile-0.5"), color=COLOURS[0], linewidth=1.3, linestyle="dashed", zorder=8, label="median")
    for imt, colour in zip(imts, COLOURS):
        if "mean" in kinds:
            axes.plot(levels[imt], on_log(curves["mean"][imt][site]), color=colour, linewidth=2, zorder=9,
                      label="mean" if len(imts) == 1 else imt)


def add_return_periods(axes, years, named):
    """The decades of years as a second scale; those that the poe of nearly 1 crowds together are left out."""
    # Matplotlib tries values beyond both scales: they are held where both functions are finite.
    second = axes.secondary_yaxis("right", functions=(
        lambda poe: return_period(np.clip(poe, 1e-300, 1 - 1e-12), years),
        lambda period: -np.expm1(-years / np.maximum(period, 1e-300))))
    decades = 10.0 ** np.arange(-3, 12)
    second.yaxis.set_major_locator(ticker.FixedLocator(decades[decades > years]))
    second.yaxis.set_major_formatter(ticker.FuncFormatter(lambda v, _: f"{v:,.0f}" if v >= 1 else f"{v:g}"))
    second.yaxis.set_minor_locator(ticker.NullLocator())
    if named:
        second.set_ylabel("return period (years)")
    else:
        second.set_yticklabels([])


def plot(results, imts, sites, options, output):
    if len(imts) > len(COLOURS):
        raise ValueError(f"{len(imts)} measures are too many for one picture (at most {len(COLOURS)}), choose fewer")
    units = {unit_of(imt) for imt in imts}
    if len(units) > 1:
        raise ValueError(f"the measures have different units ({', '.join(sorted(units))}), draw them one by one")
    kinds = results.hazard_kinds if len(imts) == 1 else ["mean"]
    curves = {kind: {imt: results.curves(imt, kind) for imt in imts} for kind in kinds if kind not in ("std", "max")}
    levels = {imt: results.levels(imt) for imt in imts}
    years = results.attribute("investigation_time")
    poes = results.poes if "hazard/axes/poe" in results.file else []
    if not any((on_log(of_imt[imt][sites]) > 0).any() for of_imt in curves.values() for imt in imts):
        raise ValueError("no curve lies between 0 and 1 here, choose another site")

    figure, grid = panels(len(sites), 5.2, 4.6)
    lowest = min([LEAST_POE, *(poe / 3 for poe in poes)])
    for place, (axes, site) in enumerate(zip(grid, sites)):
        draw_site(axes, curves, site, imts, levels)
        for poe in poes:
            axes.axhline(poe, color="0.3", linewidth=0.8, linestyle="dotted", zorder=0)
            axes.annotate(f"{100 * poe:.3g} % in {years:g} years", (1, poe), (-4, 2), xycoords=("axes fraction", "data"),
                          textcoords="offset points", fontsize=7.5, color="0.3", ha="right")
        axes.set(xscale="log", yscale="log", ylim=(lowest, 1))
        tidy(axes)
        last_in_row = place % 3 == 2 or place == len(sites) - 1
        add_return_periods(axes, years, last_in_row)
        axes.set_title(site_text(results, site), fontsize=9.5, loc="left")
        unit = unit_of(imts[0])
        axes.set_xlabel((imts[0] if len(imts) == 1 else "level") + (f" ({unit})" if unit != "1" else ""))
        if place % 3 == 0:
            axes.set_ylabel(f"probability of exceedance in {years:g} years")
    grid[0].legend(loc="lower left", fontsize=8, framealpha=0.9)
    set_title(figure, f"Hazard curves: {', '.join(imts)}", results, size=12)
    save(figure, output, options.dpi)


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=pathlib.Path, metavar="OUT.h5")
    parser.add_argument("--imt", nargs="+", help="intensity measure types; several are drawn by their means (default: the first one)")
    add_site_options(parser)
    add_picture_options(parser, dpi=130)
    return parser.parse_args()


def draw(results, options):
    output = output_of(options, "curves")
    plot(results, options.imt or results.hazard_imts[:1], chosen_sites(results, options), options, output)
    return output


if __name__ == "__main__":
    sys.exit(run(parse(), draw))
