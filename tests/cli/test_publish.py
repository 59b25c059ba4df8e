#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A book appears whole or not at all, and always with the same bytes."""
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import time
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

SAMPLES = harness.ROOT / "samples"


def write_blog(folder, posts, words=400):
    for n in range(posts):
        text = " ".join(f"word{n * 7919 % 10007 + i}" for i in range(words))
        text += "\n\n| ~~a~~ | www.example.org |\n|--|--|\n| ~~b~~ | **c** |\n"
        harness.post(folder, f"p{n:05}.md", text, title=f"Post {n}",
                     date=f"20{n % 20:02}-0{n % 9 + 1}-1{n % 10}")


class Interrupted(harness.Case):
    def start(self):
        """A run that is stopped as soon as its temporary file is there."""
        if not self.blog.exists():
            write_blog(self.blog, 600, words=2000)
        self.epub.write_text("old")
        child = subprocess.Popen(
            [harness.PROGRAM, *harness.OFFLINE, "-q", f"--epub={self.epub}",
             self.blog],
            env=harness.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        end = time.monotonic() + 60
        while len(self.left()) < 2 and time.monotonic() < end:
            if child.poll() is not None:
                self.skipTest("the run was over before it could be stopped")
            time.sleep(0.002)
        return child

    def test_kill_leaves_the_old_book(self):
        child = self.start()
        child.kill()
        child.wait()
        self.assertEqual(self.epub.read_text(), "old")

    def test_next_run_sweeps(self):
        child = self.start()
        child.kill()
        child.wait()
        result = harness.run("-q", f"--epub={self.epub}", self.blog)
        self.assertEqual(result.returncode, 0, harness.describe(result))
        self.assertEqual(self.left(), ["b.epub"])
        self.assertTrue(harness.chapters(self.epub))

    def test_ctrl_c_leaves_nothing(self):
        for number in signal.SIGINT, signal.SIGTERM:
            with self.subTest(number):
                child = self.start()
                child.send_signal(number)
                self.assertNotEqual(child.wait(60), 0)
                self.assertEqual(self.left(), ["b.epub"])
                self.assertEqual(self.epub.read_text(), "old")


class Full(harness.Case):
    def check(self, result):
        self.assertFalse(harness.crashed(result), harness.describe(result))
        self.assertEqual(result.returncode, 3, harness.describe(result))
        self.assertIn("[output-failed]", result.stderr)
        self.assertEqual(self.epub.read_text(), "old")
        self.assertEqual(self.left(), ["b.epub"])

    def test_size_limit(self):
        write_blog(self.blog, 300)
        self.epub.write_text("old")

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        self.check(harness.run(f"--epub={self.epub}", self.blog,
                               preexec_fn=limit))

    def test_full_disk(self):
        write_blog(self.blog, 300)
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", self.out]
        if os.geteuid() != 0 or subprocess.run(
                mount, capture_output=True).returncode != 0:
            self.skipTest("a small file system can't be mounted here")
        try:
            self.epub.write_text("old")
            self.check(harness.run(f"--epub={self.epub}", self.blog))
        finally:
            subprocess.run(["umount", self.out], check=True)


class Closed(harness.Case):
    """Standard files that the caller has closed: no file of the book gets
    their number, and what should go there is not said to be there."""

    def close(self, *args, fds=(1,)):
        def close_them():
            for fd in fds:
                os.close(fd)
        return subprocess.run(
            [harness.PROGRAM, *harness.OFFLINE, *args], cwd=self.dir,
            env=harness.environment(), stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE, preexec_fn=close_them, text=True)

    def test_output(self):
        write_blog(self.blog, 3)
        (self.dir / "l.yaml").write_text("- path: blog\n  epub: l.epub\n")
        for args in (["--epub=-", "blog"], ["--report=-", "blog"],
                     ["--safe", "--epub=-", "blog"], ["--batch=l.yaml"],
                     ["--batch=l.yaml", "--report=-"], ["blog"]):
            with self.subTest(args):
                result = self.close(*args)
                self.assertEqual(result.returncode, 3, result.stderr)
                self.assertIn("can't write to standard output", result.stderr)

    def test_all(self):
        write_blog(self.blog, 3)
        for more in [], ["--safe"]:
            with self.subTest(more):
                self.close(*more, f"--epub={self.epub}", f"--pdf={self.pdf}",
                           "-q", "blog", fds=(0, 1, 2))
                with zipfile.ZipFile(self.epub) as z:
                    self.assertIsNone(z.testzip())
                self.assertTrue(self.pdf.read_bytes().startswith(b"%PDF-"))
                self.assertEqual(self.left(), ["b.epub", "b.pdf"])


class Unreadable(harness.Case):
    def test_post(self):
        if os.geteuid() == 0:
            self.skipTest("root reads everything")
        harness.post(self.blog, "a.md", "text")
        harness.post(self.blog, "b.md", "text").chmod(0)
        result = harness.run(f"--epub={self.epub}", self.blog)
        self.assertEqual(result.returncode, 1, harness.describe(result))
        self.assertIn("b.md", result.stderr)
        self.assertIn("[file-unreadable]", result.stderr)
        self.assertEqual(len(harness.chapters(self.epub)), 1)

    def test_dangling_link(self):
        harness.post(self.blog, "a.md", "text")
        (self.blog / "b.md").symlink_to("nowhere.md")
        result = harness.run(f"--epub={self.epub}", self.blog)
        self.assertEqual(result.returncode, 1, harness.describe(result))
        self.assertIn("b.md", result.stderr)


class Deterministic(harness.Case):
    def make(self, blog, *args):
        result = harness.run(f"--epub={self.epub}", *args, blog)
        self.assertIn(result.returncode, (0, 1), harness.describe(result))
        return self.epub.read_bytes()

    def test_samples(self):
        for blog in sorted(p.parent for p in SAMPLES.glob("*/book.yaml")):
            with self.subTest(blog.name):
                one = self.make(blog, "--jobs=1")
                self.assertEqual(one, self.make(blog, "--jobs=1"))
                self.assertEqual(one, self.make(blog, "--jobs=4"))
                copy = self.dir / "elsewhere" / blog.name
                shutil.copytree(blog, copy)
                for n, path in enumerate(copy.rglob("*")):
                    os.utime(path, (n * 1000, n * 1000))
                self.assertEqual(one, self.make(copy))

    def test_many_posts(self):
        """Many times, since threads that share something by mistake (as those
        of cmark-gfm do, which has tables of its own) differ now and then."""
        write_blog(self.blog, 150, words=40)
        one = self.make(self.blog, "--jobs=1")
        for jobs in 2, 3, *[7] * 15:
            self.assertEqual(one, self.make(self.blog, f"--jobs={jobs}"))

    def test_messages_too(self):
        for n in range(60):
            harness.post(self.blog, f"p{n}.md", f"![x](gone{n}.png)",
                         date=f"2020-01-{n % 28 + 1:02}")
        said = [harness.run("-v", f"-j{jobs}", f"--epub={self.epub}",
                            self.blog).stderr for jobs in (1, 4)]
        lines = [[x for x in s.splitlines() if "[image-missing]" in x]
                 for s in said]
        self.assertEqual(len(lines[0]), 60)
        self.assertEqual(*lines)

    def test_source_date_epoch(self):
        harness.post(self.blog, "a.md", "text")
        env = harness.environment(SOURCE_DATE_EPOCH="86400")
        harness.run(f"--epub={self.epub}", self.blog, env=env)
        import zipfile
        with zipfile.ZipFile(self.epub) as z:
            opf = [z.read(n) for n in z.namelist() if n.endswith(".opf")]
        self.assertIn(b"1970-01-02T00:00:00Z", opf[0])


harness.main()
