#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The cover in both books: which one it is, where it stands, what is said when
it can't be used."""
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile
import zlib
from xml.etree import ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

OPF = "{http://www.idpf.org/2007/opf}"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def png(width, height, color):
    """A picture of one colour."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    rows = (b"\0" + bytes(color) * width) * height
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2,
                                         0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def svg(inside, width=1600, height=2560):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}"'
            f' height="{height}">{inside}</svg>').encode()


def jpeg_size(jpeg):
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC2):
        at += 2 + int.from_bytes(jpeg[at + 2:at + 4], "big")
    return (int.from_bytes(jpeg[at + 7:at + 9], "big"),
            int.from_bytes(jpeg[at + 5:at + 7], "big"))


class Case(unittest.TestCase):
    def setUp(self):
        self.temp = tempfile.TemporaryDirectory()
        self.dir = pathlib.Path(self.temp.name)
        self.blog = self.dir / "blog"
        harness.post(self.blog, "a.md", "Some text.", date="2019-03-04")
        harness.post(self.blog, "b.md", "More text.", date="2021-03-04")

    def tearDown(self):
        self.temp.cleanup()

    def make(self, *args, status=0):
        """The EPUB as a dict, and what was said."""
        book = self.dir / "book.epub"
        result = harness.run(f"--epub={book}", *args, self.blog)
        self.assertEqual(result.returncode, status, harness.describe(result))
        if "librsvg is missing" in result.stderr:
            self.skipTest("librsvg is missing")
        if "can't draw a cover: no font has" in result.stderr:
            self.skipTest("no fonts")
        with zipfile.ZipFile(book) as z:
            return {n: z.read(n) for n in z.namelist()}, result.stderr

    def cover(self, *args, status=0):
        book, said = self.make(*args, status=status)
        return book.get("EPUB/images/cover.jpg"), said

    def page(self, jpeg):
        """A PDF of the picture alone."""
        path = self.dir / "c.pdf"
        size = jpeg_size(jpeg)
        content = b"%d 0 0 %d 0 0 cm/I Do" % size
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<<"
            b"/XObject<</I 4 0 R>>>>/Contents 5 0 R>>" % size,
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace"
            b"/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>"
            b"stream\n%s\nendstream" % (*size, len(jpeg), jpeg),
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        ]
        path.write_bytes(b"%PDF-1.4\n" + b"".join(
            b"%d 0 obj\n%s\nendobj\n" % (i + 1, o)
            for i, o in enumerate(objects)) + b"trailer<</Root 1 0 R>>\n")
        return path

    def assert_color(self, jpeg, color):
        """The picture is all of it; asks pdftoppm for the pixels."""
        self.assert_pixels(self.page(jpeg), color)

    def pixels(self, jpeg):
        return self.first_page(self.page(jpeg))

    def first_page(self, pdf):
        """Red, green and blue of 160 by 256 pixels."""
        try:
            ppm = subprocess.run(
                ["pdftoppm", "-l", "1", "-scale-to-x", "160", "-scale-to-y",
                 "256", pdf], capture_output=True,
                check=True).stdout
        except OSError:
            self.skipTest("no pdftoppm")
        return ppm[-160 * 256 * 3:]

    def assert_pixels(self, pdf, color, spots=((1, 1), (19, 15), (10, 29))):
        """The first page, 20 by 30 pixels of it, has COLOR at the spots."""
        try:
            ppm = subprocess.run(
                ["pdftoppm", "-l", "1", "-scale-to-x", "20", "-scale-to-y",
                 "30", pdf], capture_output=True, check=True).stdout
        except OSError:
            self.skipTest("no pdftoppm")
        pixels = ppm[-20 * 30 * 3:]
        for x, y in spots:
            seen = pixels[(y * 20 + x) * 3:][:3]
            self.assertTrue(all(abs(a - b) < 12 for a, b in zip(seen, color)),
                            f"{tuple(seen)} at {x},{y} is not {color}")


class Epub(Case):
    def test_drawn(self):
        book, said = self.make()
        self.assertNotIn("cover", said)
        self.assertEqual(jpeg_size(book["EPUB/images/cover.jpg"]),
                         (1600, 2560))
        opf = ElementTree.fromstring(book["EPUB/package.opf"])
        items = {i.get("id"): i for i in opf.iter(OPF + "item")}
        image = [i for i in items.values()
                 if i.get("properties") == "cover-image"]
        self.assertEqual([i.get("href") for i in image], ["images/cover.jpg"])
        meta = [m.get("content") for m in opf.iter(OPF + "meta")
                if m.get("name") == "cover"]
        self.assertEqual(meta, [image[0].get("id")])
        first = next(opf.iter(OPF + "itemref"))
        self.assertEqual(items[first.get("idref")].get("href"), "cover.xhtml")
        self.assertNotEqual(first.get("linear"), "no")
        guide = {r.get("type"): r.get("href")
                 for r in opf.iter(OPF + "reference")}
        self.assertEqual(guide["cover"], "cover.xhtml")
        page = book["EPUB/cover.xhtml"].decode()
        self.assertRegex(page, '<img [^>]*role="doc-cover"[^>]*alt="Cover: ')
        nav = book["EPUB/nav.xhtml"].decode()
        self.assertEqual(nav.count("cover.xhtml"), 1)
        self.assertIn('epub:type="cover" href="cover.xhtml"', nav)
        self.assertNotIn(b"cover.xhtml", book["EPUB/toc.ncx"])

    def test_none(self):
        (self.blog / "cover.png").write_bytes(png(8, 8, RED))
        (self.blog / "book.yaml").write_text("cover: none\n")
        for args in (), ("--cover=none",):
            book, said = self.make(*args)
            self.assertFalse([n for n in book if "cover" in n])
            self.assertNotIn(b"cover", book["EPUB/package.opf"])
            self.assertNotIn(b"cover.xhtml", book["EPUB/nav.xhtml"])

    def test_kindle_has_no_page(self):
        book, said = self.make("--profile=kindle")
        self.assertIn("EPUB/images/cover.jpg", book)
        self.assertNotIn("EPUB/cover.xhtml", book)
        self.assertNotIn(b"cover.xhtml", book["EPUB/package.opf"])
        self.assertNotIn(b"cover.xhtml", book["EPUB/nav.xhtml"])

    def test_which(self):
        (self.blog / "images").mkdir()
        (self.blog / "images/COVER.PNG").write_bytes(png(300, 480, RED))
        jpeg, said = self.cover()
        self.assertEqual(jpeg_size(jpeg), (300, 480))
        self.assert_color(jpeg, RED)
        (self.blog / "mine.png").write_bytes(png(320, 480, BLUE))
        (self.blog / "book.yaml").write_text("cover: mine.png\n")
        jpeg, said = self.cover()
        self.assertEqual(jpeg_size(jpeg), (320, 480))
        self.assert_color(jpeg, BLUE)
        jpeg, said = self.cover(f"--cover={self.blog}/images/COVER.PNG")
        self.assertEqual(jpeg_size(jpeg), (300, 480))

    def test_large_is_reduced(self):
        (self.blog / "cover.png").write_bytes(png(2000, 4000, BLUE))
        jpeg, said = self.cover()
        self.assertEqual(jpeg_size(jpeg), (1280, 2560))
        self.assert_color(jpeg, BLUE)

    def test_jpeg_keeps_its_pixels_not_its_secrets(self):
        drawn, said = self.cover()
        secret = b"Exif\0\0MM\0*\0\0\0\x08\0\0 37.5665 N"
        with_exif = (drawn[:2] + b"\xff\xe1"
                     + (len(secret) + 2).to_bytes(2, "big") + secret
                     + drawn[2:])
        (self.blog / "cover.jpg").write_bytes(with_exif)
        taken, said = self.cover()
        self.assertNotIn(b"37.5665", taken)
        scan = drawn[drawn.index(b"\xff\xda"):]
        self.assertIn(scan, taken)

    def test_svg(self):
        shape = f'<rect width="100%" height="100%" fill="rgb{RED}"/>'
        (self.blog / "cover.svg").write_bytes(svg(shape, 300, 300))
        jpeg, said = self.cover()
        self.assertEqual(jpeg_size(jpeg), (1600, 1600))
        self.assert_color(jpeg, RED)

    def test_template(self):
        """Places reach the drawing: a colour for the title that has it."""
        (self.blog / "cover.svg").write_bytes(svg(
            '<style>.rgb{background:{{title}}}</style><rect width="100%"'
            ' height="100%" fill="{{author}}"/>'))
        jpeg, said = self.cover("--author=rgb(30,30,200)", "--title=<&>")
        self.assert_color(jpeg, BLUE)
        self.assertNotIn("cover", said)

    def test_broken(self):
        drawn = self.cover()[0]
        (self.blog / "cover.png").write_bytes(png(300, 480, RED))
        for name, data in (("gone.jpg", None), ("no.jpg", b"no picture"),
                           ("cut.png", png(300, 480, RED)[:60]),
                           ("folder", ""), ("bad.svg", svg("<g>"))):
            path = self.dir / name
            if data == "":
                path.mkdir()
            elif data is not None:
                path.write_bytes(data)
            with self.subTest(name):
                jpeg, said = self.cover(f"--cover={path}", status=1)
                self.assertRegex(said, rf"{name}: warning: .*\[cover-broken\]")
                self.assertEqual(jpeg, drawn)

    def test_stays_in_the_folder(self):
        drawn = self.cover()[0]
        outside = self.dir / "secret.png"
        outside.write_bytes(png(300, 480, RED))
        (self.blog / "cover.png").symlink_to(outside)
        self.assertEqual(self.cover()[0], drawn)
        (self.blog / "link.png").symlink_to(outside)
        (self.blog / "book.yaml").write_text("cover: link.png\n")
        taken, said = self.cover(status=1)
        self.assertEqual(taken, drawn)
        self.assertIn("link.png: warning: a link out of the folder", said)
        (self.blog / "book.yaml").write_text("cover: ../secret.png\n")
        result = harness.run("-q", f"--epub={self.dir}/x.epub", self.blog)
        self.assertEqual(result.returncode, 3)
        self.assertIn("[setting-bad]", result.stderr)

    def test_same_bytes_with_and_without_a_cache(self):
        drawn, said = self.cover("--title=은행나무 아래 <노트> & \"글\"")
        with tempfile.TemporaryDirectory() as cache:
            for jobs in 1, 3:
                again, said = self.cover(
                    f"--cache-dir={cache}", f"--jobs={jobs}",
                    "--title=은행나무 아래 <노트> & \"글\"")
                self.assertEqual(again, drawn)
            other, said = self.cover(f"--cache-dir={cache}", "--title=다른")
            self.assertNotEqual(other, drawn)
            for file in pathlib.Path(cache).glob("objects/*/*"):
                file.write_bytes(b"damaged")
            again, said = self.cover(f"--cache-dir={cache}", "--title=다른")
            self.assertEqual(again, other)
        blocked = self.dir / "file"
        blocked.write_text("no folder")
        again, said = self.cover(f"--cache-dir={blocked}", "--title=다른")
        self.assertEqual(again, other)

    def test_outlines_look_like_texts(self):
        """A template that is understood and one that is not (what a DOCTYPE
        says may be anything) give the same picture."""
        template = (harness.ROOT / "styles/cover.svg").read_text()
        other = self.dir / "other.svg"
        other.write_text(template.replace("<svg ", "<!DOCTYPE svg>\n<svg ", 1))
        for lang, title in (("ko", "기록"), ("ja", "猫と暮らす部屋の日々"),
                            ("zh-Hans", "城市边缘的旧书店"),
                            ("en", "Notes from the Harbour")):
            with self.subTest(title):
                args = f"--title={title}", f"--lang={lang}", "--author=Wren"
                outlines = self.pixels(self.cover(*args)[0])
                texts = self.pixels(self.cover(f"--cover={other}", *args)[0])
                worst = max(abs(a - b) for a, b in zip(outlines, texts))
                self.assertLess(worst, 40)
                self.assertGreater(max(outlines), 150, "nothing is drawn")

    def test_no_fonts(self):
        """Better no cover than one with boxes for letters."""
        fonts = self.dir / "fonts.conf"
        fonts.write_text("<fontconfig><dir>/nonexistent</dir><cachedir>"
                         f"{self.dir / 'fonts'}</cachedir></fontconfig>")
        book = self.dir / "book.epub"
        result = harness.run(
            f"--epub={book}", "--title=\u200b Zöe", self.blog,
            env=harness.environment(FONTCONFIG_FILE=str(fonts)))
        self.assertEqual(result.returncode, 0, harness.describe(result))
        if "librsvg is missing" in result.stderr:
            self.skipTest("librsvg is missing")
        self.assertIn("can't draw a cover: no font has 'Z' (U+005A); left the "
                      "book without [cover-undrawn]", result.stderr)
        with zipfile.ZipFile(book) as z:
            self.assertNotIn("EPUB/images/cover.jpg", z.namelist())

    def test_hostile_titles(self):
        for title in ("]]>", "<text data-box='0 0 9 9'>", "{{author}}" * 50,
                      "a" * 5000, "가" * 5000, "\u202e\u0301" * 300, " ",
                      "}}{{pick", "&#0;&x;"):
            with self.subTest(title[:20]):
                self.assertTrue(self.cover(f"--title={title}")[0])


class Pdf(Case):
    def make_pdf(self, *args):
        path = self.dir / "book.pdf"
        result = harness.run("-q", f"--pdf={path}", *args, self.blog)
        self.assertIn(result.returncode, (0, 1), harness.describe(result))
        if "[font-none]" in result.stderr:
            self.skipTest("no fonts")
        return path

    def pages(self, path):
        try:
            said = subprocess.run(["pdfinfo", path], capture_output=True,
                                  text=True, check=True).stdout
        except OSError:
            self.skipTest("no pdfinfo")
        return int(re.search(r"Pages: +(\d+)", said)[1])

    def test_fills_the_first_page(self):
        (self.blog / "cover.png").write_bytes(png(300, 480, RED))
        edges = (0, 0), (19, 0), (0, 29), (19, 29), (10, 15)
        for size in "a5", "a4", "bunko", "200x100mm":
            with self.subTest(size):
                path = self.make_pdf(f"--page-size={size}")
                self.assert_pixels(path, RED, edges)

    def test_pages(self):
        (self.blog / "cover.png").write_bytes(png(300, 480, RED))
        without = self.pages(self.make_pdf("--cover=none"))
        self.assertEqual(self.pages(self.make_pdf()), without + 1)
        without = self.pages(self.make_pdf("--two-sided", "--cover=none"))
        both = self.make_pdf("--two-sided")
        self.assertEqual(self.pages(both), without + 2)

    def test_is_stored_once(self):
        (self.blog / "cover.png").write_bytes(png(300, 480, RED))
        jpeg = self.cover()[0]
        self.assertEqual(self.make_pdf().read_bytes().count(jpeg), 1)

    def test_drawn_is_no_picture(self):
        """Sharp at any size, and what e-readers get looks the same."""
        jpeg = self.cover()[0]
        path = self.make_pdf("--page-size=100x160mm")
        pdf = path.read_bytes()
        self.assertEqual(pdf.count(b"/Subtype/Form"), 1)
        self.assertNotIn(b"/Subtype/Image", pdf)
        shown = self.pixels(jpeg)
        printed = self.first_page(path)
        self.assertEqual(len(shown), len(printed))
        off = [abs(a - b) for a, b in zip(shown, printed)]
        self.assertLess(sum(off) / len(off), 2)
        self.assertGreater(len(set(printed)), 9)

    def test_drawn_in_other_ways_is_a_picture(self):
        (self.blog / "cover.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 16">'
            '<rect width="10" height="16" fill="#c81e1e"/>'
            '<circle cx="5" cy="5" r="2" fill="#c81e1e"/></svg>')
        self.cover()
        path = self.make_pdf()
        self.assertNotIn(b"/Subtype/Form", path.read_bytes())
        self.assert_pixels(path, RED)


if __name__ == "__main__":
    harness.main()
