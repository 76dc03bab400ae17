# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""scripts/plot_gmm.py draws what `shakefield gmm eval` gives."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
BINARY = pathlib.Path(os.environ.get("SHAKEFIELD_BINARY", ROOT / "build/release/bin/shakefield"))
sys.path.insert(0, str(ROOT / "scripts"))

try:
    import matplotlib.image
    import numpy as np
except ImportError as error:
    print(f"skipped: {error} (install python3-matplotlib)")
    sys.exit(77)
if not BINARY.is_file():
    print(f"skipped: {BINARY} is not built")
    sys.exit(77)

import plot_gmm  # noqa: E402


class PlotGmmTest(unittest.TestCase):
    def plot(self, *arguments):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        picture = pathlib.Path(folder.name) / "trellis.png"
        run = subprocess.run([sys.executable, ROOT / "scripts/plot_gmm.py", *arguments, "-o", picture], capture_output=True, text=True,
                             check=False)
        return run, picture

    def test_draws_models_with_and_without_arguments(self):
        run, picture = self.plot("BooreAtkinson2008", '[ModifiableGMPE]\ngmpe = {SadighEtAl1997 = {}}\nset_scale_median_scalar.scaling_factor = 2.0',
                                 "--mag", "5", "7", "--rjb", "20", "--dpi", "80")
        self.assertEqual(run.returncode, 0, run.stderr)
        pixels = matplotlib.image.imread(picture)
        self.assertGreater(min(pixels.shape[:2]), 400)
        self.assertGreater(len(np.unique(pixels.reshape(-1, pixels.shape[2]), axis=0)), 100)

    def test_values_are_those_of_the_program(self):
        # The reference table of the model (tests/verification/data/gsim), its first row.
        rows = {"mag": [6.07], "rake": [45], "vs30": [493.1], "rjb": [117.602]}
        mean, sigma = plot_gmm.evaluate("BooreAtkinson2008", rows, ["PGA"])["PGA"]
        self.assertAlmostEqual(mean[0], -4.158651, places=5)
        self.assertAlmostEqual(sigma[0], 0.564, places=6)

    def test_names_the_model_that_is_not_there(self):
        run, _ = self.plot("BooreAtkinsen2008")
        self.assertEqual(run.returncode, 2)
        self.assertIn("nearest name: BooreAtkinson2008", run.stderr)


if __name__ == "__main__":
    unittest.main()
