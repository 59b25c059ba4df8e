/* SPDX-License-Identifier: MIT */
/* clean_walk.h - what the files of the clean-up share. */
#ifndef CONVERT_CLEAN_WALK_H
#define CONVERT_CLEAN_WALK_H

#include "convert/clean_look.h"
#include "convert/clean_sink.h"
#include "convert/idset.h"
#include "convert/soup.h"
#include "doc/chapter.h"

struct cleaner {
    struct sink sink;
    const struct post *post;
    enum lang lang;
    struct idset *ids;
    struct arena *a;
    struct diag *dg;
    enum align align;      /* of the text here, by the author */
    unsigned n_no_heading; /* open elements that must not hold a heading */
    unsigned n_no_table;
    VEC(struct node *) terms; /* every dl, to be repaired at the end */
};

/* A way to clean an element; see clean.def. */
typedef void clean_way(struct cleaner *c, const struct soup *e, enum tag tag);

#define RULE(id, way, tag) clean_way clean_##way;
#include "convert/clean.def"
#undef RULE

void clean_children(struct cleaner *c, const struct soup *e);
/* Makes a valid dl of what DL holds. */
void clean_repair_terms(struct cleaner *c, struct node *dl);

/* Applies what an author's style says about letters, and what TAG says
 * anyway. Callers restore sink.face and sink.given. */
void clean_face(struct cleaner *c, enum tag tag, const struct css *css);
/* text-align, vertical-align and width as a style, empty if there is nothing
 * that is not so already; sets c->align. */
str clean_style(struct cleaner *c, const struct css *css, bool is_cell);
str clean_id(struct cleaner *c, const struct look *l);

/* Is text here part of a pre, a heading or a summary that has just begun, so
 * that no block can be made? */
bool clean_in_line(const struct cleaner *c);

/* S without what XML 1.0 can't hold (2.2), and without U+FFFC. */
str clean_chars(str s, struct arena *a);

/* The words of a drawing or formula, in their order. */
void clean_put_words(struct cleaner *c, const struct soup *e);

/* Says that E was dropped. WHAT: "script". */
void clean_report(struct cleaner *c, const struct soup *e, const char *what);

#endif
