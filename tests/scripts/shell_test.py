# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""The shell scripts parse, and their shared functions do what they say without touching the machine."""

import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
SCRIPTS = [ROOT / ".ci/run", ROOT / "scripts/check", *(ROOT / "scripts").rglob("*.sh"), *(ROOT / "scripts").rglob("*.sbatch")]


class ShellScriptsTest(unittest.TestCase):
    def bash(self, script, path=None):
        """Runs bash with the shared functions; `path` comes first on PATH."""
        environment = dict(os.environ)
        if path:
            environment["PATH"] = f"{path}:{environment['PATH']}"
        return subprocess.run(["bash", "-c", f"set -euo pipefail; source '{ROOT}/scripts/lib/common.sh'; {script}"],
                              capture_output=True, text=True, env=environment, check=False)

    def stub(self, folder, name, body):
        path = pathlib.Path(folder) / name
        path.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
        path.chmod(0o755)

    def test_parse(self):
        for script in SCRIPTS:
            with self.subTest(script.name):
                run = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
                self.assertEqual(run.returncode, 0, run.stderr)

    def test_entry_points_are_executable(self):
        for name in (".ci/run", "scripts/quickstart.sh", "scripts/test.sh", "scripts/check", "scripts/plot_gmf.py",
                     "scripts/compare_openquake.py"):
            self.assertTrue(os.access(ROOT / name, os.X_OK), name)

    def test_leaves_apt_alone_when_nothing_is_missing(self):
        with tempfile.TemporaryDirectory() as folder:
            self.stub(folder, "dpkg-query", "echo -n installed")
            self.stub(folder, "apt-get", "echo apt was called; exit 1")
            run = self.bash("install_packages g++ cmake", folder)
        self.assertEqual((run.returncode, run.stdout), (0, ""), run.stderr)

    def test_asks_apt_for_missing_packages_only_and_waits_for_its_lock(self):
        with tempfile.TemporaryDirectory() as folder:
            self.stub(folder, "dpkg-query", '[[ "${@: -1}" == cmake ]] && exit 1; echo -n installed')
            self.stub(folder, "apt-get", 'echo "apt-get $*"')
            self.stub(folder, "sudo", 'exec "$@"')
            run = self.bash("install_packages g++ cmake git", folder)
        self.assertEqual(run.returncode, 0, run.stderr)
        install = run.stdout.splitlines()[-1]
        self.assertIn("DPkg::Lock::Timeout=600", install)
        self.assertTrue(install.endswith("--no-install-recommends cmake"), install)

    def test_compiles_with_at_least_one_and_at_most_all_cores(self):
        jobs = int(self.bash("compile_jobs").stdout)
        self.assertTrue(1 <= jobs <= os.cpu_count())

    def test_starts_ranks_so_that_waiting_ones_give_way(self):
        with tempfile.TemporaryDirectory() as folder:
            self.stub(folder, "mpirun", 'echo "$*"')
            run = self.bash("mpirun_ranks 3 true", folder)
        self.assertIn("--bind-to none --mca mpi_yield_when_idle 1", run.stdout)
        self.assertTrue(run.stdout.endswith("-n 3 true\n"), run.stdout)
        self.assertEqual("--allow-run-as-root" in run.stdout, os.geteuid() == 0)

    def test_refuses_unknown_arguments(self):
        for script in ("quickstart.sh", "test.sh"):
            run = subprocess.run([ROOT / "scripts" / script, "--nonsense"], capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 2)
            self.assertIn("--nonsense", run.stderr)


if __name__ == "__main__":
    unittest.main()
