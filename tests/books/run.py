#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Golden books: every folder NAME here with in/ is a small blog.

    run.py [--update] [NAME...]

Runs the program on a copy of NAME/in and compares with NAME/expect:

    posts    --dump=posts
    tree     --dump=tree
    messages standard error of the latter, with -v
    style    --dump=style, where expect/ has it
    pages    --dump=pages, where expect/ has it and its fonts are installed;
             lengths may differ by half a point, as those of other versions of
             the fonts do

NAME/args holds more arguments, one a line. NAME/make.py, where there is one,
adds to the copy what git could not keep (odd bytes, odd names); it runs in
the copy of NAME. --update rewrites expect/: read the difference before you
commit it.
"""
import argparse
import difflib
import pathlib
import re
import runpy
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

HERE = pathlib.Path(__file__).resolve().parent


def outputs(book):
    """The three texts that the program makes of BOOK; or an explanation."""
    args = ["-v", "--color=never"]
    if (book / "args").exists():
        args += (book / "args").read_text().splitlines()
    with tempfile.TemporaryDirectory() as tmp:
        shutil.copytree(book / "in", tmp + "/in", symlinks=True)
        if (book / "make.py").exists():
            before = os.getcwd()
            os.chdir(tmp)
            runpy.run_path(str(book / "make.py"))
            os.chdir(before)
        dumps = {kind: harness.run(f"--dump={kind}", *args, "in", cwd=tmp)
                 for kind in ["posts", "tree", *printed(book)]}
    for result in dumps.values():
        if harness.crashed(result):
            return None, harness.describe(result)
    texts = {kind: result.stdout for kind, result in dumps.items()}
    return texts | {"messages": dumps["tree"].stderr}, ""


def printed(book):
    """What BOOK expects of the printed page, as far as it can be compared:
    where things stand depends on the fonts."""
    kinds = [k for k in ("style", "pages") if (book / "expect" / k).exists()]
    if "pages" in kinds and not has_fonts():
        print(f"{book.name}: fonts are missing, pages are not compared")
        kinds.remove("pages")
    return kinds


def has_fonts():
    try:
        fonts = subprocess.run(["fc-list", ":", "family"], check=True,
                               capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    # Debian's package of Nanum lost the last one behind its release 12.
    return all(name in fonts for name in ["Noto Serif CJK KR",
                                          "Noto Sans CJK KR",
                                          "NanumGothicCoding"])


def is_near(one, other):
    """Are two lines of pages the same but for lengths, and those nearly? What
    stands in quotes is text."""
    length = re.compile(r'"[^"]*"|-?\d+\.\d+')
    a, b = length.findall(one), length.findall(other)
    return length.sub("", one) == length.sub("", other) and all(
        x == y or '"' not in x + y and abs(float(x) - float(y)) <= 0.5
        for x, y in zip(a, b))


def is_expected(name, want, got):
    if name != "pages" or got == want:
        return got == want
    a, b = want.splitlines(), got.splitlines()
    return len(a) == len(b) and all(map(is_near, a, b))


def compare(book, name, got):
    """True when GOT is what expect/NAME holds; else shows the difference."""
    path = book / "expect" / name
    want = path.read_text(encoding="utf-8") if path.exists() else ""
    if is_expected(name, want, got):
        return True
    lines = difflib.unified_diff(want.splitlines(1), got.splitlines(1),
                                 f"{book.name}/expect/{name}", "now", n=2)
    sys.stdout.writelines(lines)
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    books = sorted(p.parent for p in HERE.glob("*/in")
                   if not options.names or p.parent.name in options.names)
    if not books:
        sys.exit("no book was found")
    failed = 0
    for book in books:
        texts, why = outputs(book)
        if texts is None:
            print(f"{book.name}: {why}")
            failed += 1
            continue
        if options.update:
            (book / "expect").mkdir(exist_ok=True)
            for name, text in texts.items():
                (book / "expect" / name).write_text(text, encoding="utf-8")
        elif not all([compare(book, n, t) for n, t in texts.items()]):
            failed += 1
    print(f"{len(books) - failed} of {len(books)} books as expected")
    sys.exit(1 if failed else 0)


main()
