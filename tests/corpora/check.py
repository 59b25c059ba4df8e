#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Real blogs, where they lie beside the checkout or BLOG2BOOK_CORPORA names
them: every post becomes a chapter, in order, and every chapter is XML."""
import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

POST = re.compile(r"\.(md|markdown)$", re.I)


def blogs(folder):
    """ash84 is one blog; ruby-lang holds one a language."""
    for place in sorted(folder.iterdir()):
        if place.name == "ruby-lang":
            yield from sorted(p for p in place.iterdir() if p.is_dir())
        elif place.is_dir():
            yield place


def check(blog):
    """What is wrong with the book of BLOG, as texts."""
    posts = sum(1 for p in blog.rglob("*")
                if POST.search(p.name) and p.stat().st_size)
    with tempfile.TemporaryDirectory() as tmp:
        book = pathlib.Path(tmp, "book.epub")
        result = harness.run("-q", "--drafts", f"--epub={book}", blog,
                             timeout=1200)
        if harness.crashed(result) or result.returncode not in (0, 1):
            yield harness.describe(result)
            return
        chapters = harness.chapters(book)
    if len(chapters) != posts:
        yield f"{len(chapters)} chapters of {posts} posts"
    names = [n.rsplit("/", 1)[1] for n in chapters]
    dated = [n[:10] for n in names if re.match(r"\d{4}-\d\d-\d\d", n)]
    if dated != sorted(dated):
        yield "the chapters are out of order"
    for name, text in chapters.items():
        try:
            ElementTree.fromstring(text)
        except ElementTree.ParseError as error:
            yield f"{name}: {error}"


def main():
    folder = harness.corpora()
    if not folder:
        print("skipped: no corpora beside the checkout")
        sys.exit(harness.SKIP)
    failed = 0
    for blog in blogs(folder):
        complaints = list(check(blog))
        print(f"{blog.name}: {len(complaints)} complaints")
        for line in complaints[:20]:
            print("   ", line)
        failed += bool(complaints)
    sys.exit(1 if failed else 0)


main()
