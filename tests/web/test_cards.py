#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cards of a book whose cache has what the sites said. They are asked by https,
which no test can play; a cache is as good."""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "epubcheck")]
import check
import harness
from server import png

FILM = "https://www.youtube.com/watch?v=film1"
DECK = "https://speakerdeck.com/player/0af3"
CODE = "def lamp(x):\n    return x < 3 and 'on'  # & off\n"


def keep(cache, url, data, kind="application/json"):
    """Puts DATA into the folder CACHE as what URL gave."""
    digest = hashlib.sha256(data).hexdigest()
    path = cache / "objects" / digest[:2] / digest[2:]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    with open(cache / "journal-2", "a") as f:
        f.write(harness.journal_line(
            f"N\t{digest}\t{len(data)}\t2024-05-06\t{kind}\t{url}\t{url}"))


def fill(cache):
    def ask(endpoint, link, answer):
        keep(cache, endpoint + urllib.parse.quote(link, safe=""),
             json.dumps(answer).encode())
    ask("https://www.youtube.com/oembed?format=json&url=", FILM,
        {"title": "Rain on <a> roof", "html": "<iframe></iframe>",
         "thumbnail_url": "https://i.ytimg.com/vi/film1/hqdefault.jpg"})
    keep(cache, "https://i.ytimg.com/vi/film1/hqdefault.jpg",
         png(480, 270, 90), "image/jpeg")
    ask("https://speakerdeck.com/oembed.json?url=", DECK,
        {"title": "Tea, slowly",
         "thumbnail_url": "https://files.speakerdeck.com/0af3/slide_0.jpg"})
    keep(cache, "https://files.speakerdeck.com/0af3/slide_0.jpg",
         png(800, 450, 200), "image/jpeg")
    keep(cache, "https://api.github.com/gists/0af3", json.dumps(
        {"files": {"lamp.py": {"filename": "lamp.py", "language": "Python",
                               "truncated": False, "content": CODE},
                   "notes.txt": {"filename": "notes.txt", "language": "Text",
                                 "truncated": False,
                                 "content": "한 줄\nsecond"}}}).encode())


POST = """Before.

<iframe src="https://www.youtube.com/embed/film1"></iframe>

<script async class="speakerdeck-embed" data-id="0af3"
src="//speakerdeck.com/assets/embed.js"></script>

<script src="https://gist.github.com/me/0af3.js"></script>

<iframe src="https://player.vimeo.com/video/77"></iframe>

After.
"""


class Cards(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name)
        self.blog, self.cache = self.top / "blog", self.top / "cache"
        harness.post(self.blog, "a.md", POST)

    def make(self, path, *args, code=0):
        result = harness.run("--offline", f"--cache-dir={self.cache}", *args,
                             path, self.blog, online=True)
        self.assertFalse(harness.crashed(result), harness.describe(result))
        self.assertEqual(result.returncode, code, harness.describe(result))
        return result

    def chapter(self, *args):
        self.book = self.top / "book.epub"
        self.make(f"--epub={self.book}", *args)
        (text,) = [t.decode() for t in harness.chapters(self.book).values()
                   if b"Before." in t]
        return text

    def test_alive(self):
        fill(self.cache)
        text = self.chapter()
        self.assertIn("Rain on &lt;a&gt; roof</a>", text)
        self.assertRegex(text, r'class="embed-picture"><img [^>]*'
                         r'alt="Rain on &lt;a&gt; roof"')
        self.assertIn("Tea, slowly</a>", text)
        self.assertIn('class="code-name">lamp.py<', text)
        self.assertRegex(text, r'<pre data-lang="python"[^>]*><code>def lamp')
        self.assertIn("return x &lt; 3 and 'on'  # &amp; off</code>", text)
        self.assertIn("한 줄\nsecond</code>", text)
        self.assertIn('href="https://gist.github.com/me/0af3"', text)
        # nothing is kept of this one
        self.assertIn(">https://vimeo.com/77</a>", text)
        with zipfile.ZipFile(self.book) as z:
            self.assertEqual(sum("/images/" in n and "cover" not in n
                                 for n in z.namelist()), 2)
        jar = check.find_jar()
        if shutil.which("java") and jar:
            self.assertEqual(list(check.check(jar, self.book)), [])

    def test_without_a_cache(self):
        """The card as it always was."""
        text = self.chapter()
        self.assertNotIn("embed-picture", text)
        self.assertNotIn("code-name", text)
        self.assertEqual(len(re.findall(r'<figure class="embed"', text)), 4)
        self.assertIn(f">{FILM}</a>", text)

    def test_printed(self):
        if not shutil.which("pdftotext"):
            self.skipTest("no pdftotext")
        fill(self.cache)
        pdf = self.top / "book.pdf"
        self.make(f"--pdf={pdf}")
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], text=True,
                              capture_output=True, check=True).stdout
        for words in ("Rain on <a> roof", "Tea, slowly", "lamp.py",
                      "def lamp(x):", "second"):
            self.assertIn(words, text)
        images = subprocess.run(["pdfimages", "-list", pdf], text=True,
                                capture_output=True, check=True).stdout
        self.assertRegex(images, r" 480 +270 ")
        self.assertRegex(images, r" 800 +450 ")

    def test_frozen(self):
        """A lock that does not have a card's answer fails the book."""
        fill(self.cache)
        harness.post(self.blog, "a.md", re.sub(".*vimeo.*", "", POST))
        (self.blog / "book.yaml").write_text("title: T\n")
        book = self.top / "book.epub"
        self.make(f"--epub={book}", "--lock")
        self.make(f"--epub={book}", "--frozen")
        lock = self.blog / "blog2book.lock"
        entries = lock.read_text()
        self.assertIn("https://api.github.com/gists/0af3", entries)
        harness.post(self.blog, "b.md",
                     '<script src="https://gist.github.com/me/9.js"></script>')
        result = self.make(f"--epub={book}", "--frozen", code=3)
        self.assertIn("[lock-broken]", result.stderr)
        self.assertIn("b.md:5", result.stderr)

    def test_frozen_without_an_answer(self):
        """Locked offline, a card whose answer isn't kept stays plain."""
        fill(self.cache)
        (self.blog / "book.yaml").write_text("title: T\n")
        books = [self.top / f"{i}.epub" for i in range(3)]
        self.make(f"--epub={books[0]}", "--lock")
        self.assertIn("status: offline",
                      (self.blog / "blog2book.lock").read_text())
        self.make(f"--epub={books[1]}", "--frozen")
        self.make(f"--epub={books[2]}", "--frozen", "--jobs=4")
        first, *others = [b.read_bytes() for b in books]
        self.assertEqual(others, [first, first])


if __name__ == "__main__":
    harness.main()
