/* SPDX-License-Identifier: MIT */
/* pagekind.h - the pages of one name (css-page-3, 4.3 and 8): how large they
 * are and where the text stands on them.
 *
 * Text is laid out before it is known to which page it comes. So all pages of a
 * name have a type area of one size; that of a chapter's first page may be
 * higher or lower. What @page rules say beyond that is reported. */
#ifndef PDF_PAGEKIND_H
#define PDF_PAGEKIND_H

#include "pdf/page.h"
#include "style/style.h"

struct page_kind {
    str name;              /* empty: ordinary pages */
    int32_t width, height; /* of the type area */
    int32_t first_height;  /* of the one on a chapter's first page */
    struct page_place on[3], first[3]; /* by enum page_side */
};

struct page_kinds {
    const struct page_kind *v; /* [0]: ordinary pages */
    uint32_t n;
};

/* Of all names that @page rules have, in A. */
struct page_kinds page_kinds_make(const struct sheet *sh, str lang,
                                  bool two_sided, struct arena *a,
                                  struct diag *dg);

/* A name without a rule means ordinary pages. */
const struct page_kind *page_kind_find(const struct page_kinds *kinds,
                                       str name);

#endif
