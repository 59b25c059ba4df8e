/* SPDX-License-Identifier: MIT */
/* html5_caps.h - makes HTML harmless before it is parsed: parsers are
 * quadratic in the depth of nesting and in the attributes of a tag, and
 * formatting elements that nobody closes are repeated in every paragraph.
 * Tags beyond the caps go; text never does. */
#ifndef CONVERT_HTML5_CAPS_H
#define CONVERT_HTML5_CAPS_H

#include "convert/html5_held.h"

#define CAPS_DEPTH      256 /* open elements, as far as a scan can tell */
#define CAPS_FORMATTING 64  /* of <b>, <font>, ... that are open */
#define CAPS_ATTRIBUTES 128 /* of one tag */
#define CAPS_VALUE      (1u << 20)
#define CAPS_REFERENCE  40      /* bytes of a character reference, at most */
#define CAPS_ELEMENTS   1000000 /* with those that the parser repeats */

/* From OFFSET on, LINE is the line; every LF adds one. */
struct caps_mark {
    size_t offset;
    unsigned line;
};

struct caps {
    unsigned depth; /* to be set: CAPS_DEPTH, or less */
    str html;       /* in the arena; without marks */
    VEC(struct caps_mark) marks;
    struct held held;
    unsigned deep_line, big_line; /* where it first was too much; 0: never */
};

void caps_apply(struct caps *c, str html, unsigned first_line, struct arena *a);

#endif
