#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_optional.py: without every library that the build can do without there
are both books, and a warning names each library that is missing."""
import base64
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">
<rect width="60" height="40" fill="green"/></svg>"""
GIF = "R0lGODdhAgACAIAAAAAAAP///ywAAAAAAgACAAACAoxRADs="
WEBP = """UklGRkIAAABXRUJQVlA4IDYAAAAwAgCdASoOAAoAAsBMJagCdGuA/gAFu1lgAAD+7BhQvAK
VykJw6L//pWP3gv/louv+MSJQCAA="""
# Type and size are all that is looked at.
AVIF = (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"
        b"\0\0\0\x14ispe\0\0\0\0\0\0\0\x02\0\0\0\x02")


def tiff():
    """2 x 2 grey pixels, TIFF 6.0."""
    fields = [(256, 2), (257, 2), (258, 8), (259, 1), (262, 1), (273, 8),
              (277, 1), (278, 2), (279, 4)]
    return (struct.pack("<2sHI", b"II", 42, 12) + bytes([0, 90, 180, 255])
            + struct.pack("<H", len(fields))
            + b"".join(struct.pack("<HHII", tag, 4, 1, value)
                       for tag, value in fields) + bytes(4))


def png(profile):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))

    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
            + chunk(b"iCCP", b"x\0\0" + zlib.compress(profile))
            + chunk(b"IDAT", zlib.compress(b"\0abcdef" * 2))
            + chunk(b"IEND", b""))


# name: what it holds; in the EPUB?; what is said of it, if anything
IN_PRINT = ", left its description in print [image-broken]"
PICTURES = {
    "a.avif": (AVIF, False, "AVIF, for which libavif is missing"),
    "b.tiff": (tiff(), False, "TIFF, for which libtiff is missing"),
    "c.gif": (base64.b64decode(GIF), True,
              "GIF, for which giflib is missing" + IN_PRINT),
    "d.webp": (base64.b64decode(WEBP), True,
               "WebP, for which libwebp is missing" + IN_PRINT),
    "e.svg": (SVG, True, "SVG, for which librsvg is missing" + IN_PRINT),
    "f.png": (png(b"\0" * 80 + b"Display P3" + b"\0" * 60), True,
              "can't convert its colours, for which Little CMS (lcms2) is "
              "missing; took them for those of screens [library-missing]"),
    "g.png": (png(b"\0" * 80 + b"sRGB IEC61966-2.1" + b"\0" * 60), True, None),
}
REST = (
    "can't draw a cover: SVG, for which librsvg is missing; left the book "
    "without [cover-undrawn]",
    "can't make codes to scan, for which libqrencode is missing; left them "
    "out of the cards in print [library-missing]",
    "built without libcurl",
)


class Optional(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name).resolve()

    def compile(self):
        """The program without anything it can do without."""
        build = self.dir / "build"
        subprocess.run(["meson", "setup", build, harness.ROOT,
                        "-Dbuildtype=plain", "-Dauto_features=disabled"],
                       check=True, capture_output=True)
        subprocess.run(["ninja", "-C", build, "-j2", "--quiet",
                        "src/blog2book"],
                       check=True, stdout=subprocess.DEVNULL)
        return build / "src/blog2book"

    def test_none(self):
        program = self.compile()
        blog = self.dir / "blog"
        lines = [f"![picture {name}]({name})" for name in PICTURES]
        lines += ["![web](http://pictures.invalid/h.png)",
                  "<iframe src=\"https://www.youtube.com/embed/aaaaaaaaaaa\"></iframe>",
                  "Incomprehensibilities notwithstanding. " * 30]
        harness.post(blog, "post.md", "\n\n".join(lines))
        for name, (data, _, _) in PICTURES.items():
            (blog / name).write_bytes(data)
        result = subprocess.run(
            [program, "-v", f"--cache-dir={self.dir / 'cache'}", "--epub=out.epub",
             "--pdf=out.pdf", blog], cwd=self.dir, env=harness.environment(),
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=120)
        # Something was lost, and told.
        self.assertEqual(result.returncode, 1, result.stderr)
        self.check_messages(result.stderr)
        self.check_epub(result.stderr)
        self.assertTrue((self.dir / "out.pdf").read_bytes()
                        .startswith(b"%PDF-1.7"))

    def check_messages(self, told):
        for name, (_, _, text) in PICTURES.items():
            of_it = [line for line in told.splitlines() if f"{name}'" in line]
            if text is None:
                self.assertEqual(of_it, [])
                continue
            self.assertTrue(any(text in line for line in of_it), (name, told))
            for line in of_it:
                self.assertRegex(line, r"post\.md:\d+: warning: ")
        for text in REST:
            self.assertIn(text, told)

    def check_epub(self, told):
        with zipfile.ZipFile(self.dir / "out.epub") as book:
            names = book.namelist()
            (text,) = (book.read(n).decode() for n in names
                       if re.search(r"/text/.*post.*\.xhtml", n))
        kinds = {pathlib.Path(n).suffix for n in names}
        for name, (_, there, _) in PICTURES.items():
            if there:
                self.assertIn(pathlib.Path(name).suffix, kinds)
            # A place of its own or a picture: its description is there.
            self.assertIn(f"picture {name}", text)


harness.main()
