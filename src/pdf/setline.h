/* SPDX-License-Identifier: MIT */
/* setline.h - a line's atoms become items of a display list. */
#ifndef PDF_SETLINE_H
#define PDF_SETLINE_H

#include "pdf/fit.h"

/* A broken paragraph; what set_line() works from. */
struct setting {
    struct layout *ly;
    const struct para *para;
    const struct inline_text *text;
    const struct shaped *shaped;
    const struct atoms *atoms;
    int32_t indent; /* of the first line */
    /* The first of the text's anchors, notes and rubies that no line had. */
    size_t anchor, note, ruby;
};

/* Sets one line, and the lines of a paragraph one behind the other: alignment,
 * items, height, baseline. FIRST and LAST tell whether it is the paragraph's
 * first or last. */
void set_line(struct setting *s, const struct fit_line *fl, bool first,
              struct line *out);

#endif
