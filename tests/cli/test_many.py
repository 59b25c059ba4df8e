#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_many.py [BOOKS [POSTS]]: a batch of unlike blogs, all that is in blogs
in one of them: languages, pictures, tables, code, things meant to hurt. With
sanitizers in the program their reports fail the test; MANY_UNDER names a
command to run it under, such as valgrind."""
import json
import os
import pathlib
import random
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

PICTURES = sorted((harness.TESTS / "fuzz/corpus/picture").glob("*.*"))
WORDS = {
    "en": "rain falls on the old bridge and nobody counts the drops".split(),
    "ko": "비가 오는 날 오래된 다리를 건너며 물방울을 세어 본다".split(),
    "ja": "雨の日に、 古い橋を 渡って 雫を 数える。".split(),
    "zh": "下雨天 走过旧桥， 没有人 数雨滴。".split(),
    "ar": "المطر يهطل على الجسر القديم ولا أحد يعد القطرات".split(),
    "de": "Regen fällt auf die alte Brücke, und keiner zählt".split(),
}
HOSTILE = (
    "<script>alert(1)</script><div onclick=x()><b><i>open",
    "<table><tr><td>" * 30, "> " * 90 + "deep", "[" * 400,
    "![x](../../../../etc/passwd)", "<svg><script>x</script></svg>",
    "\x00\x01\x1b[31m \ufeff\u202e\ufffe \U0001f469\u200d\U0001f4bb",
    "<style>p{color:red;width:99999999999px}</style>", "&#xFFFFFFFF;&bogus;",
    "```\n" + "x" * 3000 + "\n```", "[^1] [^1]: [^1]", "a" * 4000,
)


def paragraph(draw, language):
    return " ".join(draw.choices(WORDS[language], k=draw.randrange(8, 60)))


def piece(draw, language, pictures):
    kind = draw.randrange(8)
    if kind == 0:
        return f"![{draw.choice(WORDS[language])}]({draw.choice(pictures)})"
    if kind == 1:
        row = lambda: "| " + " | ".join(draw.choices(WORDS[language], k=3)) + " |"
        return "\n".join([row(), "|---|:-:|--:|", row(), row()])
    if kind == 2:
        return "```c\nint main(void)\n{\n    return 0; /* " \
            + draw.choice(WORDS[language]) + " */\n}\n```"
    if kind == 3:
        return draw.choice(HOSTILE)
    if kind == 4:
        return "- " + "\n- ".join(draw.choices(WORDS[language], k=3))
    return paragraph(draw, language)


def make_blog(folder, draw, n_posts):
    pictures = draw.sample(PICTURES, 5)
    folder.mkdir()
    for p in pictures:
        (folder / p.name).write_bytes(p.read_bytes())
    for i in range(n_posts):
        language = draw.choice(list(WORDS))
        pieces = [piece(draw, language, [p.name for p in pictures])
                  for _ in range(draw.randrange(1, 12))]
        harness.post(folder, f"{i:02}.md", "\n\n".join(pieces),
                     title=draw.choice(WORDS[language]).strip(","),
                     date=f"20{draw.randrange(10, 26)}-0{i % 9 + 1}-11")


def make_list(folder, n_books, n_posts):
    draw = random.Random(1)
    books = folder / "books.jsonl"
    with books.open("w", encoding="utf-8") as lines:
        for i in range(n_books):
            make_blog(folder / f"blog{i}", draw, n_posts)
            # The cover is drawn: nothing that is there serves as one.
            json.dump({"path": f"blog{i}", "epub": f"out/{i}.epub",
                       "pdf": f"out/{i}.pdf"}, lines)
            lines.write("\n")
    (folder / "out").mkdir()
    return books


def main():
    n_books = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    n_posts = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    under = shlex.split(os.environ.get("MANY_UNDER", ""))
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        books = make_list(folder, n_books, n_posts)
        result = subprocess.run(
            [*under, harness.PROGRAM, *harness.OFFLINE, "--jobs=4", "-q",
             f"--batch={books}"], cwd=folder, env=harness.environment(),
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
            errors="replace", timeout=7200)
        made = len(list((folder / "out").glob("*.epub"))), \
            len(list((folder / "out").glob("*.pdf")))
    print(f"{made[0]} EPUB, {made[1]} PDF of {n_books} books")
    if result.returncode not in (0, 1) or harness.crashed(result) \
            or made != (n_books, n_books):
        sys.exit(harness.describe(result))


main()
