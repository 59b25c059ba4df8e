/* SPDX-License-Identifier: MIT */
/* gif_blocks.h - the blocks of a GIF (GIF 89a, clause 17 on). */
#ifndef ASSETS_GIF_BLOCKS_H
#define ASSETS_GIF_BLOCKS_H

#include "base/str.h"

enum gif_kind { GIF_PICTURE, GIF_EXTENSION, GIF_END };

struct gif_block {
    enum gif_kind kind;
    uint8_t label; /* of an extension */
    str data;      /* of an extension: its first block of data */
    str whole;
};

/* Length of header, screen and colours: where the first block stands. */
size_t gif_head(str gif);

/* NULL, or what is wrong with what stands at *AT, which moves behind it. */
const char *gif_next(str gif, size_t *at, struct gif_block *out);

/* Of a file whose blocks gif_next() can tell apart: has every extension the
 * length that its kind has? Some readers know no other. */
bool gif_is_sound(str gif);

#endif
