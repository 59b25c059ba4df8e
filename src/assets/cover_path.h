/* SPDX-License-Identifier: MIT */
/* cover_path.h - path data (SVG 2, 9.3), of which only the commands with
 * absolute places are understood. */
#ifndef ASSETS_COVER_PATH_H
#define ASSETS_COVER_PATH_H

#include "assets/cover_areas.h"

/* The number at the beginning of *S, behind spaces and a comma, cut off. False:
 * there is none. */
bool cover_number(str *s, double *out);

/* DATA as the steps of OUT. False: not understood, or not finite. */
bool cover_path_read(str data, struct arena *a, struct cover_area *out);

#endif
