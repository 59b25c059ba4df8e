/* SPDX-License-Identifier: MIT */
/* fontchain.h - from families to faces to the order in which they are
 * tried. */
#ifndef PDF_FONTCHAIN_H
#define PDF_FONTCHAIN_H

#include "base/map.h"
#include "pdf/fontlist.h"
#include "pdf/fontplan.h"
#include "pdf/fontset.h"

struct font_index {
    struct font_plan plan;
    const struct font_list *list;
    struct map families; /* font_family_key() to struct font_family */
};

struct font_style {
    int weight;
    bool italic;
};

/* The list is sorted by now. */
void font_index_init(struct font_index *ix, const struct font_list *list,
                     struct arena *a);

/* The face of a family that is nearest to the style; UINT32_MAX: no such
 * family. */
uint32_t font_index_find(const struct font_index *ix, str family,
                         const struct font_style *style, struct arena *a);

/* Everything that matters of a query, as text. */
void font_query_key(const struct font_query *q, struct buf *key);

struct font_chain *font_chain_make(const struct font_index *ix,
                                   const struct font_query *q, struct arena *a);

#endif
