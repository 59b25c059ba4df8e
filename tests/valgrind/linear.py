#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Twice as much of the same takes twice as many instructions, not four times.

Instructions are counted, since they are the same on a busy machine; what
every run takes is told apart by three sizes of each case."""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

# Vectors that double, and tables that do, make steps.
LIMIT = 2.3

# name: [format, smallest size, N to the text, the file if it is no post]
CASES = {
    "rows of a table": ["pdf", 1250, lambda n: "|a|b|\n|-|-|\n"
                        + "|some|words|\n" * n],
    "rows tied together": ["pdf", 500, lambda n: "<table>"
                           + "<tr><td rowspan=2>some<td>words</tr>"
                           "<tr><td rowspan=2>more</tr>" * n + "</table>"],
    "marks behind tone marks": ["pdf", 8000,
                                lambda n: "가\u302e\u0301" * n],
    "links": ["pdf", 1000, lambda n: "".join(
        f"[word](https://example.org/{i})\n" for i in range(n))],
    "code in quotes": ["pdf", 2000,
                       lambda n: ">" * 100 + " " + "`code` " * n],
    "notes": ["epub", 1000, lambda n: "".join(
        f"x[^{i}]\n\n[^{i}]: note\n\n" for i in range(n))],
    "notes of pages": ["pdf", 500, lambda n: "".join(
        f"x[^{i}]\n\n[^{i}]: note\n\n" for i in range(n))],
    "ruby": ["pdf", 1500,
             lambda n: "<ruby>漢<rt>かん</rt></ruby>" * n],
    "places": ["pdf", 2500,
               lambda n: '<a id="a"></a>word ' + "".join(
                   f'<a id="a{i}"></a>word ' for i in range(n))],
    "notes of one paragraph": ["pdf", 500, lambda n: "".join(
        f"word[^{i}] " for i in range(n)) + "\n\n" + "".join(
        f"[^{i}]: note\n" for i in range(n))],
    "accents": ["pdf", 20000, lambda n: "a" + "\u0301" * n],
    "abbreviations": ["epub", 1000, lambda n: "".join(
        f"*[AB{i}]: meaning\n" for i in range(n)) + "\n" + "".join(
            f"AB{i} " for i in range(n))],
    "boxes": ["epub", 1000, lambda n: "!!! note\n    text\n\n" * n],
    "boxes that don't end": ["epub", 1000, lambda n: "::: tip\n" * n],
    "formulas that don't end": ["epub", 4000, lambda n: "$$\nx^2\n\n" * n
                                + "\\(x^2 " * n + "$x_1 " * n],
    "formulas": ["pdf", 400, lambda n: "$\\frac{x_1^2}{\\sqrt{b}}$ " * n
                 + "\n\n$$\n" + "\\left( a + " * 20 + "b" + "\\right)" * 20
                 + "\n$$\n\n$" + "x + " * n + "y$\n"],
    "tags that don't end": ["epub", 4000, lambda n: "{{< " * n + "\n\n"
                            + "{% raw %}" * n + "{漢字|" * n + "((a " * n],
    "text from right to left": ["pdf", 1000, lambda n: "نص English 12, (a) "
                                * n],
    "settings in one line": ["epub", 10000, lambda n: "''," * n,
                             "quartz.config.ts"],
}


def count(folder, kind, text, name):
    """How many instructions the book of one post takes, with TEXT in NAME."""
    blog = folder / "blog"
    shutil.rmtree(blog, ignore_errors=True)
    blog.mkdir(parents=True)
    harness.post(blog, "post.md", "" if name else text)
    if name:
        (blog / name).write_text(text)
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
         harness.PROGRAM, *harness.OFFLINE, "-q", "-j1", "--cover=none",
         f"--{kind}={folder / 'book'}", str(blog)],
        stdin=subprocess.DEVNULL, env=harness.environment(), timeout=300,
        capture_output=True, encoding="utf-8", errors="replace")
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode not in (0, 1) or not found:
        sys.exit(f"exit status {done.returncode}\n{done.stderr}")
    return int(found[1])


def growth(folder, kind, size, text, name=None):
    """What the second doubling adds, by what the first one adds."""
    least, more, most = (count(folder, kind, text(size * n), name)
                         for n in (1, 2, 4))
    return (most - more) / max(more - least, 1)


def main():
    if not shutil.which("valgrind") or harness.is_sanitized():
        print("skipped: no valgrind, or a program that it can't run")
        sys.exit(harness.SKIP)
    wanted = {name: CASES[name] for name in sys.argv[1:]} or CASES
    with tempfile.TemporaryDirectory() as tmp, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {name: pool.submit(growth, pathlib.Path(tmp, name), *case)
                for name, case in wanted.items()}
        found = {name: job.result() for name, job in jobs.items()}
    for name, ratio in found.items():
        print(f"{name}: {ratio:.2f}{' TOO MUCH' if ratio > LIMIT else ''}")
    sys.exit(1 if any(r > LIMIT for r in found.values()) else 0)


main()
