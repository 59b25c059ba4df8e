/* SPDX-License-Identifier: MIT */
/* cover_template.h - an SVG with places to fill in: what styles/cover.svg is,
 * and any cover of the user's that has them.
 *
 *     {{title}} {{author}} {{years}} {{lang}}   as text or in an attribute
 *     {{pick A | B | C}}                        one, always the same for a book
 *     <text data-box="X Y WIDTH HEIGHT" data-size="SIZE">{{title}}</text>
 *
 * The text of such an element, which holds no other, is set into the box, from
 * its top (data-align="middle", "bottom") on, in letters of SIZE or, where they
 * don't fit, smaller. data-lines (5) and data-leading (1.25) say how many lines
 * there may be, and how far apart; text-anchor where they begin. */
#ifndef ASSETS_COVER_TEMPLATE_H
#define ASSETS_COVER_TEMPLATE_H

#include "assets/cover_lines.h"

struct cover_values {
    str title, author, years, lang;
    str identifier; /* what {{pick}} goes by */
};

/* TEMPLATE with its places filled in. Other "{{...}}" stay. */
str cover_expand(str template, const struct cover_values *values,
                 struct arena *a);

/* A <text data-box> of an SVG. */
struct cover_text {
    size_t from, to; /* bytes of the element */
    str tag;         /* its start tag */
    str text;        /* plain */
    double x, y;
    double align; /* of what is left of the height: 0 above, 1 below */
    struct cover_box box;
    struct cover_pieces pieces; /* empty; the caller's to fill in */
};

struct cover_texts {
    struct cover_text *v;
    size_t n, cap;
};

void cover_find_texts(str svg, struct arena *a, struct cover_texts *out);

/* SVG for measuring: in place of the texts, two elements for each piece and
 * for a space. The width of a piece, in letters of COVER_MEASURE_SIZE, is that
 * of cover_measure_id() less that of the same of COVER_NO_PIECE. */
#define COVER_MEASURE_SIZE 100
#define COVER_NO_PIECE     SIZE_MAX
#define COVER_SPACE        (SIZE_MAX - 1)
str cover_measuring(str svg, const struct cover_texts *texts, struct arena *a);
/* "#m0-12" */
const char *cover_measure_id(size_t text, size_t piece, struct arena *a);

/* Where line I begins, by its baseline, and what part of its width is to the
 * left of that: 0, 0.5 or 1. */
struct cover_place {
    double x, y;
};
struct cover_place cover_place(const struct cover_text *t,
                               const struct cover_lines *set, size_t i);
double cover_anchor(const struct cover_text *t);

/* SVG with the texts set as LINES, one for each of them, says. */
str cover_set_texts(str svg, const struct cover_texts *texts,
                    const struct cover_lines *lines, struct arena *a);

#endif
