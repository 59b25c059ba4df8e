/* SPDX-License-Identifier: MIT */
#include "assets/cover_draw.h"

#include "assets/cover_fonts.h"
#include "assets/cover_outline.h"
#include "assets/drawing.h"
#include "assets/jpeg_write.h"
#include "base/utf8.h"

#define QUALITY 90

/* A cover has no room for more letters; bytes that a browser would choke on
 * are no title. */
#define LETTERS_MAX 300

static str shorten(str s, struct arena *a)
{
    size_t at = 0;

    s = str_trim(s);
    for (size_t n = 0; n < LETTERS_MAX && at < s.n; n++)
        utf8_next(s, &at);
    return at < s.n ? arena_join(a, str_trim(str_sub(s, 0, at)), S("…")) : s;
}

/* In letters of size 1; one that can't be measured is a letter wide for each
 * three bytes. */
static double width_of(struct drawing *d, size_t text, size_t piece, size_t n,
                       struct arena *a)
{
    double none, width;

    if (!drawing_width(d, cover_measure_id(text, COVER_NO_PIECE, a), &none) ||
        !drawing_width(d, cover_measure_id(text, piece, a), &width) ||
        !(width > none))
        return (double)n / 3;
    return (width - none) / COVER_MEASURE_SIZE;
}

static void set_texts(struct drawing *d, struct cover_texts *texts,
                      struct cover_lines *lines, struct arena *a)
{
    for (size_t i = 0; i < texts->n; i++) {
        struct cover_text *t = &texts->v[i];

        for (size_t k = 0; k < t->pieces.n; k++) {
            struct cover_piece *p = &t->pieces.v[k];
            p->width = width_of(d, i, k, p->to - p->from, a);
        }
        cover_set(t->text, &t->pieces, width_of(d, i, COVER_SPACE, 1, a),
                  &t->box, a, &lines[i]);
    }
}

/* NULL, or what can't be drawn of them. */
static const char *find_unshown(const struct cover_texts *texts,
                                struct arena *a)
{
    for (size_t i = 0; i < texts->n; i++) {
        uint32_t c = cover_find_unshown(texts->v[i].text);
        char utf8[4];
        if (!c)
            continue;
        int n = (int)utf8_encode(c, utf8);
        return arena_printf(a, "no font has '%.*s' (U+%04X)", n, utf8, c).p;
    }
    return NULL;
}

const char *cover_fill(str template, const struct cover_values *values,
                       struct arena *a, str *svg)
{
    struct cover_values v = *values;
    struct cover_texts texts = { 0 };
    const char *why;

    v.title = shorten(v.title, a);
    v.author = shorten(v.author, a);
    *svg = cover_expand(template, &v, a);
    cover_find_texts(*svg, a, &texts);
    if (texts.n == 0)
        return NULL;
    if ((why = find_unshown(&texts, a)))
        return why;
    for (size_t i = 0; i < texts.n; i++)
        cover_cut(texts.v[i].text, a, &texts.v[i].pieces);
    if (cover_outline(*svg, &texts, a, svg))
        return NULL;
    struct drawing *d = drawing_new(cover_measuring(*svg, &texts, a), &why);
    if (!d)
        return why;
    struct cover_lines *lines = arena_array(a, struct cover_lines, texts.n);
    set_texts(d, &texts, lines, a);
    drawing_free(d);
    *svg = cover_set_texts(*svg, &texts, lines, a);
    return NULL;
}

const char *cover_draw(str svg, uint32_t width, uint32_t height,
                       struct arena *a, str *jpeg)
{
    const char *why;
    struct drawing *d = drawing_new(svg, &why);
    struct rows rows;

    if (!d)
        return why;
    drawing_rows(d, width, height, &rows);
    bool ok = jpeg_write(&rows, QUALITY, a, jpeg);
    rows_close(&rows);
    drawing_free(d);
    return ok ? NULL : "SVG that can't be drawn";
}
