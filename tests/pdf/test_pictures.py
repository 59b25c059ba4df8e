#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Damaged pictures: a book all the same, and never a crash or a hang.

    test_pictures.py [N]    N pictures (200) of every kind together

The whole ones are made here, but for JPEG, GIF and WebP, of which small files
are kept as text. Mutations depend on nothing but their number."""
import base64
import os
import pathlib
import random
import re
import struct
import sys
import tempfile
import zlib

import pdftools
from pdftools import harness

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop
offset="1" stop-color="#00f"/></linearGradient></defs><rect width="60"
height="40" fill="url(#g)"/><circle cx="20" cy="20" r="9" opacity="0.5"/>
<path d="M3 3 L50 8 C60 20 10 30 44 38 Z" stroke="green"/>
<text x="5" y="30" font-size="9">letters</text></svg>
"""
JPEG = """
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4p
LSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09P
T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAKAA4DASIA
AhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUG/8QAGRAAAQUAAAAAAAAAAAAAAAAAAAERFFFh
/8QAFQEBAQAAAAAAAAAAAAAAAAAABQb/xAAWEQADAAAAAAAAAAAAAAAAAAAABBX/2gAMAwEAAhED
EQA/AMpJ0SdJrrYdbKiCsIWmD//Z
"""
GIF = """
R0lGODlhDgAKAPEAAOMAHJwAY2MAnBwA4yH5BAAAAAAALAAAAAAOAAoAAAIbhI+pyxAYopy0RiGF
3rz7LwyiGA5lOabqyo4FADs=
"""
WEBP = """
UklGRkIAAABXRUJQVlA4IDYAAAAwAgCdASoOAAoAAsBMJagCdGuA/gAFu1lgAAD+7BhQvAKVykJw
6L//pWP3gv/louv+MSJQCAA=
"""


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data)))


def png(color, depth, interlace=0):
    """A PNG of 16 x 16; its rows are noise."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]
    row = (16 * channels * depth + 7) // 8
    noise = random.Random(color * 100 + depth)
    rows = b"".join(bytes([y % 5]) + noise.randbytes(row) for y in range(16))
    out = b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", 16, 16, depth, color, 0, 0, interlace))
    if color == 3:
        out += chunk(b"PLTE", noise.randbytes(3 << depth))
        out += chunk(b"tRNS", noise.randbytes(1 << depth))
    return out + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def whole():
    """Suffix and bytes of undamaged pictures."""
    for color, depth in (0, 1), (0, 16), (2, 8), (3, 4), (3, 8), (4, 8), (6, 8):
        yield "png", png(color, depth)
    yield "png", png(2, 8, interlace=1)  # too few rows for it, on purpose
    for suffix, text in ("jpg", JPEG), ("gif", GIF), ("webp", WEBP):
        yield suffix, base64.b64decode(text)
        yield suffix, base64.b64decode(text)
    yield "svg", SVG
    yield "svg", SVG.replace(b"40", b"1e9")


def damage(data, n):
    """DATA, a little or very much worse."""
    dice = random.Random(n)
    data = bytearray(data)
    how = n % 5
    if how == 0:
        del data[dice.randrange(len(data)):]
    elif how == 1:
        at = dice.randrange(len(data))
        del data[at:at + dice.randrange(1, 20)]
    elif how == 2:
        at = dice.randrange(min(len(data), 64))
        data[at:at + 4] = dice.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff",
                                       b"\0\0\0\0", b"\x80\0\0\0"))
    else:
        for _ in range(dice.choice((1, 3, 30))):
            data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def rehash(data):
    """A damaged PNG with right checksums: the damage gets past them."""
    out, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at:at + 4], "big")
        if at + 12 + size > len(data):
            break
        out += chunk(data[at + 4:at + 8], data[at + 8:at + 8 + size])
        at += 12 + size
    return bytes(out + data[at:])


def write_blog(folder, count):
    sound = list(whole())
    for n in range(count):
        suffix, data = sound[n % len(sound)]
        data = damage(data, n)
        if suffix == "png" and n % 2:
            data = rehash(data)
        name = f"picture{n}.{suffix}"
        harness.post(folder, f"p{n}.md", f"Before\n\n![damaged]({name})\n\n"
                     "After", title=f"Picture {n}")
        (folder / name).write_bytes(data)


# qpdf 12 and newer decode JPEGs too, and complain of bits that every other
# decoder mends: those files are passed on as they are.
MENDED = re.compile(r"^WARNING: .*(JPEG data is corrupt|will be re-processed "
                    r"without filtering to avoid data loss|Premature end of "
                    r"JPEG file)\n", re.M)


def check_file(book):
    """The file around the pictures is sound."""
    said = pdftools.qpdf_complaints(book)
    rest = MENDED.sub("", said)
    if said and ("WARNING" in rest or rest == said
                 or "operation succeeded with warnings" not in said):
        sys.exit(said)


def main():
    why = pdftools.missing("qpdf") or pdftools.missing_fonts()
    if why:
        pdftools.skip(why)
    # Text in an SVG makes fontconfig read its files once more.
    os.environ.setdefault(
        "LSAN_OPTIONS", "print_suppressions=0:suppressions="
        f"{pathlib.Path(__file__).resolve().parents[1] / 'lsan.supp'}")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as tmp:
        blog, book = pathlib.Path(tmp, "blog"), pathlib.Path(tmp, "book.pdf")
        write_blog(blog, count)
        result = harness.run("-v", f"--pdf={book}", blog, timeout=300)
        if harness.crashed(result) or result.returncode not in (0, 1):
            sys.exit(harness.describe(result))
        check_file(book)
        said = sum("picture" in x for x in result.stderr.splitlines())
        drawn = sum(v.get("/S") == "/Figure" and "/Alt" in v
                    for v in pdftools.Objects(book).dictionaries())
    print(f"{count} pictures: {said} diagnostics, {drawn} drawn")
    sys.exit(said + drawn < count)


main()
