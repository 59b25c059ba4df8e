#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""--diff: what changed since an earlier edition; hostile archives."""
import json
import os
import pathlib
import resource
import shutil
import struct
import sys
import unittest
import zipfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

# What is done to a blog of three posts: (change, the lines of --diff)
CHANGES = {
    "nothing": (lambda b: None, []),
    "added": (lambda b: harness.post(b, "d.md", "text", title="Post d",
                                     date="2020-04-01"),
              ["+ 2020-04-01-d.xhtml Post d"]),
    "removed": (lambda b: (b / "b.md").unlink(),
                ["- 2020-02-01-b.xhtml Post b & <i>"]),
    "changed": (lambda b: harness.post(b, "a.md", "other text",
                                       title="Post a", date="2020-01-01"),
                ["~ 2020-01-01-a.xhtml Post a"]),
    "renamed": (lambda b: (b / "c.md").rename(b / "z.md"),
                ["+ 2020-03-01-z.xhtml Post c", "- 2020-03-01-c.xhtml Post c"]),
    "another title": (lambda b: harness.post(b, "c.md", "text",
                                             title="New c", date="2020-03-01"),
                      ["~ 2020-03-01-c.xhtml New c"]),
    "a comment": (lambda b: harness.post(b, "c.md", "text\n\n<!-- c -->",
                                         title="Post c", date="2020-03-01"),
                  []),
}


class Case(harness.Case):
    def setUp(self):
        super().setUp()
        self.old = self.dir / "old.epub"
        harness.post(self.blog, "a.md", "text", title="Post a",
                     date="2020-01-01")
        harness.post(self.blog, "b.md", "text", title='"Post b & <i>"',
                     date="2020-02-01")
        harness.post(self.blog, "c.md", "text", title="Post c",
                     date="2020-03-01")

    def make(self, *args, status=0):
        result = harness.run(*args, self.blog)
        self.assertEqual(result.returncode, status, harness.describe(result))
        return result

    def changes(self, *args):
        return [x for x in self.make(*args).stdout.splitlines()
                if x[:2] in ("+ ", "- ", "~ ")]


class Editions(Case):
    def test_table(self):
        self.make(f"--epub={self.old}")
        first = self.dir / "first"
        shutil.copytree(self.blog, first)
        for name, (change, lines) in CHANGES.items():
            with self.subTest(name):
                shutil.rmtree(self.blog)
                shutil.copytree(first, self.blog)
                change(self.blog)
                self.assertEqual(
                    self.changes("--check", f"--diff={self.old}"), lines)

    def test_every_format(self):
        self.make(f"--epub={self.old}")
        (self.blog / "a.md").unlink()
        want = ["- 2020-01-01-a.xhtml Post a"]
        for args in ([f"--pdf={self.dir}/x.pdf"], [f"--epub={self.dir}/x.epub"],
                     ["-j3", "--check", "--epub", "--pdf"]):
            self.assertEqual(self.changes(f"--diff={self.old}", *args), want)

    def test_old_edition_is_replaced(self):
        self.make(f"--epub={self.old}")
        (self.blog / "a.md").unlink()
        args = f"--epub={self.old}", f"--diff={self.old}"
        self.assertEqual(len(self.changes(*args)), 1)
        self.assertEqual(self.changes(*args), [])

    def test_report(self):
        self.make(f"--epub={self.old}")
        (self.blog / "a.md").unlink()
        harness.post(self.blog, "b.md", "new", title="B", date="2020-02-01")
        report = json.loads(self.make("--check", f"--diff={self.old}",
                                      "--report=-").stdout)
        self.assertEqual(report["diff"], {
            "edition": str(self.old),
            "removed": [{"chapter": "2020-01-01-a.xhtml", "title": "Post a"}],
            "added": [],
            "changed": [{"chapter": "2020-02-01-b.xhtml", "title": "B"}],
            "unchanged": 1})


class Hostile(Case):
    """No archive crashes, hangs or fills the memory, and no book is made."""

    def refuse(self, *args):
        book = self.dir / "book.epub"
        book.write_text("old")
        result = harness.run(f"--epub={book}", f"--diff={self.old}", self.blog,
                             *args, timeout=60)
        self.assertFalse(harness.crashed(result), harness.describe(result))
        self.assertEqual(result.returncode, 3, harness.describe(result))
        self.assertIn("[edition-bad]", result.stderr)
        self.assertEqual(book.read_text(), "old")
        return result

    def test_no_archive(self):
        self.refuse()
        for data in b"", b"PK\5\6", b"text", b"\0" * 5000:
            self.old.write_bytes(data)
            self.refuse()

    def test_other_epub(self):
        with zipfile.ZipFile(self.old, "w") as z:
            z.writestr("mimetype", "application/epub+zip")
            z.writestr("OEBPS/one.xhtml", "<html/>")
        self.assertIn("no chapter", self.refuse().stderr)

    def test_damaged(self):
        self.make(f"--epub={self.old}")
        whole = self.old.read_bytes()
        at = whole.index(b"EPUB/text/2020-01-01-a.xhtml") + 40
        self.old.write_bytes(whole[:at] + bytes(x ^ 0xff for x in
                                                whole[at:at + 60])
                             + whole[at + 60:])
        self.refuse()
        for cut in range(0, len(whole), len(whole) // 7):
            self.old.write_bytes(whole[:cut])
            self.refuse()

    def test_bomb(self):
        with zipfile.ZipFile(self.old, "w", zipfile.ZIP_DEFLATED) as z:
            with z.open("EPUB/text/a.xhtml", "w", force_zip64=True) as f:
                for _ in range(300):
                    f.write(bytes(1 << 20))

        sanitized = ("asan" in harness.PROGRAM
                     or "ASAN_OPTIONS" in os.environ)

        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        result = harness.run(f"--epub={self.dir}/b.epub",
                             f"--diff={self.old}", self.blog, timeout=60,
                             preexec_fn=None if sanitized else limit)
        self.assertEqual(result.returncode, 3, harness.describe(result))
        self.assertIn("unpacks to too much", result.stderr)

    def test_lying_size(self):
        """An entry that says it is small unpacks to too much all the same."""
        data = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = data.compress(bytes(80 << 20)) + data.flush()
        name = b"EPUB/text/a.xhtml"
        local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, 0,
                            len(packed), 10, len(name), 0) + name
        central = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, 0,
                              len(packed), 10, len(name), 0, 0, 0, 0, 0, 0)
        central += name
        end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central),
                          len(local) + len(packed), 0)
        self.old.write_bytes(local + packed + central + end)
        self.refuse()

    def test_names(self):
        """Names are only compared and printed, never followed."""
        with zipfile.ZipFile(self.old, "w") as z:
            z.writestr("EPUB/text/../../../x.xhtml",
                       "<title>\x1b[31m&amp;lt; \u202e</title>")
            z.writestr("EPUB/text/b.xhtml", "<title>never closed")
        result = self.make("--check", f"--diff={self.old}")
        gone = [x for x in result.stdout.splitlines() if x.startswith("- ")]
        self.assertEqual(len(gone), 2)
        self.assertIn("&lt;", gone[0])
        self.assertNotIn("\x1b", result.stdout)

    def test_fifo(self):
        os.mkfifo(self.old)
        self.refuse()


harness.main()
