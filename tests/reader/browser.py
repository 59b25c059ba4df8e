# SPDX-License-Identifier: MIT
"""Runs the scripts here, which drive a browser."""
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "npm")]
import harness
import install

BROWSERS = ("chromium", "chromium-browser", "google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find():
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def require():
    """Skips without node, Chromium or the npm packages (tests/npm/install.py).
    """
    modules = install.modules()
    if not (shutil.which("node") and find() and modules
            and (modules / "epubjs").is_dir()):
        print("skipped: no node, Chromium or npm packages")
        sys.exit(harness.SKIP)


def node(script, folder, shots):
    """The exit status of SCRIPT on FOLDER; it keeps screenshots in the first of
    SHOTS, or in FOLDER."""
    place = pathlib.Path(shots[0] if shots else folder).resolve()
    place.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        ["node", HERE / script, folder, place], timeout=1500,
        env={**os.environ, "NODE_PATH": str(install.modules()),
             "BROWSER": find()}).returncode
