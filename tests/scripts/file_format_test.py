# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""docs/file-format.md and the files that the program writes say the same, member by member, read with plain h5py."""

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


def documented():
    """Path -> [(member pattern, type, unit, optional)] and the names of the root's attributes."""
    paths, attributes, members = {}, set(), None
    for line in (ROOT / "docs/file-format.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = re.match(r"## `(/.*)`", line)
            members = paths.setdefault(heading[1], []) if heading else None
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("| `") else None
        if cells and members is not None:
            pattern = re.escape(cells[0].strip("`")).replace(re.escape("<IMT>"), r"([A-Z]\w*(\([\d.]+\))?)")
            members.append((pattern, cells[1], cells[2], "(optional)" in cells[3]))
        elif cells:
            attributes |= set(re.findall(r"`(\w+)`", cells[0]))
    return paths, attributes


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


class FileFormatTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        path = pathlib.Path(cls.folder.name) / "out.h5"
        subprocess.run([BINARY, "run", ROOT / "examples/hayward/job.ini", "-o", path, "-p", "number_of_ground_motion_fields=3",
                        "-p", 'minimum_intensity={"default": 0.05}', "--quiet"], check=True)
        cls.file = h5py.File(path, "r")
        cls.paths, cls.attributes = documented()
        cls.found = {}
        cls.file.visititems(lambda name, node: cls.found.update({"/" + name: node}) if isinstance(node, h5py.Dataset) else None)

    @classmethod
    def tearDownClass(cls):
        cls.file.close()
        cls.folder.cleanup()

    def test_lists_every_path_and_no_other(self):
        self.assertEqual(set(self.found), set(self.paths))

    def test_lists_every_attribute_of_the_root_and_no_other(self):
        self.assertEqual(set(self.file.attrs), self.attributes)

    def test_lists_every_member_with_its_type_and_unit(self):
        for path, dataset in self.found.items():
            units = [text(unit) for unit in dataset.attrs["units"]]
            for name, unit in zip(dataset.dtype.names, units):
                with self.subTest(path=path, member=name):
                    rows = [row for row in self.paths[path] if re.fullmatch(row[0], name)]
                    self.assertGreaterEqual(len(rows), 1, "not documented")
                    kind, documented_unit = rows[0][1:3]
                    dtype = dataset.dtype[name]
                    self.assertEqual(dtype.kind if kind == "S" else dtype.str.lstrip("<|"), TYPES.get(kind, kind))
                    self.assertEqual(unit, "g" if documented_unit == "the IMT's" else documented_unit)

    def test_lists_no_member_that_is_not_there(self):
        for path, rows in self.paths.items():
            for pattern, _, _, optional in rows:
                names = self.found[path].dtype.names
                self.assertTrue(optional or any(re.fullmatch(pattern, name) for name in names), f"{path}: {pattern}")

    def test_gives_every_dataset_its_axes(self):
        for path, dataset in self.found.items():
            axes = np.atleast_1d(dataset.attrs["axes"])
            self.assertEqual(len(axes), dataset.ndim, path)

    def test_uses_no_type_of_variable_length(self):
        for path, dataset in self.found.items():
            for name in dataset.dtype.names:
                self.assertIsNone(h5py.check_dtype(vlen=dataset.dtype[name]), f"{path} {name}")

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
