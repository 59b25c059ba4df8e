#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lint.py BUILD: rules of the source that no compiler checks.

Each rule is a function that yields what breaks it; see src/README.md for the
why of the first two.
"""
import fnmatch
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"

# A folder may include itself and these. "." is main.c, run.c and their kin.
MAY_INCLUDE = {
    ".": {"base", "book", "doc", "convert", "assets", "epub", "pdf",
          "safe"},
    "base": set(),
    "doc": {"base"},
    "safe": {"base"},
    "book": {"doc", "base"},
    "assets": {"style", "book", "doc", "base"},
    "math": {"doc", "base"},
    "convert": {"assets", "math", "book", "doc", "base"},
    "style": {"doc", "base"},
    "epub": {"assets", "book", "doc", "base"},
    "pdf": {"assets", "style", "book", "doc", "base"},
}

# The one file, or the few patterns of files, that may see a library's headers.
LIBRARIES = [
    (r"yaml\.h", {"book/yaml.c"}),
    (r"jansson\.h", {"book/json.c"}),
    (r"cmark-gfm.*\.h", {"convert/markdown.c"}),
    (r"gumbo\.h", {"convert/html5.c"}),
    (r"zip\.h", {"epub/zip.c", "epub/zip_read.c"}),
    (r"libdeflate\.h", {"epub/deflate.c", "pdf/flate.c",
                         "assets/zstream.c"}),
    (r"hpdf.*\.h", {"pdf/canvas.c"}),
    (r"hb(-ft|-ot|-subset)?\.h", {"pdf/face*.c", "pdf/shape*.c",
                                  "pdf/subset*.c", "pdf/fontscan.c",
                                  "pdf/emoji.c", "assets/cover_shape.c"}),
    (r"fontconfig/.*", {"pdf/fontsystem.c",
                           "assets/cover_fonts.c"}),
    (r"hyphen\.h", {"pdf/hyphenate.c"}),
    (r"png\.h", {"assets/raster_png.c", "pdf/emoji_png.c"}),
    (r"jpeglib\.h|jerror\.h", {"assets/jpeg_trap.h"}),
    (r"webp/.*", {"assets/raster_webp.c"}),
    (r"gif_lib\.h", {"assets/raster_gif.c"}),
    (r"librsvg/.*|cairo.*", {"assets/svg_library.h"}),
    (r"curl/.*", {"assets/curl_library.h"}),
    (r"avif/.*", {"assets/raster_avif.c"}),
    (r"tiff.*\.h", {"assets/raster_tiff.c"}),
    (r"lcms2\.h", {"assets/color.c", "assets/color_profile.c"}),
    (r"qrencode\.h", {"assets/qr.c"}),
    (r"iconv\.h", {"base/transcode.c"}),
    (r"nettle/.*", {"base/hash.c"}),
    (r"seccomp\.h", {"safe/calls.c"}),
    (r"linux/.*", {"safe/files.c"}),
]
# libunistring is Unicode's tables, not a format: any file may ask it.
ANYWHERE = re.compile(r"uni[a-z]+\.h")

STANDARD = set("""assert complex ctype errno fenv float inttypes iso646 limits
locale math sched setjmp signal stdalign stdarg stdatomic stdbool stddef stdint stdio
stdlib stdnoreturn string tgmath threads time uchar wchar wctype
arpa/inet dirent dlfcn fcntl fnmatch getopt glob grp malloc poll pthread pwd strings unistd
netinet/in
sys/file sys/ioctl sys/mman sys/prctl sys/resource sys/stat sys/statvfs sys/syscall sys/time sys/types sys/uio sys/wait
""".split())

# A signal handler can reach nothing else.
MUTABLE = {"interrupted", "inlines"}


def files(*patterns):
    for pattern in patterns:
        yield from sorted(SRC.glob(pattern))


def place(path):
    """Folder of src/ and name below src/."""
    rel = path.relative_to(SRC)
    return (rel.parts[0] if len(rel.parts) > 1 else "."), str(rel)


def includes(path):
    for n, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield n, found[1] == '"', found[2]


def include_directions():
    for path in files("**/*.[ch]"):
        folder, name = place(path)
        for n, own, what in includes(path):
            if not own:
                continue
            target = what.split("/")[0] if "/" in what else "."
            if target == "." and folder != ".":
                yield f"{name}:{n}: \"{what}\" lacks its folder"
            elif target != folder and target not in MAY_INCLUDE[folder]:
                yield f"{name}:{n}: {folder}/ must not include {what}"


def one_library_per_file():
    for path in files("**/*.[ch]"):
        _, name = place(path)
        seen = set()
        for n, own, what in includes(path):
            if own or what[:-2] in STANDARD or ANYWHERE.fullmatch(what):
                continue
            for i, (pattern, allowed) in enumerate(LIBRARIES):
                if re.fullmatch(pattern, what):
                    seen.add(i)
                    if not any(fnmatch.fnmatch(name, p) for p in allowed):
                        yield (f"{name}:{n}: <{what}> belongs in "
                               + " or ".join(sorted(allowed)))
                    break
            else:
                yield f"{name}:{n}: <{what}> is in no table of {__file__}"


def is_first_of_its_source(header):
    """The build itself shows that such a header needs nothing before it."""
    source = header.with_suffix(".c")
    return source.exists() and next(includes(source), (0, 0, 0))[1:] == (
        True, str(header.relative_to(SRC)))


def headers_alone():
    """Every header compiles by itself."""
    command = [os.environ.get("CC", "cc"), "-std=c11", "-fsyntax-only",
               "-D_POSIX_C_SOURCE=200809L", "-D_DEFAULT_SOURCE", "-Wall",
               f"-I{SRC}", f"-I{BUILD}/src", "-x", "c"]
    with tempfile.TemporaryDirectory() as tmp:
        sources = []
        for i, path in enumerate(files("**/*.h")):
            if is_first_of_its_source(path):
                continue
            source = pathlib.Path(tmp, f"{i}.c")
            source.write_text(f'#include "{path.relative_to(SRC)}"\n'
                              "int unused;\n")
            sources.append(source)
        result = subprocess.run(command + sources, capture_output=True,
                                text=True)
        if result.returncode or result.stderr:
            yield "headers alone:\n" + result.stderr


def headers_guarded():
    """A header may be included twice."""
    for path in files("**/*.h"):
        _, name = place(path)
        guard = re.sub(r"\W", "_", name).upper()
        text = path.read_text()
        if not (f"#ifndef {guard}\n#define {guard}\n" in text
                and text.endswith("\n#endif\n")):
            yield f"{name}: no include guard {guard}"


def spdx_lines():
    for path in files("**/*.[ch]", "**/*.def"):
        first = path.read_text().split("\n", 1)[0]
        if first != "/* SPDX-License-Identifier: MIT */":
            yield f"{place(path)[1]}:1: no SPDX line"


def tables_in_order():
    """A table that says it is in byte order of names is, without doubles."""
    checked = 0
    for path in files("**/*.def"):
        text = path.read_text()
        if "in byte order" not in text[:400]:
            continue
        names = re.findall(r'^[A-Z]+\(\s*"([^"]+)"', text, re.M)
        checked += len(names) > 1
        for before, name in zip(names, names[1:]):
            if before.encode() >= name.encode():
                yield f"{place(path)[1]}: {name} stands behind {before}"
    if checked < 3:
        yield "fewer than three tables in byte order were found"


def evaluated_once():
    """STR_ARG looks at its argument twice: it gets no call."""
    for path in files("**/*.[ch]"):
        text = path.read_text()
        for found in re.finditer(r"STR_ARG\(([^()]*)\(", text):
            n = text.count("\n", 0, found.start()) + 1
            yield f"{place(path)[1]}:{n}: a call in STR_ARG()"


def reasons_translated():
    """What decoders say of a picture is in reasons.def, and nothing else is."""
    known = re.findall(r'^REASON\("([^"]+)"',
                       (SRC / "doc/reasons.def").read_text(), re.M)
    known = [re.escape(x).replace("%s", '[^ ,"%]+') for x in known]
    said = (r'"((?:damaged|truncated) [^ "%]+'
            r'|(?:AVIF|BMP|GIF|JPEG|PNG|SVG|TIFF|WebP)[ ,][^"]*)"')
    for path in files("assets/*.c"):
        for reason in re.findall(said, path.read_text()):
            if not any(re.fullmatch(x, reason) for x in known):
                yield f"{place(path)[1]}: doc/reasons.def lacks '{reason}'"
    text = "".join(path.read_text() for path in files("**/*.c"))
    for x in known:
        if not re.search(f'"{x}"', text):
            yield f"doc/reasons.def: nobody says '{x}'"


def codes_documented():
    text = (ROOT / "docs/diagnostics.md").read_text()
    told = dict(re.findall(r"^### ([a-z0-9-]+)\n\*([a-z]+, [a-z]+)\.\*", text,
                           re.M))
    known = {}
    for code, severity, effect in re.findall(
            r'^DIAG\(\w+,\s*"([^"]+)",\s*SEV_(\w+),\s*(\w+)',
            (SRC / "base/diag.def").read_text(), re.M):
        known[code] = f"{severity.lower()}, {effect.lower()}"
    for code in sorted(known.keys() - told.keys()):
        yield f"docs/diagnostics.md: {code} is missing"
    for code in sorted(told.keys() - known.keys()):
        yield f"docs/diagnostics.md: {code} is no diagnostic"
    for code in sorted(told.keys() & known.keys()):
        if told[code] != known[code]:
            yield f"docs/diagnostics.md: {code} is {known[code]}"


def options_documented():
    page = (ROOT / "docs/blog2book.1").read_text().replace("\\-", "-")
    table = (ROOT / "docs/settings.md").read_text()
    names = re.findall(r'^OPTION\(\w+,\s*"([^"]+)"',
                       (SRC / "book/options.def").read_text(), re.M)
    if not names:
        yield "book/options.def: no option was found"
    for name in names:
        if not re.search(rf"Fl -{name}\b", page):
            yield f"docs/blog2book.1: --{name} is missing"
        if not re.search(rf"`--{name}\b|, --{name}\b", table):
            yield f"docs/settings.md: --{name} is missing"
    for name in re.findall(r"^\.It .*?Fl -([a-z-]{2,})", page, re.M):
        if name not in names + ["help", "version"]:
            yield f"docs/blog2book.1: --{name} is no option"


def keys_documented():
    """The page of book.yaml has every key that a blog may set."""
    source = (SRC / "book/settingsfile.c").read_text()
    kept = re.search(r"^static bool is_for_operator.*?^}", source, re.M | re.S)
    kept = set(re.findall(r'"([a-z-]+)"', kept[0]))
    names = set(re.findall(r'^OPTION\(\w+,\s*"([^"]+)"',
                           (SRC / "book/options.def").read_text(), re.M))
    page = (ROOT / "docs/blog2book.yaml.5").read_text()
    keys = set(re.findall(r"^\.It Ic ([a-z-]+) :", page, re.M))
    for name in sorted(names - kept - keys):
        yield f"docs/blog2book.yaml.5: {name} is missing"
    for name in sorted(keys - (names - kept)):
        yield f"docs/blog2book.yaml.5: {name} is no key"


def one_version():
    """What names the program's version agrees with meson.build."""
    version = re.search(r"^\s*version: '([^']+)'",
                        (ROOT / "meson.build").read_text(), re.M)[1]
    for name, pattern in {
            "CHANGELOG.md": r"^## (\S+)",
            "debian/changelog": r"^blog2book \(([^)]+)\)",
            "packaging/homebrew/blog2book.rb": r"/v([0-9][^\"]*)\.tar\.gz",
            "Containerfile": r"image\.version=\"?([^\"\s]+)"}.items():
        # The first in the file: later ones are history.
        told = re.search(pattern, (ROOT / name).read_text(), re.M)
        if not told or told[1] != version:
            yield f"{name}: the version is {version}"
    for page in (ROOT / "docs").glob("*.[15]"):
        if not re.search(r"^\.Os$", page.read_text(), re.M):
            yield f"{page.name}: names a system or a version"


def no_mutable_globals():
    """Our objects keep nothing in writable sections but what is listed."""
    if not shutil.which("nm") or sys.platform == "darwin":
        return
    objects = sorted(BUILD.glob("src/**/*.o"))
    if not objects:
        yield f"{BUILD}: no object files"
    for path in objects:
        listed = subprocess.run(["nm", "--format=sysv", path],
                                capture_output=True, text=True)
        for line in listed.stdout.splitlines():
            column = [c.strip() for c in line.split("|")]
            # Constant tables of pointers are in .data.rel.ro.
            if len(column) == 7 and re.fullmatch(
                    r"\.(t?bss|t?data)(?!\.rel\.ro).*|\*COM\*", column[6]):
                name = column[0].split(".")[0]
                if name not in MUTABLE | {""}:
                    yield f"{path.name}: {name} is a mutable global"


def is_sanitized():
    options = subprocess.run(["meson", "introspect", "--buildoptions", BUILD],
                             capture_output=True, text=True).stdout
    return any(o["name"] == "b_sanitize" and o["value"] not in ("none", [])
               for o in json.loads(options or "[]"))


def formatted():
    tool = shutil.which("clang-format")
    if not tool:
        return
    result = subprocess.run(
        [tool, "--dry-run", *files("**/*.[ch]"),
         *sorted(ROOT.glob("tests/**/*.c"))],
        capture_output=True, text=True)
    seen = dict.fromkeys(re.findall(r"^(\S+?):\d+:\d+: (?:warning|error):",
                                    result.stderr, re.M))
    for name in seen:
        yield f"{os.path.relpath(name, ROOT)}: clang-format would change it"


def no_machine_paths():
    """Nothing of one person's machine stands in tracked files."""
    listed = subprocess.run(["git", "-C", ROOT, "grep", "-nIE",
                             r"(^|[\"' =(])/(home|Users)/[a-z]"],
                            capture_output=True, text=True)
    for line in listed.stdout.splitlines():
        yield line


def nothing_forgotten():
    """No file that a test or a sample needs is one that git ignores."""
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "--others", "--ignored",
         "--exclude-standard", "--", "tests", "samples", "src", "docs"],
        capture_output=True, text=True)
    for line in listed.stdout.splitlines():
        if "__pycache__" not in line:
            yield f"{line}: git ignores it"


RULES = [include_directions, one_library_per_file, headers_alone,
         headers_guarded, spdx_lines, tables_in_order, evaluated_once,
         reasons_translated, codes_documented, options_documented,
         keys_documented, one_version, no_machine_paths, nothing_forgotten,
         formatted]


def main():
    broken = 0
    rules = RULES if is_sanitized() else RULES + [no_mutable_globals]
    for rule in rules:
        complaints = list(rule())
        for line in complaints:
            print(line)
        print(f"{rule.__name__}: {len(complaints) or 'well'}")
        broken += len(complaints)
    sys.exit(1 if broken else 0)


BUILD = pathlib.Path(sys.argv[1]).resolve()
main()
