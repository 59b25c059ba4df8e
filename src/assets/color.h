/* SPDX-License-Identifier: MIT */
/* color.h - colours of other devices made those of screens, sRGB (by Little
 * CMS, where it is there). */
#ifndef ASSETS_COLOR_H
#define ASSETS_COLOR_H

#include "assets/rows.h"
#include "base/arena.h"

/* Do pixels with the profile ICC (ICC.1:2010; empty: none) look different from
 * such without? False too for profiles that can't be used. */
bool color_differs(str icc, unsigned channels);

/* Do pixels look alike with the profiles A and B? */
bool color_equal(str a, str b, unsigned channels);

/* Why that can't be known of the profile ICC; NULL: it is. */
const char *color_unknown(str icc);

/* ICC, in which color_differs(), without what isn't colour (whose screen it
 * was, when that was measured), to be given along with a picture's pixels: ISO
 * 32000-1, 8.6.5.5; in A. Empty: it is too large for that, or odd. */
str color_profile(str icc, unsigned channels, struct arena *a);

/* R, in which color_differs(), in sRGB. R is closed with it. */
void color_convert(struct rows *r, str icc);

#endif
