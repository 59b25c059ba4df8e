/* SPDX-License-Identifier: MIT */
/* heading.h - headings without the blank that CommonMark 4.2 wants behind
 * their '#'. Old Markdown had them, and an input method for CJK types a wide
 * blank there (U+3000). */
#ifndef BOOK_HEADING_H
#define BOOK_HEADING_H

#include "base/str.h"

struct tight_heading {
    size_t level;
    bool wide;      /* another blank than CommonMark's is behind the '#' */
    uint32_t first; /* character of TEXT */
    str text;       /* with the '#' that may close it; into the line */
};

/* Is LINE "##Title"? With a single '#' it may also be a hashtag: any text is
 * taken then, and the caller decides. */
bool heading_is_tight(str line, struct tight_heading *out);

#endif
