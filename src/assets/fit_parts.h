/* SPDX-License-Identifier: MIT */
/* fit_parts.h - the part of fit.c for drawings. */
#ifndef ASSETS_FIT_PARTS_H
#define ASSETS_FIT_PARTS_H

#include "assets/fit.h"

void fit_svg(const struct image *im, struct arena *a, struct fit *out);

#endif
