# SPDX-License-Identifier: MIT
"""What the tests of the PDF share: tools, objects of a file, display lists."""
import json
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

SAMPLES = sorted(p.parent for p in (harness.ROOT / "samples").glob(
    "*/book.yaml"))
FONTS = "Noto Serif CJK KR", "Noto Sans CJK KR"


def missing(*tools):
    """Why a test can't run here, or the empty text."""
    gone = [t for t in tools if not shutil.which(t)]
    return f"{', '.join(gone)} not installed" if gone else ""


def missing_fonts():
    try:
        fonts = subprocess.run(["fc-list", ":", "family"], check=True,
                               capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "no fontconfig"
    gone = [f for f in FONTS if f not in fonts]
    return f"no font {', '.join(gone)}" if gone else ""


def skip(why):
    print("skipped:", why)
    sys.exit(harness.SKIP)


def tool(*command):
    """Exit status and all that a tool said."""
    done = subprocess.run([str(c) for c in command], stdin=subprocess.DEVNULL,
                          capture_output=True, encoding="utf-8",
                          errors="replace", timeout=300)
    return done.returncode, done.stdout + done.stderr


def qpdf_complaints(path):
    """What qpdf --check has to say against PATH, or the empty text."""
    status, said = tool("qpdf", "--check", path)
    return said if status or "WARNING" in said else ""


def corpora():
    """The real blogs; none where they are absent. ash84 is one blog, ruby-lang
    holds one a language."""
    folder = harness.corpora()
    for place in sorted(folder.iterdir()) if folder else []:
        if place.name == "ruby-lang":
            yield from sorted(p for p in place.iterdir() if p.is_dir())
        elif place.is_dir():
            yield place


class Objects:
    """A PDF's objects, as qpdf reads them."""

    def __init__(self, path):
        json_text = subprocess.run(
            ["qpdf", "--json=2", "--json-key=qpdf", "--json-key=outlines",
             path], check=True, capture_output=True).stdout
        whole = json.loads(json_text)
        self.path = path
        self.outlines = whole["outlines"]
        self.all = whole["qpdf"][1]
        self.trailer = self.all["trailer"]["value"]
        self.root = self.get(self.trailer["/Root"])

    def get(self, value):
        """VALUE, or what it refers to: a dictionary for a stream."""
        if isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            found = self.all["obj:" + value]
            return found["value"] if "value" in found else \
                found["stream"]["dict"]
        return value

    def stream(self, reference):
        """The bytes of a stream, decoded."""
        return subprocess.run(
            ["qpdf", f"--show-object={reference.split()[0]}",
             "--filtered-stream-data", self.path],
            check=True, capture_output=True).stdout

    def dictionaries(self):
        for name, found in self.all.items():
            value = found.get("value") or found.get("stream", {}).get("dict")
            if name != "trailer" and isinstance(value, dict):
                yield value


def outline_titles(items):
    for item in items:
        yield item["title"]
        yield from outline_titles(item["kids"])


def text_of(value):
    """A text string of qpdf's JSON."""
    return value[2:] if value.startswith("u:") else value


PAGE = re.compile(r"page (\d+) filled to (-?[\d.]+)(?: named .*)?$")
ITEM = re.compile(r"  (\w+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+)(.*)$")
TEXT = re.compile(r"(?: ([A-Z]\w*))?(?: (#[0-9a-f]{6}))? (\S+) (-?[\d.]+) "
                  r'"(.*)"$')


class Item:
    """One line of a display list. ROLE is empty for artifacts and for what
    has no words."""

    def __init__(self, kind, box, rest):
        self.kind = kind
        self.x, self.y, self.w, self.h = map(float, box)
        self.role = self.font = self.text = ""
        self.size = 0.0
        if kind == "text":
            self.role, _, self.font, size, text = TEXT.match(rest).groups()
            self.size = float(size)
            self.text = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n"
                               else m[1], text)
            self.role = self.role or ""

    def __str__(self):
        return (f"{self.kind} at {self.x} {self.y}, {self.w} x {self.h}"
                + (f": {self.text!r}" if self.text else ""))


def display_lists(text):
    """For every chapter its name and its pages, lists of items, of what
    --dump=pages prints."""
    chapter = page = None
    for line in text.split("\n"):
        found = ITEM.match(line)
        if found:
            page.append(Item(found[1], found.groups()[1:5], found[6]))
        elif PAGE.match(line):
            page = []
            chapter[1].append(page)
        elif line.startswith("post "):
            if chapter:
                yield chapter
            chapter = (line[5:], [])
        elif line:
            raise ValueError(f"no line of a display list: {line!r}")
    if chapter:
        yield chapter


def type_area(*args):
    """Width and height of the type area, from --dump=style."""
    style = harness.run("--dump=style", "-q", *args, timeout=600).stdout
    head = style.split("post ", 1)[0]
    width, height = map(float, re.search(
        r"page size: ([\d.]+)pt ([\d.]+)pt", head).groups())
    margin = {side: float(re.search(rf"margin-{side}: ([\d.]+)pt", head)[1])
              for side in ("top", "right", "bottom", "left")}
    return (width - margin["left"] - margin["right"],
            height - margin["top"] - margin["bottom"])
