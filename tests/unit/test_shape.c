/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <hb.h>
#include <string.h>

#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "pdf/face.h"
#include "pdf/fontset.h"
#include "pdf/invisible.h"
#include "pdf/shape.h"
#include "pdf/shaperun.h"

/* Without a Korean and an emoji font there is little to see. */
struct fixture {
    struct arena a;
    struct diag dg;
    struct fontset *fs;
    struct shaper *sh;
};

static const struct font_chain *chain_for(struct fontset *fs, const char *lang)
{
    struct font_query q = { .weight = 400, .lang = lang_of_tag(str_of(lang)) };

    return font_select(fs, &q);
}

static struct shaped shape(struct fixture *fx, const char *lang, str text)
{
    struct shape_style st = { .end = (uint32_t)text.n,
                              .chain = chain_for(fx->fs, lang),
                              .size = 10000,
                              .lang = str_of(lang),
                              .line = 7 };

    return shape_text(fx->sh, text, &st, 1, &fx->a);
}

static bool has_fonts(struct fixture *fx)
{
    str text = S("\xEA\xB0\x80\xF0\x9F\x98\x80"); /* ga, a smile */
    struct shaped s = shape(fx, "ko", text);

    return s.n_runs == 2 && s.runs[1].font->kind == FONT_COLOR && !fx->dg.first;
}

static int set_up(void **state)
{
    struct fixture *fx = calloc(1, sizeof *fx);
    struct str_vec none = { 0 };

    arena_init(&fx->a);
    diag_init(&fx->dg, &fx->a);
    fx->fs = fontset_open(&none, &fx->dg);
    fx->sh = fx->fs ? shaper_new(fx->fs) : NULL;
    if (fx->sh)
        shaper_begin(fx->sh, S("post.md"), &fx->dg);
    *state = fx;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fx = *state;

    shaper_free(fx->sh);
    fontset_close(fx->fs);
    arena_done(&fx->a);
    free(fx);
    return 0;
}

static struct fixture *need_fonts(void **state)
{
    struct fixture *fx = *state;

    if (!fx->fs || !has_fonts(fx)) {
        print_message("no Korean font or no emoji font is installed\n");
        skip();
    }
    return fx;
}

/* "[" text "]" for each cluster, "c" in front of a colour glyph, "<" of a
 * right-to-left one, "+" for each further glyph of a cluster. */
static void show(const struct shaped *s, str text, struct buf *out)
{
    for (uint32_t r = 0; r < s->n_runs; r++) {
        const struct shape_run *run = &s->runs[r];
        for (uint32_t i = 0; i < run->n; i++) {
            const struct glyph *g = &s->glyphs[run->first + i];
            if (!g->text_n) {
                buf_putc(out, '+');
                continue;
            }
            if (run->rtl)
                buf_putc(out, '<');
            if (run->font->kind == FONT_COLOR)
                buf_putc(out, 'c');
            buf_putc(out, '[');
            buf_put(out, str_sub(text, g->text_at, g->text_n));
            buf_putc(out, ']');
        }
    }
}

static const struct {
    const char *lang, *text, *want;
} clusters[] = {
    { "ko", "", "" },
    { "ko", "가나 다", "[가][나][ ][다]" },
    { "ko", "한", "[한]" },
    { "ko", "가😀나", "[가]c[😀][나]" },
    { "ko", "👩‍💻", "c[👩‍💻]" },
    { "ko", "🇰🇷🇯🇵", "c[🇰🇷]c[🇯🇵]" },
    { "ko", "👍🏽", "c[👍🏽]" },
    { "ko", "1️⃣", "c[1️⃣]" },
    { "ko", "1", "[1]" },
    { "ko", "☀️", "c[☀️]" },
    { "ko", "☀︎", "[☀]" },
    { "ko", "☀", "[☀]" },
    { "ko", "⚡︎가", "[⚡][가]" },
    { "en",
      "a\xC2\xAD"
      "b",
      "[a][b]" },
    { "en",
      "f\xC2\xAD"
      "i",
      "[f][i]" },
    { "ko",
      "a\xC2\xAD"
      "b",
      "[a][b]" },
    { "ko", "\xE2\x80\x8B가\xE2\x81\xA0", "[가]" },
    { "ja", "葛\xF3\xA0\x84\x80", "[葛]" },
    { "ko", "가\n나\t", "[가][\n][나][\t]" },
};

static void test_clusters(void **state)
{
    struct fixture *fx = need_fonts(state);

    for (size_t i = 0; i < sizeof clusters / sizeof *clusters; i++) {
        struct buf out = { 0 };
        str text = str_of(clusters[i].text);
        struct shaped s = shape(fx, clusters[i].lang, text);
        show(&s, text, &out);
        if (!str_eq(buf_str(&out), str_of(clusters[i].want)))
            fail_msg("'%s' gave '%.*s'", clusters[i].text,
                     STR_ARG(buf_str(&out)));
        buf_done(&out);
    }
}

/* Every visible byte belongs to one glyph, in order; runs tile the text. */
static void check_tiling(const struct shaped *s, str text)
{
    uint32_t at = 0;
    size_t last = 0;

    for (uint32_t r = 0; r < s->n_runs; r++) {
        assert_int_equal(s->runs[r].text_at, at);
        at += s->runs[r].text_n;
    }
    assert_int_equal(at, text.n);
    for (uint32_t i = 0; i < s->n_glyphs; i++) {
        const struct glyph *g = &s->glyphs[i];
        if (!g->text_n)
            continue;
        assert_true(g->text_at >= last);
        while (last < g->text_at)
            assert_true(is_invisible(utf8_next(text, &last)));
        last = g->text_at + g->text_n;
    }
    while (last < text.n)
        assert_true(is_invisible(utf8_next(text, &last)));
}

static void test_tiling(void **state)
{
    static const char *const texts[] = {
        "한글과 漢字, カナ と Latin fi ffi; q̃ é 각",
        "\xC2\xAD\xE2\x80\x8Bx\xC2\xAD\xC2\xAD y\xEF\xBB\xBF",
        "שלום עולם 123, مرحبا بالعالم abc",
        "❤️‍🔥 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 "
        "#️⃣ "
        "©️ "
        "™",
        "\xEE\x82\xB0 a\xCC\xB7\xCC\xB8\xCC\xB4 \xF4\x8F\xBF\xBF",
    };
    struct fixture *fx = need_fonts(state);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct shaped s = shape(fx, "ko", str_of(texts[i]));
        check_tiling(&s, str_of(texts[i]));
    }
}

static void test_widths(void **state)
{
    struct fixture *fx = need_fonts(state);
    struct shaped s = shape(fx, "ko", S("\xEA\xB0\x80\xEB\x82\x98"));

    assert_int_equal(s.n_glyphs, 2);
    assert_int_equal(s.glyphs[0].advance,
                     font_advance(s.runs[0].font, s.glyphs[0].id) * 10);
    assert_true(s.glyphs[0].advance > 8000);
    assert_true(s.runs[0].font->ascent > 600);
    assert_true(s.runs[0].font->descent < 0);
}

/* The character is named once in a post, at its first line. */
static void test_missing(void **state)
{
    struct fixture *fx = need_fonts(state);
    str text = S("a\xF4\x80\x80\x80"
                 "b\xF4\x80\x80\x80");
    struct shaped s = shape(fx, "en", text);

    assert_int_equal(s.n_glyphs, 4);
    assert_true(s.glyphs[1].advance > 0);
    assert_int_equal(s.glyphs[1].text_n, 4);
    const struct diag_item *it = fx->dg.first;
    assert_non_null(it);
    assert_null(it->next);
    assert_int_equal(it->code, DIAG_GLYPH_MISSING);
    assert_int_equal(it->line, 7);
    assert_true(str_find(it->text, S("U+100000")) != STR_NONE);
    shaper_begin(fx->sh, S("other.md"), &fx->dg);
    shape(fx, "en", text);
    assert_non_null(it->next);
    assert_true(str_eq(it->next->path, S("other.md")));
}

/* Right-to-left runs keep the order of the text and leave numbers alone. */
static void test_rtl(void **state)
{
    struct fixture *fx = need_fonts(state);
    str text = S("\xD7\x90\xD7\x91 \xD7\x92 12 a");
    struct shaped s = shape(fx, "en", text);

    if (fx->dg.first) {
        print_message("no Hebrew font is installed\n");
        skip();
    }
    assert_true(s.runs[0].rtl);
    assert_int_equal(s.runs[0].text_n, 7);
    assert_int_equal(s.glyphs[0].text_at, 0);
    assert_false(s.runs[1].rtl);
    shape_reverse(s.glyphs, 3);
    assert_int_equal(s.glyphs[2].text_at, 0);
}

/* One font, two languages: another glyph for the same character. */
static void test_language_forms(void **state)
{
    struct fixture *fx = need_fonts(state);
    str text = S("\xE7\x9B\xB4\xE9\xAA\xA8"); /* U+76F4 U+9AA8 */
    const struct font_chain *chain = chain_for(fx->fs, "ja");
    struct shape_style st = {
        .end = (uint32_t)text.n, .chain = chain, .size = 1000, .lang = S("ja")
    };
    struct shaped ja = shape_text(fx->sh, text, &st, 1, &fx->a);
    st.lang = S("zh-Hans");
    struct shaped zh = shape_text(fx->sh, text, &st, 1, &fx->a);

    if (!str_starts(ja.runs[0].font->family, S("Noto Serif CJK"))) {
        print_message("Noto Serif CJK is not installed\n");
        skip();
    }
    assert_int_not_equal(ja.glyphs[0].id, zh.glyphs[0].id);
}

/* Styles cut the text where they say. */
static void test_styles(void **state)
{
    struct fixture *fx = need_fonts(state);
    const struct font_chain *chain = chain_for(fx->fs, "ko");
    struct shape_style st[] = { { .end = 2, .chain = chain, .size = 1000 },
                                { .end = 2, .chain = chain, .size = 2000 },
                                { .end = 4, .chain = chain, .size = 3000 } };
    struct shaped s = shape_text(fx->sh, S("abcd"), st, 3, &fx->a);

    assert_int_equal(s.n_runs, 2);
    assert_int_equal(s.runs[0].size, 1000);
    assert_int_equal(s.runs[1].style, 2);
    assert_int_equal(s.runs[1].text_at, 2);
}

/* A long row of marks on one letter ends in no time. */
static void test_marks_bomb(void **state)
{
    struct fixture *fx = need_fonts(state);
    struct buf b = { 0 };

    buf_putc(&b, 'a');
    for (int i = 0; i < 50000; i++)
        buf_puts(&b, "\xCC\x81");
    struct shaped s = shape(fx, "ko", buf_str(&b));
    assert_true(s.n_glyphs > 0);
    check_tiling(&s, buf_str(&b));
    buf_done(&b);
}

/* HarfBuzz adds what can't be seen to the glyph before it or behind it,
 * depending on its version: the first byte that can be seen. */
static uint32_t seen_at(str text, uint32_t at)
{
    while (str_starts(str_from(text, at), S("\xE2\x80\x8C")))
        at += 3;
    return at;
}

/* The glyphs of TEXT, each "id@byte+advance,dx,dy", with the run in one piece
 * or cut where that changes nothing. */
static void run_text(struct run_shaper *rs, const struct run_spec *spec,
                     str text, bool whole, struct buf *out)
{
    uint32_t n;

    buf_reset(out);
    run_clear(rs);
    for (size_t at = 0; at < text.n;) {
        uint32_t from = (uint32_t)at;
        uint32_t c = utf8_next(text, &at);
        run_add(rs, (struct run_char){ c, from, !whole });
    }
    const struct run_glyph *g = run_shape(rs, spec, &n);
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, "%u@%u+%d,%d,%d ", g[i].id, seen_at(text, g[i].at),
                   g[i].advance, g[i].dx, g[i].dy);
    buf_putc(out, 0);
}

/* Cutting a run at the characters that no lookup touches, and remembering
 * words, must not show. */
static void test_parts_are_the_whole(void **state)
{
    struct fixture *fx = need_fonts(state);
    static const struct {
        const char *lang, *text;
        hb_script_t script;
    } rows[] = {
        { "ko",
          "\xEA\xB0\x80 \xEB\x82\x98, \xEB\x8B\xA4. (\xEB\x9D\xBC) "
          "\xEB\xA7\x88\xE2\x80\x94\xEB\xB0\x94!",
          HB_SCRIPT_HANGUL },
        { "ja",
          "\xE3\x81\x82\xE3\x80\x81\xE3\x82\xA2\xE3\x83\xBC\xE7\x9B\xB4"
          "\xE3\x80\x82 \xE9\xAA\xA8",
          HB_SCRIPT_KATAKANA },
        { "zh-TW", "\xE7\x9B\xB4\xE9\xAA\xA8\xEF\xBC\x8C\xE4\xBB\xA4",
          HB_SCRIPT_HAN },
        { "en", "AVATAR To. fi ffl  office, \"VA\" -- To. AVATAR office AVA",
          HB_SCRIPT_LATIN },
        { "en", "f\xE2\x80\x8Ci T\xE2\x80\x8Co", HB_SCRIPT_LATIN },
    };
    struct run_shaper *rs = run_shaper_new();
    struct buf parts = { 0 }, whole = { 0 };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct font_chain *chain = chain_for(fx->fs, rows[i].lang);
        for (uint32_t k = 0; k < chain->n && k < 4; k++) {
            const struct font *f = font_chain_at(chain, k);
            if (!f || f->kind == FONT_COLOR)
                continue;
            struct run_spec spec = {
                .font = f,
                .script = rows[i].script,
                .language = hb_language_from_string(rows[i].lang, -1),
            };
            run_text(rs, &spec, str_of(rows[i].text), true, &whole);
            for (int again = 0; again < 2; again++) {
                run_text(rs, &spec, str_of(rows[i].text), false, &parts);
                assert_string_equal(parts.p, whole.p);
            }
        }
    }
    buf_done(&parts);
    buf_done(&whole);
    run_shaper_free(rs);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_clusters),
        TEST(test_tiling),
        TEST(test_widths),
        TEST(test_missing),
        TEST(test_rtl),
        TEST(test_language_forms),
        TEST(test_styles),
        TEST(test_marks_bomb),
        TEST(test_parts_are_the_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
