#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_install.py BUILD: what `ninja install` lays down works elsewhere."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

BUILD = pathlib.Path(sys.argv.pop(1)).resolve()


class Install(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name).resolve()
        env = {**os.environ, "DESTDIR": str(self.dir / "root")}
        subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild",
                        "--quiet"], env=env, check=True,
                       stdout=subprocess.DEVNULL)
        (self.program,) = self.dir.glob("root/**/bin/blog2book")
        self.blog = self.dir / "blog"
        harness.post(self.blog, "a.md", "text")

    def run_it(self, **more):
        env = {k: v for k, v in os.environ.items() if k != "BLOG2BOOK_DATADIR"}
        return subprocess.run([self.program, *harness.OFFLINE, "--epub=out.epub",
                               "blog"],
                              cwd=self.dir, env={**env, **more},
                              capture_output=True, text=True, timeout=120)

    def test_whole_program(self):
        """The data is found beside the program, wherever that was put."""
        result = self.run_it()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue((self.dir / "out.epub").exists())

    def test_files(self):
        names = {p.name for p in (self.dir / "root").rglob("*") if p.is_file()}
        for want in "blog2book.1", "blog2book.yaml.5", "book.css", "epub.css":
            self.assertIn(want, names)
        for want in ("bash-completion/completions/blog2book",
                     "zsh/site-functions/_blog2book",
                     "fish/vendor_completions.d/blog2book.fish"):
            self.assertTrue(list(self.dir.glob(f"root/**/share/{want}")), want)

    def test_override(self):
        styles = self.dir / "mine/styles"
        styles.mkdir(parents=True)
        for sheet in (harness.ROOT / "styles").glob("*.css"):
            (styles / sheet.name).write_text("/* marked */\n"
                                             + sheet.read_text())
        result = self.run_it(BLOG2BOOK_DATADIR=str(styles.parent))
        self.assertEqual(result.returncode, 0, result.stderr)
        import zipfile
        with zipfile.ZipFile(self.dir / "out.epub") as z:
            css = [z.read(n) for n in z.namelist() if n.endswith(".css")]
        self.assertTrue(any(b"/* marked */" in c for c in css))

    def test_data_missing(self):
        for sheet in (self.dir / "root").rglob("*.css"):
            sheet.unlink()
        empty = self.dir / "empty"
        empty.mkdir()
        result = self.run_it(BLOG2BOOK_DATADIR=str(empty))
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("[data-missing]", result.stderr)


harness.main()
