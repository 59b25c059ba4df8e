/* SPDX-License-Identifier: MIT */
/* headstrings.h - what string() stands for on a page (css-gcpm-3, 1.1): the
 * values that string-set gives, page after page.
 *
 * A chapter begins without values: what another one said of its sections is not
 * true of this one. */
#ifndef PDF_HEADSTRINGS_H
#define PDF_HEADSTRINGS_H

#include "pdf/book.h"

/* The values that string-set gives in a chapter that was cut into pages, in A,
 * in the order of the text. What stands in a table or in a line counts as set
 * where the block before it begins. */
const struct book_string *headstrings_find(const struct layout *ly,
                                           const struct galley *g,
                                           struct arena *a, uint32_t *n);

/* The values of one name on a page. */
struct headstring {
    str name;
    str start; /* at the page's top */
    str first; /* the first that is set on it, or start */
    str last;  /* at its foot */
    bool set;  /* on it */
};

/* A page of the book, reached by turning from the one before it. */
struct headstrings {
    const struct pdf_book *b;
    struct arena *arena;
    VEC(struct headstring) all;
    uint32_t chapter; /* the last one that was read, */
    uint32_t next;    /* and its first value on a later page */
};

void headstrings_init(struct headstrings *hs, const struct pdf_book *b,
                      struct arena *a);
/* To the page HANDLE; every page's turn comes once, in order. */
void headstrings_turn(struct headstrings *hs, uint32_t handle);
str headstrings_value(const struct headstrings *hs, str name,
                      enum string_when when);

#endif
