/* SPDX-License-Identifier: MIT */
/* source_emphasis.h - emphasis that CommonMark would not see. Both passes work
 * on the running text of one block, lines joined by LF, and keep the LFs. */
#ifndef CONVERT_SOURCE_EMPHASIS_H
#define CONVERT_SOURCE_EMPHASIS_H

#include "base/buf.h"
#include "base/vec.h"

/* One run of '*', or half of a run of four. */
struct star {
    size_t at;
    unsigned n;       /* asterisks not matched by CommonMark's rules */
    unsigned full;    /* and before matching */
    unsigned run;     /* and of the whole run */
    unsigned segment; /* only stars of one segment pair up */
    bool left, right; /* flanking */
    bool half;
    bool operator_like; /* 2**40, a ** b: never emphasis */
    /* The nearest characters that are not of a tag. */
    uint32_t before, after;
    size_t below; /* the opener before this one, index + 1 */
    enum star_role {
        STAR_MATCHED, /* cmark's business */
        STAR_OPENS,
        STAR_CLOSES,
        STAR_GONE,
        STAR_LONELY /* might pair with one of another block */
    } role;
};

struct stars {
    struct star *v;
    size_t n, cap;
    /* What the first and the last lonely one could be. */
    bool lonely, first_may_close, last_may_open;
};

/* Pairs of "**" that the author meant but that CommonMark leaves as they are
 * ("** text **", pairs around tags and across lines of a paragraph) become
 * STRONG_OPEN and STRONG_CLOSE; "****" with nothing but a tag beside it goes.
 * What is left alone becomes two PLAIN_STARs. TABLE: the lines are rows, and
 * cells keep to themselves. STARS is scratch space, in A. */
void lenient_emphasis(str text, bool table, struct stars *stars,
                      struct arena *a, struct buf *out);

/* Sentinels around runs of '*' and "~~" so that the CJK rule holds. */
void cjk_emphasis(str text, struct buf *out);

#endif
