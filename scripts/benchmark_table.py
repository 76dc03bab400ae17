#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Prints the JSON files of Google Benchmark in a folder as Markdown tables, one a room.

A row shows the median over repetitions and their spread (standard deviation over mean). The last column compares a
kernel with its ceiling, measured in the same program and run.
"""

import argparse
import json
import pathlib
import re
import sys

# Name of a benchmark -> its ceiling: the same arguments, and nothing done that could be left out.
CEILINGS = {
    "bench_field_rows": "bench_field_roofline",
    "bench_field_rows_with_floor": "bench_field_roofline",
    "bench_store_write": "bench_store_write_raw",
}
# What one item is in each room.
ITEMS = {"calc": "rows (number: numbers)", "field": "values", "gmm": "values", "hazard": "values", "rupture": "sites", "source": "ruptures", "store": "rows"}
MICROSECONDS = {"ns": 1e-3, "us": 1.0, "ms": 1e3, "s": 1e6}


class Result:
    """One benchmark with its arguments: figures of all repetitions together."""

    def __init__(self, run_name):
        parts = run_name.split("/")
        self.manual_time = "manual_time" in parts
        self.name = "/".join(p for p in parts if ":" not in p and p != "manual_time")
        self.arguments = " ".join(p for p in parts if ":" in p and not p.startswith("repeats:"))
        self.room = self.name.split("_")[1]
        self.figures = {}  # of the median, or of the only repetition
        self.spread = None
        self.error = ""

    def add(self, entry):
        kind = entry.get("aggregate_name", "")
        if entry.get("error_occurred"):
            self.error = entry["error_message"]
        elif kind == "cv":
            self.spread = entry["real_time" if self.manual_time else "cpu_time"]
        elif kind == "median" or not kind and not self.figures:
            self.figures = entry

    def microseconds(self):
        time = self.figures["real_time" if self.manual_time else "cpu_time"]
        return time * MICROSECONDS[self.figures["time_unit"]]


def read_results(files):
    """All results in order of the files and of registration, and the context of the first file."""
    results, context = {}, {}
    for path in files:
        data = json.loads(path.read_text(encoding="utf-8"))
        context = context or data["context"]
        # Repetitions may have run in random order.
        for entry in sorted(data["benchmarks"], key=lambda e: (e["family_index"], e["per_family_instance_index"])):
            results.setdefault(entry["run_name"], Result(entry["run_name"])).add(entry)
    return list(results.values()), context


def rate(figures):
    texts = []
    if "items_per_second" in figures:
        texts.append(f"{figures['items_per_second'] / 1e6:,.4g} M/s")
    if "bytes_per_second" in figures:
        texts.append(f"{figures['bytes_per_second'] / 1e9:.2f} GB/s")
    return ", ".join(texts)


def of_ceiling(result, by_name):
    ceiling = by_name.get((CEILINGS.get(result.name), result.arguments))
    if not ceiling or ceiling.error:
        return ""
    share = result.figures["items_per_second"] / ceiling.figures["items_per_second"]
    return f"{share:.0%} of {ceiling.name.removeprefix('bench_')}"


def describe(context):
    """Machine, compiler, commit and how busy the machine was."""
    load = context.get("load_avg") or [0]
    return (f"{context.get('processor', 'unknown processor')}, {context['num_cpus']} cores; {context.get('compiler', '?')}, "
            f"preset {context.get('preset', '?')}, {context.get('arch', '?')}; commit {context.get('commit', '?')}; "
            f"{context['date']}, load {load[0]:.1f} at the start")


def table(results):
    by_name = {(r.name, r.arguments): r for r in results}
    lines = []
    for room in dict.fromkeys(r.room for r in results):
        items = ITEMS.get(room, "items")
        lines += ["", f"### {room}", "", f"| benchmark | arguments | time, µs (CPU; of the writer: wall) | rate, {items} | spread | ceiling |",
                  "|---|---|---:|---:|---:|---|"]
        for r in (r for r in results if r.room == room):
            name = r.name.removeprefix(f"bench_{room}_")
            if r.error:
                lines.append(f"| {name} | {r.arguments} | failed: {r.error} | | | |")
                continue
            spread = "" if r.spread is None else f"{r.spread:.0%}"
            lines.append(f"| {name} | {r.arguments} | {r.microseconds():,.4g} | {rate(r.figures)} | {spread} | {of_ceiling(r, by_name)} |")
    return lines


def natural(path):
    """Sorts np2 before np10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path.name)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path, help="folder with bench_*.json")
    folder = parser.parse_args().folder
    files = sorted(folder.glob("bench_*.json"), key=natural)
    if not files:
        print(f"error: no bench_*.json in {folder}, run scripts/benchmark.sh", file=sys.stderr)
        return 2
    results, context = read_results(files)
    print("\n".join([describe(context), *table(results)]))
    return 1 if any(r.error for r in results) else 0


if __name__ == "__main__":
    sys.exit(main())
