/* SPDX-License-Identifier: MIT */
/* cover_fonts.h - whether this computer has fonts for what is to be drawn, and
 * which. */
#ifndef ASSETS_COVER_FONTS_H
#define ASSETS_COVER_FONTS_H

#include "assets/cover_style.h"

/* The first visible character of TEXT (UTF-8) that no font has; 0: there is
 * none. Pango draws such a one as a box, and nobody is told. */
uint32_t cover_find_unshown(str text);

/* A part of a text in one font and script. */
struct cover_run {
    size_t from, to; /* bytes */
    str path;        /* of the font's file */
    unsigned index;  /* in the file */
};

struct cover_runs {
    struct cover_run *v;
    size_t n, cap;
};

/* Cuts TEXT into runs, each grapheme in the first font that has it, in the
 * order of fontconfig for STYLE; all is A's. False: not all of TEXT is left to
 * right and needs no more than outlines, or a font is no file of outlines as
 * they are to be drawn. */
bool cover_fonts_choose(const struct cover_style *style, str text,
                        struct arena *a, struct cover_runs *out);

#endif
