/* SPDX-License-Identifier: MIT */
/* warn.h - what a style sheet is told about itself. */
#ifndef STYLE_WARN_H
#define STYLE_WARN_H

#include "base/map.h"
#include "style/style.h"

/* One sheet as far as messages go. NULL in its place keeps them back. */
struct css_source {
    str path;
    enum sheet_origin origin;
    struct diag *dg;
    struct map told; /* what css_unsupported() has named */
    unsigned n_bad;
};

/* Something malformed at LINE. After CSS_BAD_MAX of a sheet the rest is only
 * counted as one. */
#define CSS_BAD_MAX 50
void css_bad(struct css_source *src, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Once for each NAME: "WHAT 'NAME' has no effect in the PDF". */
void css_unsupported(struct css_source *src, unsigned line, const char *what,
                     str name);

/* S cut for a message: at most 60 bytes, whole characters. */
str css_excerpt(str s);

#endif
