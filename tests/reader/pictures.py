#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pictures of all kinds as a real reader (epub.js in headless Chromium) shows
them: colours are taken from its screenshots.

pictures.py [FOLDER]: screenshots are kept in FOLDER. Skips like check.py.
"""
import base64
import json
import pathlib
import struct
import sys
import tempfile
import zlib

import browser
from browser import harness

# Red, green above blue, yellow; 48 x 32.
COLORS = [(255, 0, 0), (0, 160, 0), (0, 0, 255), (255, 255, 0)]
JPEG = """
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsK
CwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQU
FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAgADADASIA
AhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAYKCP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAX
AQEAAwAAAAAAAAAAAAAAAAAJBAYH/8QAIBEBAAADCQAAAAAAAAAAAAAAAAQIhAZBQ0VGgsLDxP/a
AAwDAQACEQMRAD8A50AYYVMWCPWCFE3D8mwySo6ABCH45SAPA3saDWfJoNFXPPpur8y8WZxtvIAF
WvD/2Q==
"""
CMYK = """
/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsL
DQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgAIAAwBEMRAE0RAFkRAEsRAP/EABYA
AQEBAAAAAAAAAAAAAAAAAAAKCf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAOBEMATQBZAEsAAD8A
1TZVMqmqYAAJV21QAAAqoYqgAACVdtUAAADFVVQAAAqoVUJVwAAEq6VdVQAAAqoVUJVwAAH/2Q==
"""
WEBP = """
UklGRkAAAABXRUJQVlA4TDQAAAAvL8AHAB8gEEjyt5h0DQFBkf+jCQiK/B9t/oM7o4Cato2gkizJ
I/lm7hzR/wkwNmYmLMwM
"""
AVIF = """
AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAADybWV0YQAAAAAAAAAoaGRscgAAAAAA
AAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAAB
AAEAAAABAAABGgAAAEcAAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAA
amlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAADAAAAAgAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFD
gSAAAAAAABNjb2xybmNseAABAA0ABoAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAAE9tZGF0EgAK
CTgVL/sICGg0gDI4RPAAwwwxQOk+6Sygu+lUUgu3NpuDHWDEk8XvvaLm8+URoEMCX4VLAxPPbV4v
SWxltuwFfTeIgJM=
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg"
xmlns:xlink="http://www.w3.org/1999/xlink" width="240" height="180"
viewBox="0 0 120 90" onload="document.title='x'">
<script>fetch('http://127.0.0.1:9/asked')</script>
<style>@import url(http://127.0.0.1:9/a.css); .band { fill: #00a000 }
.far { fill: url(http://127.0.0.1:9/b.svg#c) } .words { font-size: 20px }</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop
offset="1" stop-color="#00f"/></linearGradient></defs>
<rect width="120" height="90" fill="#fff"/>
<rect width="120" height="30" fill="url(#g)"/>
<rect class="band" y="30" width="120" height="30"/>
<image href="http://127.0.0.1:9/outside.png" width="120" height="90"/>
<use xlink:href="http://127.0.0.1:9/d.svg#e"/>
<foreignObject width="120" height="90"><iframe xmlns="http://www.w3.org/1999/xhtml"
src="http://127.0.0.1:9/f"/></foreignObject>
<text class="words" x="10" y="82">바다와 숲</text></svg>
"""


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data)))


def png(rows, *chunks):
    """ROWS of RGB, and CHUNKS before them."""
    head = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
            + b"".join(chunk(*c) for c in chunks)
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + r for r in rows)))
            + chunk(b"IEND", b""))


def quarters(scale=1):
    """The rows of the picture."""
    a, b, c, d = (bytes(x) * 24 * scale for x in COLORS)
    return [a + b] * 16 * scale + [c + d] * 16 * scale


def exif(jpeg, orientation):
    tiff = (b"MM\0*\0\0\0\x08\0\1" + struct.pack(">HHIHH", 0x112, 3, 1,
                                                 orientation, 0) + b"\0\0\0\0")
    data = b"Exif\0\0" + tiff
    return (jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data
            + jpeg[2:])


def bmp():
    rows = b"".join(bytes(row[i + 2 - k] for i in range(0, 144, 3)
                          for k in range(3)) for row in reversed(quarters()))
    head = struct.pack("<IiiHHIIiiII", 40, 48, 32, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(rows), 0, 0, 54) + head + rows


def tiff(orientation):
    data = b"".join(quarters())
    entries = [(256, 48), (257, 32), (258, 8), (259, 1), (262, 2), (273, 8),
               (274, orientation), (277, 3), (278, 32), (279, len(data))]
    ifd = struct.pack("<H", len(entries)) + b"".join(
        struct.pack("<HHII", tag, 4 if tag in (273, 279) else 3, 1, value)
        for tag, value in entries) + b"\0\0\0\0"
    return b"II*\0" + struct.pack("<I", 8 + len(data)) + data + ifd


def gif_codes(pixels):
    """Literals of three bits; a clear code (4) before each two keeps them so."""
    codes = []
    for i in range(0, len(pixels), 2):
        codes += [4, *pixels[i:i + 2]]
    bits = sum(c << 3 * i for i, c in enumerate([*codes, 5]))
    data = bits.to_bytes((3 * len(codes) + 10) // 8, "little")
    return b"".join(bytes([len(part)]) + part for part in
                    (data[i:i + 255] for i in range(0, len(data), 255))) + b"\0"


def gif():
    """The picture for ten minutes, then all of it green."""
    frame = b",\0\0\0\0" + struct.pack("<HHB", 48, 32, 0) + b"\2"
    wait = b"!\xf9\4\0" + struct.pack("<H", 60000) + b"\0\0"
    picture = ([0] * 24 + [1] * 24) * 16 + ([2] * 24 + [3] * 24) * 16
    return (b"GIF89a" + struct.pack("<HHBBB", 48, 32, 0x81, 0, 0)
            + bytes(c for color in COLORS for c in color)
            + b"!\xff\x0bNETSCAPE2.0\3\1\0\0\0"
            + wait + frame + gif_codes(picture)
            + wait + frame + gif_codes([1] * 48 * 32) + b";")


def points(order, colors=COLORS):
    """What is to be seen in the middle of each quarter."""
    return [[x, y, *colors["abcd".index(name)]] for name, (x, y) in
            zip(order, ((.25, .25), (.75, .25), (.25, .75), (.75, .75)))]


# A gamma of 1: numbers are amounts of light.
GAMMA = (b"gAMA", struct.pack(">I", 100000))
PLAIN = base64.b64decode(JPEG)
# alt: file, bytes, points, how far off a colour may be.
PICTURES = {
    "jpeg": ("q.jpg", PLAIN, points("abcd"), 30),
    "turned": ("turned.jpg", exif(PLAIN, 6), points("cadb"), 30),
    "inks": ("inks.jpg", base64.b64decode(CMYK), points("abcd"), 30),
    "png": ("q.png", png(quarters()), points("abcd"), 4),
    "large": ("large.png", png(quarters(80)), points("abcd"), 4),
    "gamma": ("gamma.png", png([bytes([55] * 144)] * 32, GAMMA),
              points("aaaa", [(127, 127, 127)]), 12),
    "webp": ("q.webp", base64.b64decode(WEBP), points("abcd"), 4),
    "avif": ("q.avif", base64.b64decode(AVIF), points("abcd"), 60),
    "bmp": ("q.bmp", bmp(), points("abcd"), 4),
    "tiff": ("q.tiff", tiff(8), points("bdac"), 4),
    "gif": ("q.gif", gif(), points("abcd"), 4),
    "drawing": ("d.svg", SVG.encode(), [
        [.02, .15, 255, 0, 0], [.98, .15, 0, 0, 255], [.5, .5, 0, 160, 0],
        [.98, .96, 255, 255, 255]], 25),
}
INK = [0.05, 0.7, 0.8, 0.25]  # where the drawing has letters
# Label, words, what stands below.
FRAMES = [
    ("A boat", "boats.example", "http://boats.example/a.png"),
    ("A tree", "Picture that can't be shown: tree.png", "truncated PNG"),
    ("A house", "Picture not found: house.png", ""),
]


def write_blog(blog):
    for name, (file, data, _, _) in PICTURES.items():
        harness.post(blog, f"{name}.md", f"Before.\n\n![{name}]({file})\n\n"
                     "Behind.\n", title=name)
        (blog / file).write_bytes(data)
    harness.post(blog, "frames.md", "![A boat](http://boats.example/a.png)\n\n"
                 "![A tree](tree.png)\n\n![A house](house.png)\n",
                 title="Frames", date="2020-03-01")
    (blog / "tree.png").write_bytes(png(quarters())[:70])
    (blog / "opening.md").write_text(
        "---\ntitle: An opening\ndate: 2020-04-01\nslug: opening\n"
        "image: large.png\n---\nThe first words.\n")
    (blog / "book.yaml").write_text("title: Pictures\nlanguage: en\n")


def main():
    browser.require()
    with tempfile.TemporaryDirectory() as tmp:
        blog = pathlib.Path(tmp, "blog")
        write_blog(blog)
        book = pathlib.Path(tmp, "book.epub")
        result = harness.run("-v", f"--epub={book}", blog)
        if not book.exists():
            sys.exit(harness.describe(result))
        pictures = {name: {"points": p[2], "most": p[3]}
                    for name, p in PICTURES.items()
                    if f"{p[0]}': {name.upper()}, for which" not in
                    result.stderr}
        pictures["drawing"]["ink"] = INK
        pathlib.Path(tmp, "wanted.json").write_text(
            json.dumps({"pictures": pictures, "frames": FRAMES}))
        sys.exit(browser.node("pictures.cjs", tmp, sys.argv[1:]))


main()
