#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Damaged fonts: a book all the same, and never a crash or a hang.

    test_fonts.py [N]    N fonts (50) of every kind

Mutations depend on nothing but their number and the fonts that are installed.
Even numbers damage what one table holds, the others the file's structure."""
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

import pdftools
from pdftools import harness

WORDS = ("Plain words, **bold words**, *slanted words*: office fluffy AVATAR "
         "Tö ñ 0123.\n\n`code` and 한글 漢字.\n\n# Heading\n\nfi ffi fl ff\n")
# A family of the system for each kind of outline. Small ones: they are copied.
KINDS = {
    "ttf": ("truetype", ("Liberation Serif", "DejaVu Serif", "FreeSerif")),
    "otf": ("CFF", ("P052", "C059", "Nimbus Roman")),
}


def find_font(wanted, families):
    """File and family of the first of FAMILIES that is there in that format."""
    for family in families:
        said = subprocess.run(
            ["fc-list", f"{family}:style=Regular:fontformat={wanted}",
             "file"], capture_output=True, text=True).stdout
        said += subprocess.run(
            ["fc-list", f"{family}:style=Roman:fontformat={wanted}", "file"],
            capture_output=True, text=True).stdout
        for line in sorted(said.splitlines()):
            path = pathlib.Path(line.rstrip().rstrip(":"))
            if path.suffix in (".ttf", ".otf"):
                return path, family
    return None, None


def tables(font, at=0):
    """Where the record of every table is, its offset and its length."""
    count = struct.unpack_from(">H", font, at + 4)[0]
    for n in range(count):
        record = at + 12 + 16 * n
        offset, length = struct.unpack_from(">II", font, record + 8)
        yield record, offset, length


def collection(fonts):
    """A TTC of whole FONTS."""
    out = bytearray(b"ttcf" + struct.pack(">III", 0x10000, len(fonts), 0))
    del out[12:]
    at = 12 + 4 * len(fonts)
    for font in fonts:
        out += struct.pack(">I", at)
        at += len(font) + -len(font) % 4
    for font in fonts:
        start, moved = len(out), bytearray(font)
        for record, offset, _ in tables(font):
            struct.pack_into(">I", moved, record + 8, offset + start)
        out += moved + bytes(-len(font) % 4)
    return bytes(out)


def damage_table(data, dice):
    """Other bytes at a few places of one table, most at its beginning."""
    start = 16 if data[:4] == b"ttcf" else 0
    if start:
        start = struct.unpack_from(">I", data, 12)[0]
    record, offset, length = dice.choice([t for t in tables(data, start)
                                          if t[2] > 4])
    reach = dice.choice((16, 64, length))
    for _ in range(dice.choice((1, 4, 40))):
        at = offset + dice.randrange(min(length, reach))
        data[at] = dice.choice((0, 255, 127, 128, dice.randrange(256)))


def damage_structure(data, dice):
    how = dice.randrange(5)
    if how == 0:
        del data[dice.randrange(len(data)):]
    elif how == 1:
        at = dice.randrange(len(data))
        del data[at:at + dice.randrange(1, 4000)]
    else:
        at = dice.randrange(0, 12 + 16 * 16, 4)
        data[at:at + 4] = dice.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff",
                                       bytes(4), b"\0\0\0\x01",
                                       dice.randbytes(4)))


def damage(font, n):
    dice, data = random.Random(n), bytearray(font)
    (damage_structure if n % 2 else damage_table)(data, dice)
    return bytes(data)


class Bench:
    """A blog that asks for one family, which stands in a folder of fonts."""

    def __init__(self, folder):
        self.blog, self.fonts = folder / "blog", folder / "fonts"
        self.sheet, self.book = folder / "sheet.css", folder / "book.pdf"
        self.fonts.mkdir()
        harness.post(self.blog, "post.md", WORDS)

    def set(self, suffix, data, family):
        """Sets the blog in DATA: what is wrong, and what was said."""
        path = self.fonts / f"font.{suffix}"
        path.write_bytes(data)
        self.sheet.write_text(f':root, h1 {{ font-family: "{family}" }}\n')
        self.book.unlink(missing_ok=True)
        try:
            made = harness.run("-v", f"--font-dir={self.fonts}",
                               f"--css={self.sheet}", f"--pdf={self.book}",
                               self.blog, timeout=60)
        except subprocess.TimeoutExpired:
            return "no end in 60 seconds", ""
        path.unlink()
        if harness.crashed(made) or made.returncode not in (0, 1):
            return harness.describe(made), made.stderr
        return pdftools.qpdf_complaints(self.book), made.stderr


def family_is_used(book, family):
    _, said = pdftools.tool("pdffonts", book)
    return family.replace(" ", "") in said


def main():
    why = (pdftools.missing("qpdf", "pdffonts", "fc-list")
           or pdftools.missing_fonts())
    if why:
        pdftools.skip(why)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    whole = {}
    for suffix, (kind, families) in KINDS.items():
        path, family = find_font(kind, families)
        if path:
            whole[suffix] = path.read_bytes(), family
    if len(whole) < len(KINDS):
        pdftools.skip("no small fonts of both kinds are installed")
    both = [data for data, _ in whole.values()]
    whole["ttc"] = collection(both), whole["ttf"][1]
    failed = 0
    with tempfile.TemporaryDirectory() as tmp:
        bench = Bench(pathlib.Path(tmp))
        for suffix, (data, family) in whole.items():
            wrong, said = bench.set(suffix, data, family)
            if wrong or said or not family_is_used(bench.book, family):
                sys.exit(f"{family} ({suffix}), whole: {wrong or said!r}")
            wrong, said = bench.set(suffix, data[:300], family)
            if wrong or "[font-broken]" not in said:
                sys.exit(f"{family} ({suffix}), 300 bytes: {wrong or said!r}")
            told = 0
            for n in range(count):
                wrong, said = bench.set(suffix, damage(data, n), family)
                told += bool(said)
                if wrong:
                    failed += 1
                    print(f"{family}, {suffix}, number {n}: {wrong}")
            print(f"{suffix}: {count} damaged fonts, {told} with diagnostics")
    sys.exit(1 if failed else 0)


main()
