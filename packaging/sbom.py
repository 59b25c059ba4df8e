#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sbom.py PROGRAM: the program's bill of materials, CycloneDX 1.5 in JSON.
sbom.py --loaded PROGRAM: the packages of what it loads only when it needs it.

Components are the packages that the program's libraries come from, as dpkg
knows them: those it is linked with, those it loads when a blog needs them, and
what these are linked with. For Debian and what descends from it. The same
program on the same system gives the same bytes; SOURCE_DATE_EPOCH adds a time.
"""
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid
from urllib.parse import quote

ROOT = pathlib.Path(__file__).resolve().parents[1]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"}).stdout


def linked(path):
    """Files of the libraries that PATH is linked with, with theirs."""
    return set(re.findall(r"=> (/\S+)", run("ldd", path)))


def cached():
    """{name: file} of the libraries that the loader knows, for this machine."""
    known = {}
    for name, told, path in re.findall(r"^\t(\S+) \(([^)]*)\) => (\S+)$",
                                       run("/sbin/ldconfig", "-p"), re.M):
        if "libc6" in told:
            known.setdefault(name, path)
    return known


def loaded(program):
    """Files that PROGRAM names as libraries without being linked with them."""
    names = set(re.findall(rb"\blib[A-Za-z0-9_+-]+\.so\.\d+\b",
                           pathlib.Path(program).read_bytes()))
    known = cached()
    direct = {os.path.basename(f) for f in linked(program)}
    names = {n.decode() for n in names} & known.keys() - direct
    # libcurl-gnutls stands in for libcurl where that is not installed.
    if "libcurl.so.4" in names:
        names.discard("libcurl-gnutls.so.4")
    return {known[n] for n in names}


def spellings(path):
    """With /lib being /usr/lib, dpkg may know either."""
    inside = path.removeprefix("/usr")
    return dict.fromkeys((path, os.path.realpath(path), inside,
                          "/usr" + inside))


def packages_of(paths):
    """The packages that PATHS belong to, as dpkg names them."""
    asked = subprocess.run(
        ["dpkg-query", "-S", *{s for p in paths for s in spellings(p)}],
        capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    owner = {}
    for line in asked.stdout.splitlines():
        packages, _, path = line.rpartition(": ")
        owner[path] = packages.split(",")[0]
    names = set()
    for path in sorted(paths):
        found = [owner[s] for s in spellings(path) if s in owner]
        if not found:
            sys.exit(f"sbom.py: {path} is of no package")
        names.add(found[0])
    return sorted(names)


def distribution():
    text = pathlib.Path("/etc/os-release").read_text()
    told = dict(re.findall(r'^(ID|VERSION_ID)="?([^"\n]*)"?$', text, re.M))
    return told.get("ID", "debian"), told.get("VERSION_ID", "")


def components(packages):
    vendor, release = distribution()
    told = run("dpkg-query", "-W", "-f", "${Package}\t${Version}\t"
               "${Architecture}\t${source:Package}\n", *packages)
    for line in sorted(told.splitlines()):
        name, version, arch, source = line.split("\t")
        purl = (f"pkg:deb/{vendor}/{quote(name)}@{quote(version)}?arch={arch}"
                + (f"&distro={vendor}-{release}" if release else ""))
        yield {"type": "library", "bom-ref": purl, "name": name,
               "version": version, "purl": purl,
               "properties": [{"name": "blog2book:source", "value": source}]}


def bill(program):
    version = re.search(r"^\s*version: '([^']+)'",
                        (ROOT / "meson.build").read_text(), re.M)[1]
    late = loaded(program)
    files = linked(program).union(late, *map(linked, late))
    parts = list(components(packages_of(files)))
    own = {"type": "application", "bom-ref": "blog2book", "name": "blog2book",
           "version": version, "licenses": [{"license": {"id": "MIT"}}]}
    metadata = {"component": own}
    if "SOURCE_DATE_EPOCH" in os.environ:
        when = datetime.datetime.fromtimestamp(
            int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
        metadata["timestamp"] = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    refs = [p["bom-ref"] for p in parts]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, " ".join([version] + refs))
    return {"$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
            "bomFormat": "CycloneDX", "specVersion": "1.5",
            "serialNumber": f"urn:uuid:{serial}", "version": 1,
            "metadata": metadata, "components": parts,
            "dependencies": [{"ref": "blog2book", "dependsOn": refs}]}


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--loaded":
        names = packages_of(loaded(sys.argv[2]))
        print(", ".join(dict.fromkeys(n.split(":")[0] for n in names)))
    elif len(sys.argv) == 2:
        json.dump(bill(sys.argv[1]), sys.stdout, indent=2)
        print()
    else:
        sys.exit(__doc__)


main()
