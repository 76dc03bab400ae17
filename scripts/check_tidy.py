#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy on the sources that differ from the last commit, on all of them, or on those named.

A file that was clean is not checked again before it, a header it includes, its compile command, .clang-tidy or the version
of clang-tidy changes: a stamp of them stands in BUILD/tidy. Exit status 1 with findings, 77 if clang-tidy or git is missing."""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

FOLDERS = ("src", "drivers")


def compile_commands(root, build):
    """Source below FOLDERS -> (its compile command, the folder to run it in)."""
    commands = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = pathlib.Path(entry["directory"], entry["file"])
        if path.is_relative_to(root) and path.relative_to(root).parts[0] in FOLDERS:
            commands[str(path.relative_to(root))] = (entry["command"], entry["directory"])
    return commands


def changed_files(root):
    """Sources that differ from the last commit, or that git does not know yet; None outside of a checkout."""
    patterns = [f"{folder}/*.cpp" for folder in FOLDERS]
    names = []
    for command in (["diff", "--name-only", "--relative", "--diff-filter=d", "HEAD"], ["ls-files", "--others", "--exclude-standard"]):
        try:
            run = subprocess.run(["git", *command, "--", *patterns], cwd=root, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return None
        if run.returncode != 0:
            return None
        names += run.stdout.split()
    return names


def stamp_of(command, folder, fixed):
    """Hash of all that decides about findings. Comments stay in, since NOLINT is one; None if the file does not compile."""
    words = shlex.split(command)
    if "-o" in words:
        del words[words.index("-o"):words.index("-o") + 2]
    words = [word for word in words if word != "-c"] + ["-E", "-C", "-w"]
    run = subprocess.run(words, cwd=folder, capture_output=True, check=False)
    return hashlib.sha256(b"\0".join([fixed, command.encode(), run.stdout])).hexdigest() if run.returncode == 0 else None


class Tidy:
    def __init__(self, root, build, clang_tidy):
        self.root, self.build, self.clang_tidy = root, build, clang_tidy
        self.commands = compile_commands(root, build)
        self.version = subprocess.run([clang_tidy, "--version"], capture_output=True, check=True).stdout
        self.stamps = build / "tidy"
        self.stamps.mkdir(exist_ok=True)

    def check(self, name):
        """("clean", "unchanged" or "found", what clang-tidy said)."""
        settings = [folder / ".clang-tidy" for folder in (self.root / name).parents if folder.is_relative_to(self.root)]
        fixed = self.version + b"".join(path.read_bytes() for path in settings if path.is_file())
        stamp = stamp_of(*self.commands[name], fixed)
        path = self.stamps / (name.replace("/", "-") + ".stamp")
        if stamp and path.is_file() and path.read_text(encoding="utf-8") == stamp:
            return "unchanged", ""
        run = subprocess.run([self.clang_tidy, "-p", self.build, "--quiet", name], cwd=self.root, capture_output=True, text=True,
                             check=False)
        if run.returncode != 0:
            return "found", run.stdout or run.stderr
        if stamp:
            path.write_text(stamp, encoding="utf-8")
        return "clean", ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1])
    parser.add_argument("--build", type=pathlib.Path, help="configured build folder, default ROOT/build/release")
    parser.add_argument("--all", action="store_true", help="all sources, not only those that differ from the last commit")
    parser.add_argument("files", nargs="*", help="these, relative to ROOT")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    build = (arguments.build or root / "build/release").resolve()
    clang_tidy = os.environ.get("CLANG_TIDY", "clang-tidy")
    if not shutil.which(clang_tidy):
        print(f"{clang_tidy} is missing", file=sys.stderr)
        return 77
    if not (build / "compile_commands.json").is_file():
        print(f"error: {build} is not configured (no compile_commands.json), run scripts/test.sh first", file=sys.stderr)
        return 1

    tidy = Tidy(root, build, clang_tidy)
    names = arguments.files or (list(tidy.commands) if arguments.all else changed_files(root))
    if names is None:
        print("what has changed is not known (no git, or not its checkout), use --all", file=sys.stderr)
        return 77
    for name in sorted(set(names) - set(tidy.commands)):
        print(f"tidy: {name} is not compiled in {build}")
    names = sorted(set(names) & set(tidy.commands))
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        states = []
        for state, said in pool.map(tidy.check, names):
            states.append(state)
            if said:
                print(said, flush=True)
    print(f"tidy: of {len(names)} sources {states.count('unchanged')} have not changed since they were clean, "
          f"{states.count('found')} have findings")
    return 1 if "found" in states else 0


if __name__ == "__main__":
    sys.exit(main())
