/* SPDX-License-Identifier: MIT */
/* marker.h - numbers of list items. */
#ifndef PDF_MARKER_H
#define PDF_MARKER_H

#include "style/style.h"

/* NUMBER in a list's style, without a stop: "iv", "d", "4"; a bullet for the
 * styles that have one. Numbers that a style can't write are decimal. */
str marker_text(enum list_style style, int64_t number, struct arena *a);

#endif
