/* SPDX-License-Identifier: MIT */
/* shorthand.h - properties that stand for several. */
#ifndef STYLE_SHORTHAND_H
#define STYLE_SHORTHAND_H

#include "style/decl.h"

struct shorthand;

const struct shorthand *shorthand_find(str name); /* NULL: none */
/* Adds a declaration for each longhand; none if T is no good value. */
bool shorthand_parse(const struct shorthand *sh, struct tokens t,
                     struct arena *a, struct decls *out);

#endif
