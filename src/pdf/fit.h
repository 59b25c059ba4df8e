/* SPDX-License-Identifier: MIT */
/* fit.h - total-fit line breaking over atoms: D. E. Knuth and M. F. Plass,
 * "Breaking Paragraphs into Lines", Software: Practice and Experience 11
 * (1981). */
#ifndef PDF_FIT_H
#define PDF_FIT_H

#include "pdf/atoms.h"

struct fit_line {
    uint32_t first, last; /* atoms */
    /* Adjustment: glue is natural + ratio x stretch where ratio > 0, natural
     * + ratio x shrink where it is < 0. */
    double ratio;
};

struct fit {
    struct fit_line *v;
    uint32_t n;
};

struct fit_measure {
    int32_t width;  /* of every line */
    int32_t indent; /* of the first; may be negative */
    int32_t size;   /* type size, to judge looseness of ragged text */
    bool justify;
};

/* Breaks the atoms into lines, none wider than the measure but for an atom
 * that is wider by itself. */
struct fit fit_lines(const struct atoms *at, const struct fit_measure *m,
                     struct arena *a);

#endif
