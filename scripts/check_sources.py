#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Checks names, licence lines and lengths of the source files.

A header above 300 or a source above 600 lines must give its reason in its first comment, in a sentence
that begins with "Long because".
"""

import argparse
import pathlib
import re
import sys

FOLDERS = ("include", "src", "drivers", "tests", "scripts", "examples")
CODE = {".hpp", ".cpp"}
SCRIPTS = {".py", ".sh", ".sbatch"}
LIMITS = {".hpp": 300, ".cpp": 600, ".py": 600}
SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LICENCE = ("SPDX-FileCopyrightText: the shakefield authors", "SPDX-License-Identifier: Apache-2.0")
LEFTOVER = re.compile(r"(?://|#|\*).*\b(TODO|FIXME|XXX)\b")


def first_comment(lines):
    """Text of the comment (or docstring) at the head of a file, up to the first line of code."""
    head = []
    for line in lines[:40]:
        if re.match(r"\s*(#\s*include|namespace|import|from|#pragma once)\b", line) and len(head) > 3:
            break
        head.append(line)
    return " ".join(head)


def check_file(path, shown):
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    if path.suffix in CODE | {".py"} and not SNAKE_CASE.fullmatch(path.name.split(".")[0].strip("_")):
        yield f"{shown}: file names are snake_case"
    head = lines[1:3] if lines and lines[0].startswith("#!") else lines[:2]
    if len(head) < 2 or any(wanted not in line for wanted, line in zip(LICENCE, head)):
        yield f"{shown}:1: the two SPDX lines are missing"
    if path.suffix == ".hpp" and "#pragma once" not in lines[:20]:
        yield f"{shown}:1: '#pragma once' is missing"
    limit = LIMITS.get(path.suffix)
    if limit and len(lines) > limit and "Long because" not in first_comment(lines):
        yield f"{shown}:1: {len(lines)} lines (limit {limit}), split it or say 'Long because …' in the first comment"
    if text and not text.endswith("\n"):
        yield f"{shown}:{len(lines)}: no line end at the end of the file"
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            yield f"{shown}:{number}: a tab (indent with spaces)"
        if line != line.rstrip():
            yield f"{shown}:{number}: white space at the end of the line"
        if path.suffix in CODE and LEFTOVER.search(line):
            yield f"{shown}:{number}: a reminder in a comment (open an issue instead)"


def check(root):
    findings = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix in CODE | SCRIPTS:
                findings += check_file(path, path.relative_to(root))
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1])
    findings = check(parser.parse_args().root)
    print("\n".join(findings), end="\n" if findings else "", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
