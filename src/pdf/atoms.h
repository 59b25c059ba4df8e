/* SPDX-License-Identifier: MIT */
/* atoms.h - a shaped paragraph as the pieces that lines are made of.
 *
 * An atom is a grapheme cluster (or an object): a box with glue on both
 * sides. Glue at the ends of a line vanishes, so a space behind the last word
 * and the blank half of a bracket or a full stop at an edge take no room:
 * jlreq 3.1.2 to 3.1.9, clreq 3.1.6. Lengths in pt/1000. */
#ifndef PDF_ATOMS_H
#define PDF_ATOMS_H

#include "pdf/inline.h"
#include "pdf/opportunity.h"

struct atom {
    uint32_t glyph, n_glyphs; /* in the shaped text; none for an object */
    uint32_t run, span;
    uint32_t at; /* first byte */
    int32_t w;
    int32_t pull;                  /* how far the ink moves left in the box */
    int32_t lead, lead_shrink;     /* glue in front */
    int32_t glue, stretch, shrink; /* glue behind */
    int32_t hyphen;                /* width of the hyphen that a break adds */
    uint8_t after;                 /* enum opportunity of a break behind */
    bool blank;                    /* a space: no ink */
    const struct inline_object *object;
};

struct atoms {
    struct atom *v;
    uint32_t n;
    /* sums over the atoms before each index: of all widths, stretch, shrink;
     * n + 1 entries */
    int64_t *width, *stretch, *shrink;
};

/* The result is in the shaper's scratch memory. */
struct atoms atoms_make(struct layout *ly, const struct inline_text *it,
                        const struct shaped *sh, const uint8_t *opportunity);

/* Natural width of atoms FIRST to LAST as one line. */
static inline int64_t atoms_width(const struct atoms *at, uint32_t first,
                                  uint32_t last)
{
    return at->width[last + 1] - at->width[first] - at->v[first].lead -
           at->v[last].glue +
           (at->v[last].after == OPP_HYPHEN ? at->v[last].hyphen : 0);
}

static inline int64_t atoms_stretch(const struct atoms *at, uint32_t first,
                                    uint32_t last)
{
    return at->stretch[last + 1] - at->stretch[first] - at->v[last].stretch;
}

static inline int64_t atoms_shrink(const struct atoms *at, uint32_t first,
                                   uint32_t last)
{
    return at->shrink[last + 1] - at->shrink[first] - at->v[first].lead_shrink -
           at->v[last].shrink;
}

#endif
