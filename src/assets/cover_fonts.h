/* SPDX-License-Identifier: MIT */
/* cover_fonts.h - whether this computer has fonts for what is to be drawn. */
#ifndef ASSETS_COVER_FONTS_H
#define ASSETS_COVER_FONTS_H

#include "base/str.h"

/* The first visible character of TEXT (UTF-8) that no font has; 0: there is
 * none. Pango draws such a one as a box, and nobody is told. */
uint32_t cover_find_unshown(str text);

#endif
