/* SPDX-License-Identifier: MIT */
/* decl.h - declarations: a property and its parsed value. Shorthands are
 * taken apart, var() is filled in, names are looked up. */
#ifndef STYLE_DECL_H
#define STYLE_DECL_H

#include "style/css.h"
#include "style/value.h"
#include "style/warn.h"

struct decl {
    enum prop prop;
    bool important;
    struct value value;
};

struct decls {
    struct decl *v;
    size_t n, cap;
};

enum decl_place { PLACE_STYLE, PLACE_PAGE, PLACE_BOX };

struct decl_reader {
    struct arena *arena;
    const struct map *vars;    /* name to struct tokens; may be NULL */
    struct css_source *source; /* NULL: keep quiet */
    enum decl_place place;
    bool in_root; /* variables may be set here; sheet.c has collected them */
};

/* Adds what IT, a CSS_DECLARATION or CSS_BAD, declares; reports what is
 * wrong with it. */
void decl_read(const struct decl_reader *r, const struct css_item *it,
               struct decls *out);
/* All declarations of a rule's body. */
void decls_read(const struct decl_reader *r, struct tokens body,
                struct decls *out);

/* T with every var() replaced (css-variables-1, 3). False: a variable is
 * missing and has no fallback, or they nest without end. */
bool vars_expand(const struct map *vars, struct tokens *t, struct arena *a);

#endif
