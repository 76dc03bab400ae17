# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Runs a command and measures it with all its descendants: wall time, CPU time, memory."""

import dataclasses
import os
import pathlib
import subprocess
import threading
import time

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
SAMPLE_S = 0.05


@dataclasses.dataclass
class Usage:
    """What one run of a command took."""
    status: int          # exit status
    wall_s: float
    cpu_s: float         # user and system, all processes
    largest_mib: float   # peak resident memory of the largest process
    total_mib: float     # peak of the sum over processes; memory that they share is counted once
    output: str          # standard output and error together


def parse_status(text):
    """Name -> kB of the memory lines of /proc/PID/status."""
    fields = (line.split() for line in text.splitlines() if line.endswith(" kB"))
    return {words[0].rstrip(":"): int(words[1]) for words in fields}


def descendants(root):
    """Process ids of `root` and everything below it."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        process = todo.pop()
        found.append(process)
        todo += parents.get(process, [])
    return found


class Sampler(threading.Thread):
    """Watches a process tree until stopped."""

    def __init__(self, root):
        super().__init__(daemon=True)
        self.root = root
        self.stopped = threading.Event()
        self.cpu_s = {}  # by process: what it had used when last seen
        self.largest_kb = 0
        self.total_kb = 0

    def run(self):
        while not self.stopped.wait(SAMPLE_S):
            self.sample()

    def sample(self):
        private, shared = 0, 0
        for process in descendants(self.root):
            folder = pathlib.Path("/proc") / str(process)
            try:
                memory = parse_status((folder / "status").read_text())
                words = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            self.cpu_s[process] = (int(words[11]) + int(words[12])) * TICK_S
            self.largest_kb = max(self.largest_kb, memory.get("VmHWM", 0))
            private += memory.get("RssAnon", 0)
            shared = max(shared, memory.get("RssFile", 0) + memory.get("RssShmem", 0))
        self.total_kb = max(self.total_kb, private + shared)


def measure(command, cwd=None, env=None, cores=None):
    """Runs `command`, kept on the given set of cores, and returns its Usage."""
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None)
    sampler = Sampler(process.pid)
    sampler.start()
    output = process.stdout.read().decode(errors="replace")
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)  # wait4 has reaped it
    sampler.stopped.set()
    sampler.join()
    process.stdout.close()
    # The kernel's sum lacks descendants that nobody waited for, the sampled one what ran between two samples.
    cpu = max(used.ru_utime + used.ru_stime, sum(sampler.cpu_s.values()))
    return Usage(process.returncode, wall, cpu, max(used.ru_maxrss, sampler.largest_kb) / 1024, sampler.total_kb / 1024, output)
