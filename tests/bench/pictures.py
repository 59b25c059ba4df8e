#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""pictures.py BUILD [--rounds N] [--only-real]: a book of 1,000 pictures, figures.

The pictures come from a server on this computer, of 100 bytes each and of
40 KB each. Measured in turn, in new folders, as the median of N rounds:

1. "curl --parallel" fetching the list; the book with an empty cache; the ratio
   of wall times.
2. EPUB and PDF of the same posts without the pictures; with frames instead of
   pictures; with the pictures from the cache; with the pictures in the blog's
   own folder; what "zip -0" takes for the pictures.
3. The same of a real blog, "ash84", if it is here. The pictures come from a
   proxy on this computer, which has one for every address; https is written as
   http for its sake.

What a picture adds is told by two ratios, of CPU time and of wall time each:

- to the posts with the pictures cut out of their text. That is what an author
  would call the book without pictures; but it also has fewer paragraphs to
  read, and its PDF has fewer pages and links to set, so this ratio counts more
  than the pictures.
- to the posts with a labelled frame for each picture (an empty cache and no
  network). They are read in the same way and have nearly the same pages, so
  what is left is what finding, checking and writing the pictures takes. For a
  PDF this is the fair one.
"""
import argparse
import pathlib
import random
import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "web"))
import harness
from server import Server, content, png

POSTS, PER_POST = 100, 10


def noise(seed):
    """A PNG of 200 x 200 grey dots, which can't be made smaller."""
    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))
    dots = random.Random(seed)
    rows = b"".join(b"\0" + dots.randbytes(200) for _ in range(200))
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", 200, 200, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def small(i):
    return png(60 + i % 50, 60, i % 256)


def write_posts(folder, address):
    """ADDRESS(i): of a picture; None: there is none."""
    folder.mkdir()
    for p in range(POSTS):
        parts = []
        for i in range(p * PER_POST, (p + 1) * PER_POST):
            parts.append("word " * 200)
            if address:
                parts.append(f"![picture {i}]({address(i)})")
        harness.post(folder, f"{p}.md", "\n\n".join(parts), title=f"Post {p}")


class Bench:
    def __init__(self, program, top):
        self.program, self.top = program, top
        self.measure = top / "measure"
        subprocess.run(["cc", "-O2", "-w", "-D_DEFAULT_SOURCE",
                        pathlib.Path(__file__).with_name("measure.c"), "-o",
                        self.measure], check=True)

    def run(self, *command, cwd=None):
        """CPU seconds, wall seconds."""
        out = subprocess.run([self.measure, *command], check=True, cwd=cwd,
                             env=harness.environment(), text=True,
                             stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL).stdout
        cpu, wall, _, status = map(float, out.splitlines()[-1].split())
        if status not in (0, 1):
            sys.exit(f"{command[0]} failed: {status}")
        return cpu, wall

    def book(self, posts, cache, *more, kind="epub"):
        # Replacing a book frees what the last run wrote, in this run's time.
        book = self.top / f"book.{kind}"
        book.unlink(missing_ok=True)
        return self.run(self.program, "-q", "--cover=none",
                        f"--cache-dir={cache}", f"--{kind}={book}", *more, posts)

    def curl(self, urls, folder):
        folder.mkdir()
        config = self.top / "curlrc"
        config.write_text("".join(
            f'url = "{u}"\noutput = "{folder}/{i}.png"\n'
            for i, u in enumerate(urls)))
        return self.run(shutil.which("curl"), "-sS", "--parallel", "--parallel-max", "24",
                        "--config", config)


def show(name, runs, base=None, frames=None):
    cpu, wall = (statistics.median(r[i] for r in runs) for i in range(2))
    line = f"  {name:<28} {cpu:7.3f} s CPU {wall:7.3f} s wall"
    if base:
        ratios = [statistics.median(r[i] / b[i] for r, b in zip(runs, base))
                  for i in range(2)]
        line += f"   x {ratios[0]:.2f}  x {ratios[1]:.2f}"
    if frames:
        ratios = [statistics.median(r[i] / f[i] for r, f in zip(runs, frames))
                  for i in range(2)]
        line += f"   to frames x {ratios[0]:.2f}  x {ratios[1]:.2f}"
    print(line)


def show_books(kind, runs):
    """What the same posts took with pictures and without."""
    bare, frames = runs["bare"], runs["frames"]
    show(f"{kind}: without pictures", bare)
    show(f"{kind}: frames", frames, bare)
    show(f"{kind}: from the cache", runs["kept"], bare, frames)
    if "local" in runs:
        show(f"{kind}: from the blog's folder", runs["local"], bare, frames)


def measure_all(bench, what, pictures, rounds):
    top = bench.top / what.replace(" ", "-")
    top.mkdir()
    runs = {}

    def note(name, figures):
        runs.setdefault(name, []).append(figures)

    with Server({f"/{i}.png": content(p)
                 for i, p in enumerate(pictures)}) as web:
        urls = [web.url(f"/{i}.png") for i in range(len(pictures))]
        write_posts(top / "web", urls.__getitem__)
        for k in range(rounds):
            note("curl", bench.curl(urls, top / f"curl{k}"))
            note("first", bench.book(top / "web", top / f"cache{k}",
                                     "--allow-private-network"))
    write_posts(top / "bare", None)
    write_posts(top / "local", "{}.png".format)
    for i, p in enumerate(pictures):
        (top / "local" / f"{i}.png").write_bytes(p)
    sources = (("bare", "bare", "cache0"), ("frames", "web", "nothing"),
               ("kept", "web", "cache0"), ("local", "local", "cache0"))
    # What is kept of a picture when it is first printed is there then.
    for _, posts, cache in sources:
        bench.book(top / posts, top / cache, "--offline", kind="pdf")
    books = {"epub": {}, "pdf": {}}
    for _ in range(rounds):
        for kind in books:
            for name, posts, cache in sources:
                books[kind].setdefault(name, []).append(bench.book(
                    top / posts, top / cache, "--offline", kind=kind))
        if shutil.which("zip"):
            (top / "a.zip").unlink(missing_ok=True)
            note("zip", bench.run(shutil.which("zip"), "-q", "-0", "-r", top / "a.zip", ".",
                                  cwd=top / "curl0"))
    print(f"{len(pictures)} pictures of {what}, {rounds} rounds:")
    show("curl --parallel", runs["curl"])
    show("first run", runs["first"], runs["curl"])
    for kind in books:
        show_books(kind, books[kind])
    if "zip" in runs:
        show("zip -0 of the pictures", runs["zip"])


class AnyPicture(Server):
    """Has a picture for every address, in turn."""

    def __init__(self, pictures):
        super().__init__({})
        self.pictures, self.given = pictures, {}

    def page(self, request):
        with self.lock:
            i = self.given.setdefault(request.target, len(self.given))
        return content(self.pictures[i % len(self.pictures)])


# Of the web; those of the blog stay.
PICTURE = re.compile(r"!\[[^]]*\]\(\s*<?http[^)\n]*\)"
                     r"|<img\b[^>]*src=.?http[^>]*>")


def copy_blog(blog, to, change):
    shutil.copytree(blog, to)
    for post in to.rglob("*.md"):
        text = post.read_text(encoding="utf-8", errors="replace")
        post.write_text(change(text), encoding="utf-8")


def measure_real(bench, blog, pictures, what, rounds):
    top = bench.top / f"real-{what}".replace(" ", "-")
    top.mkdir()
    copy_blog(blog, top / "web", lambda t: t.replace("https://", "http://"))
    copy_blog(blog, top / "bare", lambda t: PICTURE.sub("", t))
    with AnyPicture(pictures) as web:
        bench.book(top / "web", top / "cache", "--proxy", web.address)
        n = len(web.given)
    # What the blog's own pictures take is kept in all of them.
    bench.book(top / "web", top / "nothing", "--offline")
    for cache in "nothing", "cache":
        bench.book(top / "web", top / cache, "--offline", kind="pdf")
    print(f"{blog.name}, {n} addresses with pictures of {what}, {rounds} "
          "rounds:")
    for kind in "epub", "pdf":
        runs = {"bare": [], "frames": [], "kept": []}
        for _ in range(rounds):
            for name, posts, cache in (("bare", "bare", "cache"),
                                       ("frames", "web", "nothing"),
                                       ("kept", "web", "cache")):
                runs[name].append(bench.book(top / posts, top / cache,
                                             "--offline", kind=kind))
        show_books(kind, runs)


def measure_blog(bench, rounds):
    corpora = harness.corpora()
    blog = corpora / "ash84" if corpora else None
    if not blog or not blog.is_dir():
        print("no real blog here")
        return
    n = 1200
    for what, pictures in (("100 bytes", [small(i) for i in range(n)]),
                           ("40 KB", [noise(i) for i in range(n)])):
        measure_real(bench, blog, pictures, what, rounds)


def main(build, rounds, only_real=False):
    program = (build / "src/blog2book").resolve()
    n = POSTS * PER_POST
    with tempfile.TemporaryDirectory() as top:
        bench = Bench(program, pathlib.Path(top))
        measure_blog(bench, rounds)
        if only_real:
            return
        measure_all(bench, "100 bytes", [small(i) for i in range(n)], rounds)
        measure_all(bench, "40 KB", [noise(i) for i in range(n)], rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only-real", action="store_true",
                        help="nothing but the real blog")
    options = parser.parse_args()
    main(options.build, options.rounds, options.only_real)
