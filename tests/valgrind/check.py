#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Small blogs become both books under valgrind: nothing is read before it was
written or behind its end, and nothing is lost. libraries.supp says what is
left out."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

FOUND = 99
HERE = pathlib.Path(__file__).resolve().parent
BLOGS = (harness.ROOT / "samples/en-blog", harness.ROOT / "samples/ja-blog",
         harness.TESTS / "books/print/in")
MEMCHECK = ["valgrind", "-q", f"--error-exitcode={FOUND}", "--leak-check=full",
            "--show-leak-kinds=definite,possible", "--num-callers=30",
            "--errors-for-leak-kinds=definite,possible",
            f"--suppressions={HERE / 'libraries.supp'}"]


def why_not():
    if not shutil.which("valgrind"):
        return "no valgrind"
    if harness.is_sanitized():
        return "the program has sanitizers, which valgrind can't run"
    return ""


def check(folder, blog):
    """Whether the program, run on BLOG, is clean."""
    command = [*MEMCHECK, harness.PROGRAM, *harness.OFFLINE, "-v", "-j2",
               f"--epub={folder / 'book.epub'}", f"--pdf={folder / 'book.pdf'}",
               str(blog)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL,
                          env=harness.environment(), timeout=300,
                          capture_output=True, encoding="utf-8",
                          errors="replace")
    print(f"{blog.parent.name}/{blog.name}: exit status {done.returncode}")
    if done.returncode in (0, 1):
        return True
    print("\n".join(line for line in done.stderr.splitlines()
                    if line.startswith("==")))
    return False


def finds_a_leak(folder):
    """That a report would be seen at all."""
    source = folder / "leak.c"
    source.write_text("#include <stdlib.h>\n"
                      "void *volatile kept;\n"
                      "int main(void) { kept = malloc(9); kept = 0; }\n")
    try:
        subprocess.run([os.environ.get("CC", "cc"), "-O0", "-o",
                        folder / "leak", source], check=True)
    except (OSError, subprocess.CalledProcessError):
        return True  # there is no compiler here
    done = subprocess.run([*MEMCHECK, folder / "leak"], capture_output=True)
    return done.returncode == FOUND


def main():
    why = why_not()
    if why:
        print("skipped:", why)
        sys.exit(harness.SKIP)
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        if not finds_a_leak(folder):
            sys.exit("valgrind does not find a leak")
        clean = [check(folder, blog) for blog in BLOGS]
    sys.exit(0 if all(clean) else 1)


main()
