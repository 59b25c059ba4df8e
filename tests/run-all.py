#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run-all.py BUILD ASAN_BUILD: every test, then one line that counts them.

The second folder is built with sanitizers; the suites below run there again.
"""
import json
import os
import subprocess
import sys

AGAIN = ("unit", "spec", "books", "bombs", "cli", "fuzz", "corpora",
         "pictures")
SETTINGS = {
    "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0:allocator_may_return_null=1",
    "LSAN_OPTIONS": "print_suppressions=0:suppressions="
                    + os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                   "lsan.supp"),
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
}


def run(build, suites):
    command = ["meson", "test", "-C", build, "--print-errorlogs", "--no-rebuild"]
    for suite in suites:
        command += ["--suite", suite]
    log = os.path.join(build, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    subprocess.run(command, env={**SETTINGS, **os.environ},
                   stdin=subprocess.DEVNULL)
    with open(log, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main():
    count = {"passed": 0, "failed": 0, "skipped": 0}
    build, asan = sys.argv[1:]
    for folder, suites in (build, ()), (asan, AGAIN):
        for test in run(folder, suites):
            kind = {"OK": "passed", "EXPECTEDFAIL": "passed",
                    "SKIP": "skipped"}.get(test["result"], "failed")
            count[kind] += 1
            if kind != "passed":
                print(f"{folder}: {kind}: {test['name']}")
    line = f"{count['passed']} passed, {count['failed']} failed"
    if count["skipped"]:
        line += f", {count['skipped']} skipped"
    print(line)
    sys.exit(1 if count["failed"] or not count["passed"] else 0)


main()
