/* SPDX-License-Identifier: MIT */
/* clean_color.h - colours that an author gave to text. */
#ifndef CONVERT_CLEAN_COLOR_H
#define CONVERT_CLEAN_COLOR_H

#include <stdbool.h>
#include <stdint.h>

/* Can text in the colour 0xRRGGBB be read on white and on black? */
bool color_is_readable(uint32_t rgb);

#endif
