#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Draws uniform hazard spectra of one or several sites from a shakefield file, one for each probability of exceedance."""

import argparse
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import numpy as np  # noqa: E402

from curve_tools import COLOURS, add_site_options, chosen_sites, panels, quantile_pairs, site_text, tidy  # noqa: E402
from picture_tools import add_picture_options, output_of, run, save, set_title  # noqa: E402
from shakefield_reader import poe_text, position  # noqa: E402


def places_of(periods):
    """Places of periods on a logarithmic axis: PGA, which has the period 0, stands a little before the first one."""
    positive = periods[periods > 0]
    if not len(positive):
        raise ValueError("the spectra hold PGA only, compute spectral accelerations too")
    return np.where(periods > 0, periods, positive.min() / 2)


def draw_site(axes, spectra, site, x, chosen, colours, texts):
    """spectra: kind -> [N, P, S]."""
    band = next(iter(quantile_pairs(list(spectra))), None)
    for p, colour, text in zip(chosen, colours, texts):
        if band:
            axes.fill_between(x, spectra[band[0]][site, p], spectra[band[1]][site, p], color=colour, alpha=0.15, linewidth=0)
        axes.plot(x, spectra["mean"][site, p], "-o", color=colour, markersize=4, linewidth=1.8, label=text)
    return band


def plot(results, sites, options, output):
    if "hazard/uhs" not in results.file:
        raise ValueError(f"{options.file} has no spectra, set uniform_hazard_spectra = true in the job")
    poes = list(results.poes)
    chosen = [position(poes, poe, "spectra for poe") for poe in options.poe or poes]
    if len(chosen) > len(COLOURS):
        raise ValueError(f"{len(chosen)} probabilities are too many for one picture (at most {len(COLOURS)}), choose with --poe")
    kinds = ["mean", *(kind for kind in results.hazard_kinds if kind.startswith("quantile-"))]
    spectra = {kind: results.spectra(kind) for kind in kinds}
    x = places_of(results.periods)
    years = results.attribute("investigation_time")

    figure, grid = panels(len(sites), 5.0, 4.4)
    for place, (axes, site) in enumerate(zip(grid, sites)):
        band = draw_site(axes, spectra, site, x, chosen, COLOURS, [poe_text(poes[p], years) for p in chosen])
        axes.set(xscale="log", xlim=(x.min() / 1.15, x.max() * 1.15))
        tidy(axes)
        axes.set_ylim(bottom=0)
        axes.minorticks_off()
        axes.set_xticks(x, ["PGA" if period == 0 else f"{period:g}" for period in results.periods])
        axes.set_title(site_text(results, site), fontsize=9.5, loc="left")
        axes.set_xlabel("period (s)")
        if place % 3 == 0:
            axes.set_ylabel("spectral acceleration (g)")
    title = "mean" + (f"; bands: quantiles {' to '.join(kind.removeprefix('quantile-') for kind in band)}" if band else "")
    grid[0].legend(loc="upper right", fontsize=8, framealpha=0.9, title=title, title_fontsize=8)
    set_title(figure, "Uniform hazard spectra", results, size=12)
    save(figure, output, options.dpi)


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=pathlib.Path, metavar="OUT.h5")
    parser.add_argument("--poe", nargs="+", type=float, help="probabilities in the investigation time (default: all of the file)")
    add_site_options(parser)
    add_picture_options(parser, dpi=130)
    return parser.parse_args()


def draw(results, options):
    output = output_of(options, "uhs")
    plot(results, chosen_sites(results, options), options, output)
    return output


if __name__ == "__main__":
    sys.exit(run(parse(), draw))
