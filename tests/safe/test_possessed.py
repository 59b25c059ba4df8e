#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the program that was started makes of a book's process that a blog has
taken over: POSSESSED_TOOL is the program whose books tell lies and whose posts
never end."""
import json
import os
import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

TOOL = os.environ.get("POSSESSED_TOOL")
# Leak detection traces the process from outside.
ENV = {"ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1"}
REPORT = ("broken report", "fake report", "empty report", "control in report")
MESSAGES = ("drive terminal", "half line", "no utf8")
RESULT = ("drive in result", "other result", "behind back")


@unittest.skipUnless(TOOL, "the linker here can't replace functions")
class Case(harness.Case):
    def run_tool(self, *args, **more):
        self.started = time.monotonic()
        return subprocess.run(
            [TOOL, "--offline", *map(str, args)], cwd=self.dir,
            env=harness.environment(**ENV), capture_output=True, timeout=300,
            **more)


class Lies(Case):
    def tell(self, lies, *args):
        """A list with a good book before and behind those that lie."""
        harness.post(self.blog, "a.md", "text")
        names = ["first", *lies, "last"]
        (self.dir / "l.jsonl").write_text("".join(
            json.dumps({"id": n, "path": "blog", "epub": f"out/{n}.epub"})
            + "\n" for n in names))
        result = self.run_tool("--safe", "--batch=l.jsonl", "-j3",
                               "--report=r.json", *args, input=b"a secret")
        for text in result.stdout, result.stderr:
            self.assertNotRegex(text.decode(), "[\0-\t\v-\x1f\x7f-\x9f]")
        told = json.loads((self.dir / "r.json").read_text())
        return result, {b["id"]: b for b in told["books"]}, names

    def check(self, lies, what, *args, code="sandbox-failed"):
        result, books, names = self.tell(lies, *args)
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertEqual(list(books), names)
        for name, book in books.items():
            with self.subTest(name):
                good = name not in lies
                self.assertEqual(book["result"], "built" if good else "failed")
                self.assertEqual(f"{name}.epub" in self.left(), good)
                said = [(d["code"], d["text"]) for d in book["diagnostics"]]
                if not good:
                    self.assertEqual([c for c, _ in said], [code])
                    self.assertIn(what, said[0][1])
        out = result.stdout.decode().splitlines()
        self.assertEqual([x.split(": ")[0] for x in out], names)
        return result

    def test_report(self):
        self.check(REPORT, "wrote a report that the program doesn't write")

    def test_messages(self):
        self.check(MESSAGES, "wrote messages that the program doesn't write")

    def test_result(self):
        self.check(RESULT, "gave a result that the program doesn't give")

    def test_json_messages(self):
        result = self.check(("not json", *MESSAGES),
                            "wrote messages that the program doesn't write",
                            "--diagnostics=json")
        for line in result.stderr.decode().splitlines():
            self.assertEqual(json.loads(line)["code"], "sandbox-failed")

    def test_github_messages(self):
        result = self.check(("command", *MESSAGES),
                            "wrote messages that the program doesn't write",
                            "--diagnostics=github")
        for line in result.stderr.decode().splitlines():
            self.assertRegex(line, "^::error title=sandbox-failed::")

    def test_too_much(self):
        self.check(("huge report",), "had more to say than can be kept")

    def test_last_word(self):
        """What it says of the post that was too slow is no more trusted."""
        result = self.check(("late",), "can't be left out", code="limit-book")
        self.assertIn(rb"\x1B\x1B", result.stderr)

    def test_other_files(self):
        """Nothing that was open for another book, or for the whole run, is
        open for this one; and it can't read what the operator types."""
        result, books, names = self.tell(["too much"])
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual([b["result"] for b in books.values()], ["built"] * 3)

    def test_truth(self):
        """Nothing that the program itself says is taken for a lie: names,
        words and files of all kinds, in every form of message."""
        odd = "caf\udce9 \x1b[31m \u202e \u2028 '\"\\ \x9b {} ::error::"
        harness.post(self.blog, "ok.md", "![x](missing.png) [y](no.md)")
        for name in odd, "\n", "::error file=x::.md"[:-3]:
            harness.post(self.blog, name + ".md", "![a](" + "b" * 300 + ")",
                         title=json.dumps(odd.replace("\udce9", "\ufffd")))
        (self.blog / "latin.md").write_bytes(b"---\ntitle: caf\xe9\n---\n\xff")
        (self.blog / "empty.md").write_bytes(b"")
        ids = ["plain", odd, "line\nfeed", "\ufffd"]
        lines = b""
        for n, i in enumerate(ids):
            lines += json.dumps({
                "id": i.replace("\udce9", "\u00e9"), "path": "blog",
                "epub": f"out/{n}.epub"}).encode() + b"\n"
        (self.dir / "l.jsonl").write_bytes(lines)
        for how in "text", "json", "github":
            for more in [], ["-v", "--check"], ["--color=always"]:
                with self.subTest(how=how, more=more):
                    result = self.run_tool(
                        "--safe", "--batch=l.jsonl", "--report=r.json",
                        "--force", f"--diagnostics={how}", *more)
                    self.assertNotIn(b"sandbox-failed", result.stderr)
                    self.assertEqual(result.returncode, 1, result.stderr)
                    told = json.loads((self.dir / "r.json").read_text())
                    self.assertEqual([b["status"] for b in told["books"]],
                                     [1] * len(ids))


class Endless(Case):
    """A post on which the program never comes back to ask for the time."""

    def setUp(self):
        super().setUp()
        harness.post(self.blog, "a.md", "text")
        harness.post(self.blog, "b.md", "text", title="endless")
        self.epub.write_bytes(b"old")

    def check(self, result, name="blog/b.md"):
        self.assertEqual(result.returncode, 3, result.stderr)
        err = result.stderr.decode()
        self.assertIn(f"{name}: error: takes more than 1 seconds", err)
        self.assertIn("[limit-book]", err)
        self.assertEqual(err.count("\n"), 1, err)
        self.assertEqual(self.epub.read_bytes(), b"old")

    def test_alone(self):
        for more in ["-j2"], ["-j1", "--safe"]:
            with self.subTest(more):
                self.check(self.run_tool(*more, "--limit=post-time=1",
                                         f"--epub={self.epub}", "blog"))
        # Without --safe the next run removes what this one left.
        self.assertEqual(self.left(), ["b.epub"])

    def test_batch(self):
        harness.post(self.dir / "good", "a.md", "text")
        (self.dir / "l.yaml").write_text(
            "- path: good\n  epub: good/1.epub\n"
            "- path: blog\n  epub: out/b.epub\n"
            "- path: good\n  epub: good/2.epub\n")
        result = self.run_tool("--safe", "--limit=post-time=1", "--batch=l.yaml",
                               "--report=r.json", "-q")
        self.check(result)
        books = json.loads((self.dir / "r.json").read_text())["books"]
        self.assertEqual([b["result"] for b in books],
                         ["built", "failed", "built"])
        said = books[1]["diagnostics"]
        self.assertEqual([(d["code"], d["path"]) for d in said],
                         [("limit-book", "blog/b.md")])


harness.main()
