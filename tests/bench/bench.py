#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench.py BUILD [--floor FLOOR.c] [--posts N] [--rounds N]: figures, not verdicts.

1. CPU time and peak memory on a real blog (ash84 of the corpora), as a ratio
   to a program that calls the bare libraries on the same posts, measured
   alternately. FLOOR.c is looked for beside the corpora; left out when
   neither is there.
2. CPU time a post of a generated blog of N posts (100,000) against one of
   1,000, and peak memory.
3. The printed book: the same blog on A4 against those bare libraries, both
   books in one run against two runs; and 20,000 pages against 1,000.
4. Downloads: 1,000 pictures of a server on this computer, from one host and
   from 40 (behind a proxy), as a ratio of wall time to "curl --parallel".
5. A book of 1,000 pictures, from a server, the cache and a folder: pictures.py.
6. --batch: small blogs in one process against a run each, with EPUB and with
   both, and two shards, one after the other, against the whole list; as
   ratios of wall time (at most 0.5 and 1.05 is the aim).
7. Bombs: how long each takes (the two seconds that we want).
"""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "web"))
import harness
import pictures


def build(source, tmp, *libraries):
    """A C program of one file, compiled into TMP."""
    program = pathlib.Path(tmp, source.stem)
    subprocess.run(["cc", "-O2", "-w", "-D_DEFAULT_SOURCE", source, "-o",
                    program, *libraries], check=True)
    return program


def measure(*command):
    """CPU seconds (user and system), wall seconds, peak memory in MB."""
    out = subprocess.run([MEASURE, *command], env=harness.environment(),
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         text=True, check=True).stdout.splitlines()[-1]
    cpu, wall, peak, status = map(float, out.split())
    if status not in (0, 1):
        sys.exit(f"{command[0]} failed: {status}")
    return cpu, wall, peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def show(name, runs):
    cpu, wall, peak = (statistics.median(r[i] for r in runs) for i in range(3))
    print(f"  {name:<28} {cpu:7.3f} s CPU {wall:7.3f} s wall {peak:7.1f} MB")
    return cpu, peak


def against_floor(program, source, rounds, tmp):
    corpora = harness.corpora()
    blog = corpora and corpora / "ash84"
    if not blog or not blog.is_dir():
        print("no ash84 beside the checkout: left out")
        return
    source = source or corpora.parent / "probes/floor/floor.c"
    if not source.exists():
        print("no floor.c: left out")
        return
    floor = build(source, tmp, "-lcmark-gfm", "-lcmark-gfm-extensions",
                  "-lgumbo", "-ldeflate", "-lzip", "-lyaml", "-lpthread")
    posts = pathlib.Path(tmp, "list")
    posts.write_text("".join(f"{p}\n" for p in sorted(blog.rglob("*.md"))))
    out, pdf = pathlib.Path(tmp, "book.epub"), pathlib.Path(tmp, "book.pdf")
    run = [program, *harness.OFFLINE, "-q"]
    jobs = [("bare libraries", (floor, posts, out, "1")),
            ("blog2book --jobs 1", (*run, "-j1", f"--epub={out}", blog)),
            ("blog2book", (*run, f"--epub={out}", blog)),
            ("PDF on A4 --jobs 1", (*run, "-j1", "--page-size=a4",
                                    f"--pdf={pdf}", blog)),
            ("both --jobs 1", (*run, "-j1", "--page-size=a4", f"--epub={out}",
                               f"--pdf={pdf}", blog))]
    runs = {name: [] for name, _ in jobs}
    for _ in range(rounds):
        for name, command in jobs:
            runs[name].append(measure(*command))
    print(f"ash84, median of {rounds} runs, alternately:")
    base = show(jobs[0][0], runs[jobs[0][0]])
    cost = {}
    for name, _ in jobs[1:]:
        cost[name], peak = show(name, runs[name])
        print(f"    CPU x {cost[name] / base[0]:.2f}, "
              f"memory x {peak / base[1]:.2f}")
    apart = cost["blog2book --jobs 1"] + cost["PDF on A4 --jobs 1"]
    print(f"    both books in one run: CPU x "
          f"{cost['both --jobs 1'] / apart:.2f} of two runs")
    print(f"    the PDF has {pdf.stat().st_size / 1e6:.1f} MB, "
          f"{pages(pdf)} pages")


def generate(folder, n, start=0):
    """N posts of 4 KB, a thousand a folder; another START, other words."""
    words = ("harbour window rain letter bridge morning coffee engine quiet "
             "한글 문장 바다 아침 편지 다리 커피 조용한").split()
    for i in range(n):
        text = []
        size = 0
        while size < 3900:
            k = (start + i * 31 + len(text) * 17) % len(words)
            sentence = (f"The {words[k]} and **{words[k - 3]}** of "
                        f"[{words[k - 7]}](p{(i * 7) % n}.md), {i}. ")
            size += len(sentence.encode())
            text.append(sentence + ("\n\n" if len(text) % 9 == 8 else ""))
        path = folder / str(i // 1000) / f"p{i}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ntitle: Post {start + i}\ndate: {1990 + i % 35}-"
                        f"{i % 12 + 1:02}-{i % 28 + 1:02}\n---\n"
                        + "".join(text))


def growth(program, n, tmp):
    cost = {}
    for count in 1000, n:
        folder = pathlib.Path(tmp, f"blog{count}")
        folder.mkdir()
        generate(folder, count)
        rounds = 3 if count <= 5000 else 1
        out = pathlib.Path(tmp, "big.epub")
        runs = [measure(program, "-q", "-j1", f"--epub={out}", folder)
                for _ in range(rounds)]
        cost[count] = show(f"{count} posts of 4 KB", runs)
        wide = [measure(program, "-q", f"--epub={out}", folder)]
        show("  with every processor", wide)
    print(f"    CPU a post x {cost[n][0] / n / (cost[1000][0] / 1000):.2f}")


def pages(pdf):
    said = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True,
                          text=True).stdout
    return int(re.search(r"^Pages: +(\d+)$", said, re.M)[1])


def growth_of_pages(program, tmp):
    """Posts of 4 KB that make somewhat more than 1,000 and 20,000 pages."""
    cost = {}
    for posts in 350, 7000:
        folder = pathlib.Path(tmp, f"print{posts}")
        folder.mkdir()
        generate(folder, posts)
        out = pathlib.Path(tmp, "big.pdf")
        run = measure(program, "-q", "-j1", f"--pdf={out}", folder)
        n = pages(out)
        cost[posts] = show(f"{n} pages", [run])[0] / n
        print(f"    {cost[posts] * 1000:.2f} ms a page, "
              f"{out.stat().st_size / n / 1000:.1f} KB a page")
    print(f"    CPU a page x {cost[7000] / cost[350]:.2f}")


def download(program, urls, web, tmp):
    """The same list by curl and by us; the options of both."""
    listed = pathlib.Path(tmp, "urls")
    listed.write_text("".join(f"{u}\n" for u in urls))
    config = pathlib.Path(tmp, "curlrc")
    folders = [pathlib.Path(tmp, name) for name in ("by-curl", "by-us")]
    config.write_text("".join(f'url = "{u}"\noutput = "{folders[0]}/{n}"\n'
                              for n, u in enumerate(urls)))
    via = [] if web.address in urls[0] else ["--proxy", web.address]
    commands = [["curl", "-sS", "--parallel", "--parallel-max", "24", *via,
                 "--config", config],
                [program, "--allow-private", *via, folders[1]]]
    walls = [[], []]
    for _ in range(5):
        for i, command in enumerate(commands):
            shutil.rmtree(folders[i], ignore_errors=True)
            folders[i].mkdir()
            start = time.monotonic()
            with listed.open() as lines:
                subprocess.run(command, stdin=lines, check=True,
                               stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
            walls[i].append(time.monotonic() - start)
            assert len(list(folders[i].iterdir())) == len(urls)
    return [statistics.median(w) for w in walls]


def downloads(program, tmp):
    from server import Server, content
    names = {"1 host": "", "40 hosts": "http://h{}.example"}
    for name, host in names.items():
        paths = [f"/{n}.png" for n in range(1000)]
        pages = {p: content(bytes(30_000 + 7 * n))
                 for n, p in enumerate(paths)}
        with Server(pages) as web:
            urls = [(host.format(n % 40) or web.address) + p
                    for n, p in enumerate(paths)]
            curl, ours = download(program, urls, web, tmp)
        print(f"1,000 pictures of {name}: curl {curl:.2f} s, "
              f"ours {ours:.2f} s, x {ours / curl:.2f}")


def small_blogs(folder, n, posts):
    for i in range(n):
        blog = folder / f"blog{i}"
        blog.mkdir(parents=True)
        generate(blog, posts, start=i)
    return sorted(folder.iterdir())


def batches(program, n, tmp):
    """N blogs of 20 posts; a tenth of them with PDFs."""
    blogs = small_blogs(pathlib.Path(tmp, "blogs"), n, 20)
    out = pathlib.Path(tmp, "batch")
    out.mkdir()
    for formats, some in ((["--epub"], blogs),
                          (["--epub", "--pdf"], blogs[:max(n // 10, 2)])):
        listed = pathlib.Path(tmp, "books.yaml")
        listed.write_text("".join(f"- {b}\n" for b in some))
        run = [program, *harness.OFFLINE, "-q", *formats]
        batch = [*run, "--force", f"--batch={listed}", "-o", f"{out}/"]
        # Covers are drawn once and kept: all of them find theirs.
        measure(*batch)
        whole = measure(*batch)
        halves = [measure(*batch, f"--shard={i}/2") for i in (1, 2)]
        alone = sum(measure(*run, "-o", f"{out}/", b)[1] for b in some)
        print(f"{len(some)} blogs of 20 posts, {' '.join(formats)}: batch "
              f"{whole[1]:.2f} s and {whole[2]:.0f} MB, a run each "
              f"{alone:.2f} s")
        print(f"    batch x {whole[1] / alone:.2f} of runs, two shards x "
              f"{sum(h[1] for h in halves) / whole[1]:.2f} of one")


def bombs():
    script = harness.TESTS / "bombs/test_bombs.py"
    done = subprocess.run([sys.executable, script], capture_output=True,
                          text=True,
                          env={**os.environ, "BLOG2BOOK": harness.PROGRAM})
    print("bombs (2 s each is the aim):")
    for line in done.stderr.splitlines():
        line = line.lstrip(".FE")
        if line.startswith("test_") and line.endswith(" s"):
            name, seconds = line[5:-2].split(": ")
            mark = "  <-- slow" if float(seconds) > 2 else ""
            print(f"  {name:<28} {seconds} s{mark}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--floor", type=pathlib.Path)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--books", type=int, default=1000)
    parser.add_argument("--only", choices=["batches"], help="nothing else")
    options = parser.parse_args()
    harness.PROGRAM = str((options.build / "src/blog2book").resolve())
    global MEASURE
    with tempfile.TemporaryDirectory() as tmp:
        MEASURE = build(pathlib.Path(__file__).with_name("measure.c"), tmp)
        if options.books:
            batches(harness.PROGRAM, options.books, tmp)
        if options.only:
            return
        against_floor(harness.PROGRAM, options.floor, options.rounds, tmp)
        if options.posts:
            growth(harness.PROGRAM, options.posts, tmp)
        if shutil.which("pdfinfo"):
            growth_of_pages(harness.PROGRAM, tmp)
        if shutil.which("curl"):
            downloads(options.build / "tests/web/fetch_tool", tmp)
            pictures.main(options.build, options.rounds)
    bombs()


main()
