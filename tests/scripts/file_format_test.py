# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""docs/file-format.md and the files of a scenario, of an event set, of hazard curves and of a disaggregation say the same, member by member, read with plain h5py."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
BINARY = pathlib.Path(os.environ.get("SHAKEFIELD_BINARY", ROOT / "build/release/bin/shakefield"))

try:
    import h5py
    import numpy as np
except ImportError as error:
    print(f"skipped: {error} (install python3-h5py)")
    sys.exit(77)
if not BINARY.is_file():
    print(f"skipped: {BINARY} is not built")
    sys.exit(77)

TYPES = {"u8": "u1", "u16": "u2", "u32": "u4", "u64": "u8", "i64": "i8", "f32": "f4", "f64": "f8"}


# Name of each axis as it stands in the attribute "axes", and where its length comes from (None: only there).
AXES = {"N": ("site", "/sites"), "U": ("rupture", "/ruptures"), "E": ("event", "/events"), "R": ("realization", "/realizations"),
        "M": ("imt", None), "P": ("rank", None), "sources": ("source", "/sources"), "rows": ("row", "/gmf_data/table"),
        "points": ("point", "/rupture_geometry/points"), "parts": ("part", "/rupture_geometry/parts"), "models": ("model", "/performance/outside_ranges"),
        "K": ("kind", "/hazard/axes/kind"), "L": ("level", None), "poes": ("poe", "/hazard/axes/poe"),
        "periods": ("period", "/hazard/axes/period"),
        "T": ("event", None), "D": ("poe", None), "Z": ("kind", None), "filled": ("row", None),
        **{f"{axis}_edges": (f"{axis}_edge", f"/disagg/axes/{axis}") for axis in ("mag", "dist", "eps", "lon", "lat")},
        "regions": ("trt", "/disagg/axes/trt"), "outputs": ("output", "/disagg/axes/output"),
        "base_sources": ("source", "/disagg/axes/source")}
# Axes whose length is not the first one of a dataset: dataset, number of its axis.
OTHER_LENGTHS = {"D": ("/disagg/levels", 2), "Z": ("/disagg/mag_dist_eps_index", 3),
                 "lon_edges": ("/disagg/axes/lon", 1), "lat_edges": ("/disagg/axes/lat", 1)}
GENERAL_ATTRIBUTES = {"units", "axes"}
JOBS = {
    "scenario": ["hayward/job.ini", "number_of_ground_motion_fields=3", 'minimum_intensity={"default": 0.05}'],
    "reduced": ["hayward/job.ini", "number_of_ground_motion_fields=3", "ground_motion_fields=false", "gmf_statistics=true", "gmf_maxima=true",
                "gmf_exceedances=true", "gmf_top_events=2", 'intensity_measure_types_and_levels={"PGA": [0.1], "SA(0.3)": [0.2], "SA(1.0)": [0.1]}'],
    "event_based": ["california/job_event_based.ini", "investigation_time=20", "ses_per_logic_tree_path=1", "region_grid_spacing=100",
                    "hazard_curves_from_gmfs=true", 'intensity_measure_types_and_levels={"PGA": [0.01, 0.1], "SA(0.2)": [0.01, 0.1], "SA(1.0)": [0.01, 0.1]}'],
    "classical": ["california/job_classical.ini", "region_grid_spacing=150"],
    "disaggregation": ["california/job_classical.ini", "calculation_mode=disaggregation", "region_grid_spacing=400", "poes_disagg=0.1 0.02",
                       "distance_bin_width=20", "coordinate_bin_width=0.5", "num_epsilon_bins=4", "disagg_by_src=true"],
}


class Section:
    """What the page says of one dataset."""

    def __init__(self):
        self.text = ""
        self.members = []  # (pattern of the name, type, unit, optional)

    def axes(self):
        return re.match(r"\s*(?:Structured|Array) \[([^]]*)\]", self.text)[1].split(", ")

    def plain(self):
        """Type and unit of an array of plain values."""
        return re.match(r"\s*Array \[[^]]*\] of (\w+), (?:unit )?(the IMT's|\S+?)(?: unit)?:", self.text).groups()


def documented():
    """Path -> Section; name of each attribute of the root -> (type, shape, always there)."""
    paths, attributes, section = {}, {}, None
    for line in (ROOT / "docs/file-format.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = re.match(r"## `(/.*)`", line)
            section = paths.setdefault(heading[1], Section()) if heading else None
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("| `") else None
        if section and cells:
            pattern = re.escape(cells[0].strip("`")).replace(re.escape("<IMT>"), r"([A-Z]\w*(\([\d.]+\))?)")
            section.members.append((pattern, cells[1], cells[2], "(optional)" in cells[3]))
        elif section:
            section.text += line + "\n"
        elif cells:
            kind, _, shape = cells[1].partition(" ")
            attributes.update({name: (kind, shape, "only if" not in cells[2]) for name in re.findall(r"`(\w+)`", cells[0])})
    return paths, attributes


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def kind_of(dtype):
    """As the page writes it."""
    return "S" if dtype.kind in "SO" else {value: key for key, value in TYPES.items()}[dtype.str.lstrip("<|")]


class FileFormatTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.files, cls.found = {}, {}
        for name, (job, *parameters) in JOBS.items():
            path = pathlib.Path(cls.folder.name) / f"{name}.h5"
            options = [word for parameter in parameters for word in ("-p", parameter)]
            subprocess.run([BINARY, "run", ROOT / "examples" / job, "-o", path, "--quiet", *options], check=True)
            cls.files[name] = h5py.File(path, "r")
            found = cls.found[name] = {}
            cls.files[name].visititems(
                lambda path, node, found=found: found.update({"/" + path: node}) if isinstance(node, h5py.Dataset) else None)
        cls.file = cls.files["scenario"]
        cls.paths, cls.attributes = documented()

    @classmethod
    def tearDownClass(cls):
        for file in cls.files.values():
            file.close()
        cls.folder.cleanup()

    def datasets(self):
        """(file, path, dataset) of every documented dataset of every file."""
        return [(name, path, dataset) for name, found in self.found.items() for path, dataset in found.items() if path in self.paths]

    def structured(self):
        return [row for row in self.datasets() if row[2].dtype.names]

    def test_lists_every_path_and_no_other(self):
        self.assertEqual({path for found in self.found.values() for path in found}, set(self.paths))

    def test_lists_every_attribute_of_the_root_with_its_type(self):
        for name, file in self.files.items():
            with self.subTest(file=name):
                always = {attribute for attribute, row in self.attributes.items() if row[2]}
                self.assertLessEqual(always, set(file.attrs))
                self.assertLessEqual(set(file.attrs), set(self.attributes))
            for attribute, value in file.attrs.items():
                with self.subTest(file=name, attribute=attribute):
                    kind, shape, _ = self.attributes[attribute]
                    self.assertEqual("S" if isinstance(value, (str, bytes)) else kind_of(np.asarray(value).dtype), kind)
                    self.assertEqual(np.ndim(value), 1 if shape else 0)
                    lengths = {"[2]": 2, "[M]": len(file.attrs["imts"])}
                    if shape in lengths:
                        self.assertEqual(len(value), lengths[shape])

    def test_gives_plain_arrays_their_type_and_unit(self):
        for file, path, dataset in self.datasets():
            if dataset.dtype.names:
                continue
            with self.subTest(file=file, path=path):
                kind, unit = self.paths[path].plain()
                self.assertEqual(kind_of(dataset.dtype), kind)
                units = {text(value) for value in np.atleast_1d(dataset.attrs["units"])}
                self.assertEqual(units, {"g" if unit == "the IMT's" else unit})

    def test_lists_every_member_with_its_type_and_unit(self):
        for file, path, dataset in self.structured():
            units = [text(unit) for unit in dataset.attrs["units"]]
            for name, unit in zip(dataset.dtype.names, units, strict=True):
                with self.subTest(file=file, path=path, member=name):
                    rows = [row for row in self.paths[path].members if re.fullmatch(row[0], name)]
                    self.assertGreaterEqual(len(rows), 1, "not documented")
                    kind, documented_unit = rows[0][1:3]
                    self.assertEqual(kind_of(dataset.dtype[name]), kind)
                    self.assertEqual(unit, "g" if documented_unit == "the IMT's" else documented_unit)

    def test_lists_no_member_that_is_not_there(self):
        for file, path, dataset in self.structured():
            for pattern, _, _, optional in self.paths[path].members:
                with self.subTest(file=file, path=path, member=pattern):
                    self.assertTrue(optional or any(re.fullmatch(pattern, name) for name in dataset.dtype.names))

    def test_gives_every_dataset_its_shape_and_names_its_axes(self):
        for file, path, dataset in self.datasets():
            with self.subTest(file=file, path=path):
                axes = self.paths[path].axes()
                self.assertIsInstance(dataset.attrs["axes"], np.ndarray)
                self.assertEqual([text(axis) for axis in dataset.attrs["axes"]], [AXES[axis][0] for axis in axes])
                lengths = {"M": len(self.files[file].attrs["imts"]), "P": self.files[file].attrs["ranks"], "T": 2}
                if "L" in axes:
                    levels = "/reduced/exceedances/level" if path.startswith("/reduced") else "/hazard/axes/level"
                    lengths["L"] = self.found[file][levels].shape[1]
                lengths |= {axis: self.found[file][other].shape[i] for axis, (other, i) in OTHER_LENGTHS.items() if axis in axes}
                if "filled" in axes:
                    lengths["filled"] = self.found[file][path + "_index"]["stop"].max()
                for axis in set(axes) - set(lengths):
                    lengths[axis] = len(self.found[file][AXES[axis][1]])
                self.assertEqual(dataset.shape, tuple(lengths[axis] for axis in axes))

    def test_names_every_attribute_of_a_dataset(self):
        for file, path, dataset in self.datasets():
            for attribute in set(dataset.attrs) - GENERAL_ATTRIBUTES:
                with self.subTest(file=file, path=path, attribute=attribute):
                    self.assertIn(f"`{attribute}`", self.paths[path].text)

    def test_uses_no_type_of_variable_length(self):
        for _, _, dataset in self.structured():
            for name in dataset.dtype.names:
                self.assertIsNone(h5py.check_dtype(vlen=dataset.dtype[name]), name)

    def test_orders_rows_by_event_and_site_and_indexes_them(self):
        table, index = self.file["gmf_data/table"][:], self.file["gmf_data/index"][:]
        order = np.lexsort((table["site"], table["event"]))
        np.testing.assert_array_equal(order, np.arange(len(table)))
        self.assertEqual(len(index), len(self.file["events"]))
        for event, (start, stop) in enumerate(index):
            self.assertEqual(set(table["event"][int(start):int(stop)]) - {event}, set())
        self.assertEqual((int(index["start"][0]), int(index["stop"][-1])), (0, len(table)))

    def test_counts_dropped_values(self):
        stored = np.bincount(self.file["gmf_data/table"]["site"], minlength=len(self.file["sites"]))
        dropped = self.file["gmf_data/dropped"]["count"][:, 0, 0]
        np.testing.assert_array_equal(stored + dropped, np.full(len(stored), 3))


if __name__ == "__main__":
    unittest.main()
