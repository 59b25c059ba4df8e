#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Many books in one run: lists, results, what is skipped, shards."""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness
from jsonschema_mini import Validator

SCHEMA = json.loads((harness.ROOT / "docs/report.schema.json").read_text())


class Case(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        self.out = self.dir / "out"
        self.out.mkdir()

    def blog(self, name, posts=2, text="text of {}"):
        for n in range(posts):
            harness.post(self.dir / name, f"p{n}.md", text.format(n),
                         title=f"{name} {n}", date=f"2020-01-{n + 1:02}")
        return name

    def list(self, text, name="books.yaml"):
        (self.dir / name).write_text(text)
        return self.dir / name

    def batch(self, *args, status=0, **more):
        result = harness.run(*args, cwd=self.dir, **more)
        self.assertFalse(harness.crashed(result), harness.describe(result))
        self.assertEqual(result.returncode, status, harness.describe(result))
        return result

    def made(self):
        return sorted(p.name for p in self.out.iterdir())


class Lists(Case):
    def setUp(self):
        super().setUp()
        for name in "a", "b", "c":
            self.blog(name)

    def test_yaml(self):
        self.list("# our books\n---\n"
                  "- a\n"
                  "- path: b\n"
                  "  epub: out/second.epub\n"
                  "  title: The second\n"
                  "\n"
                  "- {path: [c, a], output: out/both, pdf: true, epub: yes}\n"
                  "...\n")
        result = self.batch("--batch=books.yaml", "--output=out/")
        self.assertEqual(self.made(), [
            "a.epub", "a.epub.state", "both.epub", "both.epub.state",
            "both.pdf", "second.epub", "second.epub.state"])
        self.assertEqual([x.split(":")[0] for x in result.stdout.splitlines()],
                         ["a", "b", "c"])
        self.assertEqual(len(harness.chapters(self.out / "both.epub")), 4)

    def test_json_lines(self):
        lines = "\n".join(json.dumps(x) for x in (
            {"id": "one", "path": "a", "epub": "out/1.epub"},
            {"id": "two", "paths": ["b", "c"], "epub": "out/2.epub",
             "reverse": True}))
        result = subprocess.run(
            [harness.PROGRAM, *harness.OFFLINE, "--batch=-"], cwd=self.dir,
            input=lines, capture_output=True, text=True,
            env=harness.environment())
        self.assertEqual(result.returncode, 0, harness.describe(result))
        self.assertEqual(self.made(), ["1.epub", "1.epub.state", "2.epub",
                                       "2.epub.state"])
        self.assertIn("two: built, 4 posts", result.stdout)
        self.list(lines, "books.jsonl")
        result = self.batch("--batch=books.jsonl")
        self.assertEqual(result.stdout, "one: unchanged\ntwo: unchanged\n")

    def test_same_as_alone(self):
        """A book of a batch is the book of a run of its own."""
        self.list("- path: a\n  epub: out/a.epub\n"
                  "- path: b\n  pdf: out/b.pdf\n")
        self.batch("--batch=books.yaml")
        self.batch("--epub=alone.epub", "a")
        self.batch("--pdf=alone.pdf", "b")
        for one, two in (("a.epub", "alone.epub"), ("b.pdf", "alone.pdf")):
            self.assertEqual((self.out / one).read_bytes(),
                             (self.dir / two).read_bytes())

    def test_places(self):
        """Names of a list are relative to it; those of options are not."""
        self.blog("deep/d")
        self.list("- path: d\n  epub: made.epub\n", "deep/list.yaml")
        self.batch("--batch=deep/list.yaml")
        self.assertTrue((self.dir / "deep/made.epub").exists())
        self.list("- d\n", "deep/list.yaml")
        self.batch("--batch=deep/list.yaml", "-o", "out/")
        self.assertEqual(self.made(), ["d.epub", "d.epub.state"])

    def test_one_bad_book(self):
        """None of these stops, or changes, the books around it."""
        bad = {
            "- path: nowhere": "nowhere",
            "- path: a\n  page-size: 7": "is no value",
            "- path: a\n  epub: [": "did not find",
            "- title: x": "no 'path'",
            "-": "no 'path'",
            "- path: a\n  epub: out/first.epub":
                "the book 'b' of the list has this file already",
            "- {path: a, id: [x]}": "id must be a text",
            "- path: a\n  epub: '-'": "standard output",
            "- path: a\n  jobs: 2": "for all books",
            "- path: a\n  report: x": "for all books",
            "- path: a\n  title: {x: y}": "must be a text",
        }
        for item, why in bad.items():
            with self.subTest(item):
                for p in self.out.iterdir():
                    p.unlink()
                self.list("- path: b\n  epub: out/first.epub\n" + item
                          + "\n- path: c\n  epub: out/last.epub\n")
                result = self.batch("--batch=books.yaml", "-j3", status=3)
                self.assertIn(why, result.stderr)
                self.assertEqual(self.made(), [
                    "first.epub", "first.epub.state", "last.epub",
                    "last.epub.state"])
                lines = result.stdout.splitlines()
                self.assertEqual(len(lines), 3)
                self.assertIn(": failed", lines[1])

    def test_unknown_setting(self):
        self.list("- path: a\n  epub: out/a.epub\n  titel: x\n")
        result = self.batch("--batch=books.yaml")
        self.assertIn("did you mean title", result.stderr)
        self.assertIn("books.yaml:3", result.stderr)

    def test_no_folder(self):
        self.list("- path: a\n  epub: none/a.epub\n  pdf: none/a.pdf\n")
        for args in ["--epub"], ["--pdf"], ["--epub", "--pdf"]:
            result = self.batch("--batch=books.yaml", *args, status=3)
            self.assertIn("there is no such folder", result.stderr)

    def test_no_list(self):
        self.assertIn("needs a list",
                      self.batch("--batch=", status=2).stderr)
        self.batch("--batch=nowhere.yaml", status=3)
        self.batch("--batch=.", status=3)
        self.list("path: a\n")
        self.assertIn("books.yaml:1", self.batch("--batch=books.yaml",
                                                 status=3).stderr)
        self.batch("--batch=books.yaml", "a", status=2)
        self.list("# nothing\n")
        self.assertEqual(self.batch("--batch=books.yaml").stdout, "")

    def test_order(self):
        """Lines and messages come in the list's order, whatever is faster."""
        names = [self.blog(f"n{n}", posts=1 + (n * 7) % 5,
                           text="![x](gone.png)") for n in range(12)]
        self.list("".join(f"- {n}\n" for n in names))
        said = [self.batch("--batch=books.yaml", "-v", "-o", "out/", f"-j{j}",
                           "--force", status=1) for j in (1, 4)]
        lines = [[x for x in r.stderr.splitlines() if "gone.png" in x]
                 for r in said]
        self.assertEqual(said[0].stdout, said[1].stdout)
        self.assertEqual(*lines)
        self.assertGreater(len(lines[0]), 20)


class Skipping(Case):
    def setUp(self):
        super().setUp()
        self.blog("a")
        self.list("- path: a\n  epub: out/a.epub\n")
        self.batch("--batch=books.yaml")

    def result(self, *args, status=0, **more):
        line, = self.batch("--batch=books.yaml", *args, status=status,
                           **more).stdout.splitlines()
        return line.split(":")[1].split(",")[0].strip()

    def test_unchanged(self):
        before = (self.out / "a.epub").stat()
        self.assertEqual(self.result(), "unchanged")
        self.assertEqual(self.result("-j3", "-v"), "unchanged")
        self.assertEqual((self.out / "a.epub").stat().st_mtime_ns,
                         before.st_mtime_ns)
        self.assertEqual(self.result("--force"), "built")

    def test_copy_elsewhere(self):
        """Times of files, as a checkout sets them, matter not."""
        for path in self.dir.rglob("*.md"):
            os.utime(path, (1, 1))
        self.assertEqual(self.result(), "unchanged")

    def test_moved(self):
        self.out.rename(self.dir / "there")
        self.list("- path: a\n  epub: there/a.epub\n")
        self.assertEqual(self.result(), "unchanged")
        self.list("- path: a\n  epub: there/b.epub\n")
        self.assertEqual(self.result(), "built")

    CHANGES = {
        "a post": lambda d: harness.post(d / "a", "p0.md", "other"),
        "a new post": lambda d: harness.post(d / "a", "p7.md", "new"),
        "no post": lambda d: (d / "a/p0.md").unlink(),
        "another name": lambda d: (d / "a/p7.md").rename(d / "a/q.md"),
        "a picture": lambda d: (d / "a/x.png").write_bytes(b"x"),
        "book.yaml": lambda d: (d / "a/book.yaml").write_text("title: T\n"),
        "a link": lambda d: (d / "a/l.md").symlink_to("p1.md"),
        "the list": lambda d: (d / "books.yaml").write_text(
            "- path: a\n  epub: out/a.epub\n  reverse: true\n"),
        "another format": lambda d: (d / "books.yaml").write_text(
            "- path: a\n  epub: out/a.epub\n  pdf: out/a.pdf\n"
            "  reverse: true\n"),
        "no PDF": lambda d: (d / "out/a.pdf").unlink(),
        "no book": lambda d: (d / "out/a.epub").unlink(),
        "a damaged book": lambda d: (d / "out/a.epub").write_text("x"),
        "no state": lambda d: (d / "out/a.epub.state").unlink(),
        "a torn state": lambda d: os.truncate(d / "out/a.epub.state", 30),
    }

    def test_changes(self):
        for name, change in self.CHANGES.items():
            with self.subTest(name):
                self.assertEqual(self.result(), "unchanged")
                change(self.dir)
                self.assertEqual(self.result(), "built")
                self.assertEqual(self.result(), "unchanged")
        self.assertEqual(self.result("--title=X"), "built")
        self.assertEqual(self.result(
            "--title=X", env=harness.environment(SOURCE_DATE_EPOCH="86400")),
            "built")

    def test_what_is_no_input(self):
        (self.dir / "a/.git").mkdir()
        (self.dir / "a/.git/index").write_text("x")
        (self.dir / "a/other.epub").write_text("x")
        self.assertEqual(self.result(), "unchanged")

    def test_loss_is_tried_again(self):
        harness.post(self.dir / "a", "p0.md", "![x](gone.png)")
        self.assertEqual(self.result(status=1), "incomplete")
        self.assertEqual(self.result(status=1), "incomplete")

    def test_check_skips_nothing(self):
        self.assertEqual(self.result("--check"), "checked")


class Shards(Case):
    def setUp(self):
        super().setUp()
        self.names = [self.blog(f"n{n}", posts=1) for n in range(9)]
        self.list("".join(f"- {n}\n" for n in self.names))

    def part(self, *args, **more):
        return [x.split(":")[0] for x in self.batch(
            "--batch=books.yaml", "-o", "out/", "--force", *args,
            **more).stdout.splitlines()]

    def test_parts(self):
        parts = [self.part(f"--shard={i}/3") for i in (1, 2, 3)]
        self.assertEqual(sorted(sum(parts, [])), self.names)
        for part in parts:
            self.assertEqual(part, [n for n in self.names if n in part])
        self.list("".join(f"- {n}\n" for n in ["n10", *self.names])
                  .replace("n10", self.blog("n10")))
        more = self.part("--shard=2/3")
        self.assertEqual([n for n in more if n != "n10"], parts[1])

    def test_auto(self):
        env = harness.environment(CI_NODE_INDEX="2", CI_NODE_TOTAL="3")
        self.assertEqual(self.part("--shard=auto", env=env),
                         self.part("--shard=2/3"))
        env = harness.environment(JOB_COMPLETION_INDEX="0")
        self.assertEqual(self.part("--shard=auto/3", env=env),
                         self.part("--shard=1/3"))
        result = self.batch("--batch=books.yaml", "--shard=4/3", status=3)
        self.assertIn("not '4/3'", result.stderr)
        result = self.batch("--batch=books.yaml", "--shard=auto", status=3)
        self.assertIn("SLURM_ARRAY_TASK_ID", result.stderr)


class Reports(Case):
    def test_report(self):
        for name in "a", "b":
            self.blog(name)
        self.blog("c", text="![x](gone.png)")
        self.list("- a\n- b\n- c\n- d\n")
        self.batch("--batch=books.yaml", "-o", "out/", status=3)
        harness.post(self.dir / "b", "p0.md", "other")
        self.batch("--batch=books.yaml", "-o", "out/", "--report=r.json",
                   status=3)
        report = json.loads((self.dir / "r.json").read_text())
        Validator(SCHEMA).check(report)
        self.assertEqual([(b["id"], b["result"], b["status"])
                          for b in report["books"]],
                         [("a", "unchanged", 0), ("b", "built", 0),
                          ("c", "incomplete", 1), ("d", "failed", 3)])
        self.assertEqual(report["totals"], {"done": 1, "incomplete": 1,
                                            "failed": 1, "unchanged": 1})
        self.assertEqual(report["status"], 3)
        self.assertEqual(report["batch"], {
            "list": "books.yaml", "books": 4, "chosen": 4,
            "shard": {"index": 1, "of": 1}})

    def test_not_the_book(self):
        self.blog("a")
        self.list("- path: a\n  epub: out/a.epub\n")
        result = self.batch("--batch=books.yaml", "--report=out/./a.epub",
                            status=3)
        self.assertIn("the report has", result.stderr)
        self.assertEqual(self.made(), ["a.epub"])
        json.loads((self.out / "a.epub").read_text())


class Sharing(Case):
    """Books of a batch share fonts, style sheets and dictionaries; none of
    them sees what another one brought."""

    TEXT = "extraordinary *hyphenation* of text {} 한글 日本"

    def setUp(self):
        super().setUp()
        for name in "a", "b", "c", "d", "e":
            self.blog(name, text=self.TEXT)
        (self.dir / "own.css").write_text(
            "body { font-family: 'No such font', monospace }\n"
            "p { float: left }\n")
        fonts = self.dir / "fonts"
        fonts.mkdir()
        (fonts / "broken.ttf").write_bytes(b"nothing")

    BOOKS = [{"path": "a"},
             {"path": "b", "css": "own.css"},
             {"path": "c", "font-dir": "fonts"},
             {"path": "d", "page-size": "a6", "language": "de"},
             {"path": "e", "css": "own.css", "font-dir": "fonts"}]

    def alone(self, book):
        args = [f"--{k}={v}" for k, v in book.items() if k != "path"]
        return self.batch("-v", "--pdf=alone.pdf", *args, book["path"])

    def test_same_as_alone(self):
        for jobs in 1, 4:
            lines = "".join(json.dumps({**b, "id": f"{b['path']}{n}",
                                        "pdf": f"out/{b['path']}{n}.pdf"})
                            + "\n" for n in range(3) for b in self.BOOKS)
            self.list(lines, "books.jsonl")
            together = self.batch("--batch=books.jsonl", "--force", "-v",
                                  f"-j{jobs}")
            said = []
            for book in self.BOOKS:
                said.append(self.diagnostics(self.alone(book)))
                for n in range(3):
                    self.assertEqual(
                        (self.out / f"{book['path']}{n}.pdf").read_bytes(),
                        (self.dir / "alone.pdf").read_bytes(), book)
            self.assertEqual([len(s) > 0 for s in said],
                             [False, True, True, False, True])
            self.assertEqual(self.diagnostics(together), sum(said * 3, []))

    @staticmethod
    def diagnostics(result):
        return [line for line in result.stderr.splitlines() if line[-1] == "]"]


class Flat(Case):
    def test_descriptors_and_memory(self):
        """What the last book needs is what the tenth needed."""
        for n in range(5):
            self.blog(f"n{n}", posts=3)

        def peak(books):
            lines = "".join(json.dumps({"path": f"n{n % 5}",
                                        "epub": f"out/{n}.epub"}) + "\n"
                            for n in range(books))
            self.list(lines, "books.jsonl")

            def limit():
                resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
            child = subprocess.Popen(
                [harness.PROGRAM, *harness.OFFLINE, "-q", "--force",
                 "--batch=books.jsonl", "-j2"], cwd=self.dir,
                preexec_fn=limit, env=harness.environment())
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(child.returncode, 0)
            return usage.ru_maxrss
        if "asan" in harness.PROGRAM or "ASAN_OPTIONS" in os.environ:
            self.skipTest("a sanitizer keeps what is freed")
        few, many = peak(20), peak(300)
        self.assertLess(many, few * 1.25 + 4096)


harness.main()
