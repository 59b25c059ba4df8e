/* SPDX-License-Identifier: MIT */
/* picture_size.h - how large a picture is printed. */
#ifndef PDF_PICTURE_SIZE_H
#define PDF_PICTURE_SIZE_H

#include "pdf/para.h"

/* Width and height, in pt/1000, of the img N in a measure of WIDTH: its width
 * attribute or CSS where given, its pixels at 120 to the inch otherwise, never
 * wider than the measure nor higher than the page's text. False: there is no
 * such picture. */
bool picture_size(struct layout *ly, const struct node *n,
                  const struct style *st, int32_t width, int32_t *w,
                  int32_t *h);

#endif
