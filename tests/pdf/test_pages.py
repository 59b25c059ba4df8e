#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nothing leaves the type area: every item of every page's display list, for
the samples and, where they are, real blogs."""
import sys

import pdftools
from pdftools import harness

# Rounding, and half of a rule.
SLACK_X = 0.6
SLACK_Y = 0.6
DESCENT = 0.3  # of the type size, below a baseline
# These are not seen, and may reach into the margin.
UNSEEN = ("anchor", "link")


def outside(item, width, height):
    if item.kind in UNSEEN:
        return False
    if item.x < -0.5 or item.x + item.w > width + SLACK_X:
        return bool(item.text.strip()) or item.kind != "text"
    low = item.y + (item.size * DESCENT if item.kind == "text" else item.h)
    return item.y < -SLACK_Y or low > height + SLACK_Y


def complaints(blog, *args):
    width, height = pdftools.type_area(*args, blog)
    made = harness.run("--dump=pages", "-q", *args, blog, timeout=600)
    if harness.crashed(made):
        yield harness.describe(made)
    chapters = 0
    for name, pages in pdftools.display_lists(made.stdout):
        chapters += 1
        for n, page in enumerate(pages, 1):
            if not any(i.kind not in UNSEEN for i in page):
                yield f"{name}: page {n} of {len(pages)} is empty"
            for item in page:
                if outside(item, width, height):
                    yield f"{name}: page {n}: {item} leaves " \
                          f"{width:.1f} x {height:.1f}"
    if not chapters:
        yield "no chapters"


def missing_characters(blog):
    """How many of which characters no font has."""
    said = harness.run("--dump=pages", "-v", blog, timeout=600).stderr
    return sum("[glyph-missing]" in line for line in said.splitlines())


def main():
    why = pdftools.missing_fonts()
    if why:
        pdftools.skip(why)
    failed = 0
    jobs = [(blog, args) for blog in pdftools.SAMPLES for args in (
        (), ("--page-size=a4",), ("--page-size=bunko", "--two-sided"))]
    jobs += [(harness.TESTS / "books/print/in", ())]
    jobs += [(blog, ()) for blog in pdftools.corpora()]
    for blog, args in jobs:
        found = list(complaints(blog, *args))
        print(blog.name, *args, f"{len(found)} complaints")
        for line in found[:15]:
            print("   ", line)
        failed += len(found)
    for blog in pdftools.SAMPLES:
        found = missing_characters(blog)
        if found:
            print(f"{blog.name}: no font has {found} of its characters")
        failed += found
    sys.exit(1 if failed else 0)


main()
