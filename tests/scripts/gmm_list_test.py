# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""`shakefield gmm list`: JSON that is whole, and a manual page that is up to date."""

import json
import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
BINARY = pathlib.Path(os.environ.get("SHAKEFIELD_BINARY", ROOT / "build/release/bin/shakefield"))
if not BINARY.is_file():
    print(f"skipped: {BINARY} is not built")
    sys.exit(77)


def gmm_list(*arguments):
    return subprocess.run([BINARY, "gmm", "list", *arguments], capture_output=True, text=True, check=True).stdout


class GmmListTest(unittest.TestCase):
    def test_manual_page_is_up_to_date(self):
        page = (ROOT / "docs/models.md").read_text(encoding="utf-8")
        self.assertEqual(page.splitlines(), gmm_list("--markdown").splitlines(),
                         "run: shakefield gmm list --markdown > docs/models.md")

    def test_json_describes_every_model(self):
        described = json.loads(gmm_list("--json"))
        self.assertGreater(len(described["models"]), 0)
        for model in described["models"]:
            for key in ("name", "setting", "imts", "inputs", "component", "publication", "standard_deviations"):
                self.assertTrue(model[key], f"{model['name']}: {key}")
            if "SA" in model["imts"]:
                self.assertGreater(model["period_s"][0], 0)
        self.assertIn("ModifiableGMPE", [decorator["name"] for decorator in described["decorators"]])

    def test_lines_begin_with_the_same_names(self):
        described = json.loads(gmm_list("--json"))
        names = [one["name"] for one in described["models"] + described["decorators"]]
        self.assertEqual([line.split()[0] for line in gmm_list().splitlines()], names)


if __name__ == "__main__":
    unittest.main()
