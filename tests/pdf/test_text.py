#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The printed book says what the EPUB says, chapter by chapter.

Compared are letters and digits: how often each stands in a chapter, and their
order where neither notes (which stand at the foot of a page), nor ruby, nor
table rows that go on on the next page move it. Left out is what only one of
the books has: numbers of lists and notes, the numbers and addresses of links,
page numbers, marks of wrapped code.
"""
import collections
import difflib
import pathlib
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import pdftools
from pdftools import harness

XHTML = "{http://www.w3.org/1999/xhtml}"
NOT_PRINTED = {XHTML + t for t in ("head", "script", "style", "template")}
MOVED = {XHTML + t for t in ("aside", "ruby", "table")}


def letters(text):
    return "".join(c for c in text if c.isalnum())


def words_of(element):
    """The text of ELEMENT. Paper shows what a missing picture showed, which
    readers of an EPUB get from an attribute."""
    if element.tag in NOT_PRINTED or not isinstance(element.tag, str):
        return
    if "missing-image" in element.get("class", "").split():
        yield element.get("title", "")
    yield element.text or ""
    for child in element:
        yield from words_of(child)
        yield child.tail or ""
    yield element.get("data-archived", "")


def of_epub(path):
    """Name, letters and whether all keep their order on paper, of every
    chapter."""
    for name, data in harness.chapters(path).items():
        tree = ElementTree.fromstring(data)
        yield (pathlib.PurePath(name).stem, letters("".join(words_of(tree))),
               not any(e.tag in MOVED for e in tree.iter()))


def of_pages(pages):
    return letters("".join(item.text for page in pages for item in page
                           if item.role not in ("", "Lbl")))


def excerpt(want, got):
    """The first difference, with what stands before it."""
    match = difflib.SequenceMatcher(None, want, got, autojunk=False)
    for kind, a, b, c, d in match.get_opcodes():
        if kind != "equal":
            return f"after {want[max(0, a - 12):a]!r}: " \
                   f"{want[a:b][:60]!r} became {got[c:d][:60]!r}"
    return ""


def complaints(blog, *args):
    with tempfile.TemporaryDirectory() as tmp:
        book = pathlib.Path(tmp, "book.epub")
        made = harness.run("-q", *args, f"--epub={book}", blog, timeout=600)
        if made.returncode not in (0, 1):
            yield harness.describe(made)
            return
        chapters = list(of_epub(book))
    dump = harness.run("--dump=pages", "-q", *args, blog, timeout=600)
    printed = dict(pdftools.display_lists(dump.stdout))
    if [c[0] for c in chapters] != list(printed):
        yield "the books have different chapters"
        return
    for name, want, keeps_order in chapters:
        got = of_pages(printed[name])
        if collections.Counter(got) != collections.Counter(want):
            yield f"{name}: other letters; {excerpt(want, got)}"
        elif keeps_order and got != want:
            yield f"{name}: another order; {excerpt(want, got)}"


def main():
    why = pdftools.missing_fonts()
    if why:
        pdftools.skip(why)
    failed = 0
    print_book = harness.TESTS / "books/print/in"
    blogs = [*pdftools.SAMPLES, print_book, *pdftools.corpora()]
    for blog in map(pathlib.Path, sys.argv[1:] or blogs):
        found = list(complaints(blog))
        print(f"{blog.name}: {len(found)} chapters differ")
        for line in found[:20]:
            print("   ", line)
        failed += len(found)
    sys.exit(1 if failed else 0)


main()
