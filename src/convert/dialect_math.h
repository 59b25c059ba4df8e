/* SPDX-License-Identifier: MIT */
/* dialect_math.h - formulas that are blocks: "$$" to "$$", "\[" to "\]", the
 * same with two backslashes, LaTeX's environments, and between lines that are
 * just "$". They begin and end lines of one block. */
#ifndef CONVERT_DIALECT_MATH_H
#define CONVERT_DIALECT_MATH_H

#include "base/buf.h"
#include "convert/source_scan.h"

#define MATH_KINDS 5

/* One run over a text, zeroed at its start; keeps reading linear. */
struct math_scan {
    size_t none[MATH_KINDS]; /* before this place no formula of the kind ends */
};

struct math_formula {
    str tex;    /* without what marks it */
    size_t end; /* of its last line in the text, without LF */
};

/* Reads the formula that begins with LINE's content in TEXT; false: none. */
bool math_read(struct math_scan *math, str text, const struct scan_line *line,
               struct math_formula *f);

/* S, a further line of a formula that stands in NEST, without the marks of its
 * quotes. */
str math_line(str s, str nest);

#endif
