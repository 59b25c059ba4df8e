/* SPDX-License-Identifier: MIT */
/* image.h - what a picture file is, by its bytes. */
#ifndef ASSETS_IMAGE_H
#define ASSETS_IMAGE_H

#include "base/arena.h"
#include "doc/chapter.h"

/* Type, width and height, as shown, of BYTES. False: not a whole picture of a
 * known type; *WHY says what is wrong with it ("truncated JPEG"). Reads headers
 * and the end only; decodes nothing. */
bool image_identify(str bytes, enum image_type *type, uint32_t *width,
                    uint32_t *height, const char **why);

/* "image/jpeg", "jpg". */
const char *image_media_type(enum image_type type);
const char *image_extension(enum image_type type);

#endif
