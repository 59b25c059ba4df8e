/* SPDX-License-Identifier: MIT */
/* icc.h - the colour profile that says what our RGB numbers mean: sRGB (IEC
 * 61966-2-1) as an ICC profile of version 2.1 (ICC.1:2001-04). */
#ifndef PDF_ICC_H
#define PDF_ICC_H

#include "base/arena.h"

str icc_srgb(struct arena *a);

#endif
