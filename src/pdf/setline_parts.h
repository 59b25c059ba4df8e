/* SPDX-License-Identifier: MIT */
/* setline_parts.h - a line being set: setline.c puts its letters and objects
 * where they stand, setmarks.c what is drawn around them. */
#ifndef PDF_SETLINE_PARTS_H
#define PDF_SETLINE_PARTS_H

#include "pdf/setline.h"

struct setter {
    struct setting *s;
    const struct fit_line *fl;
    struct line *out;
    struct arena *scratch;
    int32_t x;                /* of the pen */
    struct item run;          /* glyphs gathered so far */
    VEC(struct glyph) glyphs; /* in scratch memory */
    uint32_t run_index, span; /* of the gathered glyphs */
    uint32_t text_at;
    int32_t *left, *right; /* edges of each atom of the line */
    int32_t *advance;      /* of each, with the glue behind it */
};

static inline int32_t scaled(int32_t size, int32_t thousandths)
{
    return (int32_t)((int64_t)size * thousandths / 1000);
}

static inline const struct inline_span *span_of(const struct setter *t,
                                                uint32_t i)
{
    return &t->s->text->spans.v[t->s->atoms->v[i].span];
}

/* How far a span's text is raised above the line's baseline. */
int32_t setline_raise(const struct setter *t, const struct style *st);
struct item *setline_item(struct setter *t, enum item_kind kind);

/* Grounds of inline code and marked text: below the text, so before it. */
void setmarks_below(struct setter *t);
/* Places that links go to, and the notes that the line refers to. */
void setmarks_anchors(struct setter *t);
/* Underlines, ruby, emphasis dots, links. */
void setmarks_above(struct setter *t);

#endif
