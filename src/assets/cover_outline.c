/* SPDX-License-Identifier: MIT */
#include "assets/cover_outline.h"

#include "assets/cover_shape.h"
#include "base/buf.h"

/* Of all texts of a cover; outlines of more take too much memory. */
#define BYTES_MAX 8000

static bool measure(struct cover_shaper *s, const struct cover_shaped *shaped,
                    struct cover_text *t)
{
    for (size_t i = 0; i < t->pieces.n; i++) {
        struct cover_piece *p = &t->pieces.v[i];
        struct cover_pen pen = { .size = 1 };
        if (!cover_shape(s, shaped, p->from, p->to, &pen))
            return false;
        p->width = pen.x;
    }
    return true;
}

/* The width of the first space between pieces, as it is behind one of them:
 * fonts have several. */
static double space_of(struct cover_shaper *s,
                       const struct cover_shaped *shaped,
                       const struct cover_text *t)
{
    for (size_t i = 1; i < t->pieces.n; i++) {
        const struct cover_piece *p = &t->pieces.v[i - 1];
        struct cover_pen pen = { .size = 1 };
        if (t->pieces.v[i].space &&
            cover_shape(s, shaped, p->from, p->to + 1, &pen))
            return pen.x - p->width;
    }
    return 0;
}

static bool put_line(struct cover_shaper *s, const struct cover_shaped *shaped,
                     str line, struct cover_pen pen, double anchor)
{
    size_t from = (size_t)(line.p - shaped->text.p);
    struct cover_pen measured = { .size = pen.size };

    if (anchor > 0 && !cover_shape(s, shaped, from, from + line.n, &measured))
        return false;
    pen.x -= measured.x * anchor;
    return cover_shape(s, shaped, from, from + line.n, &pen);
}

static bool put_text(struct cover_shaper *s, const struct cover_shaped *shaped,
                     const struct cover_text *t, struct arena *a,
                     struct buf *out)
{
    struct cover_lines set;
    bool ok = true;

    cover_set(t->text, &t->pieces, space_of(s, shaped, t), &t->box, a, &set);
    buf_printf(out, "<path%.*s style=\"%.*sfill-rule:nonzero\" d=\"",
               STR_ARG(shaped->style->kept), STR_ARG(shaped->style->paint));
    for (size_t i = 0; ok && i < set.lines.n; i++) {
        struct cover_place at = cover_place(t, &set, i);
        ok = put_line(s, shaped, set.lines.v[i],
                      (struct cover_pen){ at.x, at.y, set.size, out },
                      cover_anchor(t));
    }
    buf_puts(out, "\"/>");
    return ok;
}

static bool set_text(struct cover_shaper *s, const struct cover_style *style,
                     struct cover_text *t, struct arena *a, struct buf *out)
{
    struct cover_runs runs = { 0 };
    struct cover_shaped shaped = { style, &runs, t->text };

    return t->pieces.n == 0 ||
           (cover_fonts_choose(style, t->text, a, &runs) &&
            measure(s, &shaped, t) && put_text(s, &shaped, t, a, out));
}

static bool set_all(str svg, struct cover_texts *texts, struct arena *a,
                    struct buf *out)
{
    struct cover_style *styles;
    size_t at = 0, bytes = 0;
    bool ok = true;

    for (size_t i = 0; i < texts->n; i++)
        bytes += texts->v[i].text.n;
    if (bytes > BYTES_MAX || !cover_styles_read(svg, texts, a, &styles))
        return false;
    struct cover_shaper *s = cover_shaper_new();
    for (size_t i = 0; ok && i < texts->n; i++) {
        buf_put(out, str_sub(svg, at, texts->v[i].from - at));
        ok = set_text(s, &styles[i], &texts->v[i], a, out);
        at = texts->v[i].to;
    }
    buf_put(out, str_from(svg, at));
    cover_shaper_free(s);
    return ok;
}

bool cover_outline(str svg, struct cover_texts *texts, struct arena *a,
                   str *out)
{
    struct buf all = { 0 };
    bool ok = set_all(svg, texts, a, &all);

    if (ok)
        *out = arena_dup(a, buf_str(&all));
    buf_done(&all);
    return ok;
}
