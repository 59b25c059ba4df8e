/* SPDX-License-Identifier: MIT */
/* dialect_abbr.h - "*[HTML]: Hyper Text Markup Language", what an
 * abbreviation means (PHP Markdown Extra, kramdown, Python-Markdown). */
#ifndef CONVERT_DIALECT_ABBR_H
#define CONVERT_DIALECT_ABBR_H

#include "base/vec.h"
#include "convert/relined.h"

struct abbr {
    str word, title;
};

struct abbrs {
    struct arena arena; /* of all that is below */
    VEC(struct abbr) list;
};

void abbrs_init(struct abbrs *x);
void abbrs_done(struct abbrs *x);

/* TEXT, which BEFORE has written, with blank lines for its definitions, which
 * go to FOUND in their order; TEXT itself where there are none. Code is left
 * alone. Valid until the next call. */
str abbrs_take(struct relined *out, const struct relined *before, str text,
               struct abbrs *found);

#endif
