# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Writes a small file in the layout of docs/file-format.md, for tests of the scripts that read such files."""

import h5py
import numpy as np


def write(path, lon0=-122.0, lat0=37.5, side=14, events=6, ruptures=2, mode="scenario", complete=1, cut=0.0):
    """A side x side grid of sites about (lon0, lat0). PGA of event e at site n is known: see pga()."""
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, side), np.linspace(-0.4, 0.4, side))
    sites = np.zeros(side * side, [("lon", "f8"), ("lat", "f8"), ("depth", "f8"), ("vs30", "f8"), ("key", "u8"),
                                   ("custom_site_id", "S8")])
    sites["lon"] = (lon0 + x.ravel() + 180) % 360 - 180
    sites["lat"] = lat0 + y.ravel()
    sites["vs30"] = 400

    event_table = np.zeros(events, [("id", "u8"), ("rupture", "u8"), ("realization", "u4"), ("year", "u4"), ("ses", "u4")])
    event_table["id"] = np.arange(events)
    event_table["rupture"] = np.arange(events) * ruptures // events
    rupture_table = np.zeros(ruptures, [("id", "u8"), ("mag", "f8"), ("rake", "f8"), ("hypo_lon", "f8"), ("hypo_lat", "f8"),
                                        ("hypo_depth", "f8")])
    rupture_table["mag"], rupture_table["hypo_lon"], rupture_table["hypo_lat"] = 7, lon0, lat0

    points, index = [], np.zeros(ruptures, [("start", "u8"), ("stop", "u8"), ("rows", "u4"), ("cols", "u4"), ("kind", "u1")])
    for r in range(ruptures):
        index[r] = (6 * r, 6 * r + 6, 2, 3, 1)
        points += [(lon0 + dx, lat0 - dx + row * 0.05, 10.0 * row) for row in (0, 1) for dx in (-0.2, 0, 0.2)]

    rows, slices = [], []
    dropped = np.zeros((len(sites), 1, 1), [("count", "i8"), ("sum_ln", "f8"), ("sum_ln2", "f8")])
    for event in range(events):
        start = len(rows)
        for site, value in enumerate(pga(x.ravel(), y.ravel(), event)):
            if value >= cut:
                rows.append((site, event, value))
            else:
                dropped[site, 0, 0]["count"] += 1
                dropped[site, 0, 0]["sum_ln"] += np.log(value)
        slices.append((start, len(rows)))

    with h5py.File(path, "w") as file:
        file.attrs["complete"] = complete
        file.attrs["calculation_mode"] = np.bytes_(mode)
        file.attrs["description"] = np.bytes_("synthetic")
        file["sites"], file["events"], file["ruptures"] = sites, event_table, rupture_table
        file["realizations"] = np.zeros(1, [("id", "u4"), ("weight", "f8")])
        file["rupture_geometry/points"] = np.array(points, [("lon", "f8"), ("lat", "f8"), ("depth", "f8")])
        file["rupture_geometry/index"] = index
        file["gmf_data/table"] = np.array(rows, [("site", "u4"), ("event", "u4"), ("PGA", "f4")])
        file["gmf_data/index"] = np.array(slices, [("start", "u8"), ("stop", "u8")])
        file["gmf_data/dropped"] = dropped


def write_hazard(path, sites=5):
    """Adds curves, maps and spectra whose values tell their places: see hazard_value()."""
    sizes = {"site": sites, "kind": 3, "imt": 2, "level": 4, "poe": 2, "period": 2}
    with h5py.File(path, "a") as file:
        file.attrs["investigation_time"] = 50.0
        group = file.create_group("hazard/axes")
        group["kind"] = np.array(["mean", "quantile-0.5", "rlz-000"], "S")
        group["imt"] = np.array(["PGA", "SA(1.0)"], "S")
        group["level"] = np.array([[0.01, 0.1, 0.5, 1], [0.02, 0.2, 1, 2]])
        group["poe"] = np.array([0.1, 0.02])
        group["period"] = np.array([0.0, 1.0])
        for name, axes in (("curves", ("site", "kind", "imt", "level")), ("maps", ("site", "kind", "imt", "poe")),
                           ("uhs", ("site", "kind", "poe", "period"))):
            file[f"hazard/{name}"] = hazard_value(*np.indices([sizes[axis] for axis in axes])).astype("f4")


def write_disagg(path, sites=5, epsilons=3):
    """Adds a disaggregation of two measures at two levels, of the mean and realization 1: see disagg_rate()."""
    edges = {"mag": np.array([5.0, 6, 7, 8]), "dist": np.arange(0, 50.0, 10), "eps": np.linspace(-3, 3, epsilons + 1)}
    with h5py.File(path, "a") as file:
        file.attrs["investigation_time"] = 50.0
        group = file.create_group("disagg/axes")
        for name, values in edges.items():
            group[name] = values
        for name in ("lon", "lat"):
            group[name] = file["sites"][name][:sites, None] + np.linspace(-0.6, 0.6, 7)
        group["trt"], group["imt"] = np.array(["Active", "Stable"], "S"), np.array(["PGA", "SA(1.0)"], "S")
        levels = np.full((sites, 2, 2), 0.25)
        levels[-1] = 0
        file["disagg/levels"], file["disagg/poes"] = levels, np.broadcast_to([0.1, 0.02], levels.shape)
        for table, axes in (("mag_dist_eps", ("mag", "dist", "eps")), ("mag_lon_lat", ("mag", "lon", "lat"))):
            bins = [2, *(group[axis].shape[-1] - 1 for axis in axes)]
            rows = np.zeros(np.prod(bins) // 2, [("trt", "u2"), *((axis, "u2") for axis in axes), ("rate", "f4")])
            filled = np.indices(bins).reshape(4, -1).T[::2]  # every other bin
            for i, name in enumerate(rows.dtype.names[:-1]):
                rows[name] = filled[:, i]
            index = np.zeros((sites, 2, 2, 2), [("realization", "i8"), ("start", "u8"), ("stop", "u8")])
            table_rows = []
            for place in np.ndindex(*index.shape):
                rows["rate"] = disagg_rate(filled, place)
                start = len(table_rows) * len(rows)
                empty = levels[place[:3]] == 0
                index[place] = (place[3] * 2 - 1, start, start + (0 if empty else len(rows)))
                table_rows.append(rows.copy())
            file[f"disagg/{table}"], file[f"disagg/{table}_index"] = np.concatenate(table_rows), index


def disagg_rate(bins, place):
    """Rates of bins [..., 4] at (site, measure, level, kind): they fall off with every axis."""
    return (0.01 * (1 + sum(place)) * np.exp(-0.5 * np.sum(bins, axis=-1))).astype("f4")


def hazard_value(*place):
    """One decimal digit for each index."""
    return sum(index * 10**i for i, index in enumerate(reversed(place)))


def pga(x, y, event):
    """The values written: they fall off with distance and grow with the event's number."""
    return (0.5 * np.exp(0.1 * event - 3 * np.hypot(x, y))).astype("f4")
