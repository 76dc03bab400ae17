#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Writes tests/verification/data/decorators: values of decorated models by the OpenQuake engine.

Run by a python that has the engine: python peer_decorators.py FOLDER
"""

import csv
import pathlib
import sys

import h5py
import numpy as np
from openquake.hazardlib import imt, valid

INPUTS = dict(mag=[5.05, 6.3, 7.9, 6.5, 5.6, 7.2], rake=[90, 0, -90, 30, 0, 120], vs30=[300, 760, 1500, 500, 180, 2500],
              rrup=[10, 50, 100, 3, 30, 250], rjb=[9, 49, 99, 0, 28, 245])

MODIFIABLE = {
    "add_between_within_stds": "add_between_within_stds.with_betw_ratio = 1.7",
    "set_between_epsilon": "set_between_epsilon.epsilon_tau = 0.5",
    "set_scale_median_scalar": "set_scale_median_scalar.scaling_factor = 1.2",
    "set_scale_median_vector": 'set_scale_median_vector.scaling_factor = {"PGA" = 1.2, "SA(0.2)" = 0.9, "SA(2.0)" = 1.5}',
    "set_scale_total_sigma_scalar": "set_scale_total_sigma_scalar.scaling_factor = 1.2",
    "set_scale_total_sigma_vector": 'set_scale_total_sigma_vector.scaling_factor = {"PGA" = 1.2, "SA(0.2)" = 0.9, "SA(2.0)" = 1.5}',
    "set_fixed_total_sigma": 'set_fixed_total_sigma.total_sigma = {"PGA" = 0.6, "SA(0.2)" = 0.7, "SA(2.0)" = 0.8}',
    "add_delta_to_total_std_scalar": "add_delta_to_total_std_scalar.delta = -0.2",
    "add_delta_to_total_std_vector": 'add_delta_to_total_std_vector.delta = {"PGA" = 0.2, "SA(0.2)" = -0.1, "SA(1.0)" = 0.1}',
    "add_delta_to_tau_std_scalar": "add_delta_to_tau_std_scalar.delta = -0.1",
    "add_delta_to_tau_std_vector": 'add_delta_to_tau_std_vector.delta = {"PGA" = 0.2, "SA(0.2)" = -0.1, "SA(1.0)" = 0.1}',
    "add_delta_to_phi_std_scalar": "add_delta_to_phi_std_scalar.delta = 0.1",
    "add_delta_to_phi_std_vector": 'add_delta_to_phi_std_vector.delta = {"PGA" = 0.2, "SA(0.2)" = -0.1, "SA(1.0)" = 0.1}',
    "set_total_std_as_tau_plus_delta": "set_total_std_as_tau_plus_delta.delta = 0.45",
    "scale_then_delta": "set_scale_total_sigma_scalar.scaling_factor = 2.0\nadd_delta_to_total_std_scalar.delta = 0.2",
    "delta_then_scale": "add_delta_to_total_std_scalar.delta = 0.2\nset_scale_total_sigma_scalar.scaling_factor = 2.0",
}
SA = ["PGA", "SA(0.2)", "SA(1.0)"]
CASES = {name: (f"[ModifiableGMPE]\ngmpe = {{BooreAtkinson2008 = {{}}}}\n{text}", SA) for name, text in MODIFIABLE.items()}
CASES["total_gets_parts"] = ("[ModifiableGMPE]\ngmpe = {SadighEtAl1997 = {}}\nadd_between_within_stds.with_betw_ratio = 1.7", SA)
CASES["split_within"] = ('[SplitSigmaGMPE]\ngmpe_name = "SadighEtAl1997"\nwithin_absolute = 0.35', SA)
CASES["split_between"] = ('[SplitSigmaGMPE]\ngmpe_name = "SadighEtAl1997"\nbetween_absolute = 0.2', SA)
CASES["dummy"] = ("[DummyGMPE]", SA)
CASES["average_gmpe"] = ("[AvgGMPE]\nb1.BooreAtkinson2008.weight = 0.4\nb2.SadighEtAl1997.weight = 0.6", SA)
for corr in ("none", "baker_jayaram"):
    CASES[f"average_sa_{corr}"] = (
        f'[GenericGmpeAvgSA]\ngmpe_name = "BooreAtkinson2008"\navg_periods = [0.05, 0.1, 0.15, 0.5, 1.0, 3.0]\n'
        f'corr_func = "{corr}"', ["AvgSA"])
    CASES[f"indirect_sa_{corr}"] = (
        f'[GmpeIndirectAvgSA]\ngmpe_name = "BooreAtkinson2008"\ncorr_func = "{corr}"\nt_low = 0.3\nn_per = 7',
        ["AvgSA(0.15)", "AvgSA(0.8)"])
# The engine's site term is driven by the IMT itself: compared with the switch, and in PGA without.
CANADA = ["PGA", "PGV", "SA(0.15)", "SA(0.2)", "SA(2.0)"]
for kind, name in (("base", "NRCan15SiteTerm"), ("linear", "NRCan15SiteTermLinear")):
    CASES[f"site_{kind}_by_imt"] = (f'[{name}]\ngmpe_name = "BooreAtkinson2008"', CANADA)
    CASES[f"site_{kind}_pga"] = (f'[{name}]\ngmpe_name = "SadighEtAl1997"', ["PGA"])
    CASES[f"site_{kind}_modifiable"] = (
        f'[ModifiableGMPE]\ngmpe = {{SadighEtAl1997 = {{}}}}\nnrcan15_site_term = {{kind = "{kind}"}}', ["PGA"])
CASES["gmpe_table"] = ('[GMPETable]\ngmpe_table = "table.hdf5"', ["PGA", "SA(0.1)", "SA(0.4)", "SA(2.0)"])


def write_table(path):
    """The synthetic table that gmm_peer_test.cpp makes by the same formulas."""
    mag, period = np.array([5.0, 6, 7, 8]), np.array([0.1, 1, 5])
    km = np.array([1.0, 10, 50, 100, 300])[:, None, None] * (1 + 0.1 * np.arange(4))
    p = period[None, :, None]
    with h5py.File(path, "w") as file:
        file["Mw"] = mag
        file["Distances"] = km
        file["Distances"].attrs["metric"] = "rrup"
        for group, of in (("IMLs", lambda t: np.exp(mag - 6) / (km + 10) * (1 + t)),
                          ("Total", lambda t: 0.5 + 0.05 * t + 0.02 * (mag - 5) + 0.0005 * km)):
            file[group + "/T"] = period
            file[group + "/SA"] = of(p)
            file[group + "/PGA"] = of(0.0)


def evaluate(text, imts, folder):
    """[4, M, N]; row by row for a table, which takes one magnitude a call."""
    model = valid.gsim(text, str(folder))
    n = len(INPUTS["mag"])
    ctx = np.rec.array(np.zeros(n, [(name, float) for name in INPUTS] + [("sids", int), ("rup_id", int)]))
    for name, values in INPUTS.items():
        ctx[name] = values
    result = []
    for rows in [slice(k, k + 1) for k in range(n)] if "GMPETable" in text else [slice(n)]:
        values = np.zeros((4, len(imts), len(ctx[rows])))
        model.compute(ctx[rows], [imt.from_string(i) for i in imts], *values)
        result.append(values)
    return np.concatenate(result, axis=2)


def main():
    folder = pathlib.Path(sys.argv[1])
    write_table(folder / "table.hdf5")
    for name, (text, imts) in CASES.items():
        result = evaluate(text, imts, folder)
        if name == "average_gmpe":
            result[2:] = 0  # one model has no parts, and the engine takes them for 0
        if "by_imt" in name:
            text += '\nrock_motion = "IMT"'
        (folder / f"{name}.toml").write_text(text + "\n")
        with open(folder / f"{name}.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(list(INPUTS) + [f"{i}:{part}" for i in imts for part in ("mean", "sigma", "tau", "phi")])
            for k in range(len(INPUTS["mag"])):
                writer.writerow([values[k] for values in INPUTS.values()] +
                                [f"{x:.9g}" for m in range(len(imts)) for x in result[:, m, k]])
    (folder / "table.hdf5").unlink()


main()
