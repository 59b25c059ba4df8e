#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Who comes with a blog that is no Markdown is told what it is."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

WORDPRESS = ('<?xml version="1.0"?>\n<rss version="2.0"\n'
             ' xmlns:wp="http://wordpress.org/export/1.2/">\n</rss>\n')
BLOGGER = ("<?xml version='1.0'?><?xml-stylesheet href="
           '"http://www.blogger.com/styles/atom.css"?>'
           "<feed xmlns='http://www.w3.org/2005/Atom'></feed>\n")
MOVABLE_TYPE = "TITLE: x\nDATE: 01/02/2003 04:05:06\n-----\nBODY:\n<p>x</p>\n"
# File, contents, what the message says it is, and what makes Markdown of it.
EXPORTS = [
    ("my.xml", WORDPRESS, "WordPress", "wordpress-export-to-markdown"),
    ("blog.xml", BLOGGER, "Blogger", "blog2md"),
    ("Takeout/feed.atom", BLOGGER, "Blogger", "blog2md"),
    ("rss.xml", '<?xml version="1.0"?><rss><channel/></rss>', "feed", "export"),
    ("notes.enex", "<en-export></en-export>", "Evernote", "yarle"),
    ("my.json", '{"db": [{"meta": {"exported_on": 1}}]}', "Ghost", "ghost"),
    ("x.export.txt", MOVABLE_TYPE, "Movable Type", "BODY"),
    ("posts/a.html", '<article class="h-entry">', "Medium", "medium-2-md"),
    ("1/1.html", '<h2 class="title-article">', "Tistory", "pandoc"),
    ("a.zip", "PK\3\4", "archive", "unpack"),
    ("a.docx", "PK\3\4", "Word", "pandoc"),
]
# Only their names tell.
HINTS = [
    ("a.HTM", "HTML", "pandoc"),
    ("a.rst", "reStructuredText", "pandoc"),
    ("a.txt", "plain text", ".md"),
]


class Exports(unittest.TestCase):
    def setUp(self):
        self.tmp = tempfile.TemporaryDirectory()
        self.addCleanup(self.tmp.cleanup)
        self.folder = pathlib.Path(self.tmp.name)

    def put(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def check(self, what):
        return harness.run("--check", what, cwd=self.folder)

    def test_folders(self):
        for name, text, what, advice in EXPORTS:
            with self.subTest(name):
                self.put("in/" + name, text)
                got = self.check("in")
                self.assertEqual(got.returncode, 3)
                self.assertIn(f"in/{name}: error: ", got.stderr)
                self.assertIn(what, got.stderr)
                self.assertIn(advice, got.stderr)
                self.assertIn("[not-markdown]", got.stderr)
                (self.folder / "in" / name).unlink()

    def test_hints(self):
        for name, what, advice in HINTS:
            with self.subTest(name):
                self.put("in/" + name, "x")
                got = self.check("in").stderr
                self.assertIn(f"found {name}; {name} is {what}: ", got)
                self.assertIn(advice, got)
                self.assertIn("[no-posts]", got)
                (self.folder / "in" / name).unlink()

    def test_telling_file_comes_first(self):
        self.put("in/a.html", "<p>x</p>")
        self.put("in/sitemap.xml", "<urlset/>")
        self.put("in/wp.xml", WORDPRESS)
        self.assertIn("in/wp.xml: error: ", self.check("in").stderr)

    def test_a_post_makes_a_blog(self):
        self.put("in/wp.xml", WORDPRESS)
        self.put("in/a.md", "---\ntitle: A\ndate: 2020-01-01\n---\nx\n")
        self.assertEqual(self.check("in").returncode, 0)

    def test_named_files(self):
        self.assertIn("WordPress", self.check(self.put("w.xml", WORDPRESS)).stderr)
        self.assertIn("archive", self.check(self.put("a.zip", "PK\3\4")).stderr)
        # HTML and plain text are Markdown when somebody says so.
        for name in ("a.html", "a.txt"):
            self.assertEqual(self.check(self.put(name, "x\n")).returncode, 0)

    def test_other_files(self):
        self.put("in/a.xml", "<urlset/>")
        got = self.check("in").stderr
        self.assertIn("found a.xml [no-posts]", got)

    def test_files_that_are_no_posts(self):
        self.put("in/README.md", "x\n")
        self.put("in/b.md", "")
        got = self.check("in").stderr
        self.assertIn("(2) are empty, unreadable or such as README.md", got)
        self.assertIn("[no-posts]", got)


unittest.main()
