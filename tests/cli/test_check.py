#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""--check says what a real run says, and writes nothing."""
import json
import os
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

# No font has these; the books' own pages show them: titles, author, contents.
RARE = "\ue001 \U0003fffd"

FORMATS = {"epub": ["--epub"], "pdf": ["--pdf"], "both": ["--epub", "--pdf"],
           "recto": ["--pdf", "--two-sided", "--chapter-start=recto"]}


class Check(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        self.scratch = self.dir / "tmp"
        self.scratch.mkdir()

    def faulty(self):
        blog = self.dir / "faulty"
        harness.post(blog, "a.md", "![x](gone.png) [l](gone.md) " + RARE,
                     title="Rare " + RARE)
        harness.post(blog, "b.md", "![x](bad.png)\n\n<b>open", date="2020-13-01")
        harness.post(blog, "c.md", b"\xff text \x00", title="[")
        harness.post(blog, "d.md", "", date="2021-02-02")
        (blog / "bad.png").write_bytes(b"no picture")
        (blog / "fonts").mkdir()
        (blog / "fonts/bad.ttf").write_bytes(b"no font")
        (blog / "own.css").write_text("@import 'x.css'; p { float: left }\n")
        (blog / "book.yaml").write_text(
            f'title: "Faulty {RARE}"\nauthor: "\U0003fffc"\ncss: own.css\n'
            "font-dir: fonts\ntitel: x\n")
        return blog

    def run_it(self, blog, name, *args):
        place = self.dir / name
        place.mkdir()
        env = harness.environment(SOURCE_DATE_EPOCH="86400",
                                  TMPDIR=str(self.scratch))
        result = harness.run("-v", "--diagnostics=json", *args,
                             f"--report={self.dir / name}.json", blog,
                             cwd=place, env=env)
        self.assertFalse(harness.crashed(result), harness.describe(result))
        report = json.loads((self.dir / f"{name}.json").read_text())
        made = sorted(p.name for p in place.iterdir())
        self.assertEqual(list(self.scratch.iterdir()), [])
        return result, report, made

    def compare(self, blog, args, label):
        real, report, made = self.run_it(blog, f"real-{label}", *args)
        check, checked, nothing = self.run_it(blog, f"check-{label}", "--check",
                                              *args)
        self.assertTrue(made)
        self.assertEqual(nothing, [])
        self.assertEqual(checked["outputs"], [])
        self.assertEqual(check.stderr, real.stderr)
        self.assertEqual(check.returncode, real.returncode)
        for member in "posts", "diagnostics", "totals":
            self.assertEqual(checked[member], report[member], member)
        return report

    def test_samples(self):
        for blog in sorted((harness.ROOT / "samples").iterdir()):
            if blog.is_dir():
                with self.subTest(blog.name):
                    self.compare(blog, FORMATS["both"], blog.name)

    def test_faulty(self):
        blog = self.faulty()
        for name, args in FORMATS.items():
            with self.subTest(name):
                report = self.compare(blog, args, name)
                codes = {d["code"] for d in report["diagnostics"]}
                if name != "epub":
                    # Said by the pages that are made last.
                    self.assertIn("glyph-missing", codes)

    def test_strict(self):
        blog = self.faulty()
        for args in ["-W"], ["-W", "--check"]:
            result, _, made = self.run_it(blog, "strict" + args[-1], *args,
                                          "--epub", "--pdf")
            self.assertEqual(result.returncode, 1)
            self.assertEqual(made, [])

    def test_standard_output(self):
        """A book for standard output does not go there."""
        blog = self.faulty()
        result = harness.run("--check", "--pdf=-", "-q", blog, cwd=self.dir,
                             env=harness.environment(TMPDIR=str(self.scratch)))
        self.assertEqual(result.stdout, "")
        self.assertEqual(os.listdir(self.scratch), [])


harness.main()
