/* SPDX-License-Identifier: MIT */
/* cover_outline.h - texts of a cover set as paths, so that librsvg needs no
 * fonts: it finds and lays them out anew for each strip that it draws. */
#ifndef ASSETS_COVER_OUTLINE_H
#define ASSETS_COVER_OUTLINE_H

#include "assets/cover_template.h"

/* SVG with its texts, whose pieces are cut, set as paths, in A. False: not all
 * of it is understood for certain (cover_style.h, cover_fonts.h). */
bool cover_outline(str svg, struct cover_texts *texts, struct arena *a,
                   str *out);

#endif
