# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""scripts/new_gmm.py, in a source tree of its own."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))


class NewGmmTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name)
        self.models = self.tree / "src/gmm/models.def"
        self.models.parent.mkdir(parents=True)
        shutil.copy(ROOT / "src/gmm/models.def", self.models)

    def new_gmm(self, *arguments):
        return subprocess.run([sys.executable, ROOT / "scripts/new_gmm.py", "--root", self.tree, *arguments],
                              capture_output=True, text=True, check=False)

    def test_adds_one_sorted_line_to_the_list(self):
        before = self.models.read_text(encoding="utf-8").splitlines()
        self.assertEqual(self.new_gmm("MiddleEtAl2030", "--setting", "slab").returncode, 0)
        after = self.models.read_text(encoding="utf-8").splitlines()
        self.assertEqual(set(after) - set(before), {"MODEL(slab, middle_et_al_2030)"})
        models = [line for line in after if line.startswith("MODEL(")]
        self.assertEqual(models, sorted(models))
        self.assertEqual([line for line in after if line not in models], [line for line in before if not line.startswith("MODEL(")])

    def test_writes_a_formatted_source_that_compiles(self):
        self.assertEqual(self.new_gmm("NovakEtAl2030Asc").returncode, 0)
        source = self.tree / "src/gmm/crust/novak_et_al_2030_asc.cpp"
        text = source.read_text(encoding="utf-8")
        self.assertIn("Novak et al. (2030)", text)
        self.assertIn("Entries novak_et_al_2030_asc()", text)
        if tool := shutil.which("clang-format-14") or shutil.which("clang-format"):
            formatted = subprocess.run([tool, f"--style=file:{ROOT}/.clang-format", source], capture_output=True, text=True, check=True)
            self.assertEqual(formatted.stdout, text)
        if tool := shutil.which("g++"):
            subprocess.run([tool, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", f"-I{ROOT}/include",
                            f"-I{ROOT}/src/gmm", source], check=True)

    def test_says_what_comes_next(self):
        said = self.new_gmm("NovakEtAl2030").stdout
        for part in ("src/gmm/crust/novak_et_al_2030.cpp", "tests/verification/data/gsim/NovakEtAl2030.csv", "docs/models.md"):
            self.assertIn(part, said)

    def test_refuses_a_name_that_is_none_or_is_there(self):
        self.assertEqual(self.new_gmm("novak2030").returncode, 2)
        self.assertEqual(self.new_gmm("Novak").returncode, 2)
        run = self.new_gmm("BooreAtkinson2008")
        self.assertEqual(run.returncode, 2)
        self.assertIn("is there already", run.stderr)


if __name__ == "__main__":
    unittest.main()
