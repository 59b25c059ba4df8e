/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <hb.h>
#include <string.h>

#include "base/buf.h"
#include "pdf/face.h"
#include "pdf/facecmap.h"
#include "pdf/fontset.h"

static void list_range(void *context, uint32_t first, uint32_t last,
                       uint32_t glyph)
{
    buf_printf(context, "%X-%X:%u ", first, last, glyph);
}

/* A table with one subtable (platform 3, encoding 10 or 1) of 16-bit words. */
static str table_of(const uint16_t *words, size_t n, unsigned encoding,
                    struct arena *a)
{
    struct buf b = { 0 };
    const uint16_t head[] = { 0, 1, 3, (uint16_t)encoding, 0, 12 };

    for (size_t i = 0; i < 6 + n; i++) {
        uint16_t w = i < 6 ? head[i] : words[i - 6];
        buf_putc(&b, (char)(w >> 8));
        buf_putc(&b, (char)w);
    }
    str out = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return out;
}

static const struct {
    const char *what;
    unsigned encoding;
    size_t n;
    uint16_t words[40];
    const char *want; /* NULL: damaged */
} tables
    [] = {
        { "format 12",
          10,
          20,
          { 12, 0,    0, 40, 0, 0,      0, 2,      0, 0x41,
            0,  0x43, 0, 5,  1, 0xF600, 1, 0xF601, 0, 9 },
          "41-43:5 1F600-1F601:9 " },
        { "groups that overlap",
          10,
          20,
          { 12, 0,    0, 40, 0, 0,    0, 2,    0, 0x41,
            0,  0x43, 0, 5,  0, 0x43, 0, 0x44, 0, 9 },
          NULL },
        { "more groups than bytes",
          10,
          14,
          { 12, 0, 0, 40, 0, 0, 0xFFFF, 0xFFFF, 0, 0x41, 0, 0x43, 0, 5 },
          NULL },
        { "format 4, delta",
          1,
          16,
          { 4, 32, 0, 4, 0, 0, 0, 0x43, 0xFFFF, 0, 0x41, 0xFFFF, 0xFFC4, 1, 0,
            0 },
          "41-43:5 " },
        { "format 4, listed",
          1,
          19,
          { 4, 38, 0, 4, 0, 0, 0, 0x43, 0xFFFF, 0, 0x41, 0xFFFF, 0, 1, 4, 0, 7,
            0, 9 },
          "41-41:7 43-43:9 " },
        { "format 4, list outside",
          1,
          16,
          { 4, 32, 0, 4, 0, 0, 0, 0x43, 0xFFFF, 0, 0x41, 0xFFFF, 0, 1, 40, 0 },
          NULL },
        { "format 4, too short",
          1,
          9,
          { 4, 32, 0, 4, 0, 0, 0, 0x43, 0xFFFF },
          NULL },
        { "format 13", 10, 4, { 13, 0, 0, 8 }, NULL },
    };

static void test_tables(void **state)
{
    struct arena a;
    struct buf got = { 0 };

    arena_init(&a);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        str t = table_of(tables[i].words, tables[i].n, tables[i].encoding, &a);
        buf_reset(&got);
        bool ok = cmap_read(t, list_range, &got);
        buf_putc(&got, 0);
        if (ok != (tables[i].want != NULL))
            fail_msg("%s", tables[i].what);
        if (ok)
            assert_string_equal(got.p, tables[i].want);
        /* Nothing outside of a shorter one is read. */
        for (size_t n = 0; n < t.n; n++) {
            buf_reset(&got);
            cmap_read(arena_dup(&a, str_sub(t, 0, n)), list_range, &got);
        }
    }
    buf_done(&got);
    arena_done(&a);
}

static struct fontset *open_installed(struct arena *a)
{
    struct diag dg;
    struct str_vec none = { 0 };

    diag_init(&dg, a);
    struct fontset *fs = fontset_open(&none, &dg);
    if (!fs) {
        print_message("no fonts are installed\n");
        skip();
    }
    return fs;
}

/* Every installed font that is used says what HarfBuzz says. */
static void test_fonts(void **state)
{
    struct arena a;

    arena_init(&a);
    struct fontset *fs = open_installed(&a);
    struct font_query q = { .weight = 400, .lang = LANG_KO };
    const struct font_chain *chain = font_select(fs, &q);
    for (uint32_t i = 0; i < chain->n && i < 12; i++) {
        const struct font *f = font_chain_at(chain, i);
        /* fontconfig leaves controls out. */
        for (uint32_t c = ' '; f && c <= 0x2FFFF; c++) {
            hb_codepoint_t g = 0;
            bool has = hb_font_get_nominal_glyph(f->face->hb_font, c, &g);
            has = has && g && g < f->n_glyphs;
            if (has != face_covers(f, c))
                fail_msg("%.*s U+%04X", STR_ARG(f->ps_name), (unsigned)c);
        }
        for (uint32_t g = 0; f && g < f->n_glyphs; g += 7) {
            int64_t w = hb_font_get_glyph_h_advance(f->face->hb_font, g);
            int64_t upem = f->face->upem;
            assert_int_equal(font_advance(f, g), (w * 1000 + upem / 2) / upem);
        }
    }
    fontset_close(fs);
    arena_done(&a);
}

/* A font is left unopened where it is of no use, and nowhere else. */
static void test_unopened(void **state)
{
    static const char *const texts[] = { "가",    "é",      "e\u0301",
                                         "漢",    "\u2714", "\U0001F3D7\uFE0F",
                                         "\uE0B0" };
    const size_t n = sizeof texts / sizeof *texts;
    struct arena a;
    unsigned refused = 0;

    arena_init(&a);
    struct fontset *fs = open_installed(&a);
    struct font_query q = { .weight = 700, .lang = LANG_JA };
    const struct font_chain *chain = font_select(fs, &q);
    for (uint32_t i = 0; i < chain->n; i++) {
        bool may[sizeof texts / sizeof *texts];
        struct cluster k[sizeof texts / sizeof *texts];
        for (size_t t = 0; t < n; t++) {
            struct cluster_iter it;
            cluster_iter_init(&it, str_of(texts[t]), 0);
            assert_true(cluster_next(&it, &k[t]));
            may[t] = font_chain_for(chain, i, str_of(texts[t]), &k[t]) != NULL;
            refused += !may[t];
        }
        const struct font *f = font_chain_at(chain, i);
        for (size_t t = 0; f && t < n; t++)
            if (!may[t] && cluster_covered(f, str_of(texts[t]), &k[t]))
                fail_msg("%.*s has '%s'", STR_ARG(f->ps_name), texts[t]);
    }
    assert_true(refused > 0 || chain->n < 2);
    fontset_close(fs);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_fonts),
        cmocka_unit_test(test_unopened),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
