#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where pages end: what belongs together stays so, and pictures do not leave
holes. Read from the display lists."""
import pathlib
import random
import struct
import tempfile
import unittest
import zlib

import pdftools
from pdftools import harness


def png(width, height):
    """A white picture."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = (b"\0" + b"\xff" * ((width + 7) // 8)) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def lines(n, word="word"):
    return "\n\n".join(f"{word}{k}" for k in range(n))


def random_cell(dice, depth):
    kind = dice.randrange(7)
    if kind == 0:
        return "<pre><code>" + "\n".join(
            f"line {k} " + "x" * dice.randrange(90)
            for k in range(dice.choice((1, 3, 40)))) + "</code></pre>"
    if kind == 1 and depth < 3:
        return random_table(dice, depth + 1)
    if kind == 2:
        return "".join(f"<p>sentence {k} of them</p>"
                       for k in range(dice.choice((1, 2, 30))))
    if kind == 3:
        return "<blockquote><p>q</p></blockquote><ul><li>a</li></ul>"
    return "word " * dice.randrange(30)


def random_table(dice, depth=0):
    rows = []
    for _ in range(dice.choice((1, 5, 30)) if depth == 0 else 2):
        cells = "".join(
            f"<td rowspan={dice.choice((1, 1, 1, 1, 2, 99))}"
            f" colspan={dice.choice((1, 1, 1, 1, 1, 3))}>"
            f"{random_cell(dice, depth)}</td>"
            for _ in range(dice.randrange(5)))
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(rows)}</table>"


class Breaks(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.blog = pathlib.Path(tmp.name)

    def pages(self, body, title="The title", args=()):
        """The pages of a book of one post, each a list of items."""
        harness.post(self.blog, "a.md", body, title=title)
        said = harness.run("--dump=pages", "-q", *args, self.blog)
        self.assertEqual(said.returncode, 0, harness.describe(said))
        (_, pages), = pdftools.display_lists(said.stdout)
        return pages

    def page_of(self, pages, word):
        found = [n for n, page in enumerate(pages)
                 if any(i.kind == "text" and i.text.strip() == word
                        for i in page)]
        self.assertEqual(len(found), 1, word)
        return found[0]

    def picture(self, width, height, name="p.png"):
        (self.blog / name).write_bytes(png(width, height))
        return f"![what it shows]({name})"

    def the_picture(self, pages):
        (n, item), = [(n, i) for n, page in enumerate(pages) for i in page
                      if i.kind == "picture"]
        return n, item

    def test_a_tall_picture_stays_with_the_title(self):
        pages = self.pages(self.picture(600, 1300) + "\n\nend")
        self.assertEqual(self.page_of(pages, "The title"), 0)
        n, item = self.the_picture(pages)
        self.assertEqual(n, 0)
        self.assertAlmostEqual(item.w / item.h, 600 / 1300, places=2)

    def test_a_picture_that_fits_is_left_alone(self):
        _, item = self.the_picture(self.pages(self.picture(360, 240)))
        self.assertAlmostEqual(item.w, 360 * 72 / 120, delta=0.5)

    def test_a_picture_too_large_for_the_rest_goes_on(self):
        pages = self.pages(lines(13) + "\n\n" + self.picture(400, 400))
        n, item = self.the_picture(pages)
        self.assertEqual(n, 1)
        self.assertAlmostEqual(item.w, 400 * 72 / 120, delta=0.5)

    def test_a_picture_on_its_own_is_centred(self):
        pages = self.pages(self.picture(200, 100) + "\n\nfull\n\nwidth")
        _, item = self.the_picture(pages)
        width, _ = pdftools.type_area(self.blog)
        self.assertAlmostEqual(item.x, (width - item.w) / 2, delta=0.5)
        pages = self.pages("text " + self.picture(20, 10))
        _, item = self.the_picture(pages)
        self.assertLess(item.x, width / 3)

    def test_a_small_table_is_not_parted(self):
        table = "|head|b|\n|-|-|\n" + "".join(
            f"|cell{k}|x|\n" for k in range(4))
        for before in range(9, 16):
            pages = self.pages(f"{lines(before)}\n\n{table}\n\n{lines(5, 'x')}")
            at = {self.page_of(pages, f"cell{k}") for k in range(4)}
            self.assertEqual(len(at), 1, before)

    def test_no_row_is_alone(self):
        table = "|head|b|\n|-|-|\n" + "".join(
            f"|cell{k}|x|\n" for k in range(30))
        for before in range(1, 12):
            pages = self.pages(f"{lines(before)}\n\n{table}")
            first = [self.page_of(pages, f"cell{k}") for k in range(30)]
            for page in set(first):
                self.assertGreater(first.count(page), 1, before)

    def cell_grounds(self, pages):
        """Pages with text in the cell, and those where all of it stands on a
        ground."""
        with_text = on_ground = 0
        for page in pages:
            ys = [i.y for i in page if i.kind == "text"
                  and i.text.startswith("cell")]
            grounds = [i for i in page if i.kind == "rule" and i.h > 2]
            with_text += bool(ys)
            on_ground += bool(ys) and all(
                any(i.y < y < i.y + i.h for i in grounds) for y in ys)
        return with_text, on_ground

    def test_a_tall_row_keeps_its_ground(self):
        css = self.blog / "a.css"
        css.write_text("td { background: #eee }")
        rows = "".join(f"<p>cell{k}</p>" for k in range(60))
        for table in (f"<tr><td>a</td><td>{rows}</td></tr>",
                      f"<tr><td rowspan=2>{rows}</td><td>b</td></tr>"
                      "<tr><td>c</td></tr>"):
            pages = self.pages(f"<table>{table}</table>",
                               args=("--css", css))
            with_text, on_ground = self.cell_grounds(pages)
            self.assertGreater(with_text, 2)
            self.assertEqual(with_text, on_ground, table[:20])

    def test_a_row_whose_lines_nowhere_end_together_is_cut(self):
        small = "".join(f"<p>small{k}</p>" for k in range(90))
        large = "".join(f"<h2>large{k}</h2>" for k in range(40))
        css = self.blog / "a.css"
        css.write_text("td p { line-height: 13.07pt } td { padding: 0 }"
                       "td h2 { line-height: 31.3pt; margin: 0 }")
        pages = self.pages(f"<table><tr><td>{small}</td><td>{large}</td>"
                           "</tr></table>", args=("--css", css))
        _, height = pdftools.type_area(self.blog)
        words = [i.text.strip() for page in pages for i in page
                 if i.kind == "text"]
        for name, n in ("small", 90), ("large", 40):
            self.assertEqual([w for w in words if w.startswith(name)],
                             [f"{name}{k}" for k in range(n)])
        for page in pages:
            self.assertLess(max(i.y for i in page if i.kind == "text"), height)

    def test_any_table_stays_on_its_pages(self):
        css = self.blog / "a.css"
        css.write_text("td { background: #eee; border: 1pt solid; padding: "
                       "3pt } table { border: 2pt solid }")
        seen = 0
        for seed in range(40):
            table = random_table(random.Random(seed))
            pages = self.pages(f"{table}\n\nbehind", args=("--css", css))
            _, height = pdftools.type_area("--css", css, self.blog)
            for page in pages:
                seen += 1
                words = [i.y for i in page if i.kind == "text"]
                self.assertTrue(words, seed)
                self.assertLess(max(words), height, seed)
                for ground in self.rules(page):
                    self.assertLess(ground.y + ground.h, height + 1, seed)
        self.assertGreater(seen, 60)

    def test_blocks_in_cells_keep_their_grounds(self):
        code = "\n".join(f"cell{k}" for k in range(3))
        for more in "", "".join(f"<p>x{k}</p>" for k in range(40)):
            pages = self.pages("<table><tr><td>a</td><td><pre><code>"
                               f"{code}</code></pre>{more}</td></tr></table>")
            self.assertEqual(self.cell_grounds(pages), (1, 1), more[:5])

    def test_a_table_in_a_cell_is_as_wide_as_its_columns(self):
        inner = ("<table><tr><td>one two three</td><td>four five six</td>"
                 "</tr></table>")
        page, = self.pages(f"<table><tr><td>{inner}</td></tr></table>")
        text = [i.text for i in page if i.kind == "text"]
        self.assertIn("one two three", text)
        self.assertIn("four five six", text)
        # The frame of the table in the cell would only be in the way.
        self.assertEqual(len(self.rules(page)), 2)

    def test_a_line_of_kilometres_in_a_cell(self):
        pages = self.pages("<table><tr><td>a</td><td><pre>"
                           + "abc " * 150000 + "end</pre></td></tr></table>")
        self.assertGreater(len(pages), 100)
        self.page_of(pages, "end")

    def test_a_bold_line_stays_with_its_text(self):
        for before in range(9, 17):
            pages = self.pages(f"{lines(before)}\n\n**bold**\n\nbehind\n\n"
                               "and\n\nmore")
            self.assertEqual(self.page_of(pages, "bold"),
                             self.page_of(pages, "behind"), before)

    def test_the_last_lines_have_no_page_of_their_own(self):
        self.pages("text")
        _, height = pdftools.type_area(self.blog)
        parted = 0
        for n in range(12, 26):
            pages = self.pages(lines(n))
            parted += len(pages) > 1
            for page in pages:
                words = [i for i in page if i.kind == "text"]
                self.assertGreater(len(words), 2, n)
                self.assertLess(max(i.y for i in words), height)
        self.assertGreater(parted, 2)

    def test_lines_that_are_not_justified_are_not_stretched(self):
        sheet = self.blog / "left.css"
        sheet.write_text(":root { text-align: left; hyphens: none }")
        def first_line(text):
            page = self.pages(text, args=[f"--css={sheet}"])[0]
            return next(i for i in page if i.text.startswith("a few"))
        both = first_line("a few words to begin a line of many little words "
                          "and " + "m" * 30)
        alone = first_line(both.text.strip())
        self.assertGreater(alone.w, 99)
        self.assertAlmostEqual(both.w, alone.w, delta=4)  # a blank

    def test_a_reference_to_a_page_is_not_parted(self):
        body = "\n".join(f"- Object{'i' * n} taint bypassing in DL and Fiddle "
                         "in Ruby [(CVE-2013-2065)](a.md)" for n in range(60))
        arrows = [i.text.strip() for page in self.pages(body) for i in page
                  if "\u2192" in i.text]
        self.assertEqual(arrows, 60 * ["\u2192\u00a0page"])

    def test_neither_end_of_a_list_is_alone(self):
        items = "".join(f"- item{k}\n" for k in range(6))
        for before in range(6, 18):
            pages = self.pages(f"{lines(before)}\n\n{items}\nbehind")
            at = [self.page_of(pages, f"item{k}") for k in range(6)]
            self.assertEqual(at[0], at[1], before)
            self.assertEqual(at[4], at[5], before)

    def test_the_end_of_a_quote_is_not_alone(self):
        quote = "> first\n> second\n>\n> who"
        for before in range(6, 18):
            pages = self.pages(f"{lines(before)}\n\n{quote}\n\nbehind")
            at = {self.page_of(pages, w) for w in ("first second", "who")}
            self.assertEqual(len(at), 1, before)

    def test_little_code_stays_with_the_line_that_leads_to_it(self):
        code = "```\n" + "".join(f"code{k}\n" for k in range(6)) + "```"
        for lead in ("lead", "- lead\n", "lead:"):
            text = code if lead[0] != "-" else code.replace(
                "\n", "\n  ").replace("```", "  ```", 1)
            for before in range(8, 17):
                pages = self.pages(
                    f"{lines(before)}\n\n{lead}\n\n{text}\n\nbehind")
                word = lead.strip("- \n")
                at = {self.page_of(pages, w)
                      for w in [word] + [f"code{k}" for k in range(6)]}
                self.assertEqual(len(at), 1, (lead, before))

    def test_a_colon_leads_to_a_list(self):
        for before in range(6, 18):
            pages = self.pages(f"{lines(before)}\n\nas follows:\n\n"
                               "- one\n- two\n- three")
            self.assertEqual(self.page_of(pages, "as follows:"),
                             self.page_of(pages, "one"), before)

    def rules(self, page):
        return [i for i in page if i.kind == "rule"]

    def test_a_rule_has_text_above_and_below(self):
        seen = 0
        for before in range(8, 20):
            pages = self.pages(f"{lines(before)}\n\n---\n\n{lines(8, 'x')}")
            for page in pages:
                words = [i.y for i in page if i.kind == "text"]
                for rule in self.rules(page):
                    seen += 1
                    self.assertLess(min(words), rule.y, before)
                    self.assertGreater(max(words), rule.y, before)
        self.assertGreater(seen, 8)

    def test_a_rule_before_a_heading_gives_way_to_the_end_of_a_page(self):
        shown = set()
        for before in range(8, 20):
            pages = self.pages(f"{lines(before)}\n\n---\n\n## Next\n\nmore\n"
                               "\nand\n\nmore")
            rules = [r for page in pages for r in self.rules(page)]
            alone = self.page_of(pages, f"word{before - 1}") != self.page_of(
                pages, "Next")
            self.assertEqual(len(rules), 0 if alone else 1, before)
            shown.add(alone)
        self.assertEqual(shown, {True, False})

    def test_a_rule_at_the_end_of_the_text_is_not_printed(self):
        page, = self.pages("---\n\ntext\n\n---")
        self.assertEqual(self.rules(page), [])

    def line_of(self, text, *args):
        page = self.pages(text, args=args)[0]
        return [i for i in page if i.kind == "text"]

    def test_a_scheme_is_not_a_line(self):
        for n in range(20, 60, 4):
            for item in self.line_of("i" * n + " http://example.example/" +
                                     "part/" * 9):
                self.assertFalse(item.text.rstrip().endswith("://"), n)

    def test_numbers_with_hyphens_are_parted_behind_one(self):
        text = "이름 점검을 우회하는 취약점 (XYZ-2013-4073)"
        starts = set()
        for n in range(30):
            for item in self.line_of("- " + "가" * n + " 에서 호스트 " + text):
                if item.text[0] in "-)0123456789" and ")" in item.text:
                    starts.add(item.text)
        self.assertTrue(starts)
        self.assertLessEqual(starts, {"2013-4073)", "4073)"})

    def test_names_in_code_are_parted_where_their_parts_meet(self):
        ends = set()
        for n in range(8, 50, 3):
            items = self.line_of("i" * n + " and `Some::Thing::Longer.with_more"
                                 "(parts)` of a program that runs on and on")
            ends |= {i.text.strip() for i in items if "parts)" not in i.text
                     and i.text.strip().startswith("Some")}
        self.assertTrue(ends)
        for end in ends:
            self.assertIn(end, ("Some", "Some::Thing", "Some::Thing::Longer",
                                "Some::Thing::Longer.with_",
                                "Some::Thing::Longer.with_more("))

    def test_no_line_is_torn_apart(self):
        self.pages("text")
        width, _ = pdftools.type_area(self.blog)
        short = loose = 0
        for n in range(24, 40, 2):
            text = "a b c d e f g h " + "i" * n + " " + "m" * 14
            line = next(i for i in self.line_of(text) if i.text[:2] == "a ")
            natural = self.line_of(line.text.strip())[-1].w
            more = (line.w - natural) / line.text.strip().count(" ")
            self.assertLess(more, line.size * 0.18 * 3 + 0.3, n)
            loose += more > line.size * 0.18 * 1.7
            short += line.w < width - line.size
        self.assertGreater(loose + short, 1)
        self.assertGreater(short, 0)

    def test_a_dead_picture_with_a_caption_has_a_frame(self):
        pages = self.pages('<figure><img src="https://x.example/p.png">'
                           "<figcaption>what it [showed](https://y.example)"
                           "</figcaption></figure>", args=("--offline",))
        page, = pages
        caption = next(i for i in page if i.text.startswith("what it"))
        name = next(i for i in page if i.text.startswith("x.example"))
        box = [r for r in self.rules(page) if r.y < caption.y]
        self.assertEqual(len(box), 4)
        self.assertLess(min(r.y for r in box), name.y)
        self.assertGreater(max(r.y for r in box), name.y)

    def test_bullets_of_all_languages_are_alike(self):
        def bullet(language):
            page = self.pages("- item", args=("--language", language))[0]
            mark = next(i for i in page if i.text == "\u2022")
            return mark.w, mark.size
        share = {w / size for w, size in map(bullet, ("ko", "ja", "en", "zh"))}
        self.assertLess(max(share) - min(share), 0.02)

    def test_margins_of_head_and_heading_meet(self):
        def below_title(body):
            page, = self.pages(body)
            title, second = [i.y for i in page if i.kind == "text"][1:3]
            return second - title
        self.assertLess(below_title("## Heading\n\ntext") - below_title("text"),
                        4)


def main():
    why = pdftools.missing_fonts()
    if why:
        pdftools.skip(why)
    harness.main()


main()
