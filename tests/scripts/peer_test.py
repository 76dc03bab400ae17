# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""scripts/compare_openquake.py with the real peer: both programs run the Hayward example to the end, and the table says so."""

import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
BINARY = pathlib.Path(os.environ.get("SHAKEFIELD_BINARY", ROOT / "build/release/bin/shakefield"))
JOB = "hayward/job.ini"

if not os.environ.get("OQ_PYTHON"):
    print("skipped: OQ_PYTHON does not name the python of an environment with the OpenQuake engine")
    sys.exit(77)
if not BINARY.is_file():
    print(f"skipped: {BINARY} is not built")
    sys.exit(77)


class PeerTest(unittest.TestCase):
    def test_both_programs_run_the_same_job(self):
        run = subprocess.run([ROOT / "scripts/compare_openquake.py", "--binary", BINARY, "--times", "1", JOB],
                             capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        rows = [line for line in run.stdout.splitlines() if line.startswith("|") and JOB in line]
        self.assertTrue(rows, run.stdout)
        self.assertNotIn("not yet", "".join(rows))


if __name__ == "__main__":
    unittest.main()
