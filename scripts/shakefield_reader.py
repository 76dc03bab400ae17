# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Reads shakefield's HDF5 files with h5py and numpy. docs/file-format.md lists what is in them."""

import functools
import sys

import h5py
import numpy as np

UNITS = {"PGA": "g", "SA": "g", "AvgSA": "g", "PGV": "cm/s", "PGD": "cm", "IA": "m/s", "CAV": "g s",
         "RSD575": "s", "RSD595": "s", "MMI": "1"}
ZSTD_FILTER = 32015  # registered with The HDF Group; h5py has it from hdf5plugin only


def unit_of(imt):
    """Unit of the values of an intensity measure type: unit_of("SA(0.3)") is "g"."""
    return UNITS.get(imt.split("(")[0], "1")


def text_of(value):
    """A text of the file (fixed length: bytes) as str; anything else as it is."""
    return value.decode() if isinstance(value, bytes) else value


def position(names, name, what):
    """Where a name stands in a list."""
    if name not in names:
        raise KeyError(f"no {what} of '{name}' (the file has {', '.join(map(str, names))})")
    return names.index(name)


def return_period(poe, years):
    """Mean time in years between exceedances that a Poisson process with this probability in so many years has."""
    return -years / np.log1p(-poe)


def poe_text(poe, years):
    """"10 % in 50 years (return period 475 years)"."""
    return f"{100 * poe:.3g} % in {years:g} years (return period {return_period(poe, years):,.0f} years)"


def warn_if_incomplete(results):
    if not results.complete:
        print(f"warning: {results.file.filename} is not complete, the run that made it did not end", file=sys.stderr)


def require_filter(dataset):
    """Sees to it that a dataset packed by Zstandard can be read; raises OSError that says what to install."""
    filters = dataset.id.get_create_plist()
    if all(filters.get_filter(i)[0] != ZSTD_FILTER for i in range(filters.get_nfilters())):
        return
    try:
        import hdf5plugin  # noqa: F401, PLC0415 (registers the filter)
    except ImportError:
        pass
    if not h5py.h5z.filter_avail(ZSTD_FILTER):
        raise OSError(f"{dataset.name} of {dataset.file.filename} is packed by Zstandard (HDF5 filter {ZSTD_FILTER}, which h5py lacks), "
                      "install hdf5plugin (python3-hdf5plugin, or pip install hdf5plugin), or rewrite the file by "
                      "`shakefield export FILE hdf5 --plain`")


class Results:
    """A result file, open for reading. Tables are read when they are asked for, each once.

    with Results("out.h5") as results:
        rows = results.event_rows(12)              # structured: site, event, PGA, …
        values = results.event_field(12, "PGA")    # [N], nan where nothing is stored
        poes = results.curves("PGA")[7]            # mean hazard curve of site 7, at results.levels("PGA")
    """

    def __init__(self, path):
        self.file = h5py.File(path, "r")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.file.close()

    def dataset(self, path):
        """A dataset that can be read here."""
        if path not in self.file:
            raise KeyError(f"{self.file.filename} has no /{path}")
        dataset = self.file[path]
        require_filter(dataset)
        return dataset

    @functools.cached_property
    def sites(self):
        return self.dataset("sites")[:]

    @functools.cached_property
    def events(self):
        return self.dataset("events")[:]

    @functools.cached_property
    def ruptures(self):
        return self.dataset("ruptures")[:]

    @functools.cached_property
    def realizations(self):
        return self.dataset("realizations")[:]

    @functools.cached_property
    def table(self):
        """The rows of all fields, not read yet: table[start:stop] is structured (site, event, PGA, …). None without fields."""
        return self.dataset("gmf_data/table") if "gmf_data/table" in self.file else None

    @property
    def imts(self):
        """Intensity measure types of the fields."""
        names = self.table.dtype.names if self.table is not None else ()
        return [name for name in names if name not in ("site", "event")]

    def attribute(self, name, default=None):
        """An attribute of the file's root, text as str."""
        return text_of(self.file.attrs.get(name, default))

    @property
    def complete(self):
        return bool(self.attribute("complete", 0))

    def event_rows(self, event):
        """All rows of one event, sorted by site. Reads nothing else: the time grows with the event's rows, not with the file."""
        index = self.dataset("gmf_data/index")
        if not 0 <= event < len(index):
            raise IndexError(f"there is no event {event} (the file has {len(index)}, numbered from 0)")
        slice_ = index[event]
        return self.table[int(slice_["start"]):int(slice_["stop"])]

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
        """The table in consecutive blocks of about so many rows: whole chunks, each of which is unpacked once."""
        if self.table.chunks:
            rows = max(rows // self.table.chunks[0], 1) * self.table.chunks[0]
        for start in range(0, len(self.table), rows):
            yield self.table[start:start + rows]

    def median(self, imt):
        """exp(mean ln) of all fields that reach a site [N]; nan where none does.

        Values below the job's minimum_intensity are in no row; their sums stand in /gmf_data/dropped and count. With gmf_statistics
        no fields need be stored.
        """
        if "reduced/statistics" in self.file:
            count, mean, _ = self.ln_statistics(imt)
            with np.errstate(invalid="ignore"):
                return np.exp(np.sum(count * np.nan_to_num(mean), axis=1) / count.sum(axis=1))
        count = np.zeros(len(self.sites))
        sum_ln = np.zeros(len(self.sites))
        for block in self.blocks():
            count += np.bincount(block["site"], minlength=len(count))
            sum_ln += np.bincount(block["site"], weights=np.log(block[imt], dtype=float), minlength=len(count))
        if "gmf_data/dropped" in self.file:
            dropped = self.dataset("gmf_data/dropped")[:, :, self.imts.index(imt)]
            count += dropped["count"].sum(axis=1)
            sum_ln += dropped["sum_ln"].sum(axis=1)
        with np.errstate(invalid="ignore"):
            return np.exp(sum_ln / count)

    def _imt(self, imt):
        """Where a measure stands in the arrays of /reduced."""
        return position([text_of(name) for name in self.file.attrs["imts"]], imt, "values")

    def ln_statistics(self, imt):
        """(count [N, R], mean of ln [N, R], standard deviation of ln [N, R]) of all values, stored or not (gmf_statistics)."""
        group, m = "reduced/statistics/", self._imt(imt)
        return self.dataset(group + "count")[:], self.dataset(group + "mean_ln")[..., m], self.dataset(group + "sd_ln")[..., m]

    def maxima(self, imt):
        """(largest value [N, R], its event [N, R]) at each site in each realization; nan where no event reaches it (gmf_maxima)."""
        m = self._imt(imt)
        return self.dataset("reduced/maxima/value")[..., m], self.dataset("reduced/maxima/event")[..., m]

    def exceedances(self, imt):
        """(levels [L], events that reach them [N, R, L]) (gmf_exceedances)."""
        m = self._imt(imt)
        return self.dataset("reduced/exceedances/level")[m], self.dataset("reduced/exceedances/count")[:, :, m]

    def top_events(self, imt):
        """(events, their mean values over all sites), the strongest first (gmf_top_events)."""
        m = self._imt(imt)
        return self.dataset("reduced/top_events/event")[m], self.dataset("reduced/top_events/mean")[m]

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
        slice_ = self.dataset("rupture_geometry/index")[rupture]
        points = self.dataset("rupture_geometry/points")[int(slice_["start"]):int(slice_["stop"])]
        shape = (int(slice_["rows"]), int(slice_["cols"]))
        return points["lon"].reshape(shape), points["lat"].reshape(shape)

    def _axis(self, name):
        return self.dataset(f"hazard/axes/{name}")[:]

    @functools.cached_property
    def hazard_kinds(self):
        """What there are curves of: "mean", "quantile-0.5", "rlz-000" …"""
        return [text_of(name) for name in self._axis("kind")]

    @functools.cached_property
    def hazard_imts(self):
        """Intensity measure types of the curves."""
        return [text_of(name) for name in self._axis("imt")]

    @functools.cached_property
    def poes(self):
        """Probabilities in the investigation time for which there are maps and spectra [P]."""
        return self._axis("poe")

    @functools.cached_property
    def periods(self):
        """Periods of the spectra in s, 0 for PGA [S]."""
        return self._axis("period")

    def levels(self, imt):
        """Levels of the curves in the unit of the measure [L]."""
        return self._axis("level")[position(self.hazard_imts, imt, "curves")]

    def curves(self, imt, kind="mean"):
        """Probabilities of exceedance in the investigation time [N, L]. Reads nothing else."""
        return self.dataset("hazard/curves")[:, position(self.hazard_kinds, kind, "curves"), position(self.hazard_imts, imt, "curves")]

    def maps(self, imt, kind="mean"):
        """Levels that are exceeded with the probabilities `poes` [N, P]."""
        return self.dataset("hazard/maps")[:, position(self.hazard_kinds, kind, "maps"), position(self.hazard_imts, imt, "maps")]

    def spectra(self, kind="mean"):
        """Uniform hazard spectra in g for the probabilities `poes` at `periods` [N, P, S]."""
        return self.dataset("hazard/uhs")[:, position(self.hazard_kinds, kind, "spectra")]

    def _disagg_axis(self, name):
        return self.dataset(f"disagg/axes/{name}")

    @functools.cached_property
    def disagg_imts(self):
        """Intensity measure types that are disaggregated."""
        return [text_of(name) for name in self._disagg_axis("imt")[:]]

    def disagg_levels(self, imt):
        """Levels that are disaggregated in the unit of the measure, 0 where there is none [N, D]."""
        return self.dataset("disagg/levels")[:, position(self.disagg_imts, imt, "disaggregation")]

    def disagg_poes(self, imt):
        """Their probabilities in the investigation time [N, D]."""
        return self.dataset("disagg/poes")[:, position(self.disagg_imts, imt, "disaggregation")]

    def disagg_edges(self, axis, site=0):
        """Edges of the bins of "mag", "dist", "eps", or of "lon", "lat" about a site."""
        edges = self._disagg_axis(axis)
        return edges[site] if axis in ("lon", "lat") else edges[:]

    def disagg_rows(self, table, site, imt, level=0, realization=None):
        """Filled bins of a site: rows of "mag_dist_eps", "mag_lon_lat" or "source". Of a realization; else of the mean, or of the only one."""
        kinds = self.dataset(f"disagg/{table}_index")[site, position(self.disagg_imts, imt, "disaggregation"), level]
        numbers = [int(number) for number in kinds["realization"]]
        kind = kinds[0 if realization is None else position(numbers, realization, "disaggregation of realization")]
        return self.dataset(f"disagg/{table}")[int(kind["start"]):int(kind["stop"])]

    def disagg(self, site, imt, level=0, realization=None, axes=("mag", "dist", "eps")):
        """Rates of exceedance in the investigation time by the bins of some axes of one table, summed over the others."""
        rows = self.disagg_rows("mag_lon_lat" if {"lon", "lat"} & set(axes) else "mag_dist_eps", site, imt, level, realization)
        shape = [len(self._disagg_axis("trt")) if axis == "trt" else len(self.disagg_edges(axis, site)) - 1 for axis in axes]
        rates = np.zeros(shape)
        np.add.at(rates, tuple(rows[axis] for axis in axes), rows["rate"].astype(float))
        return rates
