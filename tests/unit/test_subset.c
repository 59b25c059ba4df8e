/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "pdf/emoji.h"
#include "pdf/emoji_png.h"
#include "pdf/shape.h"
#include "pdf/subset.h"
#include "pdf/tounicode.h"

struct run {
    struct arena a;
    struct diag dg;
    struct fontset *fs;
    struct font_uses uses;
    struct font_programs out;
};

static void add_text(struct run *r, const char *lang, str text)
{
    struct font_query q = { .weight = 400, .lang = lang_of_tag(str_of(lang)) };
    struct shape_style st = { .end = (uint32_t)text.n,
                              .chain = font_select(r->fs, &q),
                              .size = 10000,
                              .lang = str_of(lang) };
    struct shaper *sh = shaper_new(r->fs);

    shaper_begin(sh, S("post.md"), &r->dg);
    struct shaped s = shape_text(sh, text, &st, 1, &r->a);
    for (uint32_t i = 0; i < s.n_runs; i++)
        font_uses_add(&r->uses, s.runs[i].font, s.glyphs + s.runs[i].first,
                      s.runs[i].n, text);
    shaper_free(sh);
}

static void run_init(struct run *r)
{
    struct str_vec none = { 0 };

    *r = (struct run){ 0 };
    arena_init(&r->a);
    diag_init(&r->dg, &r->a);
    r->uses.arena = &r->a;
    r->fs = fontset_open(&none, &r->dg);
    if (!r->fs) {
        print_message("no fonts are installed\n");
        arena_done(&r->a);
        skip();
    }
}

static void run_done(struct run *r)
{
    fontset_close(r->fs);
    arena_done(&r->a);
}

static void make(struct run *r)
{
    add_text(r, "ko", S("한국어 book, 漢字"));
    add_text(r, "ja", S("日本語のカナ"));
    add_text(r, "en", S("Office affairs"));
    assert_true(font_programs_make(&r->out, &r->uses, &r->a, &r->dg));
}

static bool is_tagged(const struct font_program *p)
{
    for (int i = 0; i < 6; i++)
        if (p->name.p[i] < 'A' || p->name.p[i] > 'Z')
            return false;
    return p->name.p[6] == '+' &&
           str_eq(str_from(p->name, 7), p->font->ps_name);
}

static void test_programs(void **state)
{
    struct run r;

    run_init(&r);
    make(&r);
    assert_true(r.out.fonts.n >= 1);
    for (size_t i = 0; i < r.out.fonts.n; i++) {
        const struct font_program *p = &r.out.fonts.v[i];
        assert_true(is_tagged(p));
        assert_true(p->bytes.n > 100 && p->bytes.n < 400000);
        assert_true(p->widths.p[0] == '[');
        assert_true(p->cidset.p[0] & 0x80);
        assert_true(p->bbox[2] > p->bbox[0] && p->bbox[3] > p->bbox[1]);
        assert_true(p->ascent > 0 && p->descent < 0);
        assert_true(i == 0 || p[-1].font->index < p->font->index);
    }
    run_done(&r);
}

/* The same text gives the same bytes, from another fontset as well. */
static void test_same_bytes(void **state)
{
    struct run x, y;

    run_init(&x);
    run_init(&y);
    make(&x);
    make(&y);
    assert_int_equal(x.out.fonts.n, y.out.fonts.n);
    for (size_t i = 0; i < x.out.fonts.n; i++) {
        const struct font_program *p = &x.out.fonts.v[i];
        const struct font_program *q = &y.out.fonts.v[i];
        assert_true(str_eq(p->bytes, q->bytes));
        assert_true(str_eq(p->name, q->name));
        assert_true(str_eq(p->widths, q->widths));
        assert_true(str_eq(p->tounicode, q->tounicode));
    }
    run_done(&x);
    run_done(&y);
}

/* Merging keeps the first text of a glyph that is no character. */
static void test_merge(void **state)
{
    struct run r;
    struct glyph g = { .text_n = 2 };

    run_init(&r);
    add_text(&r, "en", S("x"));
    const struct font *f = r.uses.items.v[0].font;
    g.id = f->n_glyphs + 5; /* no character's glyph */
    struct font_uses one = { .arena = &r.a }, two = { .arena = &r.a };
    font_uses_add(&one, f, &g, 1, S("ab"));
    font_uses_add(&two, f, &g, 1, S("cd"));
    struct glyph x = { .id = r.uses.items.v[0].glyph, .text_n = 1 };
    font_uses_add(&two, f, &x, 1, S("x"));
    struct font_uses all = { .arena = &r.a };
    font_uses_merge(&all, &one);
    font_uses_merge(&all, &two);
    assert_int_equal(all.items.n, 2);
    assert_true(str_eq(all.items.v[0].text, S("ab")));
    assert_int_equal(all.items.v[1].text.n, 0);
    assert_false(font_says(f, g.id, S("ab")));
    assert_true(font_says(f, all.items.v[1].glyph, S("x")));
    assert_true(font_says(f, all.items.v[1].glyph, S("x\xC2\xAD")));
    assert_false(font_says(f, all.items.v[1].glyph, S("xx")));
    run_done(&r);
}

static void test_tounicode(void **state)
{
    struct tounicode_entry e[130] = { { 3, S("A") },
                                      { 4, S("fi") },
                                      { 5, S("\xF0\x9F\x98\x80") },
                                      { 6, { 0 } } };
    struct arena a;

    arena_init(&a);
    for (uint32_t i = 4; i < 130; i++)
        e[i] = (struct tounicode_entry){ i + 3, S("x") };
    str t = tounicode_make(e, 130, 2, &a);
    assert_true(str_find(t, S("\n100 beginbfchar\n<0003> <0041>\n"
                              "<0004> <00660069>\n<0005> <D83DDE00>\n"
                              "<0006> <200B>\n<0007> <0078>\n")) != STR_NONE);
    assert_true(str_find(t, S("endbfchar\n30 beginbfchar\n")) != STR_NONE);
    assert_true(str_find(t, S("\nendbfchar\nendcmap\n")) != STR_NONE);
    t = tounicode_make(e, 2, 1, &a);
    assert_true(str_find(t, S("\n2 beginbfchar\n<03> <0041>\n")) != STR_NONE);
    arena_done(&a);
}

static void test_color(void **state)
{
    struct run r;
    struct emoji_bitmap bm;

    run_init(&r);
    add_text(&r, "ko", S("\xF0\x9F\x98\x80\xF0\x9F\x87\xB0\xF0\x9F\x87\xB7"));
    assert_true(font_programs_make(&r.out, &r.uses, &r.a, &r.dg));
    if (!r.out.color.n) {
        print_message("no emoji font is installed\n");
        run_done(&r);
        skip();
    }
    size_t n = 0;
    for (size_t i = 0; i < r.out.color.n; i++) {
        const struct color_program *p = &r.out.color.v[i];
        for (uint32_t k = 0; k < p->n_glyphs; k++, n++) {
            const struct color_glyph *g = &p->glyphs[k];
            assert_int_equal(g->glyph / 256, p->part);
            assert_true(g->width > 500 && g->w > 500 && g->h > 500);
            assert_true(emoji_bitmap(p->font, g->glyph, &r.a, &bm));
            assert_int_equal(bm.rgb.n, 3 * bm.width * bm.height);
            assert_int_equal(bm.alpha.n, bm.width * bm.height);
            assert_int_equal(bm.alpha.p[0], 0);
        }
    }
    assert_int_equal(n, 2);
    run_done(&r);
}

static void test_bad_png(void **state)
{
    struct emoji_bitmap bm;
    struct arena a;

    arena_init(&a);
    assert_false(emoji_png_decode(S(""), &a, &bm));
    assert_false(emoji_png_decode(S("\x89PNG\r\n\x1A\n"), &a, &bm));
    assert_false(emoji_png_decode(S("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1"
                                    "\0\0\0\1\x8\x6\0\0\0"),
                                  &a, &bm));
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_programs), cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_merge),    cmocka_unit_test(test_tounicode),
        cmocka_unit_test(test_color),    cmocka_unit_test(test_bad_png),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
