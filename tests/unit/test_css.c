/* SPDX-License-Identifier: MIT */
/* Style sheets: what is read of them (spec/css.txt), and that hostile ones do
 * no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sapling.h"
#include "spec_file.h"
#include "style/css.h"
#include "style/style.h"
#include "style/value.h"

static struct sheet *make_sheet(struct arena *a, str css, int32_t width,
                                int32_t height, struct diag *dg)
{
    struct sheet *sh = sheet_new(a);

    sheet_add(sh, css, S("user.css"), SHEET_USER, dg);
    sheet_finish(sh, width, height, dg);
    return sh;
}

static void dump_tree(struct arena *a, const struct sheet *sh, str tree,
                      struct buf *out)
{
    struct chapter c = { .lang_tag = S("en") };

    c.root = sapling(a, arena_cstr(a, tree));
    chapter_number(&c);
    styles_dump(&c, cascade_chapter(sh, &c, a), out);
}

/* "page left first NAME" */
static struct page_key page_key_of(str words)
{
    struct page_key key = { 0 };

    str_cut(&words, ' ');
    while (words.n) {
        str w = str_cut(&words, ' ');
        if (str_eq(w, S("left")))
            key.side = PAGE_LEFT;
        else if (str_eq(w, S("right")))
            key.side = PAGE_RIGHT;
        else if (str_eq(w, S("first")))
            key.first = true;
        else if (str_eq(w, S("blank")))
            key.blank = true;
        else
            key.name = w;
    }
    return key;
}

/* First lines: a tree, or "page ..."; "--- a4" or "---"; the sheet. Wanted:
 * the dump, then the diagnostics. */
static void run_example(const struct spec_example *x, struct arena *a)
{
    size_t at = str_find(x->input, S("---"));
    assert_true(at != STR_NONE);
    str what = str_trim(str_sub(x->input, 0, at));
    str css = str_from(x->input, at), line;
    str_next_line(&css, &line);
    bool a4 = str_ends(line, S("a4"));
    struct diag dg;
    struct buf out = { 0 };

    diag_init(&dg, a);
    struct sheet *sh = make_sheet(a, css, a4 ? 595276 : 0, a4 ? 841890 : 0,
                                  &dg);
    if (str_starts(what, S("page"))) {
        struct page_style *ps = sheet_page(sh, page_key_of(what), S("en"), a);
        page_style_dump(ps, &out);
    } else {
        dump_tree(a, sh, what, &out);
    }
    for (const struct diag_item *it = dg.first; it; it = it->next)
        buf_printf(&out, "%u: %.*s [%s]\n", it->line, STR_ARG(it->text),
                   diag_name(it->code));
    buf_putc(&out, '\0');
    assert_string_equal(out.p, arena_cstr(a, x->want));
    buf_done(&out);
}

static void test_spec(void **state)
{
    assert_true(spec_run("css.txt", run_example) > 20);
}

static const struct {
    const char *css, *want;
} token_cases[] = {
    { "a  b", "0a 0 b" },
    { "a/* x */b", "0a 0b" },
    { "\\61 bc", "0abc" },
    { "\\110000 x", "0\xEF\xBF\xBDx" },
    { "1.5em -.25 +3% 1e3px", "10:1.5em 8: -0.25 9: 3 10: 1000px" },
    { "'a\\\nb' \"c", "4ab 4 c" },
    { "'a\nb'", "5a 0 b 4" },
    { "url( a.png ) url('x')", "6a.png 1 url 4x 13)" },
    { "#fff #1a2", "3fff 3 1a2" },
    { "@media-x{}", "2media-x 13{ 13}" },
    { "<!-- -->", "11 12 " },
    { "-- --x -1", "0-- 0 --x 8: -1" },
};

static void test_tokens(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof token_cases / sizeof *token_cases; i++) {
        struct tokens t = css_tokenize(str_of(token_cases[i].css), &a);
        struct buf out = { 0 };
        for (size_t k = 0; k < t.n; k++) {
            const struct token *o = &t.v[k];
            bool number = o->kind >= TOK_NUMBER && o->kind <= TOK_DIMENSION;
            buf_printf(&out, "%s%d%s%s", k ? " " : "", (int)o->kind,
                       number ? ":" : "", o->space_before ? " " : "");
            if (number)
                buf_printf(&out, "%g", o->number);
            if (o->kind == TOK_DELIM)
                buf_putc(&out, o->delim);
            buf_put(&out, o->text);
        }
        buf_putc(&out, '\0');
        assert_string_equal(out.p, token_cases[i].want);
        buf_done(&out);
    }
    arena_done(&a);
}

static const struct {
    const char *css;
    size_t n, step; /* tokens; the first component value */
} block_cases[] = {
    { "f(a, (b) c) d", 9, 8 }, { "(a [b) c]", 7, 7 }, { "( } ) x", 4, 3 },
    { "{ a ; ] } }", 6, 5 },   { ") x", 2, 1 },
};

static void test_blocks(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof block_cases / sizeof *block_cases; i++) {
        struct tokens t = css_tokenize(str_of(block_cases[i].css), &a);
        assert_int_equal(t.n, block_cases[i].n);
        assert_int_equal(tokens_step(t), block_cases[i].step);
    }
    arena_done(&a);
}

/* Every property has an initial value that parses, and a name of its own. */
static void test_props(void **state)
{
    struct arena a;

    arena_init(&a);
    for (enum prop p = 0; p < PROP_COUNT; p++) {
        const struct prop_info *info = prop_info(p);
        struct value v;
        if (info->in_style)
            assert_true(value_parse(p, css_tokenize(str_of(info->initial), &a),
                                    &a, &v));
        for (enum prop q = 0; q < p; q++)
            assert_false(str_eq(info->name, prop_info(q)->name));
    }
    arena_done(&a);
}

/* Mutations of a sheet that has some of everything. */
static const char seed[] =
    "@media print and (min-width: 10mm) { :root { --a: 1px solid red } }\n"
    "@page :left { size: a5; margin: 1cm; @top-left { content: \"x\" "
    "string(chapter, first) counter(page) } }\n"
    "p.a > b + i:not(.c):lang(ko), [href^='x'] { border: var(--a, 2px); "
    "font: italic bold 12px/1.5 \"A B\", serif; margin: 1em 2% auto; "
    "background: rgba(1, 2, 3, .5) url(x.png); color: #abc !important }\n"
    "h1::before { content: 'x' } @import 'y'; li { list-style: square inside;"
    " string-set: a content() attr(id) 'z'; text-emphasis: open dot }\n";

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static size_t mutate(char *text, size_t n, uint32_t *rng)
{
    static const char sharp[] = "{}()[];:,'\"\\@#.*/!-+%<>|~^$ \n\0ae0";

    for (uint32_t k = 1 + next_random(rng) % 8; k > 0 && n > 2; k--) {
        size_t at = next_random(rng) % n;
        uint32_t how = next_random(rng) % 4;
        if (how == 0) {
            text[at] = sharp[next_random(rng) % (sizeof sharp - 1)];
        } else if (how == 1) {
            text[at] = (char)next_random(rng);
        } else if (how == 2) {
            size_t cut = 1 + next_random(rng) % 20;
            cut = cut > n - at ? n - at : cut;
            memmove(text + at, text + at + cut, n - at - cut);
            n -= cut;
        } else {
            size_t from = next_random(rng) % n;
            size_t len = n - (at > from ? at : from);
            memmove(text + at, text + from, len < 30 ? len : 30);
        }
    }
    return n;
}

static const char tree[] =
    "(section.chapter (h1 \"t\") (p.a id=x lang=ko \"a\" (b \"c\") (i \"d\") "
    "(a href=xy style=\"color: red; margin: 1em\" \"e\")) (ul (li \"f\")))";

static void test_mutations(void **state)
{
    uint32_t rng = 20180829;
    struct arena a;

    arena_init(&a);
    for (int i = 0; i < 3000; i++) {
        char text[sizeof seed];
        memcpy(text, seed, sizeof seed);
        size_t n = mutate(text, sizeof seed - 1, &rng);
        struct diag dg;
        struct buf out = { 0 };
        diag_init(&dg, &a);
        struct sheet *sh = make_sheet(&a, arena_dup(&a, (str){ text, n }), 0, 0,
                                      &dg);
        dump_tree(&a, sh, str_of(tree), &out);
        struct page_key key = { .side = PAGE_LEFT, .first = true };
        page_style_dump(sheet_page(sh, key, S("ko"), &a), &out);
        assert_true(out.n > 100);
        buf_done(&out);
        arena_reset(&a);
    }
    arena_done(&a);
}

/* One part, N times, between a head and a tail. */
static const struct {
    const char *head, *part, *tail;
    unsigned n;
} bombs[] = {
    { "p { color: ", "(", "", 300000 },
    { "", "{", "", 300000 },
    { "", "@media print {", "", 100000 },
    { "p { ", "color: x;", "}", 100000 },
    { "", "p, ", "p { color: red }", 100000 },
    { "", "section ", "p { color: red }", 100000 },
    { "p", ":not(p", "", 100000 },
    { "p", ".a", " { color: red }", 100000 },
    { "p { font-family: ", "a, ", "b }", 100000 },
    { "p { string-set: ", "a 'x',", "b 'y' }", 100000 },
    { "p { --x: ", "\\", "}", 300000 },
    { "/*", "*", "", 300000 },
    { ":root { --a: var(--b) var(--b); --b: var(--a) var(--a) } p { color: ",
      "var(--a) ", "}", 1000 },
    { "p { margin: 1", "0", "em }", 300000 },
    { "@page ", ":first", "{ margin: 0 }", 100000 },
    { "", "@page :left { size: a4 } ", "", 20000 },
};

static void test_bombs(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        struct buf css = { 0 }, out = { 0 };
        struct diag dg;
        buf_puts(&css, bombs[i].head);
        for (unsigned k = 0; k < bombs[i].n; k++)
            buf_puts(&css, bombs[i].part);
        buf_puts(&css, bombs[i].tail);
        diag_init(&dg, &a);
        struct sheet *sh = make_sheet(&a, buf_str(&css), 0, 0, &dg);
        dump_tree(&a, sh, str_of(tree), &out);
        assert_true(out.n > 100);
        size_t n = 0;
        for (const struct diag_item *it = dg.first; it; it = it->next)
            n++;
        assert_true(n <= 60);
        buf_done(&out);
        buf_done(&css);
        arena_reset(&a);
    }
    arena_done(&a);
}

/* The sheets that are installed are clean, and make the pages they promise. */
static void test_own_sheets(void **state)
{
    static const char *const names[] = { "book.css", "print.css" };
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    struct sheet *sh = sheet_new(&a);
    for (size_t i = 0; i < 2; i++) {
        str css;
        str path = arena_printf(&a, "%s/%s", STYLE_DIR, names[i]);
        assert_int_equal(file_read(path, 1u << 20, &a, &css), FILE_OK);
        sheet_add(sh, css, path, SHEET_OWN, &dg);
    }
    sheet_finish(sh, 0, 0, &dg);
    for (const struct diag_item *it = dg.first; it; it = it->next)
        diag_print(it, false, stderr);
    assert_null(dg.first);

    struct page_key key = { .side = PAGE_RIGHT };
    struct page_style *right = sheet_page(sh, key, S("ko"), &a);
    assert_int_equal(right->width, 419528);
    assert_int_equal(right->margin[SIDE_LEFT], 56693);
    assert_int_equal(right->margin[SIDE_RIGHT], 42520);
    assert_non_null(right->boxes[BOX_TOP_RIGHT].style);
    assert_null(right->boxes[BOX_TOP_LEFT].style);
    assert_int_equal(right->boxes[BOX_BOTTOM_RIGHT].style->font->generic,
                     GENERIC_SANS);
    key.first = true;
    struct page_style *first = sheet_page(sh, key, S("ko"), &a);
    assert_null(first->boxes[BOX_TOP_RIGHT].style);
    assert_non_null(first->boxes[BOX_BOTTOM_RIGHT].style);
    key.blank = true;
    struct page_style *blank = sheet_page(sh, key, S("ko"), &a);
    for (size_t i = 0; i < BOX_COUNT; i++)
        assert_null(blank->boxes[i].style);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),     cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_props),      cmocka_unit_test(test_spec),
        cmocka_unit_test(test_mutations),  cmocka_unit_test(test_bombs),
        cmocka_unit_test(test_own_sheets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
