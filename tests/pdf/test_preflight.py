#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""PDFBox reads the printed samples against PDF/A-1b (ISO 19005-1).

They claim PDF/A-2u (ISO 19005-2). Whatever that part forbids and part 1
forbids too is found; what part 2 only allows is listed below, by PDFBox's
number and some of its words."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import pdftools
from pdftools import harness

JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging",
        "javax.activation", "jaxb-api")
FOLDER = pathlib.Path(os.environ.get("PDFBOX_JARS", "/usr/share/java"))

ALLOWED = (
    # 19005-2, 6.1.4: cross reference streams are allowed.
    ("1.4", "Trailer Syntax error, /XRef cross reference streams"),
    # 19005-2, 6.2.10: transparency is allowed.
    ("2.2.2", "Invalid graphics transparency, Soft Mask"),
    # 19005-2, 6.2.11.4.2: a CIDSet need not be there.
    ("3.1.11", "The CIDSet entry is missing"),
    # It is part 2, level U, that we claim.
    ("7.11.1", "Error on MetaData, conformance level must be A or B"),
    ("7.11.2", "Error on MetaData, part must be 1"),
)
# A page in a font that is not embedded, without metadata or output intent.
POOR = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R
/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 35>>stream
BT /F 12 Tf 9 9 Td (some text) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""


def preflight(path):
    """What PDFBox has to say, as pairs of number and words; None when it could
    not say anything."""
    jars = ":".join(str(FOLDER / f"{jar}.jar") for jar in JARS)
    done = subprocess.run(
        ["java", "-Xshare:auto", "-cp", jars,
         "org.apache.pdfbox.preflight.Validator_A1b", str(path)],
        capture_output=True, encoding="utf-8", errors="replace", timeout=300)
    found = re.findall(r"^(\d+(?:\.\d+)+) : (.*)$", done.stdout, re.M)
    if not found and "is a valid" not in done.stdout:
        print(done.stdout + done.stderr)
        return None
    return found


def complaints(path):
    found = preflight(path)
    if found is None:
        return ["PDFBox can't read it"]
    return [f"{number} {words[:200]}" for number, words in found
            if not any(number == n and w in words
                       for n, w in ALLOWED)]


def main():
    why = pdftools.missing("qpdf", "java") or pdftools.missing_fonts()
    gone = [j for j in JARS if not (FOLDER / f"{j}.jar").exists()]
    if gone and not why:
        why = f"{FOLDER} has no {', '.join(gone)}"
    if why:
        pdftools.skip(why)
    failed = 0
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        poor = folder / "poor.pdf"
        poor.write_bytes(POOR)
        subprocess.run(["qpdf", poor, folder / "whole.pdf"],
                       capture_output=True)
        if len(complaints(folder / "whole.pdf")) < 2:
            sys.exit("PDFBox finds nothing wrong with a poor file")
        for blog in [*pdftools.SAMPLES, harness.TESTS / "books/print/in"]:
            book = folder / "book.pdf"
            made = harness.run("-q", f"--pdf={book}", blog)
            if made.returncode not in (0, 1):
                sys.exit(harness.describe(made))
            found = complaints(book)
            print(f"{blog.name}: {len(found)} complaints")
            for line in found[:20]:
                print("   ", line)
            failed += len(found)
    sys.exit(1 if failed else 0)


main()
