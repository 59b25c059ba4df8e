/* SPDX-License-Identifier: MIT */
/* color.h - colours of other devices made those of screens, sRGB (by Little
 * CMS, where it is there). */
#ifndef ASSETS_COLOR_H
#define ASSETS_COLOR_H

#include "assets/rows.h"

/* Do pixels with the profile ICC (ICC.1:2010; empty: none) look different from
 * such without? False too for profiles that can't be used. */
bool color_differs(str icc, unsigned channels);

/* Why that can't be known of the profile ICC; NULL: it is. */
const char *color_unknown(str icc);

/* R, in which color_differs(), in sRGB. R is closed with it. */
void color_convert(struct rows *r, str icc);

#endif
