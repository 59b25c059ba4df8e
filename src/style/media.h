/* SPDX-License-Identifier: MIT */
/* media.h - media queries (mediaqueries-4) as a book's page answers them. */
#ifndef STYLE_MEDIA_H
#define STYLE_MEDIA_H

#include "style/css.h"

/* Print, and the page's size in millipoints. What is not known is false. */
bool media_matches(struct tokens query, int32_t width, int32_t height);

#endif
