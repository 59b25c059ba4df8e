/* SPDX-License-Identifier: MIT */
/* shapeplan.h - which glyphs the lookups of a font touch in one script and
 * language. */
#ifndef PDF_SHAPEPLAN_H
#define PDF_SHAPEPLAN_H

#include "pdf/shaperun.h"

struct hb_buffer_t;

enum plan_role {
    PLAN_PASSIVE, /* no lookup has it as input */
    PLAN_ACTIVE,  /* one has: its neighbours of this kind matter */
    PLAN_UNKNOWN  /* not in the font's character map, or a mark */
};

/* Eight bytes, since one is fetched and copied for every character of a book
 * and hardly two of them are neighbours. */
struct plan_glyph {
    uint32_t c : 21;
    uint32_t role : 2; /* enum plan_role */
    /* The input of a lookup that looks around, and what such a one looks for;
     * where one stands beside the other, the run is shaped as a whole. */
    uint32_t looks : 1, is_looked_for : 1;
    uint16_t id;
    int16_t advance; /* units of the font */
};

struct shape_plans; /* one a worker */
struct shape_plan;

struct shape_plans *shape_plans_new(void);
void shape_plans_free(struct shape_plans *ps); /* NULL is fine */

/* NULL: the font has rules that are not lookups, or the script ones of its
 * own. The plan lives as long as PS. */
struct shape_plan *shape_plan_of(struct shape_plans *ps,
                                 const struct run_spec *spec);

/* Shapes what is in the buffer, as hb_shape() would. But that keeps its plans
 * with the face, which outlives the book, and for ever. */
void shape_buffer(struct shape_plans *ps, const struct run_spec *spec,
                  struct hb_buffer_t *b);

/* What is known of C; lives until the next call. */
const struct plan_glyph *shape_plan_glyph(struct shape_plan *p, uint32_t c);

#endif
