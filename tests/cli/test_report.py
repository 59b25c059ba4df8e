#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reports, messages for programs, checks, and standard output as a file."""
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness
from jsonschema_mini import Invalid, Validator

SCHEMA = json.loads((harness.ROOT / "docs/report.schema.json").read_text())
SAMPLES = sorted(p.parent for p in harness.ROOT.glob("samples/*/book.yaml"))


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class Case(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        self.blog = self.dir / "blog"
        self.blog.mkdir()
        self.book = self.dir / "book.epub"
        self.report = self.dir / "report.json"

    def run_well(self, *args, status=0, **more):
        result = harness.run(*args, **more)
        self.assertEqual(result.returncode, status, harness.describe(result))
        return result

    def load(self, text=None):
        report = json.loads(text or self.report.read_text())
        Validator(SCHEMA).check(report)
        return report


class Reports(Case):
    def test_samples(self):
        for blog in SAMPLES:
            with self.subTest(blog.name):
                result = harness.run(f"--epub={self.book}", "--report",
                                     self.report, blog)
                self.assertIn(result.returncode, (0, 1))
                report = self.load()
                self.assertEqual(report["status"], result.returncode)
                self.assertEqual(
                    {f"EPUB/text/{p['chapter']}" for p in report["posts"]},
                    set(harness.chapters(self.book)))
                for post in report["posts"]:
                    self.assertEqual(post["sha256"], sha256(post["path"]))
                    self.assertEqual(post["bytes"],
                                     os.path.getsize(post["path"]))

    def test_numbers(self):
        harness.post(self.blog, "a.md", "One two three [a](b.md) "
                     "[web](https://example.org/) four.\n\n"
                     "![dot](dot.svg) ![gone](gone.png)\n\nnote[^1]\n\n"
                     "[^1]: text\n", title="A")
        harness.post(self.blog, "b.md", "하나 둘 셋 넷 다섯 여섯",
                     title='B "quoted" \\ &', date="2021-03-04")
        (self.blog / "dot.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">'
            '<circle r="2"/></svg>')
        settings = b"language: en\ntitle: Both\n"
        (self.blog / "book.yaml").write_bytes(settings)
        self.run_well(f"--epub={self.book}", "--report", self.report,
                      self.blog, status=1)
        r = self.load()
        a, b = r["posts"]
        self.assertEqual((a["title"], a["date"], a["language"]),
                         ("A", "2020-01-02", "en"))
        self.assertEqual((a["pictures"], a["links"], a["embeds"]), (1, 2, 0))
        dot = self.blog / "dot.svg"
        self.assertEqual(a["files"], [{
            "path": str(dot), "bytes": dot.stat().st_size,
            "sha256": sha256(dot)}])
        self.assertEqual([d["code"] for d in a["diagnostics"]],
                         ["image-missing"])
        self.assertEqual(a["diagnostics"][0]["line"], 7)
        self.assertEqual(b["title"], 'B "quoted" \\ &')
        self.assertEqual((b["language"], b["letters"]), ("ko", 9))
        self.assertEqual(r["totals"]["posts"], 2)
        self.assertEqual(r["totals"]["words"], a["words"] + b["words"])
        self.assertEqual(r["totals"]["warnings"], 1)
        self.assertEqual(r["result"], "incomplete")
        self.assertEqual(
            {"name": "title", "value": "Both", "from": "book.yaml"},
            r["settings"][-1])
        self.assertEqual(r["inputs"], [{
            "kind": "settings", "path": f"{self.blog}/book.yaml",
            "bytes": len(settings), "sha256": sha256(self.blog / "book.yaml")}])

    def test_libraries(self):
        """What runs is not older than what it was built with, and known by
        the names that the other list has."""
        harness.post(self.blog, "a.md", "text")
        self.run_well(f"--epub={self.book}", "--report", self.report, self.blog)
        r = self.load()
        self.assertGreater(len(r["running"]), 7)
        same = r["running"].keys() & r["libraries"].keys()
        self.assertLessEqual({"harfbuzz", "libyaml", "libzip"}, same)
        for name in same:
            built, runs = ([int(x) for x in re.findall(r"\d+", r[k][name])]
                           for k in ("libraries", "running"))
            self.assertEqual(built[0], runs[0], name)
            self.assertLessEqual(built[:2], runs[:2], name)

    def test_inputs(self):
        """What a lock and an older edition were when the run began."""
        harness.post(self.blog, "a.md", "text")
        lock = self.blog / "blog2book.lock"
        self.run_well(f"--epub={self.book}", "--lock", self.blog)
        old = self.dir / "old.epub"
        old.write_bytes(self.book.read_bytes())
        self.assertTrue(lock.exists())
        want = [("edition", sha256(old)), ("lock", sha256(lock))]
        self.run_well(f"--epub={self.book}", "--frozen", f"--diff={old}",
                      "--report", self.report, self.blog)
        self.assertEqual([(i["kind"], i["sha256"])
                          for i in self.load()["inputs"]], want)

    def test_outputs(self):
        harness.post(self.blog, "a.md", "text")
        pdf = self.dir / "book.pdf"
        self.run_well(f"--epub={self.book}", f"--pdf={pdf}", "--report",
                      self.report, self.blog)
        epub_out, pdf_out = self.load()["outputs"]
        self.assertEqual(epub_out, {
            "format": "epub", "path": str(self.book),
            "bytes": self.book.stat().st_size, "sha256": sha256(self.book)})
        self.assertEqual(pdf_out["sha256"], sha256(pdf))
        self.assertGreater(pdf_out["pages"], 0)

    def test_same_bytes(self):
        """With SOURCE_DATE_EPOCH nothing of the report depends on the run."""
        for n in range(30):
            harness.post(self.blog, f"p{n}.md", f"![x](no{n}.png)\n\ntext",
                         date=f"2020-01-{n % 28 + 1:02}")
        env = harness.environment(SOURCE_DATE_EPOCH="86400")
        args = f"--epub={self.book}", f"--report={self.report}", self.blog
        self.run_well(*args, env=env, status=1)
        one = self.report.read_text()
        self.assertNotIn("timing", one)
        self.load()
        self.run_well(*args, env=env, status=1)
        self.assertEqual(one, self.report.read_text())
        self.run_well("-j4", *args, env=env, status=1)
        self.assertEqual(json.loads(one)["posts"], self.load()["posts"])

    def test_failures_too(self):
        """What makes no book still makes a report."""
        self.run_well(f"--report={self.report}", self.blog, status=3)
        r = self.load()
        self.assertEqual((r["result"], r["posts"], r["outputs"]),
                         ("failed", [], []))
        self.assertEqual(r["diagnostics"][0]["code"], "no-posts")
        (self.blog / "book.yaml").write_text("page-size: 3\n")
        harness.post(self.blog, "a.md", "text")
        self.run_well(f"--report={self.report}", self.blog, status=3)
        self.assertEqual(self.load()["diagnostics"][0]["code"], "setting-bad")

    def test_strict(self):
        harness.post(self.blog, "a.md", "![x](gone.png)")
        self.run_well("-W", f"--epub={self.book}", f"--report={self.report}",
                      self.blog, status=1)
        self.assertEqual(self.load()["result"], "not published")
        self.assertFalse(self.book.exists())

    def test_hostile_text(self):
        """Bytes that are no UTF-8, quotes and controls make good JSON."""
        harness.post(self.blog, b'\xff"\x1b.md'.decode(
            errors="surrogateescape"), "text ![a](\u009b31m.png)",
            title="\u202e \x07\x9b x")
        self.run_well(f"--epub={self.book}", f"--report={self.report}",
                      self.blog, status=1)
        text = self.report.read_bytes()
        self.assertNotRegex(text, rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
        self.assertIn('\ufffd"\x1b.md', self.load()["posts"][0]["path"])

    def test_spares_what_it_finds(self):
        """The report never takes the place of a post or of the book."""
        post = harness.post(self.blog, "a.md", "text")
        before = post.read_bytes()
        self.book.write_text("old")
        for target in post, self.book, self.dir / "." / "book.epub":
            result = self.run_well(f"--epub={self.book}",
                                   f"--report={target}", self.blog, status=3)
            self.assertIn("can't be the report", result.stderr)
        self.assertEqual(post.read_bytes(), before)
        self.assertEqual(self.book.read_text(), "old")

    def test_validator_can_fail(self):
        harness.post(self.blog, "a.md", "text")
        self.run_well(f"--epub={self.book}", f"--report={self.report}",
                      self.blog)
        good = self.report.read_text()
        for damage in (("posts", [{}]), ("status", 7), ("version", 2),
                       ("outputs", {}), ("surprise", 1)):
            bad = json.loads(good) | dict([damage])
            with self.assertRaises(Invalid, msg=damage):
                Validator(SCHEMA).check(bad)


class Shape(unittest.TestCase):
    """src/report_shape.def says what the schema says."""

    def kind(self, schema):
        if "$ref" in schema:
            name = schema["$ref"].split("/")[-1]
            schema = SCHEMA["$defs"][name]
            return "{" + name if "properties" in schema else self.kind(schema)
        if "enum" in schema:
            words = schema["enum"]
            return ("#" if isinstance(words[0], int) else "=") + "|".join(
                map(str, words))
        if schema["type"] == "array":
            return "[" + self.kind(schema["items"])
        if schema["type"] == "object":
            return "{" + "".join(schema["properties"])
        if schema.get("pattern") == "^[0-9a-f]{64}$":
            return "hash"
        return {"string": "text", "integer": "count",
                "number": "decimal"}[schema["type"]]

    def test_same(self):
        said = (harness.ROOT / "src/report_shape.def").read_text()
        rows = re.findall(r'^MEMBER\("(\w+)", "(\w+)",\s+"([^"]*)",\s+(\w+)\)',
                          said, re.M)
        shapes = {}
        for name, key, kind, needed in rows:
            shapes.setdefault(name, {})[key] = (kind, needed == "true")
        known = SCHEMA["$defs"] | {
            "batchBook": SCHEMA["$defs"]["batchBook"]["oneOf"][0],
            "milliseconds": SCHEMA["$defs"]["post"]["properties"]["timing"]}
        self.assertEqual(set(shapes), {n for n, s in known.items()
                                       if s.get("type") == "object"})
        for name, members in shapes.items():
            want = {key: (self.kind(schema), key in known[name]["required"])
                    for key, schema in known[name]["properties"].items()}
            self.assertEqual(members, want, name)


class StandardOutput(Case):
    def setUp(self):
        super().setUp()
        harness.post(self.blog, "a.md", "text")

    def test_book(self):
        for name in "epub", "pdf":
            with self.subTest(name), open(self.dir / "piped", "wb") as to:
                result = subprocess.run(
                    [harness.PROGRAM, f"--{name}=-", self.blog], stdout=to,
                    stderr=subprocess.PIPE, env=harness.environment())
                self.assertEqual(result.returncode, 0, result.stderr)
                named = self.dir / f"named.{name}"
                self.run_well(f"--{name}={named}", self.blog)
                self.assertEqual((self.dir / "piped").read_bytes(),
                                 named.read_bytes())

    def test_report(self):
        result = self.run_well(f"--epub={self.book}", "--report=-", self.blog)
        self.assertEqual(self.load(result.stdout)["result"], "built")

    def test_closed(self):
        read, write = os.pipe()
        os.close(read)
        result = subprocess.run([harness.PROGRAM, "--epub=-", self.blog],
                                stdout=write, stderr=subprocess.PIPE,
                                env=harness.environment())
        os.close(write)
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn(b"[output-failed]", result.stderr)

    def test_leaves_nothing(self):
        tmp = self.dir / "tmp"
        tmp.mkdir()
        env = harness.environment(TMPDIR=str(tmp))
        subprocess.run([harness.PROGRAM, "-q", "--epub=-", self.blog],
                       check=True, stdout=subprocess.DEVNULL, env=env)
        self.run_well("--check", "--epub", "--pdf", self.blog, env=env)
        self.assertEqual(list(tmp.iterdir()), [])

    def test_only_one(self):
        for args in (("--epub=-", "--pdf=-"), ("--epub=-", "--report=-")):
            result = self.run_well(*args, self.blog, status=3)
            self.assertEqual(result.stdout.count("PK"), 0)


class Messages(Case):
    def setUp(self):
        super().setUp()
        harness.post(self.blog, "a,b:c%.md", "![x](gone%41.png)\n")

    def test_json(self):
        result = self.run_well("--diagnostics=json", f"--epub={self.book}",
                               self.blog, status=1)
        items = [json.loads(x) for x in result.stderr.splitlines()]
        sub = Validator(SCHEMA)
        for item in items:
            sub.check(item, SCHEMA["$defs"]["diagnostic"])
        self.assertEqual([(i["code"], i["line"]) for i in items],
                         [("image-missing", 5)])
        self.assertTrue(items[0]["path"].endswith("a,b:c%.md"))

    def test_every_warning(self):
        """A program wants them all, however many they are."""
        harness.post(self.blog, "many.md",
                     "\n\n".join(f"![x](n{n}.png)" for n in range(40)))
        result = self.run_well("--diagnostics=json", f"--epub={self.book}",
                               self.blog, status=1)
        self.assertEqual(len(result.stderr.splitlines()), 41)

    def test_github(self):
        result = self.run_well("--diagnostics=github", f"--epub={self.book}",
                               self.blog, status=1)
        line, = result.stderr.splitlines()
        self.assertRegex(line, r"^::warning file=[^,:]*/a%2Cb%3Ac%25\.md,"
                         r"line=5,title=image-missing::")
        self.assertIn("gone", line)
        self.assertNotRegex(line.split("::", 2)[2], r"%(?!25|0A|0D)")

    def test_github_without_place(self):
        empty = self.dir / "empty"
        empty.mkdir()
        result = self.run_well("--diagnostics=github", empty, status=3)
        self.assertRegex(result.stderr, r"^::error file=[^,]*,title=no-posts::")

    def test_not_from_the_blog(self):
        """A blog can't choose where reports go or what is compared."""
        for name in ("report", "diff", "check", "diagnostics", "batch"):
            (self.blog / "book.yaml").write_text(f"{name}: x\n")
            result = self.run_well(f"--epub={self.book}", self.blog, status=3)
            self.assertIn("command line only", result.stderr)


class Check(Case):
    def test_writes_nothing(self):
        harness.post(self.blog, "a.md", "text ![x](gone.png)")
        out = self.dir / "out"
        out.mkdir()
        (out / "b.epub").write_text("old")
        result = self.run_well("--check", f"--epub={out}/b.epub",
                               f"--pdf={out}/b.pdf", self.blog, status=1)
        self.assertIn("[image-missing]", result.stderr)
        self.assertEqual([p.name for p in out.iterdir()], ["b.epub"])
        self.assertEqual((out / "b.epub").read_text(), "old")

    def test_status(self):
        harness.post(self.blog, "a.md", "text")
        self.run_well("--check", self.blog)
        self.run_well("--check", "--report", self.report, self.blog)
        r = self.load()
        self.assertEqual((r["result"], r["outputs"]), ("checked", []))
        harness.post(self.blog, "b.md", "# x\n\n![x](no.png)")
        self.run_well("--check", "-W", self.blog, status=1)
        self.run_well("--check", self.dir / "nowhere", status=3)


harness.main()
