#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""EPUBCheck on the books of the real blogs, where they are."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

folder = harness.corpora()
if not folder:
    print("skipped: no corpora beside the checkout")
    sys.exit(harness.SKIP)
blogs = [b for p in sorted(folder.iterdir()) if p.is_dir()
         for b in (sorted(p.iterdir()) if p.name == "ruby-lang" else [p])]
check = pathlib.Path(__file__).with_name("check.py")
sys.exit(subprocess.run([sys.executable, check, *blogs]).returncode)
