/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/file.h"
#include "pdf/face.h"
#include "pdf/fontchain.h"
#include "pdf/shape.h"
#include "pdf/subset.h"
#include "tempdir.h"

static const char plan_yaml[] = "ko:\n"
                                "  serif: [Batang One, Batang Two]\n"
                                "  sans: Dotum\n"
                                "ja:\n"
                                "  serif: [Mincho]\n"
                                "und:\n"
                                "  serif: [Roman, Antiqua]\n"
                                "  mono: [Teletype]\n"
                                "emoji: [Smile]\n"
                                "symbols: [Signs]\n";

static void test_plan(void **state)
{
    struct font_plan plan;
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    assert_true(
        font_plan_read(&plan, str_of(plan_yaml), S("fonts.yaml"), &a, &dg));
    assert_null(dg.first);
    assert_int_equal(plan.text[LANG_KO][FONT_SERIF].n, 2);
    assert_true(str_eq(plan.text[LANG_KO][FONT_SANS].v[0], S("Dotum")));
    assert_true(str_eq(plan.text[LANG_OTHER][FONT_MONO].v[0], S("Teletype")));
    assert_true(str_eq(plan.emoji.v[0], S("Smile")));

    assert_true(font_plan_read(&plan, S("ko:\n  sefir: [A]\nxx:\n  sans: B\n"),
                               S("fonts.yaml"), &a, &dg));
    assert_int_equal(dg.first->code, DIAG_SETTING_UNKNOWN);
    assert_int_equal(dg.first->line, 2);
    assert_int_equal(dg.first->next->line, 4);
    assert_false(
        font_plan_read(&plan, S("- a\n- b\n"), S("fonts.yaml"), &a, &dg));
    assert_int_equal(dg.last->code, DIAG_SETTING_BAD);
    arena_done(&a);
}

static const struct {
    const char *family;
    int weight;
    bool italic;
} faces[] = {
    { "Batang One", 300, false }, { "Batang One", 400, false },
    { "Batang One", 900, false }, { "Batang-Two", 400, false },
    { "Dotum", 400, false },      { "Dotum", 700, false },
    { "Mincho", 400, false },     { "Roman", 400, false },
    { "Antiqua", 400, false },    { "Antiqua", 400, true },
    { "Antiqua", 700, true },     { "Teletype", 400, false },
    { "Signs", 400, false },      { "Own", 500, false },
};

static void list_faces(struct font_list *list)
{
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
        struct font_source *s = vec_push(&list->sources, list->arena);
        *s = (struct font_source){ .weight = faces[i].weight,
                                   .width = 100,
                                   .italic = faces[i].italic };
        *vec_push(&s->families, list->arena) = str_of(faces[i].family);
    }
}

static const struct {
    enum lang lang;
    enum font_role role;
    int weight;
    bool italic;
    const char *families[2];
    const char *want; /* indexes into faces; '|' ends the italics */
} chains[] = {
    { LANG_KO, FONT_SERIF, 400, false, { 0 }, "1 3 7 8 6 12 4" },
    { LANG_KO, FONT_SERIF, 700, false, { 0 }, "2 3 7 8 6 12 5" },
    { LANG_KO, FONT_SERIF, 500, false, { 0 }, "1 3 7 8 6 12 4" },
    { LANG_KO, FONT_SERIF, 200, false, { 0 }, "0 3 7 8 6 12 4" },
    { LANG_KO, FONT_SERIF, 400, true, { 0 }, "9 | 1 3 7 6 12 4" },
    { LANG_KO, FONT_SANS, 700, false, { 0 }, "5 12 2 3" },
    { LANG_KO, FONT_SERIF, 400, false, { "sans-serif" }, "4 12 1 3" },
    { LANG_JA, FONT_SERIF, 400, false, { "own" }, "13 6 7 8 1 3 12" },
    { LANG_KO, FONT_SERIF, 400, false, { "None", "OWN" }, "13 1 3 7 8 6 12 4" },
    { LANG_EN, FONT_SERIF, 400, true, { 0 }, "9 7 1 3 6 12" },
    { LANG_EN, FONT_MONO, 400, false, { 0 }, "11 12" },
};

static str show_chain(const struct font_chain *c, struct buf *out)
{
    for (uint32_t i = 0; i < c->n; i++) {
        if (i && i == c->n_latin)
            buf_puts(out, " |");
        buf_printf(out, i ? " %u" : "%u", c->fonts[i]);
    }
    return buf_str(out);
}

static void test_chains(void **state)
{
    struct font_index ix = { 0 };
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    struct font_list list = { .arena = &a };
    list_faces(&list);
    assert_true(font_plan_read(&ix.plan, str_of(plan_yaml), S("p"), &a, &dg));
    font_index_init(&ix, &list, &a);
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
        str names[2] = { str_of(chains[i].families[0]),
                         str_of(chains[i].families[1]) };
        struct font_query q = { .families = names,
                                .n_families = (names[0].n > 0) +
                                              (names[1].n > 0),
                                .role = chains[i].role,
                                .weight = chains[i].weight,
                                .italic = chains[i].italic,
                                .lang = chains[i].lang };
        struct buf out = { 0 };
        str got = show_chain(font_chain_make(&ix, &q, &a), &out);
        if (!str_eq(got, str_of(chains[i].want)))
            fail_msg("chain %zu: '%.*s', not '%s'", i, STR_ARG(got),
                     chains[i].want);
        buf_done(&out);
    }
    arena_done(&a);
}

/* CIDs 5 to 7 and 9 for the glyphs 1 to 4. */
static const uint8_t cff[] = {
    1,   0,   4,   1,                      /* header */
    0,   1,   1,   1,  2,  'F',            /* names */
    0,   1,   1,   1,  10,                 /* top dicts */
    139, 140, 141, 12, 30, 28,  0, 24, 15, /* ROS, charset at 24 */
    1,   0,   5,   2,  0,  9,   0,         /* ranges */
};

static void test_cff(void **state)
{
    static const uint16_t want[] = { 0, 5, 6, 7, 9 };
    struct cff_info info;
    struct arena a;

    arena_init(&a);
    str all = { (const char *)cff, sizeof cff };
    assert_true(face_read_cff(all, 5, &a, &info));
    assert_true(info.cid_keyed);
    assert_memory_equal(info.cids, want, sizeof want);
    for (size_t n = 0; n < sizeof cff; n++) {
        char *copy = malloc(n + 1);
        memcpy(copy, cff, n);
        assert_false(face_read_cff((str){ copy, n }, 5, &a, &info));
        free(copy);
    }
    arena_done(&a);
}

/* An installed font whose file is small, to be damaged. */
static str find_small(const char *ext, struct arena *a)
{
    struct font_list list = { .arena = a };
    struct system_fonts *sys = system_fonts_add(&list);
    str best = { 0 };
    uint64_t least = 1 << 20;

    for (size_t i = 0; i < list.sources.n; i++) {
        str head, path = list.sources.v[i].path;
        uint64_t size;
        if (str_ends_nocase(path, str_of(ext)) &&
            file_read_head(path, 1, a, &head, &size) == FILE_OK &&
            size < least && size > 30000) {
            least = size;
            best = path;
        }
    }
    system_fonts_free(sys);
    return best;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* Half of the copies lose their end, the others get wrong bytes, most of them
 * in the tables' first bytes, where the counts and offsets are. */
static void write_damaged(str dir, str bytes, int n, uint32_t seed,
                          struct arena *a)
{
    for (int i = 0; i < n; i++) {
        str copy = arena_dup(a, bytes);
        char *p = (char *)copy.p;
        for (uint32_t k = 0; k < 1 + next_random(&seed) % 40; k++) {
            uint32_t range = k % 2 ? (uint32_t)copy.n : 2000;
            p[next_random(&seed) % range] = (char)next_random(&seed);
        }
        if (i % 4 == 0)
            copy.n = next_random(&seed) % copy.n;
        write_file(arena_printf(a, "%s/f%03d.ttf", dir.p, i).p, copy);
    }
}

/* Sets a text in font number I alone. */
static void use_font(struct fontset *fs, uint32_t i, struct arena *a,
                     struct diag *dg)
{
    const char *text = "Wafer office 123, \xC3\xA9 q\xCC\x83 \xEA\xB0\x80";
    const struct font_chain chain = { .fs = fs, .fonts = &i, .n = 1 };
    struct shape_style st = { .end = (uint32_t)strlen(text),
                              .chain = &chain,
                              .size = 10000 };
    struct font_uses uses = { .arena = a };
    struct font_programs programs;
    struct shaper *sh = shaper_new(fs);

    shaper_begin(sh, S("post.md"), dg);
    struct shaped s = shape_text(sh, str_of(text), &st, 1, a);
    assert_true(s.n_glyphs > 5);
    for (uint32_t k = 0; k < s.n_runs; k++)
        font_uses_add(&uses, s.runs[k].font, s.glyphs + s.runs[k].first,
                      s.runs[k].n, str_of(text));
    assert_true(font_programs_make(&programs, &uses, a, dg));
    assert_true(programs.fonts.n > 0);
    for (size_t k = 0; k < programs.fonts.n; k++)
        assert_true(programs.fonts.v[k].bytes.n > 0);
    shaper_free(sh);
}

/* Fonts damaged at random: messages, and a text set in something. */
static void damage_fonts(const char *ext, uint32_t seed)
{
    struct arena a;
    struct diag dg;
    str bytes;

    arena_init(&a);
    diag_init(&dg, &a);
    str path = find_small(ext, &a);
    if (!path.n) {
        print_message("no small %s font is installed\n", ext);
        arena_done(&a);
        skip();
    }
    assert_int_equal(file_read(path, 1 << 20, &a, &bytes), FILE_OK);
    str dir = tempdir_new(&a);
    write_damaged(dir, bytes, 100, seed, &a);
    struct str_vec dirs = { 0 };
    *vec_push(&dirs, &a) = dir;
    struct fontset *fs = fontset_open(&dirs, &dg);
    assert_non_null(fs);
    assert_int_equal(dg.first->code, DIAG_FONT_BROKEN);
    struct font_list list = { .arena = &a };
    font_scan(&list, dir, 1, &dg);
    assert_true(list.sources.n > 10);
    for (uint32_t i = 0; i < list.sources.n; i++)
        use_font(fs, i, &a, &dg);
    fontset_report(fs, &dg);
    fontset_close(fs);
    tempdir_sweep(dir, true);
    arena_done(&a);
}

static void test_damaged_truetype(void **state)
{
    damage_fonts(".ttf", 1);
}

static void test_damaged_cff(void **state)
{
    damage_fonts(".otf", 2);
}

/* Numbers of fonts are the same whenever they are asked for. */
static void test_same_numbers(void **state)
{
    struct str_vec none = { 0 };
    struct arena a;
    struct diag dg;
    uint32_t first[2][LANG_COUNT];

    arena_init(&a);
    diag_init(&dg, &a);
    for (int k = 0; k < 2; k++) {
        struct fontset *fs = fontset_open(&none, &dg);
        if (!fs) {
            print_message("no fonts are installed\n");
            arena_done(&a);
            skip();
        }
        for (int i = 0; i < LANG_COUNT; i++) {
            int lang = k ? LANG_COUNT - 1 - i : i;
            struct font_query q = { .weight = 400, .lang = (enum lang)lang };
            const struct font_chain *c = font_select(fs, &q);
            assert_ptr_equal(c, font_select(fs, &q));
            first[k][lang] = font_chain_first(c)->index;
        }
        fontset_close(fs);
    }
    assert_memory_equal(first[0], first[1], sizeof first[0]);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plan),
        cmocka_unit_test(test_chains),
        cmocka_unit_test(test_cff),
        cmocka_unit_test(test_same_numbers),
        cmocka_unit_test(test_damaged_truetype),
        cmocka_unit_test(test_damaged_cff),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
