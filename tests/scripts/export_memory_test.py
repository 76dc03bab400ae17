# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""`shakefield export` streams: ten times the rows take no more memory."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
BINARY = pathlib.Path(os.environ.get("SHAKEFIELD_BINARY", ROOT / "build/release/bin/shakefield"))

if not BINARY.is_file():
    print(f"skipped: {BINARY} is not built")
    sys.exit(77)


def peak_mib(command, folder):
    """Runs a command; the most memory that it had at any time."""
    # The address sanitizer would keep what was freed.
    environment = dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1")
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise AssertionError(f"{command} ended with status {process.returncode}")
    return usage.ru_maxrss / 1024


class ExportMemoryTest(unittest.TestCase):
    def test_does_not_grow_with_the_rows(self):
        peaks = {}
        with tempfile.TemporaryDirectory() as folder:
            for fields in (200, 2000):  # the table: 6 and 59 MiB
                subprocess.run([BINARY, "run", ROOT / "examples/hayward/job.ini", "-o", "out.h5", "--overwrite", "-p",
                                f"number_of_ground_motion_fields={fields}"], cwd=folder, check=True, capture_output=True)
                for what in ("gmf-data", "gmf-hdf5", "avg_gmf", "hdf5"):
                    peaks[what, fields] = peak_mib([BINARY, "export", "out.h5", what], folder)
        for what, fields in peaks:
            self.assertLess(peaks[what, fields], peaks[what, 200] + 8, f"{what}: {peaks}")


if __name__ == "__main__":
    unittest.main()
