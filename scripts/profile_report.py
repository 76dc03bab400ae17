#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Says where a profiled run spent its time: the rooms of the program, the libraries and the kernel, and the top
functions of each. Reads the samples of perf (scripts/profile.sh)."""

import argparse
import collections
import pathlib
import re
import subprocess
import sys

# A line of `perf script -F ip,sym,dso`: address, symbol, file.
SAMPLE = re.compile(r"\s*[0-9a-f]+ (?P<symbol>.*) \((?P<file>[^()]*)\)$")
ROOM = re.compile(r"shakefield::([a-z]+)::")
WIDTH = 110


def place_of(symbol, file):
    """The room, library or kernel that a sample belongs to."""
    room = ROOM.search(symbol)
    if room:
        return room[1]
    if file.startswith("["):
        return "kernel"
    name = pathlib.PurePosixPath(file).name
    return name.split(".so")[0] if ".so" in name else f"{name} (no room)"


def short(symbol):
    """A symbol without what all symbols have: the namespace of its room, arguments that do not fit."""
    text = ROOM.sub("", symbol).replace("(anonymous namespace)::", "")
    return text if len(text) <= WIDTH else text[: WIDTH - 2] + " …"


def count(lines):
    """(place, symbol) -> samples."""
    samples = collections.Counter()
    for line in lines:
        match = SAMPLE.match(line)
        if match:
            samples[place_of(match["symbol"], match["file"]), match["symbol"]] += 1
    return samples


def report(samples, top, hertz):
    total = sum(samples.values())
    if not total:
        return ["no samples"]
    places = collections.Counter()
    for (place, _), number in samples.items():
        places[place] += number
    lines = [f"{total} samples, {total / hertz:.2f} s of CPU time"]
    for place, number in places.most_common():
        if number < 0.002 * total:
            continue
        lines += ["", f"{number / total:6.1%}  {place}"]
        functions = [(n, symbol) for (where, symbol), n in samples.items() if where == place]
        lines += [f"  {n / total:6.1%}  {short(symbol)}" for n, symbol in sorted(functions, reverse=True)[:top]]
    return lines


def read(data):
    """Lines of one perf.data, names as in the source."""
    script = subprocess.Popen(["perf", "script", "-i", data, "-F", "ip,sym,dso"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
    demangled = subprocess.run(["c++filt"], stdin=script.stdout, capture_output=True, text=True, check=True)
    if script.wait():
        raise RuntimeError(f"perf cannot read {data}")
    return demangled.stdout.splitlines()


def main():
    parser = argparse.ArgumentParser(description="Where a profiled run spent its time.")
    parser.add_argument("data", nargs="+", help="files of perf record, one a rank")
    parser.add_argument("--top", type=int, default=8, help="functions shown of each room (%(default)s)")
    parser.add_argument("--hertz", type=float, default=999, help="samples a second (%(default)s)")
    arguments = parser.parse_args()
    samples = collections.Counter()
    for data in arguments.data:
        samples += count(read(data))
    print("\n".join(report(samples, arguments.top, arguments.hertz)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
