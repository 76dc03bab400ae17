# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""The OpenQuake engine imports our exported fields and computes losses and damage; the numbers must be ours.

The engine is taken from the environment OQ_PYTHON names, or installed (once) into SHAKEFIELD_OPENQUAKE_VENV.
"""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[3]))
BINARY = pathlib.Path(os.environ.get("SHAKEFIELD_BINARY", ROOT / "build/release/bin/shakefield"))
VENV = pathlib.Path(os.environ.get("SHAKEFIELD_OPENQUAKE_VENV", ROOT / "build/openquake"))
sys.path[:0] = [str(ROOT / "scripts"), str(pathlib.Path(__file__).parent)]

try:
    import numpy as np
    from shakefield_reader import Results
except ImportError as error:
    print(f"skipped: {error} (install python3-h5py)")
    sys.exit(77)

from compare_openquake import install_peer  # noqa: E402
from risk_model import STATES, Exposure  # noqa: E402

# The engine writes its averages with six digits (half a unit of the last: 5e-6) and keeps them in single precision.
TOLERANCE = 1e-5
JOB = """\
[general]
description = risk from fields of shakefield
calculation_mode = {mode}
exposure_file = exposure.xml
asset_hazard_distance = 3
avg_losses = true
export_dir = peer
"""
LOSSES = "structural_vulnerability_file = vulnerability.xml\n"
DAMAGE = "structural_fragility_file = fragility.xml\n"
FIELDS = {"csv": "gmfs_file = gmf-data.csv\nsites_csv = sitemesh.csv\n", "hdf5": "gmfs_file = gmf-data.hdf5\n"}


def find_peer():
    """Python of an environment with the engine."""
    if os.environ.get("OQ_PYTHON"):
        return os.environ["OQ_PYTHON"]
    ready = VENV / "installed"  # else an installation was broken off
    if not ready.is_file():
        print(f"installing the OpenQuake engine into {VENV}", file=sys.stderr, flush=True)
        install_peer(VENV.absolute(), sys.executable)
        ready.touch()
    return str(VENV.absolute() / "bin/python")


def checked(command, folder, **environment):
    run = subprocess.run([str(word) for word in command], cwd=folder, env=dict(os.environ, **environment),
                         capture_output=True, text=True, check=False)
    if run.returncode:
        raise AssertionError(f"{command} ended with status {run.returncode}:\n{(run.stdout + run.stderr)[-3000:]}")
    return run.stdout + run.stderr


def rows_of(path):
    """The rows of one of the engine's tables by their asset."""
    with open(path, newline="", encoding="utf-8") as file:
        file.readline()  # the comment
        return {row["asset_id"]: row for row in csv.DictReader(file)}


class RiskFromFields:
    """What the cases share: fields of a small job, exported, and the engine's answers to them."""

    arguments = ()

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        checked([BINARY, "run", ROOT / "examples" / cls.job, "-o", "out.h5", *cls.arguments], cls.folder)
        checked([BINARY, "export", "out.h5", "gmf-data", "sitemesh", "gmf-hdf5"], cls.folder)
        cls.results = Results(cls.folder / "out.h5")
        cls.addClassCleanup(cls.results.close)
        cls.exposure = Exposure(cls.results)
        cls.exposure.write(cls.folder)

    def peer(self, mode, fields, table, more):
        """Runs the engine; the rows of its table in the order of the exposure."""
        with tempfile.TemporaryDirectory(dir=self.folder) as home:
            (self.folder / "job.ini").write_text(JOB.format(mode=mode) + FIELDS[fields] + more)
            output = checked([find_peer(), "-m", "openquake.commands", "engine", "--run", "job.ini", "--exports", "csv"],
                             self.folder, HOME=home, OQ_DATADIR=home, OQ_DISTRIBUTE="no")
            found = list((self.folder / "peer").glob(f"{table}-rlz-000_*.csv"))
            self.assertEqual(len(found), 1, output[-3000:])
            rows = rows_of(found[0])
            for path in (self.folder / "peer").iterdir():
                path.unlink()
        self.assertEqual(set(rows), set(self.exposure.names))
        return [rows[name] for name in self.exposure.names]

    def assert_agrees(self, theirs, ours):
        self.assertGreater(np.count_nonzero(ours), 0.5 * ours.size)  # most assets are shaken
        np.testing.assert_allclose(theirs, ours, rtol=TOLERANCE)

    def assert_losses(self, mode, fields, num_events, more=""):
        rows = self.peer(mode, fields, "avg_losses", LOSSES + more)
        self.assert_agrees([float(row["structural"]) for row in rows], self.exposure.losses(self.results) / num_events)


class ScenarioTest(RiskFromFields, unittest.TestCase):
    """Hayward: every event reaches every site."""

    job = "hayward/job.ini"

    def assert_damage(self, fields):
        rows = self.peer("scenario_damage", fields, "avg_damages", DAMAGE)
        theirs = [[float(row[f"structural-{state}"]) for state in ("no_damage", *STATES)] for row in rows]
        self.assert_agrees(np.array(theirs), self.exposure.damage(self.results) / len(self.results.events))

    def test_losses_from_csv(self):
        self.assert_losses("scenario_risk", "csv", len(self.results.events))

    def test_losses_from_hdf5(self):
        self.assert_losses("scenario_risk", "hdf5", len(self.results.events))

    def test_damage_from_csv(self):
        self.assert_damage("csv")

    def test_damage_from_hdf5(self):
        self.assert_damage("hdf5")


class EventBasedTest(RiskFromFields, unittest.TestCase):
    """California on a coarse grid: rows are missing where minimum_intensity left them out, and whole events too.

    The engine knows one realization of imported fields: two samples of the logic trees are twice the years.
    """

    job = "california/job_event_based.ini"
    samples = 2
    years = 400
    arguments = ("-p", f"ses_per_logic_tree_path={years // samples}", "-p", f"number_of_logic_tree_samples={samples}",
                 "-p", "region_grid_spacing=30", "-p", 'minimum_intensity={"PGA": 0.05, "SA(0.2)": 0.1, "SA(1.0)": 0.05}')
    time = f"investigation_time = 1\nses_per_logic_tree_path = {years}\n"

    def test_some_events_have_no_rows(self):
        index = self.results.file["gmf_data/index"][:]
        self.assertTrue((index["start"] == index["stop"]).any())

    def test_losses_of_a_year_from_csv(self):
        self.assert_losses("event_based_risk", "csv", self.years, self.time)

    def test_losses_of_a_year_from_hdf5(self):
        self.assert_losses("event_based_risk", "hdf5", self.years, self.time)


if __name__ == "__main__":
    if not BINARY.is_file():
        print(f"skipped: {BINARY} is not built")
        sys.exit(77)
    try:
        find_peer()
    except subprocess.CalledProcessError as error:
        print(f"skipped: the OpenQuake engine cannot be installed ({error}); OQ_PYTHON may name the python of another environment")
        sys.exit(77)
    unittest.main()
