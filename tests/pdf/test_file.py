#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The PDF as a file: valid, tagged, archivable, the same bytes every time."""
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import pdftools
from pdftools import harness

A4 = "--two-sided", "--page-size=a4", "--chapter-start=continue"
SIZES = {(): "419.53 x 595.28", A4: "595.28 x 841.89"}
XMP = {
    "part": "{http://www.aiim.org/pdfa/ns/id/}part",
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "date": "{http://ns.adobe.com/xap/1.0/}CreateDate",
}


def make(path, blog, *args, **more):
    result = harness.run("-q", f"--pdf={path}", *args, blog, **more)
    if harness.crashed(result) or result.returncode not in (0, 1):
        raise AssertionError(harness.describe(result))
    return path


def posts(blog):
    """The titles, in the order of the book."""
    said = harness.run("--dump=posts", "-q", blog).stdout
    return re.findall(r"^title: (.*)$", said.split("\npost: ", 1)[1], re.M)


def letters(text):
    return re.sub(r"\W", "", text)


def each(test):
    """TEST for every book."""
    def run(self):
        for blog, args, path in self.books:
            with self.subTest(path.name):
                test(self, blog, args, path)
    return run


class Case(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)


class Samples(unittest.TestCase):
    """Every sample, once for a printer at home and once for a binder."""

    @classmethod
    def setUpClass(cls):
        cls.tmp = tempfile.TemporaryDirectory()
        cls.books = [
            (blog, args, make(pathlib.Path(cls.tmp.name, f"{blog.name}{n}.pdf"),
                              blog, *args))
            for blog in pdftools.SAMPLES for n, args in enumerate(SIZES)]

    @classmethod
    def tearDownClass(cls):
        cls.tmp.cleanup()

    @each
    def test_qpdf_finds_nothing(self, blog, args, path):
        self.assertEqual(pdftools.qpdf_complaints(path), "")

    @each
    def test_fonts(self, blog, args, path):
        _, said = pdftools.tool("pdffonts", path)
        lines = said.splitlines()
        start = lines[0].index("type")
        self.assertGreater(len(lines), 3)
        for line in lines[2:]:
            kind = line[37:] if len(line) > start else line
            flags = re.search(r" (yes|no) +(yes|no) +(yes|no) ", kind)
            embedded, subset, unicode = flags.groups()
            self.assertEqual((embedded, unicode), ("yes", "yes"), line)
            self.assertTrue(subset == "yes" or "Type 3" in line, line)

    @each
    def test_info(self, blog, args, path):
        _, said = pdftools.tool("pdfinfo", path)
        info = dict(re.findall(r"^([^:\n]+): +(.*)$", said, re.M))
        self.assertEqual(info["PDF version"], "1.7")
        self.assertEqual(info["Tagged"], "yes")
        self.assertEqual(info["Metadata Stream"], "yes")
        self.assertEqual(info["Encrypted"], "no")
        self.assertEqual(info["JavaScript"], "no")
        self.assertIn(SIZES[args], info["Page size"])

    @each
    def test_outline_has_every_post(self, blog, args, path):
        titles = list(pdftools.outline_titles(
            pdftools.Objects(path).outlines))
        at = 0
        for post in posts(blog):
            self.assertIn(post, titles[at:])
            at = titles.index(post, at) + 1

    @each
    def test_structure_is_the_book(self, blog, args, path):
        """Every post's title, in the order of the book."""
        if args:
            return  # poppler takes its time
        _, said = pdftools.tool("pdfinfo", "-struct-text", path)
        heads = ["".join(re.findall(r'^ +"(.*)"$', h, re.M)) for h in
                 re.findall(r'^ +H1 \(block\)\n((?: +".*"\n)+)', said, re.M)]
        heads = [letters(h) for h in heads]
        at = 0
        for title in map(letters, posts(blog)):
            self.assertIn(title, heads[at:])
            at = heads.index(title, at) + 1

    @each
    def test_page_labels(self, blog, args, path):
        labels = pdftools.Objects(path).root["/PageLabels"]["/Nums"]
        self.assertEqual(labels[:3:2], [0, 2 if "--two-sided" in args else 1])
        self.assertTrue(pdftools.text_of(labels[1]["/P"]))
        self.assertNotIn("/S", labels[1])
        self.assertEqual(labels[3]["/S"], "/r")
        self.assertEqual(labels[5]["/S"], "/D")

    @each
    def test_archive(self, blog, args, path):
        """What PDF/A-2u wants of a file, as far as it is seen without a
        validator."""
        pdf = pdftools.Objects(path)
        root = pdf.root
        self.assertEqual(root["/MarkInfo"], {"/Marked": True})
        self.assertTrue(pdftools.text_of(root["/Lang"]))
        self.assertEqual(len(pdf.trailer["/ID"]), 2)
        self.assertNotIn("/Encrypt", pdf.trailer)
        self.assertTrue(pdf.get(root["/StructTreeRoot"])["/ParentTree"])
        intent = pdf.get(pdf.get(root["/OutputIntents"])[0])
        self.assertEqual(intent["/S"], "/GTS_PDFA1")
        profile = pdf.stream(intent["/DestOutputProfile"])
        self.assertEqual(profile[36:40], b"acsp")
        self.assertEqual(int.from_bytes(profile[:4], "big"), len(profile))
        self.check_xmp(pdf)
        self.check_objects(pdf)

    def check_xmp(self, pdf):
        tree = ElementTree.fromstring(pdf.stream(pdf.root["/Metadata"]))
        self.assertNotIn("/Filter", pdf.get(pdf.root["/Metadata"]))
        found = {name: [e.text for e in tree.iter(tag)]
                 + [e.get(tag) for e in tree.iter() if e.get(tag)]
                 for name, tag in XMP.items()}
        self.assertEqual(found["part"], ["2"])
        info = pdf.get(pdf.trailer["/Info"])
        title = "".join(next(tree.iter(XMP["title"])).itertext()).strip()
        self.assertEqual(pdftools.text_of(info["/Title"]), title)
        # D:20191231... is 2019-12-31T...
        digits = re.sub(r"\D", "", found["date"][0])
        self.assertIn(digits[:14], pdftools.text_of(info["/CreationDate"]))

    def check_objects(self, pdf):
        for value in pdf.dictionaries():
            self.assertNotIn(value.get("/S"), ("/JavaScript", "/Launch"))
            self.assertNotIn("/AA", value)
            self.assertNotIn("/JS", value)
            self.assertNotEqual(value.get("/Filter"), "/LZWDecode")
            if value.get("/Subtype") == "/Link":
                self.assertEqual(value.get("/F", 0) & 0b111, 0b100)
                self.assertIn("/StructParent", value)


class Pictures(Case):
    def test_say_what_they_show(self):
        blog = self.dir / "blog"
        harness.post(blog, "a.md", "![A red bridge](b.svg)")
        (blog / "b.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
            '<rect width="40" height="40" fill="red"/></svg>')
        pdf = pdftools.Objects(make(self.dir / "a.pdf", blog))
        figures = [v for v in pdf.dictionaries() if v.get("/S") == "/Figure"]
        self.assertEqual(sorted(f.get("/Alt") for f in figures),
                         ["u:A red bridge", "u:Cover: blog"])


class Bytes(Case):
    def test_same(self):
        for blog in pdftools.SAMPLES:
            with self.subTest(blog.name):
                one = make(self.dir / "1.pdf", blog, "-j1").read_bytes()
                four = make(self.dir / "4.pdf", blog, "-j4").read_bytes()
                self.assertEqual(one, four)
                copy = self.dir / "elsewhere" / blog.name
                shutil.copytree(blog, copy)
                for n, path in enumerate(copy.rglob("*")):
                    os.utime(path, (n * 1000, n * 1000))
                moved = make(self.dir / "m.pdf", copy).read_bytes()
                self.assertEqual(one, moved)

    def test_both_books_together(self):
        for blog in pdftools.SAMPLES:
            with self.subTest(blog.name):
                both = make(self.dir / "both.pdf", blog,
                            f"--epub={self.dir}/both.epub")
                pdf = make(self.dir / "one.pdf", blog)
                harness.run("-q", f"--epub={self.dir}/one.epub", blog)
                self.assertEqual(both.read_bytes(), pdf.read_bytes())
                self.assertEqual((self.dir / "both.epub").read_bytes(),
                                 (self.dir / "one.epub").read_bytes())

    def test_many_posts(self):
        for n in range(80):
            harness.post(self.dir / "blog", f"p{n}.md",
                         f"A word, **{n}**, 한글 [next](p{(n + 7) % 80}.md), "
                         f"<https://www.example.org/{n}>.\n\n|a|b|\n|-|-|\n"
                         "|c|*d*|\n", date=f"20{n % 20 + 1:02}-01-02")
        one = make(self.dir / "1.pdf", self.dir / "blog", "-j1").read_bytes()
        for jobs in 2, 3, 7, 7, 7:
            more = make(self.dir / "2.pdf", self.dir / "blog", f"-j{jobs}")
            self.assertEqual(one, more.read_bytes())

    def test_source_date_epoch(self):
        harness.post(self.dir / "blog", "a.md", "text")
        path = make(self.dir / "a.pdf", self.dir / "blog",
                    env=harness.environment(SOURCE_DATE_EPOCH="86400"))
        pdf = pdftools.Objects(path)
        info = pdf.get(pdf.trailer["/Info"])
        self.assertIn("19700102000000", info["/CreationDate"])
        self.assertIn(b"1970-01-02T00:00:00", pdf.stream(pdf.root["/Metadata"]))


class Full(Case):
    def setUp(self):
        super().setUp()
        self.out = self.dir / "out"
        self.out.mkdir()
        self.book = self.out / "book.pdf"
        for n in range(60):
            harness.post(self.dir / "blog", f"p{n}.md", f"words {n} " * 900)

    def check(self, **more):
        result = harness.run(f"--pdf={self.book}", self.dir / "blog", **more)
        self.assertFalse(harness.crashed(result), harness.describe(result))
        self.assertEqual(result.returncode, 3, harness.describe(result))
        self.assertIn("[output-failed]", result.stderr)
        self.assertEqual(self.book.read_text(), "old")
        self.assertEqual([p.name for p in self.out.iterdir()], ["book.pdf"])

    def test_size_limit(self):
        def limit(size):
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        self.book.write_text("old")
        whole = make(self.dir / "whole.pdf", self.dir / "blog").stat().st_size
        for size in 10, 20_000, whole // 2, whole - 1:
            with self.subTest(size):
                self.check(preexec_fn=lambda: limit(size))

    def test_full_disk(self):
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", self.out]
        if os.geteuid() != 0 or subprocess.run(
                mount, capture_output=True).returncode != 0:
            self.skipTest("a small file system can't be mounted here")
        try:
            self.book.write_text("old")
            self.check()
        finally:
            subprocess.run(["umount", self.out], check=True)


def main():
    why = (pdftools.missing("qpdf", "pdffonts", "pdfinfo")
           or pdftools.missing_fonts())
    if why:
        pdftools.skip(why)
    harness.main()


main()
