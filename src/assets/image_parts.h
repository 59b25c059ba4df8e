/* SPDX-License-Identifier: MIT */
/* image_parts.h - image.c's one function for each type of picture. Each gives
 * the size before the picture is turned, and returns NULL, or what is wrong
 * with BYTES; none reads outside of them. */
#ifndef ASSETS_IMAGE_PARTS_H
#define ASSETS_IMAGE_PARTS_H

#include "base/str.h"

const char *image_check_jpeg(str bytes, uint32_t *width, uint32_t *height);
const char *image_check_png(str bytes, uint32_t *width, uint32_t *height);
const char *image_check_gif(str bytes, uint32_t *width, uint32_t *height);
const char *image_check_webp(str bytes, uint32_t *width, uint32_t *height);
const char *image_check_bmp(str bytes, uint32_t *width, uint32_t *height);
const char *image_check_tiff(str bytes, uint32_t *width, uint32_t *height);
const char *image_check_avif(str bytes, uint32_t *width, uint32_t *height);

/* 0 x 0 for a picture that does not say its size. What a book must not carry
 * is left out later: svg_clean.h. */
bool image_is_svg(str bytes);
const char *image_check_svg(str bytes, uint32_t *width, uint32_t *height);

#endif
