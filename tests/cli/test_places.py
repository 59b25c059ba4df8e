#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pictures that can't be shown: a labelled place in both books, which says
what the author called them, their file and what is wrong with it."""
import pathlib
import struct
import sys
import tempfile
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness


def chunk(kind, data, crc=None):
    return (struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data) if crc is None else crc))


def png(width, height, data, crc=None):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
            + chunk(b"IDAT", data, crc) + chunk(b"IEND", b""))


GOOD = png(8, 8, zlib.compress((b"\0" + b"\0\xA0\0" * 8) * 8))
FILES = {
    "good.png": GOOD,
    "hostile.png": png(60, 60, b"no zlib", crc=7),
    "bomb.png": png(60000, 60000, zlib.compress(b"x")),
    "text.png": b"words",
}
BODY = """Before.

![The sea](hostile.png)

Beside ![a wave](hostile.png) it.

![](bomb.png)

![The letters](text.png)

![The net](none.png)

![A leaf](good.png)

[![The shore](hostile.png)](https://example.org/shore)

After.
"""
# Label, words, reason, class.
PLACES = [
    ("The sea", "Picture that can't be shown: hostile.png", "damaged", ""),
    ("a wave", "Picture that can't be shown: hostile.png", "damaged",
     " in-line"),
    ("", "Picture that can't be shown: bomb.png", "too many pixels", ""),
    ("The letters", "Picture that can't be shown: text.png",
     "no picture of a known type", ""),
    ("The net", "Picture not found: none.png", "", ""),
    ("The shore", "Picture that can't be shown: hostile.png", "damaged", ""),
]


class Places(unittest.TestCase):
    def make(self, kind, *args):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        blog = pathlib.Path(tmp.name, "blog")
        harness.post(blog, "a.md", BODY)
        # Pages of other chapters before and behind.
        harness.post(blog, "0.md", "![A leaf](good.png)\n", date="2020-01-01")
        harness.post(blog, "b.md", "The end.\n", date="2020-01-03")
        for name, data in FILES.items():
            (blog / name).write_bytes(data)
        book = pathlib.Path(tmp.name, "book." + kind)
        result = harness.run("--language=en", f"--{kind}={book}", *args, blog)
        self.assertEqual(result.returncode, 1, harness.describe(result))
        return book, result.stderr

    def test_epub(self):
        book, said = self.make("epub")
        text = [t.decode() for n, t in harness.chapters(book).items()
                if "2020-01-02" in n][0]
        for label, words, why, extra in PLACES:
            title = f' title="{label}"' if label else ""
            reason = f' data-why="{why}"' if why else ""
            self.assertIn(f'<span class="missing-image{extra}"{title}{reason}>'
                          f"{words}</span>", text)
        self.assertEqual(text.count("<img"), 1)
        self.assertEqual(said.count("[image-broken]"), 3, said)
        self.assertEqual(said.count("[image-missing]"), 1, said)

    def test_print(self):
        """The reason is found when the pages are made: they are made anew."""
        for start in "page", "continue":
            with self.subTest(start):
                book, said = self.make("pdf", f"--chapter-start={start}")
                self.assertEqual(said.count("hostile.png"), 1, said)
                self.assertIn("left its description in print", said)
                text = self.text_of(book)
                for label, words, why, _ in PLACES:
                    line = (label + " – " if label else "") + words
                    self.assertIn(line, text)
                    self.assertTrue(why == "" or why in text)
                self.assertLess(text.index("Before."), text.index("The sea"))
                self.assertLess(text.index("The shore"), text.index("After."))
                self.assertEqual(text.count("After."), 1)

    def text_of(self, book):
        try:
            done = harness.subprocess.run(
                ["pdftotext", "-layout", book, "-"], capture_output=True,
                check=True, encoding="utf-8")
        except FileNotFoundError:
            self.skipTest("no pdftotext")
        return done.stdout

    def test_jobs(self):
        for kind in "epub", "pdf":
            one, four = (self.make(kind, f"--jobs={n}")[0].read_bytes()
                         for n in (1, 4))
            self.assertEqual(one, four)


if __name__ == "__main__":
    harness.main()
