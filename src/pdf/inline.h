/* SPDX-License-Identifier: MIT */
/* inline.h - the text of a paragraph as one string, with what is true of its
 * stretches: style, link, structure, objects. White space is collapsed as CSS
 * Text 3, 4.1 says, text-transform is done, tabs are spaces. */
#ifndef PDF_INLINE_H
#define PDF_INLINE_H

#include "pdf/formula.h"

/* A target; index 0 of inline_text.links is "no link". */
struct inline_link {
    str url;       /* outside the book; or */
    uint32_t post; /* a post's index, UINT32_MAX for an URL */
    str frag;
    uint32_t struct_elem;
};

/* A stretch in one style, link and structure element. */
struct inline_span {
    uint32_t end; /* byte behind it */
    const struct style *style;
    uint32_t struct_elem, link;
    uint32_t line; /* of the source */
};

/* U+FFFC in the text stands for one of these; and anchors and notes, which
 * have no character, stand before the byte AT. */
enum inline_object_kind { OBJECT_IMAGE, OBJECT_PAGE_REF, OBJECT_FORMULA };
struct inline_object {
    uint32_t at;
    enum inline_object_kind kind;
    int32_t w, h;            /* h: above the baseline */
    const struct node *node; /* the picture */
    const struct formula_piece *formula;
    uint32_t struct_elem;
    uint32_t link; /* page reference: the target */
};
struct inline_anchor {
    uint32_t at;
    str id;
};
struct inline_note {
    uint32_t at;
    const struct node *aside;
};
/* The annotation of the ruby base [at, end). */
struct inline_ruby {
    uint32_t at, end;
    str text;
    const struct style *style;
    uint32_t struct_elem;
};

struct inline_text {
    str text;
    VEC(struct inline_span) spans;
    VEC(struct inline_link) links;
    VEC(struct inline_object) objects;
    VEC(struct inline_anchor) anchors;
    VEC(struct inline_note) notes;
    VEC(struct inline_ruby) rubies;
};

/* Collects the siblings FIRST to LAST of P. Lines of the source that a <br>
 * or white-space: pre keep are parted by '\n'. */
struct inline_text *inline_collect(struct layout *ly, const struct para *p);

#endif
