#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""--safe and --limit: what a stranger's blog can't do, how much of it is taken,
and that it makes the same book.

SANDBOX_TOOL does in the program's sandbox what an exploit would do; DENY_TOOL
runs the program where a part of the sandbox can't be had.
"""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

SANDBOX_TOOL = os.environ.get("SANDBOX_TOOL")
DENY_TOOL = os.environ.get("DENY_TOOL")
SECRET = "the-secret-of-somebody-else"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c"
    "49444154789c63606060000000040001f61738550000000049454e44ae426082")
# Leak detection traces the process from outside.
# Where there is no memory, malloc() is to say so.
ENV = {"ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1"}


def run(*args, **more):
    return harness.run("--safe", *args, env=harness.environment(**ENV),
                       online=True, **more)


class Case(harness.Case):
    def setUp(self):
        super().setUp()
        self.outputs = [f"--epub={self.epub}", f"--pdf={self.pdf}"]

    def make(self, *args, status=0, **more):
        result = run(*args, self.blog, **more)
        self.assertEqual(result.returncode, status, harness.describe(result))
        return result

    def content(self):
        with zipfile.ZipFile(self.epub) as z:
            return b"\n".join(z.read(n) for n in z.namelist())


class Same(Case):
    """The same bytes as with --offline and an empty cache."""

    def compare(self, blog, *more):
        plain = [self.out / "p.epub", self.out / "p.pdf"]
        a = run(*self.outputs, *more, blog, timeout=600)
        with tempfile.TemporaryDirectory() as cache:
            b = harness.run("--offline", f"--cache-dir={cache}",
                            f"--epub={plain[0]}", f"--pdf={plain[1]}", *more,
                            blog, online=True, timeout=600)
        self.assertIn(a.returncode, (0, 1), harness.describe(a))
        self.assertEqual(a.returncode, b.returncode)
        self.assertNotIn("sandbox-", a.stderr)
        for x, y in zip((self.epub, self.pdf), plain):
            self.assertEqual(x.read_bytes(), y.read_bytes(), x)

    def test_samples(self):
        for blog in sorted((harness.ROOT / "samples").iterdir()):
            if blog.is_dir():
                with self.subTest(blog.name):
                    self.compare(blog)

    def test_pictures(self):
        names = [p for p in (harness.TESTS / "fuzz").rglob("*")
                 if p.suffix in (".avif", ".tiff", ".tif", ".webp", ".gif",
                                 ".svg", ".jpg", ".png", ".bmp")][:60]
        for p in names:
            self.blog.mkdir(exist_ok=True)
            shutil.copy(p, self.blog / p.name)
        harness.post(self.blog, "a.md", "\n\n".join(
            f"![]({p.name})" for p in names) + "\n\ntext")
        self.compare(self.blog)

    def test_corpus(self):
        corpora = harness.corpora()
        if not corpora or not (corpora / "ash84").is_dir():
            self.skipTest("no corpora here")
        self.compare(corpora / "ash84", "-q")


class Outside(Case):
    """Nothing of a file outside gets into the book, by any way."""

    def setUp(self):
        super().setUp()
        self.secret = self.dir / "secret"
        harness.post(self.secret, "post.md", SECRET)
        (self.secret / "s.css").write_text(f"p {{ color: red }} /* {SECRET} */")
        (self.secret / "pixel.png").write_bytes(PIXEL)
        (self.secret / "book.yaml").write_text(f"title: {SECRET}\n")
        harness.post(self.blog, "own.md", "own text")

    def check(self, *args, status=0):
        result = self.make(*self.outputs, *args, status=status)
        self.assertNotIn(SECRET.encode(), self.content())
        self.assertNotIn(PIXEL, self.content())
        return result

    def test_linked_post_and_folder(self):
        (self.blog / "linked.md").symlink_to(self.secret / "post.md")
        (self.blog / "folder").symlink_to(self.secret)
        result = self.check("-v", status=1)
        self.assertEqual(result.stderr.count("[file-outside]"), 2)

    def test_linked_settings(self):
        for more in [], ["--safe"]:
            for name in "book.yaml", "book.yml":
                with self.subTest(name=name, more=more):
                    link = self.blog / name
                    link.symlink_to(self.secret / "book.yaml")
                    result = harness.run("-v", f"--epub={self.epub}", *more,
                                         self.blog)
                    self.assertEqual(result.returncode, 1)
                    self.assertIn("[file-outside]", result.stderr)
                    self.assertNotIn(SECRET.encode(), self.content())
                    link.unlink()

    def test_linked_style_and_cover(self):
        (self.blog / "s.css").symlink_to(self.secret / "s.css")
        (self.blog / "c.png").symlink_to(self.secret / "pixel.png")
        (self.blog / "book.yaml").write_text("css: s.css\ncover: c.png\n")
        result = self.check("-v", status=1)
        self.assertIn("[file-outside]", result.stderr)
        self.assertIn("[cover-broken]", result.stderr)

    def test_settings_that_lead_out(self):
        for line in ("css: ../secret/s.css", f"css: {self.secret}/s.css",
                     "cover: ../secret/pixel.png", "font-dir: ../secret"):
            with self.subTest(line):
                (self.blog / "book.yaml").write_text(line + "\n")
                self.make(*self.outputs, status=3)
                self.assertEqual(self.left(), [])

    def test_pictures(self):
        (self.blog / "link.png").symlink_to(self.secret / "pixel.png")
        (self.blog / "self").symlink_to("/proc/self")
        harness.post(self.blog, "own.md", f"""
![a](link.png) ![b](../secret/pixel.png) ![c]({self.secret}/pixel.png)
![d](file://{self.secret}/pixel.png) ![e](/proc/self/environ)
![f](self/environ) ![g](self/cwd/secret/pixel.png)
![h](%2e%2e/secret/pixel.png) ![i](x/../../secret/pixel.png)
""")
        result = self.check("-v", status=1)
        self.assertIn("[image-missing]", result.stderr)

    def test_nothing_is_fetched(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            harness.post(self.blog, "own.md",
                         f"![a](http://127.0.0.1:{port}/a.png)\n\n"
                         "https://gist.github.com/someone/0123456789abcdef\n")
            (self.blog / "book.yaml").write_text(
                f"offline: false\nproxy: http://127.0.0.1:{port}\n"
                "archive-fallback: true\n")
            self.check("--allow-private-network")
            server.settimeout(0.2)
            with self.assertRaises(TimeoutError):
                server.accept()

    def test_cache_of_others(self):
        cache = self.dir / "cache"
        env = harness.environment(XDG_CACHE_HOME=str(cache), **ENV)
        result = harness.run("--safe", f"--epub={self.epub}", self.blog,
                             env=env, online=True)
        self.assertEqual(result.returncode, 0, harness.describe(result))
        self.assertFalse(cache.exists())
        (cache / "given").mkdir(parents=True)
        self.check(f"--cache-dir={cache}/given")
        self.assertEqual(list((cache / "given").iterdir()), [])

    def test_names_in_the_archive(self):
        names = ["a..b.md", "..c.d.md", "back\\..\\slash.md", "c:drive.md",
                 "line\nfeed.md", "-rf.md", "~.md", "nul.md", " .md", "%2e%2e.md",
                 "...md", "x\u202e.md"]
        for i, name in enumerate(names):
            harness.post(self.blog, name, f"text {i} ![p](../p/{i}.png)",
                         title='"../../etc/passwd"')
        (self.blog / "p").mkdir()
        harness.post(self.blog, "deep/..hidden../q.md", "text",
                     title='"/absolute"')
        shutil.copy(self.secret / "pixel.png", self.blog / "..p.png")
        harness.post(self.blog, "own.md", "![p](..p.png)", title='".."')
        self.make(f"--epub={self.epub}", status=1)
        with zipfile.ZipFile(self.epub) as z:
            entries = z.namelist()
        self.assertGreater(len(entries), len(names))
        for name in entries:
            self.assertRegex(name, r"^[A-Za-z0-9][A-Za-z0-9._/-]*$")
            self.assertNotIn("..", name.split("/"))
            self.assertFalse(name.startswith("/"))

    def test_what_a_blog_may_set(self):
        (self.blog / "book.yaml").write_text(
            "title: Mine\nlimit: posts=1000000\nsafe: false\noutput: x\n"
            "epub: ../stolen.epub\npdf: true\njobs: 64\nquiet: true\n"
            "dump: posts\nreport: r.json\ncache-dir: c\nlock: true\n")
        result = self.make("-v", f"--epub={self.epub}")
        self.assertEqual(result.stderr.count("[setting-refused]"), 11)
        self.assertEqual(self.left(), ["b.epub"])
        self.assertIn(b"Mine", self.content())

    def test_limit_is_refused_without_safe(self):
        (self.blog / "book.yaml").write_text("limit: posts=1\n")
        harness.post(self.blog, "b.md", "two")
        result = harness.run("-v", f"--epub={self.epub}", self.blog)
        self.assertEqual(result.returncode, 0)
        self.assertIn("[setting-refused]", result.stderr)

    def test_lock(self):
        self.make("--lock", f"--epub={self.epub}", status=3)
        self.assertEqual(self.left(), [])


class Limits(Case):
    def expect(self, limit, code, status=1, posts=None, more=()):
        result = self.make("-v", f"--limit={limit}", *self.outputs, *more,
                           status=status)
        self.assertIn(f"[{code}]", result.stderr)
        if posts is not None:
            self.assertEqual(len(harness.chapters(self.epub)), posts)
        return result

    def test_posts(self):
        for n in range(5):
            harness.post(self.blog, f"{n}.md", "text")
        self.expect("posts=3", "limit-posts", posts=3)
        first = self.epub.read_bytes()
        self.expect("posts=3", "limit-posts", posts=3, more=["-j1"])
        self.assertEqual(self.epub.read_bytes(), first)

    def test_bytes(self):
        for n in range(4):
            harness.post(self.blog, f"{n}.md", "word " * 500)
        self.expect("bytes=6K", "limit-bytes", posts=2)
        harness.post(self.blog, "big.md", "word " * 5000)
        result = self.expect("post-bytes=10K", "file-too-big", posts=4)
        self.assertIn("big.md", result.stderr)

    def test_pictures(self):
        (self.blog / "p").mkdir(parents=True)
        (self.blog / "p/a.png").write_bytes(PIXEL)
        harness.post(self.blog, "a.md", "![p](p/a.png)")
        self.expect("picture-bytes=20", "image-broken")
        (self.blog / "p/a.png").unlink()
        svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="9"/>'
        (self.blog / "p/a.svg").write_text(svg)
        harness.post(self.blog, "a.md", "![p](p/a.svg)")
        result = self.expect("pixels=1K", "image-broken")
        self.assertIn("too many pixels", result.stderr)

    def test_nesting(self):
        harness.post(self.blog, "a.md", "<div>" * 30 + "deep" + "</div>" * 30)
        self.make("-W", f"--epub={self.epub}")
        self.expect("nesting=8", "html-too-deep", status=0)
        self.assertIn(b"deep", self.content())

    def test_post_memory(self):
        harness.post(self.blog, "a.md", "small")
        harness.post(self.blog, "b.md", "*many* words of `code` " * 40000)
        result = self.expect("post-memory=4M", "limit-post", posts=1)
        self.assertIn("b.md", result.stderr)

    def test_post_time(self):
        harness.post(self.blog, "a.md", "small")
        harness.post(self.blog, "b.md", "*many* [words](x) of `code` " * 200000)
        result = run("-v", "--limit=post-time=1", *self.outputs, self.blog)
        self.assertRegex(result.stderr, r"b\.md.*\[limit-(post|book)\]")
        self.assertEqual(result.returncode,
                         1 if "[limit-post]" in result.stderr else 3)
        self.assertEqual(self.epub.exists(), result.returncode == 1)

    def test_time(self):
        self.epub.write_bytes(b"old")
        for n in range(30):
            harness.post(self.blog, f"{n}.md", "*words* `x` [y](z) " * 40000)
        result = self.expect("time=1", "limit-book", status=3)
        self.assertIn("--limit time", result.stderr)
        self.assertEqual(self.epub.read_bytes(), b"old")
        self.assertEqual(self.left(), ["b.epub"])

    def test_memory(self):
        self.epub.write_bytes(b"old")
        harness.post(self.blog, "a.md", "*many* [words](x) `code` " * 250000)
        self.expect("memory=128M", "limit-book", status=3, more=["-j1"])
        self.assertEqual(self.epub.read_bytes(), b"old")
        self.assertEqual(self.left(), ["b.epub"])

    def test_output(self):
        self.epub.write_bytes(b"old")
        harness.post(self.blog, "a.md", "text")
        self.expect("output-bytes=2K", "output-failed", status=3)
        self.assertEqual(self.epub.read_bytes(), b"old")
        self.assertEqual(self.left(), ["b.epub"])

    def test_bad_values(self):
        harness.post(self.blog, "a.md", "text")
        for value in ("", "posts", "posts=", "posts=0", "posts=-1", "post=1",
                      "nesting=1000", "posts=1e9", "bytes=9999999999G"):
            with self.subTest(value):
                result = run(f"--limit={value}", self.blog)
                self.assertEqual(result.returncode, 2)
                self.assertEqual(result.stderr.count("\n"), 1)


class Ways(Case):
    """What else a run may be asked for."""

    def setUp(self):
        super().setUp()
        harness.post(self.blog, "a.md", "text")

    def test_report_and_check(self):
        report = self.out / "r.json"
        self.make(*self.outputs, f"--report={report}")
        told = json.loads(report.read_text())
        sizes = {o["path"]: o["bytes"] for o in told["outputs"]}
        self.assertEqual(sizes, {str(p): p.stat().st_size
                                 for p in (self.epub, self.pdf)})
        self.make("--check", *self.outputs)
        self.assertEqual(self.left(), ["b.epub", "b.pdf", "r.json"])

    def test_standard_output(self):
        result = subprocess.run(
            [harness.PROGRAM, "--safe", "--epub=-", self.blog],
            env=harness.environment(**ENV), capture_output=True)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue(result.stdout.startswith(b"PK"))

    def test_dump(self):
        self.assertIn("a.md", self.make("--dump=posts").stdout)

    def test_batch(self):
        for n in range(5):
            harness.post(self.dir / f"n{n}", "a.md", f"text {n}")
        (self.dir / "n3/book.yaml").write_text("title: [\n")
        (self.dir / "l.jsonl").write_text("".join(
            f'{{"path": "n{n}", "epub": "out/{n}.epub", '
            f'"limit": "posts={n + 1}"}}\n' for n in range(5)))
        for expected in "built", "unchanged":
            result = run("--batch=l.jsonl", "--report=out/r.json", "-j2",
                         cwd=self.dir)
            self.assertEqual(result.returncode, 3, harness.describe(result))
            told = json.loads((self.out / "r.json").read_text())
            self.assertEqual([b["result"] for b in told["books"]],
                             [expected] * 3 + ["failed", expected])
        self.assertFalse((self.out / "3.epub").exists())
        plain = harness.run("--epub=p.epub", self.dir / "n0", cwd=self.dir)
        self.assertEqual(plain.returncode, 0)
        self.assertEqual((self.dir / "p.epub").read_bytes(),
                         (self.out / "0.epub").read_bytes())

    def test_batch_goes_on(self):
        """A book that takes too much takes none of the others with it."""
        harness.post(self.dir / "bad", "a.md", "*x* [y](z)\n\n" * 300000)
        (self.dir / "l.yaml").write_text(
            "- path: blog\n  epub: out/1.epub\n"
            "- path: bad\n  epub: out/2.epub\n  limit: time=1\n"
            "- path: bad\n  epub: out/3.epub\n  limit: memory=128M\n"
            "- path: blog\n  epub: out/4.epub\n")
        result = run("--batch=l.yaml", "--report=out/r.json", cwd=self.dir)
        self.assertEqual(result.returncode, 3)
        self.assertEqual(result.stderr.count("[limit-book]"), 2)
        self.assertIn("more than 1 seconds", result.stderr)
        self.assertIn("128 MB of memory", result.stderr)
        told = json.loads((self.out / "r.json").read_text())
        self.assertEqual([b["result"] for b in told["books"]],
                         ["built", "failed", "failed", "built"])
        self.assertEqual([p for p in self.left() if p.endswith("epub")],
                         ["1.epub", "4.epub"])

    def test_signals(self):
        for n in range(40):
            harness.post(self.blog, f"{n}.md", "*words* `x` [y](z) " * 3000)
        for number in signal.SIGINT, signal.SIGTERM:
            self.epub.write_bytes(b"old")
            child = subprocess.Popen(
                [harness.PROGRAM, "--safe", "-q", *self.outputs, self.blog],
                env=harness.environment(**ENV), stderr=subprocess.PIPE)
            time.sleep(0.3)
            sent = time.monotonic()
            child.send_signal(number)
            err = child.communicate(timeout=60)[1]
            took = time.monotonic() - sent
            self.assertEqual(child.returncode, -number, err)
            self.assertLess(took, 5) # a second, on a computer that is not busy
            self.assertEqual(self.epub.read_bytes(), b"old")
        self.make(*self.outputs)
        self.assertEqual(self.left(), ["b.epub", "b.pdf"])


@unittest.skipUnless(DENY_TOOL, "libseccomp is not here to take parts away")
class Missing(Case):
    def test_parts(self):
        harness.post(self.blog, "a.md", "text")
        if "sandbox-" in run("-v", self.blog, cwd=self.out).stderr:
            self.skipTest("the sandbox is not whole here")
        for part, word in (("landlock", "landlock"), ("seccomp", "filter")):
            with self.subTest(part):
                command = [DENY_TOOL, part, harness.PROGRAM, "--safe", "-v",
                           f"--epub={self.epub}", self.blog]
                result = subprocess.run(
                    command, env=harness.environment(**ENV), text=True,
                    capture_output=True, timeout=120)
                self.assertEqual(result.returncode, 0, result.stderr)
                lines = [x for x in result.stderr.splitlines()
                         if "[sandbox-partial]" in x]
                self.assertEqual(len(lines), 1, result.stderr)
                self.assertIn(word, lines[0])
                self.assertTrue(self.epub.exists())
                self.epub.unlink()


@unittest.skipUnless(SANDBOX_TOOL, "there is no sandbox on this system")
class Sandbox(Case):
    """Deeds of code that took the program over."""

    def setUp(self):
        super().setUp()
        harness.post(self.blog, "post.md", "text")
        self.outside = self.dir / "outside"
        self.outside.write_text(SECRET)
        (self.blog / "link").symlink_to(self.outside)
        self.lent = self.out / "lent"
        self.lent.write_text("lent")
        missing = self.tool("missing").stdout
        if missing:
            self.skipTest("not all of the sandbox is to be had here: "
                          + missing)

    def tool(self, deed, lent=None):
        return subprocess.run(
            [SANDBOX_TOOL, deed, self.blog, self.outside, lent or self.lent],
            env=harness.environment(**ENV), text=True, capture_output=True,
            timeout=60)

    def test_allowed(self):
        for deed in "read inside", "write lent":
            with self.subTest(deed):
                result = self.tool(deed)
                self.assertEqual((result.returncode, result.stdout),
                                 (0, "done\n"), result.stderr)

    def test_refused(self):
        for deed in ("read outside", "read through a link",
                     "read through dots", "read the environment",
                     "write outside", "write inside", "cut outside",
                     "make a file", "make a file beside", "replace", "remove",
                     "link", "make a socket", "fork and run",
                     "signal the parent", "write and run memory",
                     "raise limits", "take memory", "type for the user"):
            with self.subTest(deed):
                result = self.tool(deed)
                self.assertEqual(result.returncode, 1, result)
                self.assertRegex(result.stdout, "^refused: ")
        self.assertEqual(self.outside.read_text(), SECRET)
        self.assertEqual(self.lent.read_text(), "lent")
        self.assertEqual(self.left(), ["lent"])

    def test_deadly(self):
        for deed in ("run a program", "trace the parent", "mount",
                     "new name spaces", "io_uring", "bpf"):
            with self.subTest(deed):
                result = self.tool(deed)
                self.assertEqual(result.returncode, -signal.SIGSYS, result)
                self.assertEqual(result.stdout, "")

    def test_connect(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            result = self.tool("connect", str(server.getsockname()[1]))
            self.assertEqual(result.returncode, 1, result)
            server.settimeout(0.2)
            with self.assertRaises(TimeoutError):
                server.accept()


harness.main()
