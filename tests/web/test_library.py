#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whole books with pictures from a server: cache, lock, archive."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness
from harness import describe, post
from server import Server, content, later, png, stalled, status

N_PICTURES = 20


def picture(i):
    return png(8 + i, 8, 10 * i)


class Library(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name)
        self.blog = self.top / "blog"
        self.cache = self.top / "cache"
        self.lock = self.blog / "blog2book.lock"
        self.book = self.top / "book.epub"
        self.web = self.enterContext(Server({}))
        for i in range(N_PICTURES):
            self.web.pages[f"/{i}.png"] = content(picture(i))

    if not hasattr(unittest.TestCase, "enterContext"):
        def enterContext(self, cm):
            self.addCleanup(cm.__exit__, None, None, None)
            return cm.__enter__()

    def write_blog(self, n=N_PICTURES):
        """Five pictures a post; the first of them stands in every post."""
        for first in range(0, n, 5):
            numbers = [0] + list(range(first, min(first + 5, n)))
            post(self.blog, f"{first}.md", "\n\n".join(
                f"![picture {i}]({self.web.url(f'/{i}.png')})"
                for i in numbers), title=f"Post {first}")

    def run_book(self, *args, env=None):
        return harness.run("--allow-private-network",
                           f"--cache-dir={self.cache}",
                           f"--epub={self.book}", *args, self.blog,
                           online=True, env=env)

    def make(self, *args, code=0, env=None):
        """Runs the program; the book's bytes, or None when there is none."""
        self.book.unlink(missing_ok=True)
        result = self.run_book(*args, env=env)
        self.assertEqual(result.returncode, code, describe(result))
        self.stderr = result.stderr
        return self.book.read_bytes() if self.book.exists() else None

    def pictures(self):
        """How many pictures the book carries."""
        import zipfile
        with zipfile.ZipFile(self.book) as z:
            return sum(n.endswith(".png") for n in z.namelist())

    def asked(self):
        with self.web.lock:
            n = len(self.web.log)
            self.web.log.clear()
        return n

    def kept(self):
        """Where the small files are that addresses gave, by their SHA-256:
        the pack's file, the offset, the size."""
        places, wanted = {}, set()
        for line in (self.cache / "journal-2").read_text().splitlines():
            fields = line.split("\t")
            if fields[1:2] == ["Q"]:
                pack, offset, size = fields[2:5]
                places[fields[-1]] = (self.cache / "packs" / pack, int(offset),
                                      int(size))
            elif fields[1:2] == ["N"] and fields[-1].startswith("http"):
                wanted.add(fields[2])
        return {key: places[key] for key in sorted(wanted & places.keys())}

    def damage(self, key):
        pack, offset, size = self.kept()[key]
        with open(pack, "r+b") as f:
            f.seek(offset + size // 2)
            byte = f.read(1)
            f.seek(offset + size // 2)
            f.write(bytes([byte[0] ^ 1]))

    def grow_old(self, key):
        """As if it were last used 100 days ago."""
        pack, offset, size = self.kept()[key]
        today = int(time.time() // 86400)
        rest = f"Q\t{pack.name}\t{offset}\t{size}\t{today - 100}\t\t{key}"
        with open(self.cache / "journal-2", "a") as f:
            f.write(harness.journal_line(rest))

    # ---- cache

    def test_looks_ahead(self):
        """One worker waits for the picture of one post; those of the posts
        behind it are asked for meanwhile, as many as hosts allow."""
        for i in range(40):
            url = f"http://host{i}.example/{i}.png"
            self.web.pages[url] = later(0.3, content(picture(i % 20)))
            post(self.blog, f"{i:02}.md", f"![picture]({url})",
                 title=f"Post {i}")
        self.make("--jobs=1", f"--proxy={self.web.address}")
        self.assertGreater(self.web.most_active, 4)
        asked = [entry for entry in self.web.log]
        self.assertEqual(len(asked), 40, "each once")

    def test_converts_once(self):
        """What was converted on the way to its pictures is not read again: the
        files go away before the only worker gets to them."""
        names = [f"{i:02}.md" for i in range(12)]
        for i, name in enumerate(names):
            post(self.blog, name, f"text {i}\n\n![]({self.web.url(f'/{i}.png')})",
                 title=f"Post {i}")
        first = self.make()
        shutil.rmtree(self.cache)

        def remove_the_rest(request):
            end = time.monotonic() + 20
            while len(self.web.log) < 24 and time.monotonic() < end:
                request.sleep(0.005)
            # The last may still be in hand.
            for name in names[1:-1]:
                (self.blog / name).unlink(missing_ok=True)
            content(picture(0))(request)
        self.web.pages["/0.png"] = remove_the_rest
        self.assertEqual(self.make("--jobs=1"), first)
        self.assertEqual(len(list(self.blog.glob("*.md"))), 2)

    def test_second_run_asks_nobody(self):
        self.write_blog()
        first = self.make()
        self.assertEqual(self.pictures(), N_PICTURES)
        self.assertEqual(self.asked(), N_PICTURES)
        self.assertEqual(self.make(), first)
        self.assertEqual(self.asked(), 0)
        self.assertEqual(self.make("--offline", "--jobs=1"), first)
        self.assertFalse(list(self.cache.glob("tmp/*")))
        self.assertFalse(self.lock.exists())

    def test_damaged_cache_heals(self):
        self.write_blog()
        first = self.make()
        self.asked()
        keys = list(self.kept())
        self.assertEqual(len(keys), N_PICTURES)
        for i in 3, 7, 9:
            self.damage(keys[i])
        self.assertEqual(self.make(), first)
        self.assertEqual(self.asked(), 3)
        self.assertEqual(self.make("--offline"), first)
        os.truncate(self.cache / "packs/1", 50)
        self.assertEqual(self.make(), first)
        self.assertGreater(self.asked(), N_PICTURES - 2)
        shutil.rmtree(self.cache / "packs")
        self.assertEqual(self.make(), first)
        self.assertEqual(self.asked(), N_PICTURES)
        (self.cache / "journal-2").write_bytes(b"\0rubbish" * 1000)
        self.assertEqual(self.make(), first)
        self.assertEqual(self.asked(), N_PICTURES)
        self.assertEqual(self.make("--offline"), first)

    def test_large_pictures(self):
        """They have files of their own, which are kept, found and checked."""
        self.write_blog(6)
        large = b"".join(os.urandom(1 << 16) for _ in range(4))
        self.web.pages["/5.png"] = content(picture(5) + large)
        first = self.make()
        self.assertEqual(self.pictures(), 6)
        files = [p for p in self.cache.glob("objects/*/*")
                 if p.read_bytes()[:2] != b"\xff\xd8"]  # the drawn cover
        self.assertEqual([f.stat().st_size > len(large) for f in files],
                         [True])
        self.asked()
        self.assertEqual(self.make("--offline"), first)
        os.truncate(files[0], 5)
        self.assertEqual(self.make(), first)
        self.assertEqual(self.asked(), 1)

    def test_cache_that_cannot_be_made(self):
        self.write_blog(5)
        self.cache.write_text("a file is in the way")
        self.make("--verbose")
        self.assertEqual(self.pictures(), 5)
        self.assertEqual(self.stderr.count("[cache-unusable]"), 1)

    def test_books_of_a_batch_share_a_cache(self):
        """Also where it can't be kept: what the first fetched, the second
        has."""
        self.write_blog(5)
        self.cache.write_text("a file is in the way")
        books = self.top / "books.yaml"
        books.write_text("".join(
            f"- path: {self.blog}\n  epub: {self.top}/{i}.epub\n"
            for i in range(2)))
        result = harness.run("--allow-private-network", "--jobs=1",
                             f"--cache-dir={self.cache}", "--verbose",
                             f"--batch={books}", online=True)
        self.assertEqual(result.returncode, 0, describe(result))
        self.assertEqual(self.asked(), 5)
        self.assertEqual(result.stderr.count("[cache-unusable]"), 1)
        self.assertEqual((self.top / "0.epub").read_bytes(),
                         (self.top / "1.epub").read_bytes())

    def test_two_runs_at_once(self):
        self.write_blog()
        books = [self.top / f"{i}.epub" for i in range(3)]
        runs = [subprocess.Popen(
            [harness.PROGRAM, "--allow-private-network", "-q",
             f"--cache-dir={self.cache}", f"--epub={book}", self.blog],
            env=harness.environment()) for book in books]
        self.assertEqual([r.wait(60) for r in runs], [0, 0, 0])
        self.assertEqual(len({b.read_bytes() for b in books}), 1)
        self.make("--offline")
        self.assertEqual(self.pictures(), N_PICTURES)

    def kill_in_the_middle(self, number):
        """Ends a run while it waits for the rest of a picture."""
        self.write_blog()
        large = picture(19) + bytes(1 << 20)
        self.web.pages["/19.png"] = stalled(large, 300_000)
        run = subprocess.Popen(
            [harness.PROGRAM, "--allow-private-network", "-q",
             f"--cache-dir={self.cache}", f"--epub={self.book}", self.blog],
            env=harness.environment(), stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while (len(self.web.log) < N_PICTURES
               or not any(p.stat().st_size == 300_000
                          for p in self.cache.glob("tmp/*"))):
            self.assertLess(time.monotonic(), deadline, "no download began")
            time.sleep(0.02)
        run.send_signal(number)
        self.assertEqual(run.wait(20), -number)
        self.assertFalse(self.book.exists())
        self.web.pages["/19.png"] = content(picture(19))
        self.asked()

    def test_killed_in_the_middle_of_a_download(self):
        self.kill_in_the_middle(signal.SIGKILL)
        self.make()
        self.assertEqual(self.pictures(), N_PICTURES)
        self.assertFalse(list(self.cache.glob("tmp/*")))

    def test_interrupted_keeps_what_came(self):
        self.kill_in_the_middle(signal.SIGINT)
        self.assertFalse(list(self.cache.glob("tmp/*")))
        kept = len(self.kept())
        self.make()
        self.assertEqual(self.pictures(), N_PICTURES)
        self.assertEqual(self.asked(), N_PICTURES - kept)

    def test_gc(self):
        self.write_blog()
        self.make()
        for key in list(self.kept())[:15]:
            self.grow_old(key)
        result = harness.run(f"--cache-dir={self.cache}", "--cache-gc",
                             online=True)
        self.assertEqual(result.returncode, 0, describe(result))
        self.assertRegex(result.stdout, r"^freed \d+\.\d MB: 15 files ")
        self.assertEqual(len(self.kept()), 5)
        self.asked()
        self.make()
        self.assertEqual(self.asked(), 15)

    def test_gc_has_nothing_to_do(self):
        """Files stay where they are when nothing would be freed, and when they
        are in use, which is said."""
        self.write_blog()
        self.make("--cover=none")
        (pack,) = self.cache.glob("packs/*")
        result = harness.run(f"--cache-dir={self.cache}", "--cache-gc",
                             online=True)
        self.assertEqual(list(self.cache.glob("packs/*")), [pack])
        self.assertRegex(result.stdout, r"^freed 0\.0 MB: 0 files .*\n$")
        self.grow_old(list(self.kept())[0])
        import fcntl
        with open(self.cache / "journal-2") as f:
            fcntl.flock(f, fcntl.LOCK_SH)
            result = harness.run(f"--cache-dir={self.cache}", "--cache-gc",
                                 online=True)
        self.assertEqual(list(self.cache.glob("packs/*")), [pack])
        self.assertIn("another run uses the cache", result.stdout)

    # ---- lock

    def entries(self):
        """The lock's blocks by address, each a dictionary."""
        found = {}
        for block in re.split(r"^- ", self.lock.read_text(), flags=re.M)[1:]:
            fields = dict(line.strip().split(": ", 1)
                          for line in block.splitlines())
            found[fields["url"]] = fields
        return found

    def test_lock_twice(self):
        self.write_blog()
        self.web.pages["/3.png"] = status(410)
        self.make("--lock", code=1)
        text = self.lock.read_text()
        entries = self.entries()
        self.assertEqual(list(entries), sorted(entries))
        self.assertEqual(len(entries), N_PICTURES)
        seven = entries[self.web.url("/7.png")]
        self.assertEqual(seven["pixels"], "15x8")
        self.assertEqual(seven["size"], str(len(picture(7))))
        self.assertEqual(seven["type"], "image/png")
        self.assertEqual(entries[self.web.url("/3.png")]["reason"], "410 Gone")
        env = harness.environment(SOURCE_DATE_EPOCH="86400")
        self.make("--lock", code=1, env=env)
        self.assertEqual(self.lock.read_text(), text)
        shutil.rmtree(self.cache)
        self.make("--lock", "--jobs=3", code=1)
        self.assertEqual(self.lock.read_text(), text)

    def test_frozen_without_a_network(self):
        self.write_blog()
        self.web.pages["/3.png"] = status(404)
        first = self.make("--lock", code=1)
        self.web.pages.clear()
        self.asked()
        self.assertEqual(self.make("--frozen", code=1), first)
        self.assertEqual(self.make("--frozen", "--offline", code=1), first)
        self.assertEqual(self.asked(), 0)

    def test_frozen_from_the_web(self):
        self.write_blog()
        first = self.make("--lock")
        shutil.rmtree(self.cache)
        self.assertEqual(self.make("--frozen"), first)

    def test_what_changed(self):
        self.write_blog()
        first = self.make("--lock")
        text = self.lock.read_text()
        self.web.pages["/5.png"] = content(png(100, 100, 1))
        self.assertEqual(self.make("--frozen"), first)  # from the cache
        shutil.rmtree(self.cache)
        self.assertIsNone(self.make("--frozen", code=3))
        self.assertIn("[lock-broken]", self.stderr)
        self.make("--verbose", code=1)
        self.assertEqual(self.pictures(), N_PICTURES - 1)
        line = text[:text.index("/5.png")].count("\n") + 1
        self.assertRegex(self.stderr,
                         rf"blog2book\.lock:{line}: warning: .*/5\.png.*"
                         r"\[lock-differs\]")
        self.assertEqual(self.lock.read_text(), text)
        self.make("--lock")
        self.assertEqual(self.pictures(), N_PICTURES)
        self.assertEqual(self.entries()[self.web.url("/5.png")]["pixels"],
                         "100x100")
        changed = set(text.splitlines()) ^ set(
            self.lock.read_text().splitlines())
        self.assertLessEqual(len(changed), 6, changed)  # sha256, size, pixels

    def test_frozen_and_not_locked(self):
        self.write_blog(5)
        self.assertIsNone(self.make("--frozen", code=3))
        self.assertIn("there is no blog2book.lock", self.stderr)
        self.assertIn("0.md:5: error", self.stderr)
        self.make("--lock")
        post(self.blog, "new.md", f"![new]({self.web.url('/9.png')})")
        self.assertIsNone(self.make("--frozen", code=3))
        self.assertIn("blog2book.lock does not have it", self.stderr)
        self.make()

    def test_dead_is_not_asked_again(self):
        self.write_blog(5)
        self.web.pages["/2.png"] = status(404)
        self.make("--lock", code=1)
        self.web.pages["/2.png"] = content(picture(2))
        self.asked()
        self.make(code=1)
        self.assertEqual(self.asked(), 0)
        self.make("--lock")
        self.assertEqual(self.pictures(), 5)

    def test_bad_lock(self):
        self.write_blog(5)
        self.make("--lock")
        good = self.lock.read_text()
        self.lock.write_text(good.replace("status: ok", "status: okay", 1))
        self.assertIsNone(self.make(code=3))
        self.assertRegex(self.stderr, r"blog2book\.lock:4: error: status must "
                         r"be .*\[lock-bad\]")

    def test_check_and_strict_write_no_lock(self):
        self.write_blog(5)
        self.make("--lock", "--check")
        self.assertFalse(self.lock.exists())
        shutil.rmtree(self.cache)
        self.web.pages["/2.png"] = status(404)
        self.make("--lock", "--strict", code=1)
        self.assertFalse(self.lock.exists())

    # ---- archive

    def with_archive(self):
        self.write_blog(5)
        self.web.pages["/2.png"] = status(404)
        base = self.web.url("/2.png")
        copy = f"http://web.archive.org/web/20200103000000/{base}"
        answer = ('{"archived_snapshots": {"closest": {"available": true, '
                  f'"status": "200", "url": "{copy}"}}}}}}').encode()
        for request in ("/wayback/available",):
            self.web.pages[request] = content(answer, "application/json")
        real = self.web.page

        def page(request):
            if request.path.startswith("/wayback/available?"):
                return self.web.pages["/wayback/available"]
            return real(request)
        self.web.page = page
        self.web.pages[f"/web/20200103000000id_/{base}"] = \
            content(png(77, 7, 7))
        return ["--archive-fallback", f"--archive-url={self.web.address}"]

    def test_archive(self):
        archive = self.with_archive()
        first = self.make("--lock", *archive)
        self.assertEqual(self.pictures(), 5)
        query = [r.target for r in self.web.log if "available" in r.target]
        self.assertEqual(len(query), 1)
        self.assertTrue(query[0].endswith("%2F2.png&timestamp=20200102"),
                        query)
        entry = self.entries()[self.web.url("/2.png")]
        self.assertEqual(entry["status"], "archived")
        self.assertEqual(entry["pixels"], "77x7")
        self.assertIn("/web/20200103000000id_/", entry["final"])
        self.asked()
        self.assertEqual(self.make("--frozen"), first)
        self.assertEqual(self.asked(), 0)
        shutil.rmtree(self.cache)
        self.assertEqual(self.make("--frozen"), first)

    def test_archive_of_the_first_post(self):
        """The day of the first post counts, whoever is the first to ask."""
        archive = self.with_archive()
        url = self.web.url("/2.png")
        (self.blog / "0.md").unlink()
        for jobs in 1, 4:
            # The first takes its time; those behind it are short.
            post(self.blog, "a.md", "*word* [x](y) " * 200000
                 + f"\n\n![old]({url})\n", date="2010-02-03")
            for i in range(8):
                post(self.blog, f"b{i}.md", f"![new]({url})\n",
                     date=f"2020-01-{i + 10}")
            shutil.rmtree(self.cache, ignore_errors=True)
            self.web.log.clear()
            self.make(f"--jobs={jobs}", *archive)
            query = [r.target for r in self.web.log if "available" in r.target]
            self.assertEqual(len(query), 1, query)
            self.assertTrue(query[0].endswith("timestamp=20100203"), query)

    def test_no_archive_without_asking_for_it(self):
        self.with_archive()
        self.make(f"--archive-url={self.web.address}", code=1)
        self.assertFalse([r for r in self.web.log if "available" in r.target])


if __name__ == "__main__":
    harness.main()
