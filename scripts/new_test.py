#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Writes the skeleton of a unit test: tests/unit/ROOM/NAME_test.cpp, registered with ctest."""

import argparse
import pathlib
import re
import sys

SOURCE = """\
// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

namespace shakefield::{room} {{
namespace {{

TEST({suite}, StatesAFact) {{
  FAIL() << "write the test";
}}

}}  // namespace
}}  // namespace shakefield::{room}
"""
ENTRY = "shakefield_add_test(NAME {room}/{name} SOURCES {name}_test.cpp ROOMS {room}{ranks})\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", help="room under test, for example geo")
    parser.add_argument("name", help="name of the file under test, snake_case, for example polygon")
    parser.add_argument("--ranks", nargs="+", metavar="P", help="run under mpirun with these numbers of ranks")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1])
    args = parser.parse_args()

    folder = args.root / "tests/unit" / args.room
    source = folder / f"{args.name}_test.cpp"
    problem = None
    if not (args.root / "src" / args.room).is_dir():
        problem = f"there is no room '{args.room}' (src/DESIGN.md lists them)"
    elif not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", args.name):
        problem = f"'{args.name}' is not snake_case"
    elif source.exists():
        problem = f"{source} exists"
    if problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2

    folder.mkdir(parents=True, exist_ok=True)
    suite = "".join(word.capitalize() for word in args.name.split("_")) + "Test"
    source.write_text(SOURCE.format(room=args.room, suite=suite), encoding="utf-8")
    ranks = " RANKS " + " ".join(args.ranks) if args.ranks else ""
    with (folder / "CMakeLists.txt").open("a", encoding="utf-8") as cmake:
        cmake.write(ENTRY.format(room=args.room, name=args.name, ranks=ranks))
    print(source)
    return 0


if __name__ == "__main__":
    sys.exit(main())
