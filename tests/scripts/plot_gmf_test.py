# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""The map, on small files written for the test."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(pathlib.Path(__file__).parent))

try:
    import h5py  # noqa: F401
    import matplotlib.image
    import numpy as np
except ImportError as error:
    print(f"skipped: {error} (install python3-h5py and python3-matplotlib)")
    sys.exit(77)

import synthetic_file  # noqa: E402


class PlotGmfTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "out.h5"

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
