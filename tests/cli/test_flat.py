#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_flat.py [BOOKS]: a batch takes no more memory and no more open files at
its last books than at its first ones, with both formats, drawn covers and
--safe. By hand BOOKS may be 1000."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

# As many books at the start are there to open fonts and fill pools.
WARM = 0.2
# What each book may leave behind: a share of an open file, and KB of memory,
# since its pictures or a font are more. One worker, since two differ in what
# both of them hold at a time.
FILES, MEMORY = 0.2, 64


def make_list(folder, n):
    lines = []
    for i in range(n):
        blog = folder / f"blog{i}"
        harness.post(blog, "a.md", f"Words {i} and *more* of them. 글과 그림\n\n"
                     "| a | b |\n|---|---|\n| 1 | 2 |\n\n[x](https://e.org/)",
                     title=f"Post {i}")
        lines.append(json.dumps({"path": str(blog), "title": f"Blog {i}",
                                 "epub": f"out/{i}.epub",
                                 "pdf": f"out/{i}.pdf"}) + "\n")
    (folder / "out").mkdir()
    listed = folder / "books.jsonl"
    listed.write_text("".join(lines))
    return listed


def resident(pid):
    """KB."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def watch(listed, *more):
    """Open files and memory after each book."""
    err = tempfile.TemporaryFile("w+")
    child = subprocess.Popen(
        [harness.PROGRAM, *harness.OFFLINE, "-j1", *more,
         f"--batch={listed}"], cwd=listed.parent, env=harness.environment(),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err)
    seen = []
    for _ in child.stdout:
        try:
            seen.append((len(os.listdir(f"/proc/{child.pid}/fd")),
                         resident(child.pid)))
        except (OSError, IndexError): # it is just ending
            pass
    if child.wait() != 0:
        err.seek(0)
        sys.exit(f"status {child.returncode}\n{err.read()[-2000:]}")
    return seen


def judge(n, seen, name):
    warm = int(n * WARM)
    if len(seen) < n * 0.8:
        sys.exit(f"{name}: saw only {len(seen)} of {n} books")
    early, late = seen[warm:2 * warm], seen[-warm:]
    books = n - 3 * warm # between the two parts
    # The fewest, since what is open for a moment, the pipes of the next book's
    # process, differs with the moment at which we look.
    files = [min(x[0] for x in part) for part in (early, late)]
    memory = [statistics.median(x[1] for x in part) for part in (early, late)]
    print(f"{name}: {n} books, open files {files[0]:.0f} -> {files[1]:.0f}, "
          f"memory {memory[0] / 1024:.1f} -> {memory[1] / 1024:.1f} MB")
    return (files[1] <= files[0] + FILES * books
            and (harness.is_sanitized()
                 or memory[1] <= memory[0] + MEMORY * books))


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    if not os.path.isdir("/proc/self/fd"):
        print("no /proc here")
        sys.exit(harness.SKIP)
    ok = True
    for name, more in ("threads", []), ("--safe", ["--safe"]):
        with tempfile.TemporaryDirectory() as tmp:
            listed = make_list(pathlib.Path(tmp), n)
            ok = judge(n, watch(listed, *more), name) and ok
    if not ok:
        sys.exit("it grows")


main()
