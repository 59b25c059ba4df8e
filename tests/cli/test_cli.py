#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What people type and see: options, slips, exit statuses."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness


class Case(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        self.blog = self.dir / "blog"
        self.blog.mkdir()

    def run_here(self, *args, status=0, **more):
        result = harness.run(*args, cwd=self.dir, **more)
        self.assertFalse(harness.crashed(result), harness.describe(result))
        self.assertEqual(result.returncode, status, harness.describe(result))
        return result


class Usage(Case):
    def test_nothing_given(self):
        result = self.run_here(status=2, online=True)
        self.assertEqual(result.stdout, "")
        self.assertLessEqual(len(result.stderr.splitlines()), 4)
        self.assertIn("--help", result.stderr)

    def test_help_fits_a_screen(self):
        lines = self.run_here("--help").stdout.splitlines()
        self.assertLessEqual(len(lines), 40)
        self.assertLessEqual(max(map(len, lines)), 80)

    def test_version(self):
        self.assertRegex(self.run_here("--version").stdout,
                         r"^blog2book \d+\.\d+\.\d+\n")

    def test_slip_of_an_option(self):
        result = self.run_here("--ebup", "blog", status=2)
        self.assertIn("unknown option '--ebup'", result.stderr)
        self.assertIn("'--epub'", result.stderr)

    def test_bad_values(self):
        for option in ("--since=yesterday", "--jobs=many", "--jobs=-1",
                       "--dump=everything", "--color=red", "--jobs=",
                       "--language=zz zz", "--language=한국어",
                       "--encoding=klingon", "--shard=1/2"):
            with self.subTest(option):
                result = self.run_here(option, "blog", status=2)
                name = option.split("=")[0]
                self.assertIn(name, result.stderr)

    def test_languages_as_people_write_them(self):
        harness.post(self.dir / "blog", "a.md", "text")
        for tag in ("ko", "ko_KR", "zh-Hant-TW", "en-GB", ""):
            with self.subTest(tag):
                self.run_here(f"--language={tag}", "--check", "blog")

    def test_folder_without_fonts(self):
        harness.post(self.dir / "blog", "a.md", "text")
        said = self.run_here("--font-dir=nowhere", "--pdf=o.pdf", "-v",
                             "blog").stderr
        self.assertIn("nowhere: warning: no font", said)

    def test_double_dash(self):
        harness.post(self.dir, "-q.md", "text")
        self.run_here("--epub=out.epub", "--", "-q.md")
        self.assertTrue((self.dir / "out.epub").exists())

    def test_path_that_is_not_there(self):
        result = harness.run("blgo", cwd=self.dir)
        self.assertIn(result.returncode, (2, 3), harness.describe(result))
        self.assertIn("blgo", result.stderr)

    def test_folder_without_posts(self):
        (self.blog / "page.html").write_text("<p>hello</p>")
        (self.blog / "public").mkdir()
        result = self.run_here("blog", status=3)
        self.assertIn("[no-posts]", result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1)
        for named in "*.md", "page.html", "public":
            self.assertIn(named, result.stderr)
        self.assertFalse((self.dir / "blog.epub").exists())

    def test_folder_with_much_else(self):
        for n in range(9):
            (self.blog / f"page{n}.html").write_text("<p>hello</p>")
        said = self.run_here("blog", status=3).stderr
        self.assertIn("page0.html, page1.html, page2.html and 6 more", said)

    def test_empty_path(self):
        """As of "$BLOG" when that is not set."""
        harness.post(self.dir, "a.md", "text")
        self.assertIn("empty", self.run_here("", status=2).stderr)

    def test_output_given_as_path(self):
        result = self.run_here("--epub", "out.epub", "blog", status=2)
        self.assertIn("--epub='out.epub'", result.stderr)

    def test_value_of_a_flag(self):
        result = self.run_here("--quiet=yes", "blog", status=2)
        self.assertIn("'--quiet' takes no value", result.stderr)

    def test_slip_in_the_settings(self):
        harness.post(self.blog, "a.md", "text")
        (self.blog / "book.yaml").write_text("titel: T\n")
        said = self.run_here("blog").stderr
        self.assertRegex(said, r"book\.yaml:1: .*'titel'.*'title'")


class Outputs(Case):
    def setUp(self):
        super().setUp()
        harness.post(self.blog, "a.md", "text", title="First")
        harness.post(self.blog, "b.md", "text", title="Second",
                     date="2021-02-03")

    def test_default_name(self):
        self.run_here("blog")
        self.assertTrue((self.dir / "blog.epub").exists())

    def test_default_name_of_dot(self):
        result = harness.run(".", cwd=self.blog)
        self.assertEqual(result.returncode, 0, harness.describe(result))
        self.assertTrue((self.blog / "blog.epub").exists())

    def test_output_with_and_without_extension(self):
        self.run_here("-o", "x", "blog")
        self.run_here("-o", "y.epub", "blog")
        self.assertEqual((self.dir / "x.epub").read_bytes(),
                         (self.dir / "y.epub").read_bytes())

    def test_output_in_missing_folder(self):
        result = self.run_here("-o", "no/such/x.epub", "blog", status=3)
        self.assertIn("no/such", result.stderr)

    def test_output_is_a_folder(self):
        (self.dir / "blog.epub").mkdir()
        result = self.run_here("blog", status=3)
        self.assertIn("blog.epub: error: this is a folder", result.stderr)
        self.assertEqual(list((self.dir / "blog.epub").iterdir()), [])

    def test_output_into_a_folder(self):
        for option in "--epub=books/", "--output=books/":
            with self.subTest(option):
                (self.dir / "books").mkdir(exist_ok=True)
                self.run_here(option, "blog")
                (self.dir / "books/blog.epub").unlink()

    def test_quiet(self):
        result = self.run_here("-q", "blog")
        self.assertEqual((result.stdout, result.stderr), ("", ""))

    def test_no_bar_in_a_pipe(self):
        result = self.run_here("blog")
        self.assertNotIn("\r", result.stdout + result.stderr)
        self.assertNotIn("\x1b", result.stdout + result.stderr)

    def test_color(self):
        (self.blog / "c.md").write_text("no header\n")
        self.assertIn("\x1b[", self.run_here("-v", "--color=always",
                                             "blog").stderr)
        self.assertNotIn("\x1b[", self.run_here("-v", "blog").stderr)

    def test_closing_line(self):
        result = self.run_here("blog")
        said = result.stdout + result.stderr
        self.assertIn("2 posts (2020-2021)", said)
        self.assertIn("blog.epub", said)

    def test_files_in_any_order(self):
        self.run_here("-o", "x", "--title=T", "blog/b.md", "blog/a.md")
        names = list(harness.chapters(self.dir / "x.epub"))
        self.assertEqual(len(names), 2)
        self.assertLess(names[0], names[1])

    def test_filters(self):
        harness.post(self.blog, "c.md", "text\n", title="Third\ntags: [x]",
                     date="2022-05-06")
        for args, want in (
                (["--since=2021"], ["Second", "Third"]),
                (["--since=2021-02-04"], ["Third"]),
                (["--until=2021-02"], ["First", "Second"]),
                (["--tag=x"], ["Third"]),
                (["--reverse"], ["Third", "Second", "First"])):
            with self.subTest(args):
                said = self.run_here("--dump=posts", *args, "blog").stdout
                got = sorted((w for w in ("First", "Second", "Third")
                              if w in said), key=said.index)
                self.assertEqual(got, want)

    def test_control_characters_do_not_reach_the_terminal(self):
        harness.post(self.blog, "esc.md", "![x](a\x1b[2Jb.png)")
        result = self.run_here("-v", "blog", status=1)
        self.assertNotIn("\x1b", result.stderr)


class Terminal(Case):
    """Standard error is a terminal here."""

    def talk(self, *args, **env):
        master, slave = os.openpty()
        child = subprocess.Popen(
            [harness.PROGRAM, *harness.OFFLINE, *args], cwd=self.dir,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=slave,
            env={**harness.environment(TERM="xterm"), **env})
        os.close(slave)
        said = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:  # Linux's way to say that the other end is closed
                break
            if not piece:
                break
            said += piece
        os.close(master)
        child.wait(120)
        return said.decode()

    def test_color(self):
        harness.post(self.blog, "a.md", "![x](gone.png)")
        self.assertIn("\x1b[33m", self.talk("blog"))
        for args, env in ((["blog"], {"NO_COLOR": "1"}),
                          (["blog"], {"TERM": "dumb"}),
                          (["--color=never", "blog"], {})):
            with self.subTest(args=args, env=env):
                self.assertNotIn("\x1b[3", self.talk(*args, **env))
        self.assertIn("\x1b[33m", self.talk("--color=always", "blog",
                                            NO_COLOR="1"))

    def test_bar(self):
        """A second's work draws one, and takes it away at the end."""
        text = "One **bold** and one `code` of a *long* post.\n\n" * 25_000
        for n in range(16):
            harness.post(self.blog, f"p{n:02}.md", text,
                         date=f"2020-01-{n + 1:02}")
        start = time.monotonic()
        said = self.talk("--jobs=1", "blog")
        if "\r[" not in said and time.monotonic() - start < 1.5:
            self.skipTest("the work was done before a bar was due")
        self.assertRegex(said, r"\r\[=*> *\] \d+/16\x1b\[K")
        self.assertTrue(said.endswith("\r\x1b[K"), said[-80:])


class Settings(Case):
    def setUp(self):
        super().setUp()
        harness.post(self.blog, "a.md", "text")

    def test_command_line_wins(self):
        (self.blog / "book.yaml").write_text("title: From the file\n")
        self.run_here("-o", "a", "blog")
        self.run_here("-o", "b", "--title=From the line", "blog")
        self.assertIn(b"From the file", package(self.dir / "a.epub"))
        self.assertIn(b"From the line", package(self.dir / "b.epub"))

    def test_unknown_key(self):
        (self.blog / "book.yaml").write_text("title: T\n\nauhtor: A\n")
        result = self.run_here("-v", "blog")
        self.assertRegex(result.stderr, r"book\.yaml:3: warning: .*auhtor"
                         r".*\[setting-unknown\]")

    def test_bad_value(self):
        (self.blog / "book.yaml").write_text("title: T\njobs: many\n")
        result = self.run_here("blog", status=3)
        self.assertRegex(result.stderr, r"book\.yaml:2: error: .*"
                         r"\[setting-bad\]")

    def test_not_yaml(self):
        (self.blog / "book.yaml").write_text("title: 'T\n")
        result = self.run_here("blog", status=3)
        self.assertIn("[setting-bad]", result.stderr)


class Statuses(Case):
    def test_kept_is_0(self):
        (self.blog / "a.md").write_text("text without a header\n")
        self.run_here("blog")

    def test_lost_is_1(self):
        harness.post(self.blog, "a.md", "![gone](gone.png)")
        self.run_here("blog", status=1)
        self.assertTrue((self.dir / "blog.epub").exists())

    def test_strict_publishes_nothing(self):
        (self.blog / "a.md").write_text("text without a header\n")
        result = self.run_here("--strict", "blog", status=1)
        self.assertRegex(result.stderr, r"a\.md(:\d+)?: (warning|error): ")
        self.assertEqual(list(self.dir.glob("*.epub")), [])

    def test_strict_keeps_the_old_book(self):
        (self.blog / "a.md").write_text("text without a header\n")
        (self.dir / "blog.epub").write_text("old")
        self.run_here("--strict", "blog", status=1)
        self.assertEqual((self.dir / "blog.epub").read_text(), "old")

    def test_strict_is_content_with_a_clean_blog(self):
        harness.post(self.blog, "a.md", "text")
        self.run_here("--strict", "blog")
        self.assertTrue((self.dir / "blog.epub").exists())


def package(epub):
    import zipfile
    with zipfile.ZipFile(epub) as z:
        return b"".join(z.read(n) for n in z.namelist() if n.endswith(".opf"))


harness.main()
