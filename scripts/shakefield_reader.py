# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Reads shakefield's HDF5 files with h5py and numpy. docs/file-format.md lists what is in them."""

import h5py
import numpy as np

UNITS = {"PGA": "g", "SA": "g", "AvgSA": "g", "PGV": "cm/s", "PGD": "cm", "IA": "m/s", "CAV": "g s",
         "RSD575": "s", "RSD595": "s", "MMI": "1"}


def unit_of(imt):
    """Unit of the values of an intensity measure type: unit_of("SA(0.3)") is "g"."""
    return UNITS.get(imt.split("(")[0], "1")


class Results:
    """A file of fields, open for reading.

    with Results("out.h5") as results:
        rows = results.event_rows(12)              # structured: site, event, PGA, …
        values = results.event_field(12, "PGA")    # [N], nan where nothing is stored
    """

    def __init__(self, path):
        self.file = h5py.File(path, "r")
        self.sites = self.file["sites"][:]
        self.events = self.file["events"][:]
        self.ruptures = self.file["ruptures"][:]
        self.realizations = self.file["realizations"][:]
        self.table = self.file["gmf_data/table"] if "gmf_data/table" in self.file else None
        names = self.table.dtype.names if self.table is not None else ()
        self.imts = [name for name in names if name not in ("site", "event")]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def attribute(self, name, default=None):
        """An attribute of the file's root, text as str."""
        value = self.file.attrs.get(name, default)
        return value.decode() if isinstance(value, bytes) else value

    @property
    def complete(self):
        return bool(self.attribute("complete", 0))

    def _slices(self, first, last):
        """Rows of the events [first, last) in the table: arrays start, stop."""
        index = self.file["gmf_data/index"][first:last]
        return (index["start"], index["stop"]) if index.dtype.names else (index[:, 0], index[:, 1])

    def event_rows(self, event):
        """All rows of one event, sorted by site. Reads nothing else."""
        if not 0 <= event < len(self.events):
            raise IndexError(f"there is no event {event} (the file has {len(self.events)}, numbered from 0)")
        start, stop = self._slices(event, event + 1)
        return self.table[int(start[0]):int(stop[0])]

    def event_field(self, event, imt):
        """Values of one event at all sites [N]; nan where no row is stored."""
        rows = self.event_rows(event)
        field = np.full(len(self.sites), np.nan)
        field[rows["site"]] = rows[imt]
        return field

    def site_rows(self, site):
        """All rows of one site, in the order of the events. Reads the table in blocks."""
        return np.concatenate([block[block["site"] == site] for block in self.blocks()])

    def blocks(self, rows=1 << 20):
        """The table in consecutive blocks of rows."""
        for start in range(0, len(self.table), rows):
            yield self.table[start:start + rows]

    def median(self, imt):
        """exp(mean ln) of all fields that reach a site [N]; nan where none does.

        Values below the job's minimum_intensity are in no row; their sums stand in /gmf_data/dropped and count.
        """
        count = np.zeros(len(self.sites))
        sum_ln = np.zeros(len(self.sites))
        for block in self.blocks():
            count += np.bincount(block["site"], minlength=len(count))
            sum_ln += np.bincount(block["site"], weights=np.log(block[imt], dtype=float), minlength=len(count))
        if "gmf_data/dropped" in self.file:
            dropped = self.file["gmf_data/dropped"][:, :, self.imts.index(imt)]
            count += dropped["count"].sum(axis=1)
            sum_ln += dropped["sum_ln"].sum(axis=1)
        with np.errstate(invalid="ignore"):
            return np.exp(sum_ln / count)

    def strongest_event(self, imt):
        """Id of the event with the largest value."""
        best, event = -np.inf, 0
        for block in self.blocks():
            if len(block) and block[imt].max() > best:
                row = block[np.argmax(block[imt])]
                best, event = row[imt], int(row["event"])
        return event

    def outline(self, rupture):
        """Nodes of a rupture's surface as (lon, lat) arrays [rows, cols]; the first row is the upper edge."""
        slice_ = self.file["rupture_geometry/index"][rupture]
        points = self.file["rupture_geometry/points"][int(slice_["start"]):int(slice_["stop"])]
        shape = (int(slice_["rows"]), int(slice_["cols"]))
        return points["lon"].reshape(shape), points["lat"].reshape(shape)
