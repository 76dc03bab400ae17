# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""scripts/check finds what it promises to find: each case makes a small tree with one fault."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
LICENCE = "// SPDX-FileCopyrightText: the shakefield authors\n// SPDX-License-Identifier: Apache-2.0\n"
HEADER = LICENCE + "#pragma once\n"
DESIGN = "| level | room | holds |\n|---|---|---|\n| 0 | `core` | x |\n| 1 | `geo` | x |\n| 1 | `comm` | x |\n| 2 | `store` | x |\n"


class CheckTest(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copy(ROOT / ".clang-format", self.root)
        self.write("src/DESIGN.md", DESIGN)
        self.write("include/shakefield/core/units.hpp", HEADER)
        self.write("include/shakefield/geo/point.hpp", HEADER + '\n#include "shakefield/core/units.hpp"\n')
        self.write("src/core/CMakeLists.txt", "shakefield_add_room(core SOURCES units.cpp)\n")
        self.write("src/geo/CMakeLists.txt", "shakefield_add_room(geo\n  SOURCES point.cpp\n  ROOMS core)\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def check(self, name):
        run = subprocess.run([ROOT / "scripts/check", "--root", self.root, name], capture_output=True, text=True, check=False)
        if run.returncode == 77:
            self.skipTest(run.stderr)
        return run.returncode, run.stdout + run.stderr

    def assert_finds(self, name, text):
        status, output = self.check(name)
        self.assertEqual(status, 1, output)
        self.assertIn(text, output)

    def test_accepts_a_clean_tree(self):
        for name in ("format", "layers", "sources", "links"):
            with self.subTest(name):
                status, output = self.check(name)
                self.assertEqual(status, 0, output)

    def test_finds_an_include_that_points_up(self):
        self.write("include/shakefield/core/bad.hpp", HEADER + '#include "shakefield/geo/point.hpp"\n')
        self.assert_finds("layers", "which points up")

    def test_finds_an_include_that_points_sideways(self):
        self.write("src/geo/bad.cpp", LICENCE + '#include "shakefield/comm/stream.hpp"\n')
        self.assert_finds("layers", "which points sideways")

    def test_finds_an_include_of_a_private_header_of_another_room(self):
        self.write("src/geo/bad.cpp", LICENCE + '#include "../core/private.hpp"\n')
        self.assert_finds("layers", "leaves its folder")

    def test_finds_mpi_outside_comm_and_hdf5_outside_store(self):
        self.write("src/geo/bad.cpp", LICENCE + "#include <mpi.h>\n#include <hdf5.h>\n")
        self.assert_finds("layers", "only room 'comm' may include 'mpi.h'")
        self.assert_finds("layers", "only room 'store' may include 'hdf5.h'")

    def test_finds_mpi_in_a_driver(self):
        self.write("drivers/main.cpp", LICENCE + "#include <mpi.h>\n")
        self.assert_finds("layers", "this is 'drivers'")

    def test_allows_mpi_in_comm(self):
        self.write("src/comm/communicator.cpp", LICENCE + "#include <mpi.h>\n")
        self.assertEqual(self.check("layers")[0], 0)

    def test_finds_a_library_in_a_public_header(self):
        self.write("include/shakefield/geo/bad.hpp", HEADER + "#include <Eigen/Core>\n")
        self.assert_finds("layers", "in a public header")

    def test_finds_a_missing_link(self):
        self.write("src/geo/CMakeLists.txt", "shakefield_add_room(geo SOURCES point.cpp)\n")
        self.assert_finds("layers", "without linking it")

    def test_finds_a_link_that_points_up(self):
        self.write("src/core/CMakeLists.txt", "shakefield_add_room(core SOURCES units.cpp ROOMS geo)\n")
        self.assert_finds("layers", "not a lower room")

    def test_finds_a_library_linked_by_the_wrong_room(self):
        self.write("src/geo/CMakeLists.txt", "shakefield_add_room(geo SOURCES a.cpp ROOMS core LIBRARIES MPI::MPI_C)\n")
        self.assert_finds("layers", "only comm and store may link MPI::MPI_C")

    def test_finds_a_room_that_the_table_lacks(self):
        self.write("src/extra/thing.cpp", LICENCE)
        self.assert_finds("layers", "not in the table")

    def test_finds_bad_formatting(self):
        self.write("src/geo/bad.cpp", LICENCE + "int  x ;\n")
        self.assert_finds("format", "bad.cpp")

    def test_finds_a_missing_licence(self):
        self.write("src/geo/bad.cpp", "int x;\n")
        self.assert_finds("sources", "SPDX")

    def test_finds_a_name_that_is_not_snake_case(self):
        self.write("src/geo/BadName.cpp", LICENCE)
        self.assert_finds("sources", "snake_case")

    def test_finds_a_long_header_and_accepts_a_reason(self):
        self.write("include/shakefield/geo/long.hpp", HEADER + "// x\n" * 300)
        self.assert_finds("sources", "303 lines (limit 300)")
        self.write("include/shakefield/geo/long.hpp", HEADER + "// Long because the table has 300 rows.\n" + "// x\n" * 300)
        self.assertEqual(self.check("sources")[0], 0)

    def test_finds_a_long_source(self):
        self.write("src/geo/long.cpp", LICENCE + "// x\n" * 599)
        self.assert_finds("sources", "601 lines (limit 600)")

    def test_finds_a_header_without_guard_and_a_reminder(self):
        self.write("include/shakefield/geo/bad.hpp", LICENCE)
        self.assert_finds("sources", "#pragma once")
        self.write("src/geo/bad.cpp", LICENCE + "// " + "TO" + "DO later\n")
        self.assert_finds("sources", "reminder")

    def test_finds_dead_links_and_headings(self):
        self.write("docs/a.md", "# One\n[x](b.md) [y](#two) [z](../src/DESIGN.md) [w](https://example.org)\n")
        self.assert_finds("links", "docs/a.md:2: 'b.md' does not exist")
        self.assert_finds("links", "no heading '#two'")
        self.write("docs/a.md", "# One `two`\n[y](#one-two) [z](../src/DESIGN.md)\n```\n[not a link](nowhere.md)\n```\n")
        self.assertEqual(self.check("links")[0], 0)

    def make_tidy_tree(self, body):
        self.write(".clang-tidy", "Checks: '-*,modernize-use-nullptr'\nWarningsAsErrors: '*'\n")
        self.write("src/geo/point.cpp", LICENCE + body)
        self.write("compile_commands.json", json.dumps([{"directory": str(self.root), "file": "src/geo/point.cpp",
                                                         "command": "c++ -o point.o -c src/geo/point.cpp"}]))

    def tidy(self, *options):
        run = subprocess.run([ROOT / "scripts/check", "--root", self.root, "tidy", *options], capture_output=True, text=True, check=False,
                             env={**os.environ, "SHAKEFIELD_BUILD_DIR": str(self.root)})
        if run.returncode == 77:
            self.skipTest(run.stderr)
        return run.returncode, run.stdout + run.stderr

    def test_tidy_finds_and_forgets_nothing(self):
        self.make_tidy_tree("int* p = 0;\n")
        for _ in range(2):
            status, output = self.tidy("--all")
            self.assertEqual(status, 1, output)
            self.assertIn("modernize-use-nullptr", output)

    def test_tidy_does_not_check_again_what_was_clean(self):
        self.make_tidy_tree("int* p = nullptr;\n")
        self.assertIn("of 1 sources 0 have not changed", self.tidy("--all")[1])
        self.assertIn("of 1 sources 1 have not changed", self.tidy("--all")[1])
        self.make_tidy_tree("int* p = 0;  // NOLINT\n")
        self.assertIn("of 1 sources 0 have not changed", self.tidy("--all")[1])
        self.make_tidy_tree("int* p = 0;\n")
        self.assertEqual(self.tidy("--all")[0], 1)

    def test_tidy_checks_what_differs_from_the_last_commit(self):
        self.make_tidy_tree("int* p = 0;\n")
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
        for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
            subprocess.run([*git, *command], cwd=self.root, check=True)
        self.assertEqual(self.tidy()[0], 0)
        self.make_tidy_tree("int* q = 0;\n")
        self.assertEqual(self.tidy()[0], 1)

    def test_new_test_writes_a_skeleton_that_passes_the_checks(self):
        for _ in range(2):
            run = subprocess.run([ROOT / "scripts/new_test.py", "--root", self.root, "geo", "some_thing", "--ranks", "1", "3"],
                                 capture_output=True, text=True, check=False)
        self.assertEqual((run.returncode, "exists" in run.stderr), (2, True))
        self.assertIn("TEST(SomeThingTest,", (self.root / "tests/unit/geo/some_thing_test.cpp").read_text(encoding="utf-8"))
        self.assertIn("NAME geo/some_thing SOURCES some_thing_test.cpp ROOMS geo RANKS 1 3",
                      (self.root / "tests/unit/geo/CMakeLists.txt").read_text(encoding="utf-8"))
        for name in ("format", "sources"):
            self.assertEqual(self.check(name)[0], 0)

    def test_refuses_an_unknown_check(self):
        self.assertEqual(self.check("nonsense")[0], 2)


if __name__ == "__main__":
    unittest.main()
