# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""The reader and the map, on small files written for the test."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
sys.path[:0] = [str(ROOT / "scripts"), str(pathlib.Path(__file__).parent)]

try:
    import h5py  # noqa: F401
    import matplotlib.image
    import numpy as np
except ImportError as error:
    print(f"skipped: {error} (install python3-h5py and python3-matplotlib)")
    sys.exit(77)

import synthetic_file  # noqa: E402
from shakefield_reader import Results, unit_of  # noqa: E402


class FileTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "out.h5"


class ResultsTest(FileTest):
    def test_reads_one_event_by_its_index(self):
        synthetic_file.write(self.path)
        with Results(self.path) as results:
            rows = results.event_rows(3)
            self.assertEqual(set(rows["event"]), {3})
            np.testing.assert_array_equal(rows["site"], np.arange(196))
            self.assertEqual(results.imts, ["PGA"])

    def test_leaves_sites_without_a_row_open(self):
        synthetic_file.write(self.path, cut=0.2)
        with Results(self.path) as results:
            field = results.event_field(0, "PGA")
            rows = results.event_rows(0)
        self.assertEqual(np.isfinite(field).sum(), len(rows))
        self.assertGreaterEqual(np.nanmin(field), 0.2)

    def test_reads_one_site(self):
        synthetic_file.write(self.path)
        with Results(self.path) as results:
            rows = results.site_rows(7)
        np.testing.assert_array_equal(rows["event"], np.arange(6))

    def test_median_does_not_depend_on_the_rows_that_were_dropped(self):
        synthetic_file.write(self.path)
        with Results(self.path) as results:
            whole = results.median("PGA")
        synthetic_file.write(self.path, cut=0.2)
        with Results(self.path) as results:
            np.testing.assert_allclose(results.median("PGA"), whole, rtol=1e-6)
        # Events 0 to 5 scale by exp(0.1 e): the mean of ln is that of e = 2.5.
        np.testing.assert_allclose(whole.max(), 0.5 * np.exp(0.25 - 3 * np.hypot(0.5, 0.4) / 13), rtol=1e-5)

    def test_finds_the_strongest_event(self):
        synthetic_file.write(self.path)
        with Results(self.path) as results:
            self.assertEqual(results.strongest_event("PGA"), 5)

    def test_names_units(self):
        self.assertEqual([unit_of(imt) for imt in ("PGA", "SA(0.3)", "PGV", "MMI")], ["g", "g", "cm/s", "1"])


class PlotGmfTest(FileTest):
    def plot(self, *arguments):
        picture = self.path.with_suffix(".png")
        run = subprocess.run([sys.executable, ROOT / "scripts/plot_gmf.py", self.path, "-o", picture, *arguments],
                             capture_output=True, text=True, check=False)
        return run, picture

    def assert_draws(self, *arguments):
        run, picture = self.plot(*arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        pixels = matplotlib.image.imread(picture)
        self.assertGreater(min(pixels.shape[:2]), 500)
        self.assertGreater(len(np.unique(pixels.reshape(-1, pixels.shape[2]), axis=0)), 100)
        return run

    def test_draws_the_median_of_a_scenario(self):
        synthetic_file.write(self.path, ruptures=1)
        self.assert_draws("--median")

    def test_draws_one_event(self):
        synthetic_file.write(self.path)
        self.assert_draws("--event", "2", "--imt", "PGA")

    def test_draws_event_sets_across_the_date_line(self):
        synthetic_file.write(self.path, lon0=179.9, mode="event_based")
        self.assert_draws()
        self.assert_draws("--median")

    def test_draws_few_sites_as_dots(self):
        synthetic_file.write(self.path, side=3)
        self.assert_draws()

    def test_says_that_a_file_is_not_complete(self):
        synthetic_file.write(self.path, complete=0)
        self.assertIn("not complete", self.assert_draws().stderr)

    def test_refuses_what_is_not_there(self):
        synthetic_file.write(self.path)
        for arguments, text in ((["--imt", "PGV"], "the file has PGA"), (["--event", "6"], "no event 6"), (["--event", "-1"], "no event -1")):
            run, _ = self.plot(*arguments)
            self.assertEqual(run.returncode, 2)
            self.assertIn(text, run.stderr)
            self.assertNotIn("Traceback", run.stderr)

    def test_refuses_a_missing_file(self):
        run, _ = self.plot()
        self.assertEqual(run.returncode, 2)
        self.assertNotIn("Traceback", run.stderr)


if __name__ == "__main__":
    unittest.main()
