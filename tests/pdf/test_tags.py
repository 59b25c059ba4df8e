#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The structure of the printed samples, read by a second program: every mark
in a page has its element and every element its mark (ISO 32000-1, 14.7), and
elements stand where the standard lets them (14.8.4)."""
import base64
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import pdftools
from pdftools import harness

# What may stand in what. Others may hold anything.
KIDS = {
    "/Document": {"/Part", "/Sect"},
    "/Part": {"/Sect"},
    "/L": {"/LI"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/Caption"},
    "/TR": {"/TH", "/TD"},
    "/TOC": {"/TOCI"},
    "/Ruby": {"/RB", "/RT"},
}
PARENTS = {"/LI": {"/L"}, "/LBody": {"/LI"}, "/TR": {"/Table"},
           "/TH": {"/TR"}, "/TD": {"/TR"}, "/TOCI": {"/TOC"},
           "/RB": {"/Ruby"}, "/RT": {"/Ruby"}}
KNOWN = {"/" + s for s in
         """Document Part Sect Div H1 H2 H3 H4 H5 H6 P L LI Lbl LBody BlockQuote
         Table TR TH TD Figure Formula Caption Link Note Reference Code Quote Span Ruby
         RB RT TOC TOCI""".split()}
# Operators that leave ink, and those that begin and end marked content.
TOKEN = re.compile(
    rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f\s]*>|<<|>>|[\[\]]|/[^\s/<>\[\]()]*"
    rb"|[^\s/<>\[\]()]+", re.S)
INK = {b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"f*", b"F", b"S", b"s", b"B",
       b"b", b"B*", b"b*", b"sh"}


class Book:
    def __init__(self, path):
        said = subprocess.run(
            ["qpdf", "--json=2", "--json-key=qpdf", "--json-key=pages",
             "--decode-level=generalized", "--json-stream-data=inline",
             path], check=True, capture_output=True).stdout
        whole = json.loads(said)
        self.all = whole["qpdf"][1]
        self.pages = [p["object"] for p in whole["pages"]]
        self.root = self.get(self.all["trailer"]["value"]["/Root"])

    def get(self, value):
        if isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            found = self.all["obj:" + value]
            return found["value"] if "value" in found else \
                found["stream"]["dict"]
        return value

    def content(self, page):
        parts = page.get("/Contents", [])
        parts = parts if isinstance(parts, list) else [parts]
        return b"\n".join(
            base64.b64decode(self.all["obj:" + p]["stream"]["data"])
            for p in parts)

    def numbers(self, node):
        """Keys and values of a number tree."""
        node = self.get(node)
        pairs = node.get("/Nums", [])
        yield from zip(pairs[::2], pairs[1::2])
        for kid in node.get("/Kids", []):
            yield from self.numbers(kid)


def marks(content):
    """The MCIDs of a page's content, in order; complaints as text."""
    open_marks, operands = [], []
    for token in TOKEN.findall(content):
        if token == b"BDC":
            number = operands[operands.index(b"/MCID") + 1] \
                if b"/MCID" in operands else None
            if number is not None:
                yield int(number)
            open_marks.append(number)
        elif token == b"BMC":
            open_marks.append(None)
        elif token == b"EMC":
            if not open_marks:
                yield "EMC without BDC"
                return
            open_marks.pop()
        elif token in INK and not open_marks:
            yield f"{token.decode()} outside of marked content"
        if re.fullmatch(rb"[A-Za-z'\"*]+[0-9]?", token):
            operands = []
        else:
            operands.append(token)
    if open_marks:
        yield "BDC without EMC"


class Tree:
    """All elements, and what is wrong with them."""

    def __init__(self, book):
        self.book = book
        self.wrong = []
        self.contents = {}     # (page, MCID): element
        self.annotations = {}  # annotation: element
        root = book.get(book.root["/StructTreeRoot"])
        self.parents = dict(book.numbers(root["/ParentTree"]))
        if root["/ParentTreeNextKey"] <= max(self.parents, default=-1):
            self.wrong.append("ParentTreeNextKey is taken")
        kids = root["/K"]
        self.level = 0
        for kid in kids if isinstance(kids, list) else [kids]:
            self.walk(kid, book.root["/StructTreeRoot"], None, None)

    def walk(self, name, parent, parent_role, page):
        e = self.book.get(name)
        role = e["/S"]
        where = f"{role} {name}"
        if e["/P"] != parent:
            self.wrong.append(f"{where}: /P is not its parent")
        if role not in KNOWN:
            self.wrong.append(f"{where}: no standard type")
        if parent_role in KIDS and role not in KIDS[parent_role] or \
                role in PARENTS and parent_role not in PARENTS[role]:
            self.wrong.append(f"{where} in {parent_role}")
        if role in ("/Figure", "/Formula") and not pdftools.text_of(e.get("/Alt", "")):
            self.wrong.append(f"{where}: no alternative text")
        self.check_level(role, where)
        page = e.get("/Pg", page)
        kids = e.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            self.kid(kid, name, role, page)

    def check_level(self, role, where):
        if role == "/Sect":
            self.level = 0
        elif re.fullmatch(r"/H[1-6]", role):
            level = int(role[2])
            if level > self.level + 1:
                self.wrong.append(f"{where} follows /H{self.level}")
            self.level = level

    def kid(self, kid, name, role, page):
        if isinstance(kid, int):
            self.add(self.contents, (page, kid), name)
        elif isinstance(kid, dict) and kid["/Type"] == "/MCR":
            self.add(self.contents, (kid.get("/Pg", page), kid["/MCID"]), name)
        elif isinstance(kid, dict):
            self.add(self.annotations, kid["/Obj"], name)
        else:
            self.walk(kid, name, role, page)

    def add(self, table, key, name):
        if key in table:
            self.wrong.append(f"{key} is in {table[key]} and in {name}")
        table[key] = name


def check_page(book, tree, name):
    """What is wrong with a page; takes what it finds out of TREE."""
    page = book.get(name)
    if page.get("/Tabs") != "/S":
        yield "no /Tabs /S"
    owners = book.get(tree.parents.pop(page["/StructParents"], [])) \
        if "/StructParents" in page else []
    found = []
    for mark in marks(book.content(page)):
        if isinstance(mark, str):
            yield mark
            continue
        found.append(mark)
        owner = tree.contents.pop((name, mark), None)
        if owner is None:
            yield f"content {mark} is in no element, or here twice"
        elif mark >= len(owners) or owners[mark] != owner:
            yield f"content {mark} has another parent in the parent tree"
    if len(owners) != len(found):
        yield f"{len(found)} contents, {len(owners)} in the parent tree"
    for link in book.get(page.get("/Annots", [])):
        owner = tree.annotations.pop(link, None)
        key = book.get(link).get("/StructParent")
        if owner is None:
            yield f"annotation {link} is in no element"
        elif tree.parents.pop(key, None) != owner:
            yield f"annotation {link} has another parent in the parent tree"


def complaints(path):
    book = Book(path)
    if book.root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "not marked"
    if not pdftools.text_of(book.root.get("/Lang", "")):
        yield "no language"
    tree = Tree(book)
    yield from tree.wrong
    for n, name in enumerate(book.pages, 1):
        for wrong in check_page(book, tree, name):
            yield f"page {n}: {wrong}"
    for key in tree.contents:
        yield f"{tree.contents[key]}: there is no content {key}"
    for key in tree.annotations:
        yield f"{tree.annotations[key]}: no page has annotation {key}"
    for key in tree.parents:
        yield f"parent tree: nobody has key {key}"


def spoil(path, folder):
    """The book with one thing wrong at a time, and what that is."""
    plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable",
                            path, "-"], check=True, capture_output=True).stdout
    for name, old, new in (
            ("a mark", rb"/MCID 1(\W)", rb"/MCID 9\1"),
            ("ink", rb"/Artifact (BMC|BDC)", b"                "[:13]),
            ("tabs", rb"/Tabs /S", rb"/Tabs /R"),
            ("a role", rb"/S /LBody", rb"/S /LBodX"),
            ("a heading", rb"/S /H2", rb"/S /H4"),
            ("a picture", rb"/Alt ", rb"/Blt "),
            ("a link", rb"/StructParent (\d)", rb"/StructPareXt \1")):
        spoiled, count = re.subn(old, new, plain, count=1)
        if not count:
            raise ValueError(f"nothing to spoil: {name}")
        out = folder / "spoiled.pdf"
        out.write_bytes(spoiled)
        yield name, out


def main():
    why = pdftools.missing("qpdf") or pdftools.missing_fonts()
    if why:
        pdftools.skip(why)
    failed = 0
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        for blog in [*pdftools.SAMPLES, harness.TESTS / "books/print/in"]:
            for args in (), ("--chapter-start=continue", "--two-sided"):
                path = folder / f"{blog.name}.pdf"
                harness.run("-q", f"--pdf={path}", *args, blog)
                found = list(complaints(path))
                print(blog.name, *args, f"{len(found)} complaints")
                for line in found[:15]:
                    print("   ", line)
                failed += len(found)
        path = folder / f"{pdftools.SAMPLES[0].name}.pdf"
        for name, spoiled in spoil(path, folder):
            if not any(complaints(spoiled)):
                print(f"nothing is said of {name} that is spoiled")
                failed += 1
    sys.exit(1 if failed else 0)


main()
