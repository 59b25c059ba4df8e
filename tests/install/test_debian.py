#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The Debian package builds from a copy of the tree, has in it what it says,
and lintian finds no error. Skips where dpkg-buildpackage or what the package
needs for its build is not there."""
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

FILES = ("/usr/bin/blog2book", "/usr/share/man/man1/blog2book.1.gz",
         "/usr/share/man/man5/blog2book.yaml.5.gz",
         "/usr/share/blog2book/styles/book.css",
         "/usr/share/bash-completion/completions/blog2book",
         "/usr/share/doc/blog2book/copyright")


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def what_is_missing():
    for tool in "dpkg-buildpackage", "dh", "meson":
        if not shutil.which(tool):
            return f"{tool} is not installed"
    # Those of its tests are not needed: they are run as they are.
    lacks = run("dpkg-checkbuilddeps", "-Pnocheck", harness.ROOT /
                "debian/control")
    return lacks.stderr.strip() if lacks.returncode else None


def copy_tree(to):
    """What git knows of, or all but folders of builds."""
    listed = run("git", "ls-files", "-z", "--cached", "--others",
                 "--exclude-standard", cwd=harness.ROOT)
    if listed.returncode == 0 and listed.stdout:
        for name in listed.stdout.split("\0")[:-1]:
            if (harness.ROOT / name).is_file():
                (to / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(harness.ROOT / name, to / name)
    else:
        shutil.copytree(harness.ROOT, to, dirs_exist_ok=True, symlinks=True,
                        ignore=shutil.ignore_patterns("build*", "out",
                                                      "node_modules", ".git"))


class Package(harness.Case):
    def build(self):
        tree = self.dir / "blog2book"
        tree.mkdir()
        copy_tree(tree)
        env = {k: v for k, v in os.environ.items()
               if k not in ("CFLAGS", "BLOG2BOOK", "MESON_TEST_ITERATION")}
        # Whether it is packed well does not depend on how fast it is.
        env["DEB_BUILD_OPTIONS"] = "nocheck noopt parallel=2 terse"
        env["DEB_BUILD_PROFILES"] = "nocheck"
        result = run("dpkg-buildpackage", "-us", "-uc", "-b", cwd=tree, env=env,
                     timeout=1200)
        self.assertEqual(result.returncode, 0,
                         (result.stdout + result.stderr)[-3000:])
        (package,) = self.dir.glob("blog2book_*.deb")
        return package

    def test_package(self):
        missing = what_is_missing()
        if missing:
            self.skipTest(missing)
        package = self.build()
        listed = run("dpkg-deb", "--contents", package).stdout
        for name in FILES:
            self.assertIn(f" .{name}\n", listed)
        self.check_program(package)
        self.check_lintian()

    def check_program(self, package):
        """As it comes out of the package, it finds its own data."""
        root = self.dir / "root"
        run("dpkg-deb", "--extract", package, root, check=True)
        harness.post(self.blog, "a.md", "text")
        env = harness.environment()
        env.pop("BLOG2BOOK_DATADIR", None)
        result = run(root / "usr/bin/blog2book", *harness.OFFLINE,
                     f"--epub={self.epub}", f"--pdf={self.pdf}", self.blog,
                     env=env, timeout=120)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.left(), ["b.epub", "b.pdf"])

    def check_lintian(self):
        if not shutil.which("lintian"):
            print("lintian is not installed: not asked")
            return
        (changes,) = self.dir.glob("*.changes")
        # Root may not run it without being told so.
        result = run("lintian", "--fail-on=error", "--allow-root", changes,
                     timeout=600)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


harness.main()
