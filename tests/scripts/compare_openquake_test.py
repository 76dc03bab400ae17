# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""The comparison script, with stand-ins for the peer, mpirun and the program whose cost is known."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(ROOT / "scripts"))

import compare_openquake  # noqa: E402
from process_meter import Usage, measure  # noqa: E402


class MeasureTest(unittest.TestCase):
    def test_counts_time_and_memory_of_children(self):
        burn = "import time; b = bytearray(60_000_000); e = time.process_time() + 0.4\nwhile time.process_time() < e: pass"
        usage = measure(["bash", "-c", '"$0" -c "$1" & "$0" -c "$1"; wait', sys.executable, burn])
        self.assertEqual(usage.status, 0)
        self.assertGreater(usage.cpu_s, 0.75)
        self.assertGreater(usage.largest_mib, 57)
        self.assertGreater(usage.total_mib, usage.largest_mib)

    def test_tells_status_and_output(self):
        usage = measure(["bash", "-c", "echo hello; echo there >&2; exit 3"])
        self.assertEqual((usage.status, usage.output), (3, "hello\nthere\n"))

    def test_keeps_to_the_cores(self):
        core = min(os.sched_getaffinity(0))
        usage = measure([sys.executable, "-c", "import os; print(os.sched_getaffinity(0))"], cores={core})
        self.assertEqual(usage.output.strip(), str({core}))


class CompareOpenquakeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.stub("peer", 'sleep 0.3; [[ -n "${OQ_DATADIR:-}" ]] && head -c 1048576 /dev/zero > "$OQ_DATADIR/calc.hdf5"; echo 9.9')
        self.stub("mpirun", 'while (($#)) && [[ "$1" != -n ]]; do shift; done; shift 2 && exec "$@"')
        self.job = self.folder / "job.ini"
        self.job.write_text("[general]\n", encoding="utf-8")

    def stub(self, name, body):
        path = self.folder / name
        path.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
        path.chmod(0o755)

    def compare(self, *arguments):
        environment = dict(os.environ, PATH=f"{self.folder}:{os.environ['PATH']}")
        return subprocess.run([sys.executable, ROOT / "scripts/compare_openquake.py", "--oq-python", self.folder / "peer", "--binary",
                               self.folder / "shakefield", "--no-warm-up", "-n", "2", *arguments, self.job],
                              capture_output=True, text=True, env=environment, check=False)

    def test_prints_a_table_and_writes_it(self):
        self.stub("shakefield", '[[ "$1" == run ]] && head -c 524288 /dev/zero > "$4"; echo shakefield 1.2.3')
        run = self.compare("--markdown", str(self.folder / "table.md"))
        self.assertEqual(run.returncode, 0, run.stderr)
        table = [line for line in run.stdout.splitlines() if line.startswith("| ") and "job.ini" in line]
        self.assertEqual(len(table), 2)
        peer, ours = ([c.strip() for c in line.strip("|").split("|")] for line in table)
        self.assertEqual((peer[1], peer[6], peer[7]), ("OpenQuake", "1.0", "1"))
        self.assertEqual((ours[1], ours[6]), ("shakefield", "0.5"))
        self.assertGreater(float(ours[7].rstrip("×")), 1.5)
        self.assertEqual((self.folder / "table.md").read_text(encoding="utf-8"), run.stdout)

    def test_says_not_yet_for_status_3(self):
        self.stub("shakefield", "echo 'error: too many sites'; exit 3")
        run = self.compare()
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("| not yet |", run.stdout)
        self.assertIn("not yet. error: too many sites", run.stdout)

    def test_stops_when_a_program_fails(self):
        self.stub("shakefield", "echo broken; exit 5")
        run = self.compare()
        self.assertEqual(run.returncode, 2)
        self.assertIn("status 5", run.stderr)
        self.assertIn("broken", run.stderr)

    def test_takes_the_fastest_of_the_peer_and_the_median_of_shakefield(self):
        runs = [Usage(0, wall, 0, 0, 0, "") for wall in (8.0, 5.0, 6.0, 2.0, 1.0, 4.0)]
        self.assertEqual(compare_openquake.Comparison("x", runs[:3], runs[3:]).ratio(), 5.0 / 2.0)

    def test_asks_where_the_peer_is(self):
        self.stub("shakefield", "exit 0")
        run = self.compare("--oq-python", "/nonexistent/python")
        self.assertEqual(run.returncode, 2)
        self.assertIn("--install", run.stderr)


if __name__ == "__main__":
    unittest.main()
