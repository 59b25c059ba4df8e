#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Opens the samples in a real reader (epub.js) in headless Chromium: turning
pages, the table of contents, a link between chapters and a footnote must work.

check.py [FOLDER]: screenshots are kept in FOLDER. Skips without node, Chromium
or the npm packages (tests/npm/install.py).
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness
sys.path.insert(0, str(harness.TESTS / "npm"))
import install

BROWSERS = ("chromium", "chromium-browser", "google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def main():
    modules = install.modules()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not (shutil.which("node") and browser and modules
            and (modules / "epubjs").is_dir()):
        print("skipped: no node, Chromium or npm packages")
        sys.exit(harness.SKIP)
    with tempfile.TemporaryDirectory() as tmp:
        for blog in sorted((harness.ROOT / "samples").glob("*/book.yaml")):
            book = pathlib.Path(tmp, blog.parent.name + ".epub")
            result = harness.run("-q", f"--epub={book}", blog.parent)
            if not book.exists():
                sys.exit(harness.describe(result))
        shots = pathlib.Path(sys.argv[1] if sys.argv[1:] else tmp).resolve()
        shots.mkdir(parents=True, exist_ok=True)
        script = pathlib.Path(__file__).with_name("reader.cjs")
        done = subprocess.run(
            ["node", script, tmp, shots], timeout=1500,
            env={**os.environ, "NODE_PATH": str(modules), "BROWSER": browser})
    sys.exit(done.returncode)


main()
