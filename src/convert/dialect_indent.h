/* SPDX-License-Identifier: MIT */
/* dialect_indent.h - Python-Markdown's blocks, whose contents are indented by
 * four columns:
 *
 *     !!! note "Title"        ??? tip "Title"        === "Tab"
 *         text                    text                   text
 *
 * They become the boxes of dialect_box.h, ":::", with the indentation gone, so
 * that what they hold is Markdown again. Code is left alone. */
#ifndef CONVERT_DIALECT_INDENT_H
#define CONVERT_DIALECT_INDENT_H

#include "convert/relined.h"

/* TEXT, or TEXT itself where there is none of this. */
str indent_expand(struct relined *out, str text);

#endif
