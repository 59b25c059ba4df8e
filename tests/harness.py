# SPDX-License-Identifier: MIT
"""What the Python tests share: where things are, and one way to run the program.

The program under test is named by the environment variable BLOG2BOOK.
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest
import zipfile

TESTS = pathlib.Path(__file__).resolve().parent
ROOT = TESTS.parent
SKIP = 77  # what meson takes for "skipped"

PROGRAM = os.environ.get("BLOG2BOOK", str(ROOT / "build/src/blog2book"))

# No test asks the network or depends on what its user once fetched. In here
# goes what the program draws, so that a script's books share their cover.
CACHE = tempfile.TemporaryDirectory(prefix="blog2book-cache-")
OFFLINE = ["--offline", f"--cache-dir={CACHE.name}"]


def corpora():
    """The folder of real blogs, or None."""
    named = os.environ.get("BLOG2BOOK_CORPORA")
    place = pathlib.Path(named) if named else ROOT.parent / "shared/corpora"
    return place if place.is_dir() else None


def environment(**more):
    """The caller's environment without what would change a book."""
    env = {k: v for k, v in os.environ.items()
           if k not in ("SOURCE_DATE_EPOCH", "NO_COLOR")}
    env.update(more)
    return env


def run(*args, cwd=None, timeout=120, env=None, online=False, **more):
    """Runs the program; the result has returncode, stdout, stderr (text).
    ONLINE: ARGS say what may be fetched, and from where."""
    command = [PROGRAM, *([] if online else OFFLINE), *map(str, args)]
    return subprocess.run(command, cwd=cwd, timeout=timeout,
                          env=env or environment(), stdin=subprocess.DEVNULL,
                          capture_output=True, encoding="utf-8",
                          errors="surrogateescape", **more)


def is_sanitized():
    """AddressSanitizer keeps what is freed."""
    return b"__asan_init" in pathlib.Path(PROGRAM).read_bytes()


def crashed(result):
    """A signal, or a sanitizer's report."""
    return (result.returncode < 0 or "Sanitizer" in result.stderr
            or "runtime error:" in result.stderr)


def describe(result):
    name = ""
    if result.returncode < 0:
        name = " (" + signal.Signals(-result.returncode).name + ")"
    return f"exit status {result.returncode}{name}\n{result.stderr[-2000:]}"


def post(folder, name, body, title="A title", date="2020-01-02"):
    """Writes one post; BODY may be text or bytes."""
    path = pathlib.Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"---\ntitle: {title}\ndate: {date}\n---\n".encode()
    path.write_bytes(head + (body.encode() if isinstance(body, str) else body))
    return path


def journal_line(fields):
    """A line of the cache's journal: a check (FNV-1a), the FIELDS."""
    check = 14695981039346656037
    for byte in fields.encode():
        check = (check ^ byte) * 1099511628211 % 2 ** 64
    return f"{check ^ check >> 32:016x}\t{fields}\n"


def chapters(epub):
    """Name and bytes of every chapter of an EPUB."""
    with zipfile.ZipFile(epub) as z:
        return {n: z.read(n) for n in z.namelist()
                if "/text/" in n and n.endswith(".xhtml")}


class Case(unittest.TestCase):
    """A folder of its own, `dir`, for a blog to be, `blog`, and for what is
    made of it: `out`, with `epub` and `pdf`."""

    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        self.blog = self.dir / "blog"
        self.out = self.dir / "out"
        self.out.mkdir()
        self.epub, self.pdf = self.out / "b.epub", self.out / "b.pdf"

    def left(self):
        """Names in `out`."""
        return sorted(p.name for p in self.out.iterdir())


def main():
    """unittest's main; skips (for meson) when every test was skipped."""
    program = unittest.main(exit=False, verbosity=1)
    result = program.result
    if not result.wasSuccessful():
        sys.exit(1)
    if result.testsRun == 0:
        sys.exit("no test was run")
    sys.exit(SKIP if len(result.skipped) == result.testsRun else 0)
