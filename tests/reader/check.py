#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Opens the samples in a real reader (epub.js) in headless Chromium: turning
pages, the table of contents, a link between chapters and a footnote must work,
and a formula must be drawn.

check.py [FOLDER]: screenshots are kept in FOLDER. Skips without node, Chromium
or the npm packages (tests/npm/install.py).
"""
import pathlib
import sys
import tempfile

import browser
from browser import harness


def main():
    browser.require()
    with tempfile.TemporaryDirectory() as tmp:
        for blog in sorted((harness.ROOT / "samples").glob("*/book.yaml")):
            book = pathlib.Path(tmp, blog.parent.name + ".epub")
            result = harness.run("-q", f"--epub={book}", blog.parent)
            if not book.exists():
                sys.exit(harness.describe(result))
        sys.exit(browser.node("reader.cjs", tmp, sys.argv[1:]))


main()
