/* SPDX-License-Identifier: MIT */
/* cover_lines.h - a title cut into balanced lines, in letters as large as a
 * box allows.
 *
 * Lines end where the language lets them: Korean between words, Japanese and
 * Chinese between most characters (kinsoku, and rather where a phrase ends),
 * others between words. */
#ifndef ASSETS_COVER_LINES_H
#define ASSETS_COVER_LINES_H

#include "base/vec.h"

/* What stays in one line, without the spaces around it. */
struct cover_piece {
    size_t from, to; /* bytes of the text */
    double width;    /* in letters of size 1; the caller's to fill in */
    bool space;      /* stands in front of it */
    unsigned cost;   /* of beginning a line with it; 0: as good as any */
};

struct cover_pieces {
    struct cover_piece *v;
    size_t n, cap;
};

/* The pieces of TEXT, valid UTF-8 without line feeds. */
void cover_cut(str text, struct arena *a, struct cover_pieces *out);

struct cover_box {
    double width, height;
    double size;    /* of the letters, at most */
    double leading; /* from line to line, in sizes */
    size_t lines;   /* at most */
};

struct cover_lines {
    double size;
    struct str_vec lines; /* parts of the text */
};

/* Sets TEXT into BOX. SPACE is the width of a space in letters of size 1.
 * Pieces too wide even for small letters are cut between letters; letters get
 * as small as it takes for all of TEXT to fit. */
void cover_set(str text, const struct cover_pieces *pieces, double space,
               const struct cover_box *box, struct arena *a,
               struct cover_lines *out);

#endif
