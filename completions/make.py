#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make.py bash|zsh|fish OPTIONS.DEF SETTINGS.C: prints that shell's completion.

The options come from options.def and their words from settings.c, so nothing
here knows an option by its name but --help and --version."""
import pathlib
import re
import sys

PROGRAM = "blog2book"
# What the kinds of options.def take; any other kind takes a text.
FILES = {"PATH", "PATH_LIST", "OUTPUT"}
REPEATED = {"LIST", "PATH_LIST"}
# Words after which the shell had better offer no files.
PLAIN, FILE, FOLDER, WORDS = range(4)


class Option:
    def __init__(self, row, words):
        _, self.name, short, self.kind, self.metavar, self.help = row
        self.short = short.strip("'") if short != "0" else ""
        self.words = words.get(self.kind, [])
        self.takes = self.kind != "FLAG"
        self.optional = self.kind == "OUTPUT"
        self.repeated = self.kind in REPEATED
        self.offers = (WORDS if self.words else
                       FOLDER if self.metavar == "DIR" else
                       FILE if self.kind in FILES or self.metavar == "FILE"
                       else PLAIN)


def read_words(source):
    """{kind: its words}, from the setter that settings.c has for the kind."""
    words = {}
    for kind, setter in re.findall(r"\[OPT_(CHOICE_\w+)\]\s*=\s*(\w+)", source):
        body = re.search(rf"^static bool {setter}\(.*?^}}", source, re.M | re.S)
        words[kind] = re.findall(r'STR_INIT\("([^"]+)"\)', body[0])
    return words


def read_options(table, source):
    words = read_words(source)
    rows = re.findall(r'^OPTION\((\w+),\s*"([^"]+)",\s*(\S+),\s*(\w+),\s*'
                      r'"([^"]*)",\s*"([^"]*)"\)', table, re.M)
    if len(rows) != len(re.findall(r"^OPTION\(", table, re.M)):
        sys.exit("options.def has a line that is not understood")
    options = [Option(row, words) for row in rows]
    for o in options:
        if o.kind.startswith("CHOICE_") and not o.words:
            sys.exit(f"settings.c has no words for --{o.name}")
    return options + [
        Option((None, "help", "'h'", "FLAG", "", "show the options"), {}),
        Option((None, "version", "'V'", "FLAG", "", "show the version"), {})]


def bash(options):
    def case(names, action):
        return f"        {'|'.join(names)})\n            {action} ;;\n"

    def spellings(o):
        return [f"--{o.name}"] + ([f"-{o.short}"] if o.short else [])

    cases = ""
    plain, files, folders = [], [], []
    for o in options:
        if o.offers == WORDS:
            cases += case(spellings(o), "mapfile -t COMPREPLY < <(compgen -W "
                          f"'{' '.join(o.words)}' -- \"$cur\"); return")
        # "--epub FILE" is --epub and a path of the blog: as after no option.
        elif o.takes and not o.optional:
            {FILE: files, FOLDER: folders, PLAIN: plain}[o.offers].extend(
                spellings(o))
    offer = "compopt -o filenames\n            mapfile -t COMPREPLY < <("
    cases += case(files, offer + 'compgen -f -- "$cur"); return')
    cases += case(folders, offer + 'compgen -d -- "$cur"); return')
    cases += case(plain, "return")
    names = " ".join(f"--{o.name}" + ("=" if o.takes and not o.optional else "")
                     for o in options)
    return f'''# bash completion for {PROGRAM}; made of options.def
_{PROGRAM}() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} before=
    COMPREPLY=()
    [ "$COMP_CWORD" -eq 0 ] || before=${{COMP_WORDS[COMP_CWORD - 1]}}
    # "--css=a" comes as three words, "--css", "=" and "a".
    if [ "$cur" = = ]; then
        cur=
    elif [ "$before" = = ]; then
        before=${{COMP_WORDS[COMP_CWORD - 2]}}
    fi
    case $before in
{cases}    esac
    if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '{names}' -- "$cur")
        [[ ${{COMPREPLY[0]-}} != *= ]] || compopt -o nospace
    else
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    fi
}}
complete -F _{PROGRAM} {PROGRAM}
'''


def zsh(options):
    action = {PLAIN: "", FILE: "_files", FOLDER: "_files -/"}
    lines = []
    for o in options:
        told = re.sub(r"([\[\]:\\])", r"\\\1", o.help).replace("'", "'\\''")
        told = f"[{told}]" if told else ""
        does = f"({' '.join(o.words)})" if o.words else action[o.offers]
        arg = (":" if o.optional else "") + f":{o.metavar}:{does}"
        arg = arg if o.takes else ""
        many = "*" if o.repeated else ""
        for name in [f"--{o.name}"] + ([f"-{o.short}"] if o.short else []):
            glue = ("" if not o.takes else "+" if len(name) == 2 else
                    "=-" if o.optional else "=")
            lines.append(f"    '{many}{name}{glue}{told}{arg}' \\\n")
    return (f"#compdef {PROGRAM}\n# made of options.def\n\n_arguments -s -S \\\n"
            + "".join(lines) + "    '*:blog:_files'\n")


def fish(options):
    lines = [f"# fish completion for {PROGRAM}; made of options.def\n"]
    for o in options:
        line = f"complete -c {PROGRAM} -l {o.name}"
        if o.short:
            line += f" -s {o.short}"
        if o.takes and not o.optional:
            line += " -r" if o.offers == FILE else " -x"
        if o.words:
            line += f" -a '{' '.join(o.words)}'"
        elif o.offers == FOLDER:
            line += " -a '(__fish_complete_directories)'"
        if o.help:
            told = o.help.replace("\\", "\\\\").replace("'", "\\'")
            line += f" -d '{told}'"
        lines.append(line + "\n")
    return "".join(lines)


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ("bash", "zsh", "fish"):
        sys.exit(__doc__)
    table, source = (pathlib.Path(p).read_text(encoding="utf-8")
                     for p in sys.argv[2:])
    write = {"bash": bash, "zsh": zsh, "fish": fish}[sys.argv[1]]
    sys.stdout.write(write(read_options(table, source)))


main()
