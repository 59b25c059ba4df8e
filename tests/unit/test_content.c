/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "assets/qr.h"
#include "pdf/content.h"
#include "pdf/shape.h"

struct sheet_of_paper {
    struct arena a;
    struct font_uses uses;
    struct content_stream c;
};

static void paper_init(struct sheet_of_paper *p)
{
    memset(p, 0, sizeof *p);
    arena_init(&p->a);
    p->uses.arena = &p->a;
    p->c.arena = &p->a;
    p->c.uses = &p->uses;
    content_begin(&p->c);
}

static void paper_done(struct sheet_of_paper *p)
{
    buf_done(&p->c.out);
    arena_done(&p->a);
}

/* With a full stop for each zero in its strings. */
static const char *text_of(struct sheet_of_paper *p)
{
    content_end(&p->c);
    for (size_t i = 0; i < p->c.out.n; i++)
        if (p->c.out.p[i] == 0)
            p->c.out.p[i] = '.';
    buf_putc(&p->c.out, 0);
    return p->c.out.p;
}

static void rules_know_their_colour(void **state)
{
    struct sheet_of_paper p;
    struct item it = {
        .kind = ITEM_RULE, .x = 1000, .y = 2000, .w = 3000, .h = 500
    };

    paper_init(&p);
    content_tag(&p.c, "P", 7);
    content_rule(&p.c, &it);
    it.color = 0xFF0000;
    content_rule(&p.c, &it);
    content_rule(&p.c, &it);
    content_artifact(&p.c, false);
    it.color = 0x808080;
    content_rule(&p.c, &it);
    assert_string_equal(text_of(&p), "/P<</MCID 7>>BDC\n"
                                     "0 g\n"
                                     "1 -2.5 3 0.5 re f\n"
                                     "1 0 0 rg\n"
                                     "1 -2.5 3 0.5 re f\n"
                                     "1 -2.5 3 0.5 re f\n"
                                     "EMC\n"
                                     "/Artifact BMC\n"
                                     "0.502 g\n"
                                     "1 -2.5 3 0.5 re f\n"
                                     "EMC\n");
    paper_done(&p);
}

/* Where a stored picture's corners go, by Exif orientation: its upper left
 * and its upper right one, in a square of 10 pt at 0, 0. */
static const struct {
    unsigned orientation;
    int upper_left[2], upper_right[2];
} turned[] = {
    { 0, { 0, 10 }, { 10, 10 } }, { 1, { 0, 10 }, { 10, 10 } },
    { 2, { 10, 10 }, { 0, 10 } }, { 3, { 10, 0 }, { 0, 0 } },
    { 4, { 0, 0 }, { 10, 0 } },   { 5, { 0, 10 }, { 0, 0 } },
    { 6, { 10, 10 }, { 10, 0 } }, { 7, { 10, 0 }, { 10, 10 } },
    { 8, { 0, 0 }, { 0, 10 } },   { 9, { 0, 10 }, { 10, 10 } },
};

static void pictures_are_turned(void **state)
{
    struct item it = { .kind = ITEM_IMAGE, .w = 10000, .h = 10000 };

    for (size_t i = 0; i < sizeof turned / sizeof *turned; i++) {
        struct sheet_of_paper p;
        double m[6];
        paper_init(&p);
        p.c.dy = 10000;
        content_image(&p.c, &it, S("Iab"), turned[i].orientation);
        const char *text = text_of(&p);
        assert_int_equal(sscanf(text, "q %lf %lf %lf %lf %lf %lf cm", &m[0],
                                &m[1], &m[2], &m[3], &m[4], &m[5]),
                         6);
        assert_non_null(strstr(text, "cm/Iab Do Q\n"));
        for (int k = 0; k < 2; k++) {
            assert_int_equal((int)(m[2 + k] + m[4 + k]),
                             turned[i].upper_left[k]);
            assert_int_equal((int)(m[k] + m[2 + k] + m[4 + k]),
                             turned[i].upper_right[k]);
        }
        paper_done(&p);
    }
}

/* Is module COLUMN of ROW dark in the hexadecimal rows of the mask BITS? */
static bool is_dark(const char *bits, uint32_t size, uint32_t row,
                    uint32_t column)
{
    const char *digit = bits + row * ((size + 7) / 8 * 2) + column / 4;
    unsigned four;

    assert_int_equal(sscanf(digit, "%1x", &four), 1);
    return four >> (3 - column % 4) & 1;
}

static void codes_keep_every_module(void **state)
{
    struct sheet_of_paper p;
    struct item it = { .kind = ITEM_QR,
                       .w = 50000,
                       .h = 50000,
                       .text = S("https://example.org/some/address") };
    struct qr code;

    paper_init(&p);
    assert_true(qr_encode(it.text, &p.a, &code));
    assert_int_equal(code.size, qr_size(it.text.n));
    content_qr(&p.c, &it);
    const char *text = text_of(&p);
    const char *bits = strstr(text, "/D[1 0]/F/AHx ID\n");
    assert_non_null(bits);
    bits = strchr(bits, '\n') + 1;
    for (uint32_t row = 0; row < code.size; row++)
        for (uint32_t i = 0; i < code.size; i++)
            assert_int_equal(is_dark(bits, code.size, row, i),
                             code.modules[row * code.size + i]);
    assert_non_null(strstr(text, ">\nEI Q\n"));
    paper_done(&p);
}

static uint32_t count_up(void *owner)
{
    uint32_t *n = owner;

    return ++*n;
}

struct typeset {
    struct sheet_of_paper paper;
    struct diag dg;
    struct fontset *fs;
    struct shaped sh;
    str text;
};

static void typeset_init(struct typeset *t, str text)
{
    struct str_vec none = { 0 };
    struct font_query q = { .weight = 400, .lang = LANG_KO };

    paper_init(&t->paper);
    diag_init(&t->dg, &t->paper.a);
    t->text = text;
    t->fs = fontset_open(&none, &t->dg);
    if (!t->fs) {
        paper_done(&t->paper);
        print_message("no fonts are installed\n");
        skip();
    }
    struct shape_style st = { .end = (uint32_t)text.n,
                              .chain = font_select(t->fs, &q),
                              .size = 9800,
                              .lang = S("ko") };
    struct shaper *sh = shaper_new(t->fs);
    shaper_begin(sh, S("post.md"), &t->dg);
    t->sh = shape_text(sh, text, &st, 1, &t->paper.a);
    shaper_free(sh);
}

static void typeset_done(struct typeset *t)
{
    paper_done(&t->paper);
    fontset_close(t->fs);
}

static void draw_run(struct typeset *t, uint32_t run, int32_t x)
{
    const struct shape_run *r = &t->sh.runs[run];

    content_glyphs(&t->paper.c, &(struct item){
                                    .kind = ITEM_GLYPHS,
                                    .x = x,
                                    .y = 20000,
                                    .font = r->font,
                                    .size = r->size,
                                    .glyphs = t->sh.glyphs + r->first,
                                    .n_glyphs = r->n,
                                    .text = t->text,
                                });
}

/* Where the pen of a viewer stands before each glyph of the one TJ array of
 * TEXT: what a viewer does with the codes, the widths of /W and the numbers. */
static size_t follow(const char *text, const struct font *f,
                     const struct glyph *glyphs, double size, double *at)
{
    const char *p = strchr(text, '[') + 1;
    double pen = 0;
    size_t n = 0, bytes = 0;

    for (bool in_string = false; in_string || *p != ']';) {
        char *end;
        if (*p == (in_string ? ')' : '(')) {
            in_string = !in_string;
            p++;
        } else if (!in_string) {
            pen -= strtod(p, &end) * size / 1000;
            p = end;
        } else {
            p += *p == '\\' ? 2 : 1;
            if (++bytes % 2)
                continue;
            at[n] = pen;
            pen += font_advance(f, glyphs[n].id) * size / 1000;
            n++;
        }
    }
    return n;
}

static void pens_do_not_drift(void **state)
{
    struct typeset t;
    double at[64];

    typeset_init(&t, S("\xEA\xB0\x80 \xEB\x82\x98 \xEB\x8B\xA4 "
                       "\xEA\xB0\x80\xEA\xB0\x80 \xEB\x82\x98"));
    assert_int_equal(t.sh.n_runs, 1);
    /* Justified: each space a little wider, by odd amounts. */
    for (uint32_t i = 0; i < t.sh.n_glyphs; i++)
        t.sh.glyphs[i].advance += i % 2 ? 1237 : -13;
    content_artifact(&t.paper.c, false);
    draw_run(&t, 0, 0);
    const char *text = text_of(&t.paper);
    size_t n = follow(text, t.sh.runs[0].font, t.sh.glyphs, 9800, at);
    assert_int_equal(n, t.sh.n_glyphs);
    double want = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(at[i] - want <= 50 && want - at[i] <= 50);
        want += t.sh.glyphs[i].advance;
    }
    assert_int_equal(t.paper.uses.items.n > 0, true);
    typeset_done(&t);
}

/* Marked content and text objects nest, and nothing stays open. */
static void assert_balanced(const char *text)
{
    char open[4];
    size_t depth = 0;
    str rest = str_of(text), line;

    while (str_next_line(&rest, &line)) {
        bool marks = str_ends(line, S("BDC")) || str_ends(line, S("BMC"));
        if (marks || str_eq(line, S("BT"))) {
            assert_true(depth < sizeof open);
            open[depth++] = marks ? 'M' : 'T';
        } else if (str_eq(line, S("EMC")) || str_eq(line, S("ET"))) {
            assert_true(depth > 0);
            assert_int_equal(open[--depth], line.p[1] == 'M' ? 'M' : 'T');
        }
    }
    assert_int_equal(depth, 0);
}

/* Text that glyphs do not say interrupts its element, and it goes on. */
static void spans_have_their_own_content(void **state)
{
    struct typeset t;
    uint32_t mcid = 3;

    typeset_init(&t, S("ab"));
    assert_int_equal(t.sh.n_runs, 1);
    assert_int_equal(t.sh.n_glyphs, 2);
    t.text = S("xb");
    t.paper.c.next_mcid = count_up;
    t.paper.c.owner = &mcid;
    content_element(&t.paper.c, "P");
    draw_run(&t, 0, 0);
    draw_run(&t, 0, 30000);
    const char *text = text_of(&t.paper);
    assert_non_null(strstr(text, "/Span<</MCID 4/ActualText(x)>>BDC"));
    assert_non_null(strstr(text, "/P<</MCID 5>>BDC"));
    assert_non_null(strstr(text, "/Span<</MCID 6/ActualText(x)>>BDC"));
    assert_non_null(strstr(text, "/P<</MCID 7>>BDC"));
    assert_null(strstr(text, "MCID 8"));
    assert_balanced(text);
    typeset_done(&t);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;

    for (; (text = strstr(text, part)); text += strlen(part))
        n++;
    return n;
}

/* Text goes on in one text object, rules interrupt it, and what was begun in
 * it ends in it. */
static void text_objects_go_on(void **state)
{
    struct typeset t;
    uint32_t mcid = 0;
    struct item rule = { .kind = ITEM_RULE, .w = 3000, .h = 500 };

    typeset_init(&t, S("ab"));
    t.paper.c.next_mcid = count_up;
    t.paper.c.owner = &mcid;
    content_element(&t.paper.c, "P");
    draw_run(&t, 0, 0);
    content_element(&t.paper.c, "Link");
    draw_run(&t, 0, 100000);
    content_artifact(&t.paper.c, false);
    draw_run(&t, 0, 200000);
    content_element(&t.paper.c, "P");
    draw_run(&t, 0, 300000);
    content_rule(&t.paper.c, &rule);
    draw_run(&t, 0, 400000);
    content_ours(&t.paper.c, &(struct item){ .font = t.sh.runs[0].font,
                                             .size = 9800,
                                             .glyphs = t.sh.glyphs,
                                             .n_glyphs = t.sh.n_glyphs,
                                             .text = t.text });
    content_rule(&t.paper.c, &rule);
    const char *text = text_of(&t.paper);
    assert_balanced(text);
    assert_int_equal(count(text, "BT\n"), 3);
    assert_int_equal(count(text, " Tf\n"), 1);
    assert_int_equal(count(text, "/P<</MCID"), 4);
    assert_int_equal(count(text, "/Link<</MCID 2>>BDC\n"), 1);
    assert_int_equal(count(text, "/Artifact BMC\n"), 1);
    assert_int_equal(count(text, "/Span<</MCID 5/ActualText()>>BDC\n"), 1);
    typeset_done(&t);
}

/* What is drawn side by side is drawn at one go. */
static void runs_are_joined(void **state)
{
    struct typeset t;

    typeset_init(&t, S("ab"));
    int32_t width = t.sh.glyphs[0].advance + t.sh.glyphs[1].advance;
    content_artifact(&t.paper.c, false);
    draw_run(&t, 0, 0);
    draw_run(&t, 0, width + 20);
    draw_run(&t, 0, 2 * width + 9800);
    draw_run(&t, 0, 500000);
    const char *text = text_of(&t.paper);
    assert_int_equal(count(text, " Td\n"), 2);
    assert_int_equal(count(text, "TJ\n"), 1);
    assert_int_equal(count(text, "Tj\n"), 1);
    assert_non_null(strstr(text, ")-1000("));
    typeset_done(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_know_their_colour),
        cmocka_unit_test(pictures_are_turned),
        cmocka_unit_test(codes_keep_every_module),
        cmocka_unit_test(pens_do_not_drift),
        cmocka_unit_test(spans_have_their_own_content),
        cmocka_unit_test(text_objects_go_on),
        cmocka_unit_test(runs_are_joined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
