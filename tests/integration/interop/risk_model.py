# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Buildings made up for the tests, as input files of the OpenQuake engine, and what fields do to them, worked out here.

Loss ratios and fractions of damage are linear between the given levels, nothing below the first one and those of the
last one above it. They have no variance, so that the engine's averages are exact too.
"""

import dataclasses

import numpy as np

NRML = '<?xml version="1.0" encoding="UTF-8"?>\n<nrml xmlns="http://openquake.org/xmlns/nrml/0.5">\n{}\n</nrml>\n'
STATES = ("slight", "collapse")


@dataclasses.dataclass(frozen=True)
class Taxonomy:
    """How buildings of one kind answer to levels of one intensity measure type."""
    name: str
    imt: str
    levels: tuple
    loss_ratios: tuple
    exceeded: tuple  # of each of STATES: fraction of buildings in this state or a worse one

    def loss_ratio(self, values):
        return np.interp(values, self.levels, self.loss_ratios, left=0)

    def damage(self, values):
        """Fractions in [no damage, *STATES], [..., 3]."""
        at_least = [np.ones_like(values)] + [np.interp(values, self.levels, poes, left=0) for poes in self.exceeded]
        return np.stack([a - b for a, b in zip(at_least, [*at_least[1:], np.zeros_like(values)])], axis=-1)


def taxonomies(imts):
    """Two kinds of building, that answer to the first and to the last intensity measure type."""
    return (Taxonomy("wood", imts[0], (0.01, 0.05, 0.2, 0.6), (0.001, 0.01, 0.1, 0.4),
                     ((0, 0.1, 0.4, 0.8), (0, 0, 0.1, 0.3))),
            Taxonomy("brick", imts[-1], (0.02, 0.1, 0.4, 1.2), (0.002, 0.03, 0.3, 0.8),
                     ((0, 0.2, 0.5, 0.9), (0, 0.05, 0.2, 0.5))))


class Exposure:
    """Assets near sites drawn at random; asset k is of kind k mod 2."""

    def __init__(self, results, count=150, seed=11):
        rng = np.random.default_rng(seed)
        self.kinds = taxonomies(results.imts)
        self.sites = rng.choice(len(results.sites), min(count, len(results.sites)), replace=False)
        self.names = [f"asset{k}" for k in range(len(self.sites))]
        self.numbers = 1 + np.arange(len(self.sites)) % 7
        self.values = np.round(rng.uniform(1e4, 1e6, len(self.sites)))
        self.lon = results.sites["lon"][self.sites] + rng.uniform(-0.003, 0.003, len(self.sites))
        self.lat = results.sites["lat"][self.sites] + rng.uniform(-0.003, 0.003, len(self.sites))

    def kind(self, asset):
        return self.kinds[asset % len(self.kinds)]

    def write(self, folder):
        """Writes exposure.xml, assets.csv, vulnerability.xml and fragility.xml."""
        (folder / "exposure.xml").write_text(NRML.format(
            '<exposureModel id="e" category="buildings"><description>near sites</description>'
            '<conversions><costTypes><costType name="structural" type="aggregated" unit="USD"/></costTypes></conversions>'
            "<assets>assets.csv</assets></exposureModel>"))
        rows = (f"{name},{lon:.5f},{lat:.5f},{self.kind(k).name},{number},{value:.0f}" for k, (name, lon, lat, number, value)
                in enumerate(zip(self.names, self.lon, self.lat, self.numbers, self.values)))
        (folder / "assets.csv").write_text("\n".join(["id,lon,lat,taxonomy,number,structural", *rows, ""]))
        (folder / "vulnerability.xml").write_text(NRML.format(
            '<vulnerabilityModel id="v" assetCategory="buildings" lossCategory="structural"><description>without variance'
            "</description>" + "".join(map(vulnerability_function, self.kinds)) + "</vulnerabilityModel>"))
        (folder / "fragility.xml").write_text(NRML.format(
            '<fragilityModel id="f" assetCategory="buildings" lossCategory="structural"><description>two states</description>'
            f"<limitStates>{' '.join(STATES)}</limitStates>" + "".join(map(fragility_function, self.kinds)) + "</fragilityModel>"))

    def sum_over_events(self, results, answer):
        """Sum of answer(kind, value) over all rows of each asset's site, [assets, ...]."""
        rows = results.table[:]
        return np.array([answer(kind, rows[kind.imt][rows["site"] == site].astype(float)).sum(axis=0)
                         for site, kind in zip(self.sites, map(self.kind, range(len(self.sites))))])

    def losses(self, results):
        """Sum of the losses in all events, [assets]."""
        return self.values * self.sum_over_events(results, Taxonomy.loss_ratio)

    def damage(self, results):
        """Buildings in [no damage, *STATES], summed over the events that reach their site, [assets, 3]."""
        return self.numbers[:, None] * self.sum_over_events(results, Taxonomy.damage)


def texts(numbers):
    return " ".join(f"{number:g}" for number in numbers)


def vulnerability_function(kind):
    return (f'\n<vulnerabilityFunction id="{kind.name}" dist="LN"><imls imt="{kind.imt}">{texts(kind.levels)}</imls>'
            f"<meanLRs>{texts(kind.loss_ratios)}</meanLRs><covLRs>{texts([0] * len(kind.levels))}</covLRs></vulnerabilityFunction>")


def fragility_function(kind):
    poes = "".join(f'<poes ls="{state}">{texts(values)}</poes>' for state, values in zip(STATES, kind.exceeded))
    return (f'\n<fragilityFunction id="{kind.name}" format="discrete"><imls imt="{kind.imt}" noDamageLimit="{kind.levels[0]:g}">'
            f"{texts(kind.levels)}</imls>{poes}</fragilityFunction>")
