# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""The report of a profile, from samples as perf script prints them."""

import os
import pathlib
import sys
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(ROOT / "scripts"))

import profile_report  # noqa: E402

LINES = """
    55d01 shakefield::field::RowMaker::append(shakefield::field::EventSpec const&) (/b/bin/shakefield)
    55d02 shakefield::field::RowMaker::append(shakefield::field::EventSpec const&) (/b/bin/shakefield)
    55d03 void shakefield::store::RowMerger::merge_two<int>(int) (/b/bin/shakefield)
    55d04 std::sort(int*) (/b/bin/shakefield)
 ffffffff copy_user_generic_string ([kernel.kallsyms])
    7f001 H5FD_write (/usr/lib/x86_64-linux-gnu/libhdf5_openmpi.so.103.3.0)
    7f002 ext4_file_write_iter ([ext4])
""".splitlines()


class ProfileReportTest(unittest.TestCase):
    def test_deals_samples_to_rooms_libraries_and_kernel(self):
        places = [place for place, _ in profile_report.count(LINES).elements()]
        self.assertEqual(sorted(places), sorted(["field", "field", "store", "shakefield (no room)", "kernel", "kernel", "libhdf5_openmpi"]))

    def test_shows_shares_of_the_whole_and_the_seconds(self):
        lines = profile_report.report(profile_report.count(LINES), top=1, hertz=7)
        self.assertEqual(lines[0], "7 samples, 1.00 s of CPU time")
        self.assertEqual(lines[2:4], [" 28.6%  field", "   28.6%  RowMaker::append(EventSpec const&)"])

    def test_says_so_without_samples(self):
        self.assertEqual(profile_report.report(profile_report.count([]), top=1, hertz=999), ["no samples"])


if __name__ == "__main__":
    unittest.main()
