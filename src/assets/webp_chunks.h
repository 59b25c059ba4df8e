/* SPDX-License-Identifier: MIT */
/* webp_chunks.h - the chunks of a WebP (RFC 9649, 2.3 to 2.7). */
#ifndef ASSETS_WEBP_CHUNKS_H
#define ASSETS_WEBP_CHUNKS_H

#include "base/str.h"

#define WEBP_HEAD 12 /* "RIFF", size, "WEBP" */

struct webp_chunk {
    str type, data;
    str whole; /* with type, length and padding */
};

/* The chunk at *AT, WEBP_HEAD at first, and *AT behind it. False: no whole
 * chunk is left. */
bool webp_next(str webp, size_t *at, struct webp_chunk *out);

/* Does the file consist of whole chunks up to the end that its header tells,
 * and is there a picture in them, behind a header where that is needed? */
bool webp_is_sound(str webp);

/* The first frame of an animation, as a file of its own without a header;
 * other files as they are. */
str webp_first_frame(str webp);

#endif
