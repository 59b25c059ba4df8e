#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pages as they look, coarsely: how dark each cell of a grid over the page is,
beside what it was when somebody looked at the page and found it good.

    test_looks.py            compares with tests/pdf/looks/*.txt
    test_looks.py --update   writes them: look at the pages first

Other fonts make other pages, so those of a page are written down with it; where
one is missing or of another version, the page is left out."""
import pathlib
import re
import subprocess
import sys
import tempfile

import pdftools
from pdftools import harness

LOOKS = pathlib.Path(__file__).resolve().parent / "looks"
DPI, CELL = 24, 4       # a cell is 4.2 mm wide
UNLIKE = 8              # of 255: two cells differ
MOST = 0.01             # of the cells with ink may differ

A4 = "--page-size=a4", "--two-sided"
# The page that has these words, by pdftotext, of a book of these posts.
PAGES = {
    "ko-contents": ("samples/ko-blog", (), "2009년의 나에게서"),
    "ko-lists": ("samples/ko-blog", (), "다시 쓰면서 세 가지만"),
    "ko-code": ("samples/ko-blog", (), "파이썬을 5년 썼지만"),
    "ko-picture-a4": ("samples/ko-blog", A4, "봉지에는 3분이라고"),
    "ja-picture": ("samples/ja-blog", (), "急ぐ理由がない朝は"),
    "ja-table": ("samples/ja-blog", (), "二煎目は待たない"),
    "zh-cards": ("samples/zh-blog", (), "外婆說"),
    "en-notes": ("samples/en-blog", (), "What was not"),
    "print-small": ("tests/books/print/in", ("--page-size=bunko",),
                    "강은 그대로였다"),
}
# What must not go unseen: a sheet, and the page that it spoils.
SPOILED = {
    "a margin 5 mm wider": ("@page { margin-left: 22.5mm }", "ko-lists"),
    "a line 2 pt lower": (":root { line-height: 16.7pt }", "ko-lists"),
    "no pictures": ("img { display: none }", "ko-picture-a4"),
    "headings not bold": ("h1, h2 { font-weight: normal }", "ko-picture-a4"),
    "no ground under code": ("pre { background: none }", "ko-code"),
    "sans for serif": (":root { font-family: sans-serif }", "zh-cards"),
}


def squeeze(text):
    return re.sub(r"\s", "", text)


def make(folder, name, *more):
    """The book of page NAME, and the page's number in it; 0: there is none."""
    blog, args, words = PAGES[name]
    book = folder / re.sub(r"\W", "", f"{blog}{args}{more}")
    if not book.exists():
        made = harness.run("-q", f"--pdf={book}", *args, *more,
                           harness.ROOT / blog)
        if made.returncode not in (0, 1):
            sys.exit(harness.describe(made))
    _, text = pdftools.tool("pdftotext", book, "-")
    for number, page in enumerate(text.split("\f"), 1):
        if squeeze(words) in squeeze(page):
            return book, number
    return book, 0


def grid(book, number):
    """Rows of the mean darkness of cells, 0 to 255."""
    pgm = subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-gray", "-singlefile", "-f", str(number),
         "-l", str(number), book], check=True, capture_output=True).stdout
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", pgm)
    width, height = int(head[1]), int(head[2])
    data = pgm[head.end():]
    return [[255 - mean(data, width, x, y) for x in range(0, width - CELL + 1,
                                                          CELL)]
            for y in range(0, height - CELL + 1, CELL)]


def mean(data, width, x, y):
    cells = [data[(y + k) * width + x:(y + k) * width + x + CELL]
             for k in range(CELL)]
    return sum(map(sum, cells)) // CELL ** 2


def fonts(book, number):
    """Names and versions of the fonts of a page; no version: not installed."""
    _, said = pdftools.tool("pdffonts", "-f", number, "-l", number, book)
    found = {}
    for line in said.splitlines()[2:]:
        name = re.sub(r"^[A-Z]{6}\+|-Identity-H$", "", line.split()[0])
        if name != "[none]":
            found[name] = (versions(name) or ["none"])[0]
    return found


def versions(font):
    """Those that are installed."""
    return pdftools.tool("fc-list", "-f", "%{fontversion}\n",
                         f":postscriptname={font}")[1].split()


def write(path, used, rows):
    lines = [f"font {n} {v}" for n, v in sorted(used.items())]
    lines += ["".join(f"{cell:02x}" for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n")


def read(path):
    lines = path.read_text().splitlines()
    used = dict(line.split()[1:] for line in lines if line.startswith("font "))
    return used, [list(bytes.fromhex(line)) for line in lines
                  if not line.startswith("font ")]


def unlike(want, got):
    """The part of the cells with ink that differ."""
    if [len(row) for row in want] != [len(row) for row in got]:
        return 1.0
    pairs = [(a, b) for x, y in zip(want, got) for a, b in zip(x, y)]
    ink = sum(1 for a, b in pairs if a or b)
    return sum(abs(a - b) > UNLIKE for a, b in pairs) / max(ink, 1)


def picture(want, got):
    """Where they differ."""
    for a, b in zip(want, got):
        yield "".join("#" if abs(x - y) > UNLIKE else "." if x else " "
                      for x, y in zip(a, b)).rstrip()


def compare(name, book, number):
    """Whether the page is as it was; None: it can't be said."""
    used, want = read(LOOKS / f"{name}.txt")
    if not number:
        print(f"{name}: no page has these words")
        return False
    gone = [n for n, v in used.items() if v != "none" and v not in versions(n)]
    if gone:
        print(f"{name}: left out, {', '.join(gone)} missing or of another "
              "version")
        return None
    got = grid(book, number)
    part = unlike(want, got)
    print(f"{name}: page {number}, {part:.1%} of the cells differ")
    if part > MOST:
        print("\n".join(picture(want, got)))
    return part <= MOST


def spoiled(folder):
    """Whether every spoiled page is seen to be one."""
    for what, (css, name) in SPOILED.items():
        sheet = folder / re.sub(r"\W", "", what)
        sheet.write_text(css)
        book, number = make(folder, name, f"--css={sheet}")
        part = unlike(read(LOOKS / f"{name}.txt")[1], grid(book, number))
        print(f"{what}: {part:.1%} of the cells differ")
        yield part > MOST


def main():
    why = (pdftools.missing("pdftoppm", "pdftotext", "pdffonts", "fc-list")
           or pdftools.missing_fonts())
    if why:
        pdftools.skip(why)
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        made = {name: make(folder, name) for name in PAGES}
        if "--update" in sys.argv:
            LOOKS.mkdir(exist_ok=True)
            for name, (book, number) in made.items():
                write(LOOKS / f"{name}.txt", fonts(book, number),
                      grid(book, number))
        same = {n: compare(n, *made[n]) for n in PAGES}
        if None in same.values():
            sys.exit(1 if False in same.values() else harness.SKIP)
        sys.exit(0 if all(same.values()) and all(list(spoiled(folder))) else 1)


main()
