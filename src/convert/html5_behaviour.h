/* SPDX-License-Identifier: MIT */
/* html5_behaviour.h - what a start tag does to the stack of open elements, as
 * far as it matters for counting them. */
#ifndef CONVERT_HTML5_BEHAVIOUR_H
#define CONVERT_HTML5_BEHAVIOUR_H

#include "base/str.h"

enum html5_behaviour {
    PLAIN,
    VOID,       /* never open */
    FORMATTING, /* kept by the parser even when its parent closes */
    BLOCK,      /* ends an open <p> */
    PARAGRAPH,  /* <p>: ends an open <p> */
    ITEM,       /* <li>, <dd>, ...: ends one like itself */
    CELL,       /* <td>, <tr>, ...: ends cells and rows */
    SCOPE,      /* a wall for all of that */
    FOREIGN,    /* other elements mean other things inside */
    RAW,        /* text up to its end tag */
    GONE,       /* no part of a text; gumbo 0.10 loses its way inside */
    RAW_REST    /* <plaintext>: text up to the end */
};

enum {
#define BEHAVIOUR(name, is) +1
    HTML5_BEHAVIOURS = 0
#include "convert/html5_behaviour.def"
#undef BEHAVIOUR
};

/* The number of the element NAME, in any case; HTML5_BEHAVIOURS: it does
 * nothing special. */
size_t html5_behaviour_find(str name);

/* Of any number that html5_behaviour_find() returns. */
enum html5_behaviour html5_behaviour(size_t number);

#endif
