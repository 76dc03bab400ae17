#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Writes values of models by the OpenQuake engine: data/arguments (what arguments of models change), data/periods (SA between the
periods of the models' tables) and data/gsim (tables of models that the reference set lacks).

Run by a python that has the engine: python peer_models.py tests/verification/data
"""

import csv
import pathlib
import sys
import warnings

import numpy as np
from openquake.hazardlib import imt, valid

warnings.simplefilter("ignore")

SA = ["PGA", "SA(0.2)", "SA(0.6)", "SA(0.75)", "SA(1.0)", "SA(3.0)"]
# Name of the case, model, arguments.
ARGUMENTS = [
    ("ask14_epistemic", "AbrahamsonEtAl2014", "sigma_mu_epsilon = 1.5"),
    ("ask14_usgs_basin", "AbrahamsonEtAl2014", "usgs_basin_scaling = true"),
    ("ask14_china", "AbrahamsonEtAl2014", 'region = "CHN"'),
    ("bssa14_epistemic", "BooreEtAl2014", "sigma_mu_epsilon = -1.0"),
    ("bssa14_basin_no_style", "BooreEtAl2014", 'region = "CAL"\nsof = false'),
    ("bssa14_usgs_basin", "BooreEtAl2014", 'region = "JPN"\nusgs_basin_scaling = true'),
    ("cb14_epistemic", "CampbellBozorgnia2014", "sigma_mu_epsilon = 1.0"),
    ("cy14_epistemic", "ChiouYoungs2014", "sigma_mu_epsilon = 1.0"),
    ("cy14_no_hanging_wall", "ChiouYoungs2014", "use_hw = false"),
    ("cy14_normal", "ChiouYoungs2014", 'alpha_nm = 0.5\nregion = "WEN"'),
    ("cy14_usgs_basin", "ChiouYoungs2014", "usgs_basin_scaling = true"),
    ("bradley_epistemic", "Bradley2013", "sigma_mu_epsilon = 1.0"),
    ("kotha_epistemic", "KothaEtAl2020", "sigma_mu_epsilon = 1.0\nc3_epsilon = -1.0"),
    ("kotha_source_region", "KothaEtAl2020", 'dl2l = {"PGA" = 0.1, "SA(0.2)" = 0.05, "SA(1.0)" = 0.2, "SA(3.0)" = -0.1}'),
    ("kotha_not_ergodic", "KothaEtAl2020", "ergodic = false"),
    ("kotha_site", "KothaEtAl2020Site", ""),
    ("kotha_site_not_ergodic", "KothaEtAl2020Site", "ergodic = false\nc3_epsilon = 1.0"),
    ("eshm20", "KothaEtAl2020ESHM20", ""),
    ("eshm20_branches", "KothaEtAl2020ESHM20", "sigma_mu_epsilon = -1.732\nc3_epsilon = 1.732"),
    ("eshm20_not_ergodic", "KothaEtAl2020ESHM20", "ergodic = false"),
    ("stafford_upper_sigma", "Stafford2022", 'sigma_branch = "Upper"'),
    ("stafford_lower_sigma", "Stafford2022", 'sigma_branch = "Lower"\nadjust_c7 = false\nadjust_cg1 = false'),
    ("atkinson_upper", "Atkinson2022Crust", 'epistemic = "Upper"'),
    ("atkinson_lower", "Atkinson2022SInter", 'epistemic = "Lower"\nmodified_sigma = true'),
    ("atkinson_crust_modified_sigma", "Atkinson2022Crust", "modified_sigma = true"),
    ("kuehn_nz_modified_sigma", "NZNSHM2022_KuehnEtAl2020SInter", 'region = "NZL"\nmodified_sigma = true'),
    ("kuehn_nz_slab_modified_sigma", "NZNSHM2022_KuehnEtAl2020SSlab", "modified_sigma = true"),
    ("ab06_mblg_1987", "AtkinsonBoore2006", 'mag_eq = "Mblg87"'),
    ("ab06_mblg_1996_stress", "AtkinsonBoore2006", 'mag_eq = "Mblg96"\nscale_fac = 0.5146'),
    ("craton_site_epsilon", "ESHM20Craton", "site_epsilon = 1.732"),
    ("craton_epsilon", "ESHM20Craton", "epsilon = 1.5\nergodic = false"),
    ("bchydro_eshm20_taper", "BCHydroESHM20SInter", 'faba_taper_model = "SFunc"\na = -100.0\nb = 100.0\nsigma_mu_epsilon = 1.0'),
    ("bchydro_eshm20_theta6", "BCHydroESHM20SSlab", "theta6_adjustment = 0.0015\nergodic = false"),
    ("ag20_region", "AbrahamsonGulerce2020SInter", 'region = "CAS"\nsigma_mu_epsilon = 1.0\napply_usa_adjustment = true'),
    ("kuehn_region", "KuehnEtAl2020SSlab", 'region = "JPN"\nm_b = 7.4'),
    ("parker_nz_modified_sigma", "NZNSHM2022_ParkerEtAl2020SInter", "modified_sigma = true"),
    ("parker_nz_slab_modified_sigma", "NZNSHM2022_ParkerEtAl2020SSlab", "modified_sigma = true\nsigma_mu_epsilon = 1.0"),
    ("parker_region", "ParkerEtAl2020SInter", 'region = "SA"\nsaturation_region = "SA_N"\nsigma_mu_epsilon = -1.0'),
    ("zhao_m9_basin", "ZhaoEtAl2006SInter", "m9_basin_term = true"),
    ("atkinson_macias_m9_basin", "AtkinsonMacias2009", "m9_basin_term = true"),
    ("akkar_adjusted", "AkkarEtAlRjb2014", "adjustment_factor = 1.3"),
]
# Periods between those of the tables.
PERIODS = ["SA(0.034)", "SA(0.066)", "SA(0.13)", "SA(0.37)", "SA(0.62)", "SA(0.84)", "SA(1.3)", "SA(1.7)"]
PERIOD_MODELS = """AbrahamsonEtAl2014 AbrahamsonSilva2008 AkkarBommer2010 AkkarEtAlRjb2014 AmeriEtAl2017Rjb BindiEtAl2011 BindiEtAl2014Rjb
    BooreAtkinson2008 BooreEtAl2014 Bradley2013 CampbellBozorgnia2014 CauzziEtAl2014 ChiouYoungs2008 ChiouYoungs2014 FaccioliEtAl2010
    Idriss2014 KaleEtAl2015Turkey KothaEtAl2020 LanzanoEtAl2019_RJB_OMO McVerry2006Asc SadighEtAl1997 Stafford2022 ZhaoEtAl2006Asc
    AbrahamsonEtAl2015SInter AbrahamsonGulerce2020SInter AtkinsonBoore2003SInter AtkinsonMacias2009 GhofraniAtkinson2014 KuehnEtAl2020SInter
    LinLee2008SInter ParkerEtAl2020SSlab YoungsEtAl1997SInter GarciaEtAl2005SSlab AtkinsonBoore2006 Campbell2003 ESHM20Craton
    PezeshkEtAl2011NEHRPBC RietbrockEtAl2013SelfSimilar SomervilleEtAl2001NSHMP2008 TavakoliPezeshk2005 ToroEtAl2002""".split()


# Models of which the reference set has no table.
TABLES = ["KothaEtAl2020Site", "KothaEtAl2020ESHM20"]


def inputs():
    """Columns of twelve ruptures with one site each."""
    random = np.random.default_rng(5)
    n = 12
    mag = np.array([4.9, 5.6, 6.2, 6.8, 7.2, 7.6, 8.1, 6.0, 6.5, 7.0, 5.2, 7.9])
    dip = np.array([90, 45, 60, 30, 75, 20, 15, 55, 40, 90, 70, 50.0])
    rake = np.array([0, 90, -90, 120, 10, 90, 90, -60, -100, 180, 45, -110.0])
    ztor = np.array([0, 2, 5, 12, 1, 8, 15, 22, 0, 0, 9, 3.0])
    rjb = np.array([5, 12, 40, 80, 150, 0.5, 25, 60, 9, 200, 30, 110.0])
    rx = np.where(np.arange(n) % 3 == 0, -rjb, 0.7 * rjb + 1)
    rrup = np.hypot(rjb, ztor + 1)
    width = np.array([4, 8, 12, 20, 25, 60, 90, 10, 15, 20, 5, 50.0])
    hypo_depth = np.round(ztor + 0.4 * width * np.sin(np.radians(dip)), 3)
    table = dict(mag=mag, rake=rake, dip=dip, ztor=ztor, width=width, hypo_depth=hypo_depth,
                 vs30=np.array([300, 760, 1500, 500, 180, 250, 400, 900, 620, 1100, 350, 210.0]), vs30measured=np.arange(n) % 2,
                 z1pt0=np.array([400, -999, 20, 150, 800, 600, 320, 40, 450, 10, 100, 700.0]),
                 z2pt5=np.array([1.5, -999, 0.4, 0.9, 7, 3, 2, 0.5, 1, 0.3, 0.7, 5]), backarc=np.arange(n) % 3 == 1,
                 xvf=np.round(random.uniform(-150, 150, n), 1), region=np.arange(n) % 6, rrup=np.round(rrup, 4), rjb=rjb,
                 rx=np.round(rx, 3), ry0=np.round(0.3 * rjb, 3), rhypo=np.round(np.hypot(rjb + 3, hypo_depth), 4), repi=rjb + 3)
    return {name: np.asarray(values, float) for name, values in table.items()}


KINDS = dict(vs30measured=bool, backarc=bool, region=np.uint32)


def evaluate(text, measures, table):
    """[4, M, N]; row by row, as some models take one magnitude a call."""
    model = valid.gsim(text)
    parts = []
    for k in range(len(table["mag"])):
        ctx = np.rec.array(np.zeros(1, [(name, KINDS.get(name, float)) for name in table] + [("sids", int), ("rup_id", int)]))
        for name, values in table.items():
            ctx[name] = values[k]
        values = np.zeros((4, len(measures), 1))
        model.compute(ctx, [imt.from_string(one) for one in measures], *values)
        parts.append(values)
    result = np.concatenate(parts, axis=2)
    if not result[2:].any():
        result[2:] = 0
    return result


def has(model, measure, table):
    """Whether the period lies inside the model's table."""
    try:
        evaluate(f"[{model}]", [measure], {name: values[:1] for name, values in table.items()})
        return True
    except KeyError:
        return False


def write(path, text, measures, table, result):
    path.parent.mkdir(exist_ok=True)
    if text:
        path.with_suffix(".toml").write_text(text + "\n")
    with open(path.with_suffix(".csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(list(table) + [f"{i}:{part}" for i in measures for part in ("mean", "sigma", "tau", "phi")])
        for k in range(len(table["mag"])):
            writer.writerow([f"{values[k]:g}" if values[k] == float(f"{values[k]:g}") else repr(float(values[k])) for values in table.values()] +
                            [f"{x:.8g}" for m in range(len(measures)) for x in result[:, m, k]])


def main():
    folder = pathlib.Path(sys.argv[1])
    table = inputs()
    for name, model, arguments in ARGUMENTS:
        text = f"[{model}]\n{arguments}".strip()
        # The engine shifts accelerations of short periods of this model twice.
        measures = [one for one in SA if one != "SA(0.2)"] if name == "cb14_epistemic" else SA
        write(folder / "arguments" / name, text, measures, table, evaluate(text, measures, table))
    for model in TABLES:
        write(folder / "gsim" / model, None, ["PGV", *SA], table, evaluate(f"[{model}]", ["PGV", *SA], table))
    for model in PERIOD_MODELS:
        measures = [one for one in PERIODS if has(model, one, table)]
        write(folder / "periods" / model, model, measures, table, evaluate(f"[{model}]", measures, table))


main()
