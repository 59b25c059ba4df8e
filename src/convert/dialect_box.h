/* SPDX-License-Identifier: MIT */
/* dialect_box.h - one line ":::name title"; dialect_box.def lists names. */
#ifndef CONVERT_DIALECT_BOX_H
#define CONVERT_DIALECT_BOX_H

#include "base/buf.h"

enum box_form {
    BOX_PLAIN,   /* the title in bold, then what it holds */
    BOX_QUOTE,   /* a quotation, which begins with the title */
    BOX_DETAILS, /* <details>, the title is its summary */
    BOX_CENTER
};

struct box {
    size_t colons;
    bool closes; /* ":::" alone */
    bool tabs;   /* lines "@tab title" in it are titles */
    enum box_form form;
    str title; /* may be empty */
};

/* Reads a line from its colons on; false: it is none. */
bool box_read(str line, struct box *box);

/* What stands in front of and behind BOX; empty: nothing. The title is a
 * paragraph of its own, but in a BOX_DETAILS a part of the start. */
void box_put_start(const struct box *box, struct buf *out);
str box_end(const struct box *box);

/* The title of "@tab title" or "@tab:active title"; empty: it is none. */
str box_tab_title(str line);

#endif
