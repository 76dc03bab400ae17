#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Checks that the rooms of the source tree depend on lower rooms only.

The table of rooms and levels in src/DESIGN.md is the contract. A finding is an #include that points up or
sideways, a library's header outside the room that owns it, a third-party header in a public header, or a
CMake link list that says something else than the includes.
"""

import argparse
import pathlib
import re
import sys

# Headers that one room alone may see.
OWNED_HEADERS = {
    "comm": re.compile(r"mpi\.h|mpi/.*|mpi-ext\.h"),
    "store": re.compile(r"hdf5\.h|hdf5/.*|hdf5_hl\.h|H5\w*\.h"),
}
# Libraries that few rooms may link: parallel hdf5.h includes mpi.h, so store links both.
OWNED_TARGETS = {("comm", "store"): re.compile(r"MPI::\w+"), ("store",): re.compile(r"hdf5::\w+")}

TABLE_ROW = re.compile(r"^\|\s*(\d+)\s*\|\s*`(\w+)`\s*\|")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
ROOM_INCLUDE = re.compile(r"shakefield/(\w+)/")
ADD_ROOM = re.compile(r"shakefield_add_room\(\s*(\w+)([^)]*)\)")
KEYWORDS = {"SOURCES", "ROOMS", "LIBRARIES", "PUBLIC_LIBRARIES"}
SUFFIXES = {".hpp", ".cpp", ".h", ".inl", ".ipp"}


def read_levels(design):
    """Level of each room, from the table of src/DESIGN.md."""
    levels = {}
    for line in design.read_text(encoding="utf-8").splitlines():
        if row := TABLE_ROW.match(line):
            levels[row[2]] = int(row[1])
    return levels


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES) if folder.is_dir() else []


def includes(path):
    """(line number, bracket, target) of each #include."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if found := INCLUDE.match(line):
            yield number, found[1], found[2]


def check_file(path, shown, room, levels, used):
    """Findings of one file of a room; adds the rooms that it includes to `used`."""
    public = shown.parts[0] == "include"
    for number, bracket, target in includes(path):
        place = f"{shown}:{number}"
        if ".." in pathlib.PurePosixPath(target).parts:
            yield f"{place}: '{target}' leaves its folder (private headers stay in their room)"
        for owner, pattern in OWNED_HEADERS.items():
            if pattern.fullmatch(target) and room != owner:
                yield f"{place}: only room '{owner}' may include '{target}' (this is '{room}')"
        if public and bracket == "<" and ("/" in target or "." in target):
            yield f"{place}: '{target}' in a public header (they include only the standard library and shakefield)"
        if other := ROOM_INCLUDE.match(target):
            other = other[1]
            if other == room:
                continue
            used.add(other)
            if other not in levels:
                yield f"{place}: room '{other}' is not in the table of src/DESIGN.md"
            elif room != "drivers" and levels[other] >= levels[room]:
                direction = "sideways" if levels[other] == levels[room] else "up"
                yield (f"{place}: '{room}' (level {levels[room]}) includes '{target}' of '{other}' "
                       f"(level {levels[other]}), which points {direction}")


def read_link_lists(root):
    """Room -> (path of its CMakeLists.txt, {keyword: words}) for each shakefield_add_room."""
    lists = {}
    for path in sorted((root / "src").glob("*/CMakeLists.txt")):
        text = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
        for name, body in ADD_ROOM.findall(text):
            words, keyword = {k: [] for k in KEYWORDS}, None
            for word in body.split():
                if word in KEYWORDS:
                    keyword = word
                elif keyword:
                    words[keyword].append(word)
            lists[name] = (path.relative_to(root), words)
    return lists


def closure(room, lists):
    """Rooms that `room` links, directly or through others."""
    found, todo = set(), [room]
    while todo:
        for lower in lists.get(todo.pop(), (None, {"ROOMS": []}))[1]["ROOMS"]:
            if lower not in found:
                found.add(lower)
                todo.append(lower)
    return found


def check_links(levels, used, lists):
    for room, (path, words) in lists.items():
        if room not in levels:
            yield f"{path}: room '{room}' is not in the table of src/DESIGN.md"
            continue
        for lower in words["ROOMS"]:
            if lower not in levels or levels[lower] >= levels[room]:
                yield f"{path}: '{room}' links '{lower}', which is not a lower room"
        for missing in sorted(used[room] - closure(room, lists)):
            yield f"{path}: '{room}' includes headers of '{missing}' without linking it, add it to ROOMS"
        for owners, pattern in OWNED_TARGETS.items():
            for library in words["LIBRARIES"] + words["PUBLIC_LIBRARIES"]:
                if pattern.fullmatch(library) and room not in owners:
                    yield f"{path}: only {' and '.join(owners)} may link {library} (this is '{room}')"
    for room in levels:
        if used[room] and room not in lists:
            yield f"src/{room}: has sources but no shakefield_add_room in its CMakeLists.txt"


def check(root):
    design = root / "src" / "DESIGN.md"
    if not design.is_file():
        return [f"{design.relative_to(root)}: missing (it holds the table of rooms)"]
    levels = read_levels(design)
    if not levels:
        return ["src/DESIGN.md: no row of the form '| level | `room` | …' found"]
    findings, used = [], {room: set() for room in levels}
    for folder in (root / "include" / "shakefield", root / "src"):
        for child in sorted(p for p in folder.glob("*") if p.is_dir()):
            if child.name not in levels and sources(child):
                findings.append(f"{child.relative_to(root)}: not in the table of src/DESIGN.md")
    for room in levels:
        for folder in (root / "include" / "shakefield" / room, root / "src" / room):
            for path in sources(folder):
                findings += check_file(path, path.relative_to(root), room, levels, used[room])
    for path in sources(root / "drivers"):
        findings += check_file(path, path.relative_to(root), "drivers", levels, set())
    return findings + list(check_links(levels, used, read_link_lists(root)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1])
    findings = check(parser.parse_args().root)
    print("\n".join(findings), end="\n" if findings else "", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
