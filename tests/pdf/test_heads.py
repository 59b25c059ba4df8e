#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What stands in the margins of printed pages, and at their foot."""
import pathlib
import re
import tempfile
import unittest

import pdftools
from pdftools import harness

SHEET = """
h2 { string-set: section content(); break-before: page }
@page {
  @top-left { content: "<" string(section, start) "|" string(section)
                       "|" string(section, last)
                       "|" string(section, first-except) ">" }
  @top-right { content: string(chapter) }
}
@page :first { @top-left { content: "<>" } }
"""
LINES = "\n\nword " * 60


class Case(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        self.blog = self.dir / "blog"

    def pages(self, *args):
        """The text of every page of the body."""
        book = self.dir / "book.pdf"
        made = harness.run("-q", f"--pdf={book}", *args, self.blog)
        self.assertIn(made.returncode, (0, 1), harness.describe(made))
        # Furniture has an empty text for who copies it; here it counts.
        plain = self.dir / "plain.pdf"
        pdftools.tool("qpdf", "--qdf", "--object-streams=disable", book, plain)
        plain.write_bytes(plain.read_bytes().replace(
            b"/ActualText()", b"/ActualTexX()"))
        _, text = pdftools.tool("pdftotext", "-layout", plain, "-")
        return text.split("\f")

    def heads(self, sheet=SHEET):
        path = self.dir / "sheet.css"
        path.write_text(sheet)
        return [found[0] for page in self.pages(f"--css={path}")
                if (found := re.search("<.*>", page))]


class Heads(Case):
    def test_where_strings_change(self):
        harness.post(self.blog, "a.md", f"## One\n{LINES}\n### Two\n\nword\n\n"
                     "### Three\n\nword\n")
        self.assertEqual(
            self.heads(sheet=SHEET.replace("h2 {", "h3 {").replace(
                "break-before: page", ""))[-1], "<|Two|Three|>")

    def test_strings_of_pages(self):
        harness.post(self.blog, "a.md", f"## One\n{LINES}\n## Two\n\nword\n\n"
                     "<h2 style='break-before: auto'>Three</h2>\n\nword\n")
        harness.post(self.blog, "b.md", f"text{LINES}\n## Four\n\nword\n",
                     date="2020-01-03")
        self.assertEqual(
            [h for h in self.heads() if h != "<>"],
            ["<One|One|One|>"] + 3 * ["<One|One|One|One>"]
            + ["<Two|Two|Two|>", "<Three|Three|Three|>"] + 3 * ["<|||>"]
            + ["<Four|Four|Four|>"])


class Notes(Case):
    def test_a_note_is_printed_once(self):
        """Though two pages refer to it."""
        harness.post(self.blog, "a.md", f"first[^n]{LINES}\n\nsecond[^n]\n\n"
                     "third[^n] and fourth[^n]\n\n[^n]: thenotestext\n")
        pages = self.pages()
        self.assertEqual(["thenotestext" in p for p in pages],
                         ["first" in p for p in pages])
        self.assertEqual("".join(pages).count("thenotestext"), 1)
        self.assertFalse(any("first" in p and "second" in p for p in pages))


def main():
    why = pdftools.missing("pdftotext", "qpdf") or pdftools.missing_fonts()
    if why:
        pdftools.skip(why)
    harness.main()


main()
