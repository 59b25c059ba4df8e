#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pages of a name: their size and margins, for chapters, for blocks, and for the
first page of a chapter; and what is said where that can't be."""
import pathlib
import re
import tempfile
import unittest

import pdftools
from pdftools import harness

MM = 72 / 25.4
TABLE = "| a | b |\n|---|---|\n| one | two |\n"
WIDE = "@page wide { size: a4 landscape; margin: 20mm } table { page: wide }"


class NamedPages(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        self.blog = self.dir / "blog"

    def run_with(self, sheet, body, *args):
        path = self.dir / "sheet.css"
        path.write_text(sheet)
        harness.post(self.blog, "a.md", body)
        made = harness.run(f"--css={path}", *args, self.blog)
        self.assertIn(made.returncode, (0, 1), harness.describe(made))
        return made

    def pages(self, sheet, body, *args):
        """Pages of the post: what is said of each, and its items."""
        said = self.run_with(sheet, body, "--dump=pages", "-q", *args).stdout
        heads = re.findall(r"^page \d+ .*$", said, re.M)
        (_, pages), = pdftools.display_lists(said)
        return list(zip(heads, pages))

    def sizes(self, sheet, body, *args):
        """Sizes of all pages of the book, in mm, each with its text."""
        book = self.dir / "book.pdf"
        self.run_with(sheet, body, "-q", f"--pdf={book}", "--cover=none", *args)
        self.assertEqual(pdftools.qpdf_complaints(book), "")
        _, info = pdftools.tool("pdfinfo", "-f", 1, "-l", 99, book)
        # Furniture has an empty text for who copies it; here it counts.
        plain = self.dir / "plain.pdf"
        pdftools.tool("qpdf", "--qdf", "--object-streams=disable", book, plain)
        plain.write_bytes(plain.read_bytes().replace(
            b"/ActualText()", b"/ActualTexX()"))
        _, text = pdftools.tool("pdftotext", plain, "-")
        found = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", info)
        return [(round(float(w) / MM), round(float(h) / MM), words)
                for (w, h), words in zip(found, text.split("\f"))]

    def page_with(self, pages, word):
        page, = [p for p in pages if word in p[-1]]
        return page

    def test_a_table_turns_on_its_side(self):
        pages = self.sizes(WIDE, f"before\n\n{TABLE}\n\nbehind")
        self.assertEqual([p[:2] for p in pages if "before" in p[2]
                          or "behind" in p[2]], [(148, 210)] * 2)
        self.assertEqual(self.page_with(pages, "two")[:2], (297, 210))
        at = [i for i, p in enumerate(pages) if re.search(
            "before|two|behind", p[2])]
        self.assertEqual(at, list(range(at[0], at[0] + 3)))

    def test_its_type_area_is_the_pages_own(self):
        long = "| " + "word " * 60 + "| b |\n|---|---|\n| one | two |\n"
        widths = [max(i.x + i.w for i in items if i.kind == "text")
                  for _, items in self.pages(WIDE, f"{long}\n\nbehind")
                  if any("word" in i.text for i in items)]
        self.assertGreater(max(widths), 140 * MM)
        self.assertLess(max(widths), 257 * MM + 1)

    def test_the_name_is_said(self):
        heads = [head for head, _ in self.pages(WIDE, f"x\n\n{TABLE}\n\ny")]
        self.assertEqual([h.endswith(" named wide") for h in heads],
                         [False, True, False])

    def test_heads_are_those_of_the_name(self):
        sheet = WIDE + "@page wide { @bottom-center { content: 'turned' } }"
        pages = self.sizes(sheet, f"before\n\n{TABLE}\n\nbehind")
        self.assertEqual([("turned" in p[2]) for p in pages if re.search(
            "before|two|behind", p[2])], [False, True, False])

    def test_landscape_alone_turns_the_size_that_was_asked_for(self):
        sheet = "@page wide { size: landscape } table { page: wide }"
        pages = self.sizes(sheet, f"a\n\n{TABLE}", "--page-size=b5")
        self.assertEqual(self.page_with(pages, "two")[:2], (257, 182))

    def test_a_size_of_its_own_wins_over_the_option(self):
        pages = self.sizes(WIDE, f"a\n\n{TABLE}", "--page-size=b5")
        self.assertEqual(self.page_with(pages, "two")[:2], (297, 210))

    def test_chapters_of_a_name(self):
        sheet = ("@page post { margin: 20mm 50mm 20mm 50mm } "
                 ".chapter { page: post }")
        (_, items), *_ = self.pages(sheet, "word " * 200)
        right = max(i.x + i.w for i in items if i.kind == "text")
        self.assertAlmostEqual(right, 48 * MM, delta=2)

    def test_pages_of_the_books_own(self):
        sheet = ("@page sign { size: 100mm 150mm; margin: 10mm } "
                 ".colophon { page: sign } @page contents { margin: 30mm }")
        pages = self.sizes(sheet, "text")
        self.assertEqual(pages[-1][:2], (100, 150))
        self.assertEqual({p[:2] for p in pages[:-1]}, {(148, 210)})

    def test_first_pages_begin_lower(self):
        body = "\n\n".join(f"word{n}" for n in range(60))
        count = []
        for sheet in ("", "@page :first { margin-top: 88mm }"):
            pages = self.pages(sheet, body)
            count.append([sum(i.kind == "text" for i in items)
                          for _, items in pages[:2]])
        self.assertLess(count[1][0], count[0][0] - 5)
        self.assertAlmostEqual(count[1][1], count[0][1], delta=1)
        for _, items in pages[:1]:
            self.assertLess(max(i.y for i in items), 101 * MM)

    def test_a_name_without_a_rule_means_nothing(self):
        pages = self.pages("table { page: nobody }", f"x\n\n{TABLE}\n\ny")
        self.assertEqual(len(pages), 1)

    def test_blocks_that_are_empty_part_nothing(self):
        pages = self.pages(WIDE.replace("table", "blockquote"),
                           "x\n\n<blockquote></blockquote>\n\ny")
        self.assertEqual(len(pages), 1)

    def test_what_cannot_be_is_said(self):
        for sheet, body, words in (
                ("@page wide { size: a4 } td { page: wide }", TABLE,
                 "page 'wide' has no effect"),
                ("@page wide { size: a4 } em { page: wide }", "an *em* here",
                 "page 'wide' has no effect"),
                ("@page odd :first { margin: 40mm } .chapter { page: odd }",
                 "x", "'@page odd': all pages"),
                ("@page :first { size: a4 }", "x", "'@page': all pages")):
            made = self.run_with(sheet, body, "--dump=pages", "-v")
            self.assertEqual(made.stderr.count(words), 1, made.stderr)
        made = self.run_with(WIDE, TABLE, "--dump=pages", "-v")
        self.assertNotIn("no effect", made.stderr)

    def test_notes_of_a_wide_page_fit_the_next(self):
        notes = "".join(f"[^n{n}]" for n in range(40))
        texts = "".join(f"\n[^n{n}]: " + "word " * 40 + "\n" for n in range(40))
        pages = self.pages(WIDE, f"a\n\n| a{notes} | b |\n|---|---|\n"
                           f"| one | two |\n\nbehind\n{texts}")
        self.assertGreater(len(pages), 3)
        for _, items in pages[2:]:
            for item in items:
                self.assertLess(item.x + item.w, 113 * MM + 1)

    def test_continued_chapters_begin_anew_on_other_pages(self):
        sheet = ("@page small { size: 100mm 150mm; margin: 10mm } "
                 ".chapter:lang(en) { page: small }")
        harness.post(self.blog, "b.md", "second", title="B\nlang: en",
                     date="2020-02-03")
        pages = self.sizes(sheet, "first", "--language=ko",
                           "--chapter-start=continue")
        self.assertEqual(self.page_with(pages, "first")[:2], (148, 210))
        self.assertEqual(self.page_with(pages, "second")[:2], (100, 150))


def main():
    why = pdftools.missing_fonts() or pdftools.missing("pdfinfo", "qpdf")
    if why:
        pdftools.skip(why)
    harness.main()


main()
