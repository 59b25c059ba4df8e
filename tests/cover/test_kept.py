#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pictures that took long to make are kept for the next run, whose books are
the same."""
import hashlib
import pathlib
import random
import struct
import sys
import tempfile
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness


def noise(width, height):
    """A PNG that is too large for a reader, and is no drawing."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    rng = random.Random(7)
    rows = b"".join(b"\0" + rng.randbytes(width) for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0,
                                         0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


class Kept(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.dir = pathlib.Path(temp.name)
        self.cache = self.dir / "cache"
        self.blog = self.dir / "blog"
        harness.post(self.blog, "a.md", "![noise](noise.png)",
                     date="2019-03-04")
        (self.blog / "noise.png").write_bytes(noise(1800, 900))

    def make(self, *args):
        books = [self.dir / "book.epub", self.dir / "book.pdf"]
        result = harness.run(f"--epub={books[0]}", f"--pdf={books[1]}",
                             "--cover=none", f"--cache-dir={self.cache}",
                             "-v", *args, self.blog)
        self.assertEqual(result.returncode, 0, harness.describe(result))
        self.assertIn("[image-fitted]", result.stderr)
        return ([hashlib.sha256(b.read_bytes()).hexdigest() for b in books],
                result.stderr)

    def objects(self):
        return [p for p in self.cache.glob("objects/*/*") if p.is_file()]

    def test_same_books(self):
        first = self.make()
        kept = {p: p.read_bytes() for p in self.objects()}
        self.assertEqual(len(kept), 2, "one for each book")
        self.assertEqual(self.make(), first)
        self.assertEqual({p: p.read_bytes() for p in self.objects()}, kept)

    def test_settings_are_part_of_it(self):
        first, _ = self.make()
        other, _ = self.make("--image-quality=40")
        self.assertNotEqual(other[0], first[0])
        self.assertEqual(other[1], first[1])

    def test_damage_is_made_again(self):
        first = self.make()
        for path in self.objects():
            path.write_bytes(path.read_bytes()[:-9] + b"something")
        self.assertEqual(self.make(), first)
        for path in self.objects():
            path.unlink()
        self.assertEqual(self.make(), first)

    def test_without_a_cache(self):
        first = self.make()
        self.cache = self.dir / "a file"
        self.cache.write_text("in the way")
        books, said = self.make()
        self.assertEqual(books, first[0])
        self.assertNotIn("cache-unusable", said)


if __name__ == "__main__":
    unittest.main(verbosity=2)
