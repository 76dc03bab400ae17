# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""The table of benchmark results, from made-up results."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
CONTEXT = {"date": "2026-01-02T03:04:05", "num_cpus": 2, "load_avg": [0.25], "processor": "P", "compiler": "C", "preset": "Release",
           "arch": "A", "commit": "abc"}


def entry(run_name, time, rate, **more):
    return {"run_name": run_name, "family_index": 0, "per_family_instance_index": 0, "real_time": 2 * time, "cpu_time": time,
            "time_unit": "ns", "items_per_second": rate, **more}


class BenchmarkTableTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def table(self, **files):
        for name, entries in files.items():
            (self.folder / f"{name}.json").write_text(json.dumps({"context": CONTEXT, "benchmarks": entries}), encoding="utf-8")
        return subprocess.run([sys.executable, ROOT / "scripts/benchmark_table.py", self.folder], capture_output=True, text=True,
                              check=False)

    def test_names_machine_and_commit(self):
        run = self.table(bench_gmm=[entry("bench_gmm_evaluate/M/sites:256/imts:3", 4000, 2e8)])
        self.assertEqual(run.returncode, 0, run.stderr)
        for text in ("P, 2 cores", "C, preset Release, A", "commit abc", "load 0.2"):
            self.assertIn(text, run.stdout)
        self.assertIn("| evaluate/M | sites:256 imts:3 | 4 | 200 M/s |  |  |", run.stdout)

    def test_compares_a_kernel_with_its_ceiling_of_equal_arguments(self):
        run = self.table(bench_field=[entry("bench_field_roofline/sites:1", 1, 4e8), entry("bench_field_roofline/sites:2", 1, 9e8),
                                      entry("bench_field_rows/sites:1", 1, 3e8)])
        self.assertIn("| 75% of field_roofline |", run.stdout)

    def test_takes_the_median_and_the_spread_of_repetitions(self):
        name = "bench_source_sample/california"
        run = self.table(bench_source=[entry(name, 1000, 1e6), entry(name, 9000, 5e6),
                                       entry(name, 3000, 2e6, aggregate_name="median"), entry(name, 0.07, 0, aggregate_name="cv")])
        self.assertIn("| 3 | 2 M/s | 7% |", run.stdout)

    def test_takes_wall_time_where_a_benchmark_measures_its_own(self):
        run = self.table(bench_store_np1=[entry("bench_store_write/senders:0/manual_time", 1000, 1e6, bytes_per_second=2e9)])
        self.assertIn("| write | senders:0 | 2 | 1 M/s, 2.00 GB/s |", run.stdout)

    def test_keeps_the_order_of_registration(self):
        run = self.table(bench_gmm=[entry("bench_gmm_evaluate/B", 1, 1e6, family_index=1), entry("bench_gmm_evaluate/A", 1, 1e6)])
        self.assertLess(run.stdout.index("evaluate/A"), run.stdout.index("evaluate/B"))

    def test_shows_failures_and_fails(self):
        run = self.table(bench_gmm=[entry("bench_gmm_evaluate/M", 0, 0, error_occurred=True, error_message="no model")])
        self.assertEqual(run.returncode, 1)
        self.assertIn("failed: no model", run.stdout)

    def test_refuses_an_empty_folder(self):
        run = self.table()
        self.assertEqual(run.returncode, 2)
        self.assertIn("no bench_*.json", run.stderr)


if __name__ == "__main__":
    unittest.main()
