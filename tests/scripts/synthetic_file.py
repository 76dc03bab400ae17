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


def pga(x, y, event):
    """The values written: they fall off with distance and grow with the event's number."""
    return (0.5 * np.exp(0.1 * event - 3 * np.hypot(x, y))).astype("f4")
