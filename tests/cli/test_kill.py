#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs that end too early, at any moment and for any reason: the outputs are
the old files or complete new ones, and the next run leaves no litter.

BLOG2BOOK_KILLS is how many moments are tried; by hand it may be 100.
"""
import fcntl
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import time
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

KILLS = int(os.environ.get("BLOG2BOOK_KILLS", "20"))
OLD = b"an older edition"


def write_blog(folder, posts, words):
    text = " ".join(f"word{n % 97}" for n in range(words))
    for n in range(posts):
        harness.post(folder, f"p{n:04}.md", text, title=f"Post {n}",
                     date=f"20{n % 20:02}-0{n % 9 + 1}-1{n % 10}")


class Case(harness.Case):
    def setUp(self):
        super().setUp()
        self.report = self.out / "r.json"
        self.command = [harness.PROGRAM, *harness.OFFLINE, "-q",
                        f"--epub={self.epub}", f"--pdf={self.pdf}",
                        f"--report={self.report}", str(self.blog)]

    def put_old(self):
        for path in self.epub, self.pdf, self.report:
            path.write_bytes(OLD)

    def check_whole(self):
        """Every file is the old one or a complete new one."""
        new = 0
        data = self.epub.read_bytes()
        if data != OLD:
            new += 1
            with zipfile.ZipFile(self.epub) as z:
                self.assertIsNone(z.testzip())
                self.assertIn("EPUB/nav.xhtml", z.namelist())
        data = self.pdf.read_bytes()
        if data != OLD:
            new += 1
            self.assertTrue(data.startswith(b"%PDF-"))
            self.assertTrue(data.rstrip().endswith(b"%%EOF"))
        data = self.report.read_bytes()
        if data != OLD:
            new += 1
            self.assertTrue(data.endswith(b"}\n"))
        return new

    def start(self, **more):
        child = subprocess.Popen(
            self.command, env=harness.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)
        self.addCleanup(child.stderr.close)
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        return child

    def run_whole(self):
        child = self.start()
        _, err = child.communicate(timeout=120)
        self.assertEqual(child.returncode, 0, err)


class Killed(Case):
    def test_random_moments(self):
        write_blog(self.blog, 60, 300)
        started = time.monotonic()
        self.run_whole()
        took = time.monotonic() - started
        chance = random.Random(2026)
        seen = set()
        for n in range(KILLS):
            self.put_old()
            child = self.start()
            time.sleep(chance.uniform(0, took * 1.1))
            child.kill()
            child.wait()
            with self.subTest(n):
                seen.add(self.check_whole())
        self.assertIn(0, seen, "no run was killed early enough")
        self.run_whole()
        self.assertEqual(self.check_whole(), 3)
        self.assertEqual(self.left(), ["b.epub", "b.pdf", "r.json"])

    def test_litter(self):
        """The next run removes what dead ones left, and leaves what a living
        one still writes, what belongs to other books, and what is no file."""
        write_blog(self.blog, 2, 10)
        self.put_old()
        dead = [self.out / f".b.epub.blog2book-{n}.tmp" for n in (1, 2, 5)]
        other = self.out / ".other.epub.blog2book-1.tmp"
        living = self.out / ".b.pdf.blog2book-1.tmp"
        for path in *dead, other, living:
            path.write_text("half")
        link = self.out / ".r.json.blog2book-1.tmp"
        link.symlink_to(other)
        with open(living) as f:
            fcntl.flock(f, fcntl.LOCK_EX)
            self.run_whole()
        self.assertEqual(self.left(), [living.name, other.name, link.name,
                                       "b.epub", "b.pdf", "r.json"])
        self.assertEqual(other.read_text(), "half")
        self.run_whole()
        self.assertEqual(self.left(), [other.name, link.name, "b.epub",
                                       "b.pdf", "r.json"])

    def test_two_at_once(self):
        """Two runs for one name: the last wins, whole."""
        write_blog(self.blog, 40, 200)
        for _ in range(3):
            self.put_old()
            children = [self.start() for _ in range(3)]
            for child in children:
                self.assertEqual(child.wait(120), 0)
            self.assertEqual(self.check_whole(), 3)
            self.assertEqual(self.left(), ["b.epub", "b.pdf", "r.json"])


class Signals(Case):
    def test_within_a_second(self):
        """Wherever the run is; a slow machine gets some time more."""
        write_blog(self.blog, 300, 800)
        chance = random.Random(7)
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            for _ in range(2):
                with self.subTest(number):
                    self.put_old()
                    child = self.start()
                    time.sleep(chance.uniform(0.05, 0.4))
                    sent = time.monotonic()
                    child.send_signal(number)
                    status = child.wait(60)
                    if status == 0:
                        continue
                    self.assertEqual(status, -number)
                    self.assertLess(time.monotonic() - sent, 10)
                    self.check_whole()

    def test_batch(self):
        for n in range(30):
            write_blog(self.dir / f"n{n}", 10, 200)
        (self.dir / "l.jsonl").write_text("".join(
            f'{{"path": "n{n}", "epub": "out/{n}.epub"}}\n'
            for n in range(30)))
        self.command = [harness.PROGRAM, *harness.OFFLINE,
                        "--batch=l.jsonl", "--report=out/r.json", "-j2"]
        child = self.start(cwd=self.dir)
        end = time.monotonic() + 60
        while len(self.left()) < 6 and time.monotonic() < end:
            time.sleep(0.005)
        sent = time.monotonic()
        child.send_signal(signal.SIGTERM)
        status = child.wait(60)
        if status == 0:
            self.skipTest("the run was over before it could be stopped")
        self.assertEqual(status, -signal.SIGTERM)
        if time.monotonic() - sent > 0.7:
            # It was too slow to tidy up; the next one does.
            self.assertEqual(self.start(cwd=self.dir).wait(120), 0)
        for name in self.left():
            self.assertRegex(name, r"^(\d+\.epub(\.state)?|r\.json)$")
        for path in self.out.glob("*.epub"):
            with zipfile.ZipFile(path) as z:
                self.assertIsNone(z.testzip())


class Full(Case):
    """No room at any write: exit status 3, the old files, a message that
    names the file and the reason."""

    def check_full(self, child, reason):
        _, err = child.communicate(timeout=120)
        err = err.decode()
        self.assertEqual(child.returncode, 3, err)
        self.assertRegex(err, r"out/(b\.epub|b\.pdf|r\.json): error: .*"
                         + reason)
        self.assertEqual(self.left(), ["b.epub", "b.pdf", "r.json"])
        return self.check_whole()

    def test_limits(self):
        write_blog(self.blog, 30, 400)
        self.run_whole()
        most = max(p.stat().st_size for p in (self.epub, self.pdf,
                                              self.report))
        for part in range(10):
            limit = most * part // 10

            def small():
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            with self.subTest(limit):
                self.put_old()
                self.check_full(self.start(preexec_fn=small),
                                "File too large")

    def test_small_disk(self):
        write_blog(self.blog, 30, 400)
        self.run_whole()
        for path in self.out.iterdir():
            path.unlink()
        for size in "24k", "64k", "128k":
            mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none",
                     self.out]
            if os.geteuid() != 0 or subprocess.run(
                    mount, capture_output=True).returncode != 0:
                self.skipTest("a small file system can't be mounted here")
            try:
                self.put_old()
                with self.subTest(size):
                    self.check_full(self.start(), "No space left")
            finally:
                subprocess.run(["umount", self.out], check=True)

    def test_read_only_folder(self):
        write_blog(self.blog, 2, 10)
        self.put_old()
        if os.geteuid() == 0:
            mount = ["mount", "--bind", "-o", "ro", self.out, self.out]
            if subprocess.run(mount, capture_output=True).returncode != 0:
                self.skipTest("a folder can't be made read-only here")
            self.addCleanup(subprocess.run, ["umount", self.out])
        else:
            self.out.chmod(0o555)
            self.addCleanup(self.out.chmod, 0o755)
        self.assertEqual(self.check_full(self.start(),
                                         "(Read-only|Permission)"), 0)

    def test_no_file(self):
        """Folders, devices, pipes and what is read are no place for a
        book; each is said in one line."""
        post = harness.post(self.blog, "p.md", "text")
        before = post.read_bytes()
        fifo = self.out / "fifo"
        os.mkfifo(fifo)
        for target, why in ((self.out, "this is a folder"),
                            ("/dev/null", "'-' is standard output"),
                            (fifo, "'-' is standard output"),
                            (post, "this file is read"),
                            (self.dir / "no/b.epub", "no such folder")):
            for name in "epub", "pdf":
                with self.subTest(target=target, format=name):
                    result = harness.run(f"--{name}={target}", self.blog)
                    self.assertEqual(result.returncode, 3,
                                     harness.describe(result))
                    self.assertIn(why, result.stderr)
                    self.assertEqual(result.stderr.count("\n"), 1)
        self.assertEqual(post.read_bytes(), before)
        self.assertEqual(self.left(), ["fifo"])


harness.main()
