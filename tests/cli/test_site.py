#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Books of folders inside a site, whose generator has settings of its own."""
import base64
import json
import pathlib
import re
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

KOREAN = "오늘은 바다에 갔다. 물이 아주 맑았고 바람은 조금 불었다."
ENGLISH = "This is what you have when the tide is out and that is all."
GIF = base64.b64decode("R0lGODlhAwACAAAAACwAAAAAAwACAAACAnh4ADs=")


class Site(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        self.site = self.dir / "site"
        self.site.mkdir()

    def write(self, text, name="_config.yml"):
        (self.site / name).write_text(text)

    def run_book(self, *args, status=0):
        # In the sandbox leaks can't be looked for.
        more = {"ASAN_OPTIONS": "detect_leaks=0"} if "--safe" in args else {}
        result = harness.run("-o", "out", *args, cwd=self.dir,
                             env=harness.environment(**more))
        self.assertFalse(harness.crashed(result), harness.describe(result))
        self.assertEqual(result.returncode, status, harness.describe(result))
        return result

    def package(self, *args):
        self.run_book(*args)
        with zipfile.ZipFile(self.dir / "out.epub") as book:
            return book.read("EPUB/package.opf").decode()

    def element(self, name, *args):
        found = re.search(f"<dc:{name}[^>]*>([^<]*)<", self.package(*args))
        return found and found[1]

    def test_language(self):
        """The site's language says more than the text, never less."""
        cases = [(KOREAN, "en", "ko"), (KOREAN, "ko_KR", "ko-KR"),
                 (KOREAN, "default", "ko"), (ENGLISH, "en-gb", "en-GB"),
                 (ENGLISH, "ko", "en"), ("1 2 3", "ja", "ja"),
                 ("1 2 3", "", "en")]
        for text, given, want in cases:
            with self.subTest(given=given, want=want):
                harness.post(self.site / "_posts", "a.md", text, title="1")
                self.write(f"title: T\nlang: {given}\n")
                self.assertEqual(self.element("language", "site/_posts"), want)
        self.write("title: T\nlang: ko\n")
        self.assertEqual(self.element("language", "-l", "fr", "site/_posts"),
                         "fr")

    def test_metadata(self):
        harness.post(self.site / "source/_posts", "a.md", ENGLISH)
        self.write("title: Quay & Co\ndescription: By the <sea>\n"
                   "url: https://quay.example/\nauthor: Wren\n")
        opf = self.package("site/source/_posts")
        self.assertIn("<dc:title>Quay &amp; Co</dc:title>", opf)
        self.assertIn(">Wren</dc:creator>", opf)
        self.assertIn("<dc:source>https://quay.example</dc:source>", opf)
        self.assertIn("<dc:description>By the &lt;sea&gt; · ", opf)

    def test_order(self):
        harness.post(self.site / "_posts", "a.md", ENGLISH)
        (self.site / "_posts/book.yaml").write_text("author: B\ntitle: B\n")
        self.write("title: C\nauthor: C\n")
        opf = self.package("-t", "A", "site/_posts")
        self.assertIn("<dc:title>A</dc:title>", opf)
        self.assertIn(">B</dc:creator>", opf)

    def test_said_once(self):
        harness.post(self.site / "_posts", "a.md", ENGLISH)
        self.write("title: C\n")
        result = self.run_book("site/_posts")
        self.assertNotIn("_config.yml", result.stderr + result.stdout)
        result = self.run_book("-v", "site/_posts", "--report=r.json")
        self.assertEqual(result.stderr.count("site/_config.yml: info:"), 1)
        report = json.loads((self.dir / "r.json").read_text())
        self.assertIn("site/_config.yml", json.dumps(report))

    def test_broken(self):
        """The book is made; --strict is told."""
        harness.post(self.site / "_posts", "a.md", ENGLISH)
        self.write("title: x\nauthor: [\n")
        self.assertEqual(self.element("title", "site/_posts"), "_posts")
        result = self.run_book("-v", "site/_posts")
        self.assertRegex(result.stderr,
                         r"site/_config.yml:\d: warning: .*\[site-broken\]")
        self.run_book("-W", "site/_posts", status=1)

    def test_safe(self):
        """Nothing above what was named."""
        harness.post(self.site / "_posts", "a.md", ENGLISH)
        self.write("title: C\n")
        self.assertEqual(self.element("title", "--safe", "site/_posts"),
                         "_posts")
        self.assertEqual(self.element("title", "--safe", "site"), "C")
        harness.post(self.site / "_posts", "a.md", "![a](/assets/a.gif)")
        (self.site / "assets").mkdir()
        (self.site / "assets/a.gif").write_bytes(GIF)
        self.assertIn("image/gif", self.package("site/_posts"))
        result = self.run_book("--safe", "-v", "site/_posts", status=1)
        self.assertIn("[image-missing]", result.stderr)

    def test_batch(self):
        """What the site says, and its pictures, make a book an old one."""
        harness.post(self.site / "_posts", "a.md", ENGLISH)
        self.write("title: C\n")
        (self.dir / "list.yaml").write_text(
            "- path: site/_posts\n  epub: out.epub\n")

        def words():
            result = harness.run("--batch", "list.yaml", cwd=self.dir)
            self.assertFalse(harness.crashed(result))
            return result.stdout

        words()
        self.assertIn("unchanged", words())
        self.write("title: D\n")
        self.assertNotIn("unchanged", words())
        self.assertIn("unchanged", words())
        (self.site / "assets").mkdir()
        (self.site / "assets/a.gif").write_bytes(GIF)
        self.assertNotIn("unchanged", words())


if __name__ == "__main__":
    harness.main()
