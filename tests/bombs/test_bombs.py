#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Input made to break the program: it must end, with a message, and alive.

Every bomb is made at run time. How long each took is printed and never
judged; only the kill limit is (a hang is a failure).
"""
import os
import pathlib
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

LIMIT = 120  # seconds, for slow machines and sanitizers


class Bombs(unittest.TestCase):
    def setUp(self):
        self.tmp = tempfile.TemporaryDirectory()
        self.addCleanup(self.tmp.cleanup)
        self.blog = pathlib.Path(self.tmp.name, "blog")
        self.blog.mkdir()
        self.book = pathlib.Path(self.tmp.name, "book.epub")

    def convert(self, *codes, status=(0, 1)):
        """Makes the book; every one of CODES must be reported."""
        start = time.monotonic()
        result = harness.run("-v", f"--epub={self.book}", self.blog,
                             timeout=LIMIT)
        print(f"{self.id().split('.')[-1]}: {time.monotonic() - start:.2f} s",
              file=sys.stderr)
        self.assertFalse(harness.crashed(result), harness.describe(result))
        self.assertIn(result.returncode, status, harness.describe(result))
        for code in codes:
            self.assertIn(f"[{code}]", result.stderr)
        if self.book.exists():
            for name, text in harness.chapters(self.book).items():
                ElementTree.fromstring(text)
        return result

    def text_of_book(self):
        return b"".join(harness.chapters(self.book).values()).decode()

    def bomb(self, body, *codes, last="The last words."):
        """A post of BODY and LAST, which must reach the book."""
        harness.post(self.blog, "bomb.md", body + "\n\n" + last + "\n")
        result = self.convert(*codes)
        self.assertIn(last, self.text_of_book())
        return result

    def test_nested_divs(self):
        self.bomb("<div>" * 100_000 + "deep inside", "html-too-deep")
        self.assertIn("deep inside", self.text_of_book())

    def test_nested_bold(self):
        self.bomb("<b>" * 20_000 + "deep inside", "html-too-deep")

    def test_nested_quotes(self):
        self.bomb(">" * 20_000 + " deep inside", "html-too-deep")
        self.assertIn("deep inside", self.text_of_book())

    def test_nested_lists(self):
        lines = [" " * (2 * i) + "- x" for i in range(2_000)]
        self.bomb("\n".join(lines))

    def test_wide_table(self):
        row = "|a" * 20_000 + "|\n"
        self.bomb(row + "|-" * 20_000 + "|\n" + "|b|\n" * 2_000,
                  "table-too-big")

    def test_long_attribute(self):
        result = self.bomb('<p title="' + "x" * 10_000_000 + '">text</p>')
        self.assertIn("too big", result.stderr)

    def test_many_attributes(self):
        many = " ".join(f"a{i}=b" for i in range(20_000))
        self.bomb(f"<p {many}>text</p>", "html-too-big")

    def test_many_emphasis_marks(self):
        self.bomb("*a **b ***c " * 20_000)

    def test_many_brackets(self):
        self.bomb("[" * 50_000 + "a" + "](" * 50_000)

    def test_many_footnotes(self):
        self.bomb("".join(f"x[^{i}] " for i in range(5_000)) + "\n\n"
                  + "".join(f"[^{i}]: note {i}\n" for i in range(5_000)))

    def test_many_headings(self):
        self.bomb("# Title\n\n" * 100_000)

    def test_many_links(self):
        self.bomb("[a](#title) " * 50_000)

    def test_unclosed_comment(self):
        self.bomb("<p>text</p>\n\n<!-- " + "x -- " * 100_000 + "-->")

    def test_long_line(self):
        harness.post(self.blog, "bomb.md", "word " * 10_000_000)
        self.convert()

    def test_yaml_aliases(self):
        names = "abcdefghi"
        yaml = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for before, name in zip(names, names[1:]):
            yaml += f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
        path = self.blog / "bomb.md"
        path.write_text(f"---\ntitle: T\ndate: 2020-01-01\n{yaml}tags: *i\n"
                        "---\n\nThe last words.\n")
        self.convert()
        self.assertIn("The last words.", self.text_of_book())

    def test_yaml_depth(self):
        path = self.blog / "bomb.md"
        path.write_text("---\ntitle: T\ndate: 2020-01-01\nx: "
                        + "[" * 100_000 + "\n---\n\nThe last words.\n")
        self.convert()
        self.assertIn("The last words.", self.text_of_book())

    def test_json_depth(self):
        path = self.blog / "bomb.md"
        path.write_text('{"title": "T", "x": ' + "[" * 100_000
                        + "\n\nThe last words.\n")
        self.convert()

    def test_toml_depth(self):
        path = self.blog / "bomb.md"
        path.write_text('+++\ntitle = "T"\nx = ' + "[" * 100_000
                        + "\n+++\n\nThe last words.\n")
        self.convert()
        self.assertIn("The last words.", self.text_of_book())

    def test_symlink_loop(self):
        harness.post(self.blog, "a.md", "text")
        (self.blog / "again").symlink_to(self.blog, target_is_directory=True)
        (self.blog / "self.md").symlink_to("self.md")
        self.convert("folder-loop")
        self.assertEqual(len(harness.chapters(self.book)) >= 1, True)

    def test_fifo_and_device(self):
        harness.post(self.blog, "a.md", "text")
        os.mkfifo(self.blog / "pipe.md")
        (self.blog / "zero.md").symlink_to("/dev/zero")
        result = self.convert("file-special", status=(1,))
        self.assertIn("pipe.md", result.stderr)
        self.assertIn("zero.md", result.stderr)

    def test_fifo_as_picture(self):
        harness.post(self.blog, "a.md", "![a pipe](pipe.png)")
        os.mkfifo(self.blog / "pipe.png")
        self.convert(status=(1,))
        self.assertIn("a pipe", self.text_of_book())

    def test_drawing_with_many_references(self):
        (self.blog / "a.svg").write_text(
            "<svg xmlns='http://www.w3.org/2000/svg'><style>"
            + "url(#a)" * 150_000 + "@import</style></svg>")
        self.bomb("![drawing](a.svg)")

    def test_odd_names(self):
        names = ["with space.md", "quo'te\".md", "line\nfeed.md", "😀.md",
                 "\u1112\u1161\u11ab\u1100\u1173\u11af.md", "-dash.md",
                 "<b>&amp;.md", "per%20cent.md", "a" * 240 + ".md"]
        for n, name in enumerate(names):
            harness.post(self.blog, name, f"body number {n}")
        (self.blog / os.fsdecode(b"\xff\xfe.md")).write_bytes(
            b"---\ntitle: bytes\ndate: 2020-01-01\n---\nbody number 9\n")
        self.convert()
        text = self.text_of_book()
        for n in range(10):
            self.assertIn(f"body number {n}", text)

    def test_formula_of_many_tags(self):
        """Its text, copied anew for each of them, would be 45 GB."""
        harness.post(self.blog, "a.md", '<pre><code class="language-math">'
                     + "<b>x</b>" * 300000 + "</code></pre>\n")
        self.convert("formula-kept")

    def test_picture_outside(self):
        """A post must not pull files from outside its blog into a book."""
        pathlib.Path(self.tmp.name, "secret.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg"><text>s3cret</text></svg>')
        harness.post(self.blog, "a.md", "![x](../secret.svg)\n\n![y](/etc/passwd)")
        self.convert("image-missing", status=(1,))
        self.assertNotIn(b"s3cret", self.book.read_bytes())


harness.main()
