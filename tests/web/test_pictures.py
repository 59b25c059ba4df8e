#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a book shows of pictures from the web, and says about them. The server
is asked as a proxy, so that the pictures have names of the web."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "epubcheck")]
import check
import harness
import server
from server import (Server, bomb, content, cut_off, endless, in_turn, later,
                    png, redirect, stalled, status)

SITE = "http://pics.example"
GIF = (b"GIF89a\3\0\2\0\0\0\0\x2c\0\0\0\0\3\0\2\0\0\2\2x\1\0\x3b")
PIXEL = png(1, 1)

# name: page, code of the one message, what the message says. No code: the
# picture is in the book.
FAULTS = {
    "gone.png": (status(404), "image-dead", "404 Not Found"),
    "removed.png": (status(410), "image-dead", "410 Gone"),
    "page.png": (content(b"<!DOCTYPE html><title>x</title>sorry",
                         "text/html"), "image-dead", "a web page"),
    "liar.png": (content(b"<html><body>sorry</body></html>", "image/png"),
                 "image-dead", "a web page"),
    "empty.png": (content(b""), "image-dead", ""),
    "short.png": (cut_off(png(), 40), "image-dead", ""),
    "endless.png": (endless, "image-refused", "larger than"),
    "loop.png": (redirect("/loop.png"), "image-dead", "redirect"),
    "inward.png": (redirect("http://127.0.0.1:9/a.png"), "image-refused", ""),
    "router.png": (redirect("http://192.168.0.1/a.png"), "image-refused", ""),
    "file.png": (redirect("file:///etc/hostname"), "image-refused", ""),
    "half.png": (content(png()[:60]), "image-dead", "truncated PNG"),
    "pixel.png": (content(PIXEL), "ad-dropped", "tracking pixel"),
    "gif.png": (content(GIF, "image/png"), None, ""),
    "octets": (content(png(9), "application/octet-stream"), None, ""),
    "text.png": (content(png(10), "text/plain"), None, ""),
    "far.png": (redirect(SITE + "/octets"), None, ""),
    "slow.png": (later(1, content(png(11))), None, ""),
    "stalled.png": (stalled(png(), 40), "image-dead", "it stalls"),
    "wrong-length.png": (cut_off(png(), len(png()), length=9999),
                         "image-dead", "cut off"),
    "busy.png": (in_turn(status(429, Retry_After="1"), content(png(12))),
                 None, ""),
    "busy-today.png": (status(429, Retry_After="9000"), "image-dead",
                       "come back in 9000 seconds"),
    "shaky.png": (in_turn(status(500), content(png(13))), None, ""),
    "broken.png": (status(500), "image-dead", "500 Internal Server Error"),
    "bomb.svg": (bomb(200), "image-refused", "larger than"),
}
# What the lock says of an address, by the code of its message.
LOCKED = {None: "ok", "ad-dropped": "ok", "image-dead": "dead",
          "image-refused": "refused"}


class Pictures(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name)
        self.blog = self.top / "blog"
        self.book = self.top / "book.epub"
        self.web = Server({f"{SITE}/{name}": fault[0]
                           for name, fault in FAULTS.items()})
        self.web.__enter__()
        self.addCleanup(self.web.__exit__, None, None, None)

    def make(self, *args, code):
        result = harness.run("-v", "--proxy", self.web.address,
                             f"--cache-dir={self.top / 'cache'}",
                             f"--epub={self.book}", *args, self.blog,
                             online=True)
        self.assertFalse(harness.crashed(result), harness.describe(result))
        self.assertEqual(result.returncode, code, harness.describe(result))
        (self.text,) = [t.decode() for n, t in
                        harness.chapters(self.book).items()
                        if b"<h1>" in t or b"chapter-head" in t]
        return result.stderr

    def post(self, body):
        harness.post(self.blog, "a.md", body)

    def images(self):
        with zipfile.ZipFile(self.book) as z:
            return [n for n in z.namelist() if "/images/" in n
                    and "cover" not in n]

    def places(self):
        """Label and address of each place."""
        return re.findall(r'class="missing-image"(?: title="([^"]*)")?'
                          r' data-src="([^"]*)"', self.text)

    def check_epub(self):
        jar = check.find_jar()
        if shutil.which("java") and jar:
            self.assertEqual(list(check.check(jar, self.book)), [])

    def entries(self):
        """The lock's blocks by address, each a dictionary."""
        text = (self.blog / "blog2book.lock").read_text()
        blocks = [dict(line.strip().split(": ", 1)
                       for line in block.splitlines())
                  for block in re.split(r"^- ", text, flags=re.M)[1:]]
        return {b["url"]: b for b in blocks}

    def check_lock(self):
        """The same for the lock, and a frozen book is the same book."""
        entries = self.entries()
        self.assertEqual(len(entries), len(FAULTS))
        for name, (_, code, text) in FAULTS.items():
            with self.subTest(name):
                e = entries[f"{SITE}/{name}"]
                self.assertEqual(e["status"], LOCKED[code])
                if e["status"] == "ok":
                    self.assertRegex(e["sha256"], "^[0-9a-f]{64}$")
                    self.assertNotIn("reason", e)
                else:
                    self.assertIn(text, e["reason"])
                    self.assertNotIn("sha256", e)
        self.assertEqual(entries[SITE + "/far.png"]["final"], SITE + "/octets")
        before = self.book.read_bytes()
        self.web.log.clear()
        said = self.make("--frozen", code=1)
        self.assertEqual(self.web.log, [])
        self.assertEqual(self.book.read_bytes(), before)
        return said

    def test_every_fault(self):
        lines = {}
        for i, name in enumerate(FAULTS):
            lines[name] = 5 + 2 * i
        self.post("\n\n".join(f"![a {n}]({SITE}/{n})" for n in FAULTS) + "\n")
        said = self.make("--lock", code=1)
        for name, (_, code, text) in FAULTS.items():
            with self.subTest(name):
                own = [l for l in said.splitlines()
                       if re.search(rf"a\.md:{lines[name]}: ", l)]
                if code is None:
                    self.assertEqual(own, [])
                    self.assertIn(f'alt="a {name}"', self.text)
                    continue
                self.assertEqual(len(own), 1, said)
                self.assertIn(f"[{code}]", own[0])
                self.assertIn(text, own[0])
                place = (f"a {name}", f"{SITE}/{name}")
                if code == "ad-dropped":
                    self.assertNotIn(name, self.text)
                else:
                    self.assertIn(place, self.places())
        # octets and far.png are the same bytes
        self.assertEqual(len(self.images()), sum(
            code is None for _, code, _ in FAULTS.values()) - 1)
        self.check_epub()

        def warnings(text):
            return [l for l in text.splitlines() if "a.md" in l]
        self.assertEqual(warnings(self.check_lock()), warnings(said))

    def test_certificate_of_its_own(self):
        """No picture comes from a host that nobody vouches for."""
        certificate = server.certificate(self.top)
        if not certificate:
            self.skipTest("no openssl to make a certificate")
        with Server({"/a.png": content(png())}, certificate) as web:
            url = web.url("/a.png")
            self.post(f"![A tree]({url})")
            result = harness.run(
                "--allow-private-network", "--lock", f"--epub={self.book}",
                f"--cache-dir={self.top / 'cache'}", self.blog, online=True)
            self.assertEqual(web.log, [])
        self.assertEqual(result.returncode, 1, harness.describe(result))
        why = "its certificate is not to be trusted"
        self.assertRegex(result.stderr, rf"a\.md:5: .*{why}.*\[image-dead\]")
        self.text = b"".join(harness.chapters(self.book).values()).decode()
        self.assertEqual(self.places(), [("A tree", url)])
        entry = self.entries()[url]
        self.assertEqual((entry["status"], entry["reason"]), ("dead", why))

    def test_offline_asks_nobody(self):
        self.post("\n\n".join(f"![a {n}]({SITE}/{n})" for n in FAULTS))
        said = self.make("--offline", code=0)
        self.assertEqual(self.web.log, [])
        self.assertEqual(len(self.places()), len(FAULTS))
        self.assertEqual(said.count("[image-remote]"), len(FAULTS))
        self.check_epub()

    def test_kept_pictures_are_shown_offline(self):
        self.post(f"![A]({SITE}/octets)")
        self.make(code=0)
        self.web.log.clear()
        before = self.book.read_bytes()
        self.make("--offline", code=0)
        self.assertEqual(self.web.log, [])
        self.assertEqual(self.book.read_bytes(), before)

    def test_best_address_first(self):
        self.web.pages[SITE + "/large.png"] = content(png(30, 20))
        self.web.pages[SITE + "/가.png"] = content(png(31, 20))
        self.web.pages[SITE + "/%EA%B0%80%20%EB%82%98.png?w=1"] = \
            content(png(32, 20))
        self.post(
            f'<img src="{SITE}/octets" srcset="{SITE}/large.png 900w, '
            f'{SITE}/x.png 200w">\n\n'
            f'<img src="{SITE}/octets" data-original="{SITE}/gone.png">\n\n'
            f'<img src="{SITE}/가 나.png?w=1">\n')
        said = self.make(code=0)
        self.assertEqual(said.count("warning"), 0, said)
        asked = [r.target for r in self.web.log]
        self.assertEqual(sorted(asked), sorted([
            SITE + "/large.png", SITE + "/gone.png", SITE + "/octets",
            SITE + "/%EA%B0%80%20%EB%82%98.png?w=1"]))
        self.assertEqual(len(self.images()), 3)

    def test_hosts_that_shrink(self):
        full = "http://live.staticflickr.com/65535/491_0a1b_b.jpg"
        self.web.pages[full] = content(png(40, 30))
        self.post("![A](http://live.staticflickr.com/65535/491_0a1b_m.jpg)")
        self.make(code=0)
        self.assertEqual([r.target for r in self.web.log], [full])
        self.assertEqual(len(self.images()), 1)

    def test_counters_are_not_asked(self):
        self.post('Text.<img src="http://www.google-analytics.com/x.gif">')
        said = self.make(code=0)
        self.assertEqual(self.web.log, [])
        self.assertIn("[ad-dropped]", said)
        self.assertNotIn("google", self.text)

    def test_same_book_for_any_number_of_threads(self):
        for i in range(12):
            harness.post(self.blog, f"{i}.md",
                         "\n\n".join(f"![a]({SITE}/{n})" for n in
                                     ("octets", "gone.png", "gif.png")))
        books = []
        for jobs in 1, 4:
            harness.run("--proxy", self.web.address, f"--jobs={jobs}",
                        f"--cache-dir={self.top / f'cache{jobs}'}",
                        f"--epub={self.book}", self.blog, online=True)
            books.append(self.book.read_bytes())
        self.assertEqual(books[0], books[1])

    def test_printed(self):
        """Frames have the description, the host and the address."""
        if not shutil.which("pdftotext"):
            self.skipTest("no pdftotext")
        self.post(f"![A lighthouse]({SITE}/gone.png)\n\n"
                  f"![B]({SITE}/octets)\n")
        pdf = self.top / "book.pdf"
        result = harness.run("--proxy", self.web.address,
                             f"--cache-dir={self.top / 'cache'}",
                             f"--pdf={pdf}", self.blog, online=True)
        self.assertEqual(result.returncode, 1, harness.describe(result))
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], text=True,
                              capture_output=True, check=True).stdout
        self.assertIn("A lighthouse – pics.example", text)
        self.assertIn(SITE + "/gone.png", text)
        images = subprocess.run(["pdfimages", "-list", pdf], text=True,
                                capture_output=True, check=True).stdout
        self.assertRegex(images, r" 9 +8 ")


if __name__ == "__main__":
    harness.main()
