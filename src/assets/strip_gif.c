/* SPDX-License-Identifier: MIT */
#include "assets/gif_blocks.h"
#include "assets/strip.h"

#define COMMENT     0xFE
#define APPLICATION 0xFF

/* Of the extensions of applications only the one that repeats an animation. */
static bool is_needed(const struct gif_block *b)
{
    if (b->kind != GIF_EXTENSION ||
        (b->label != COMMENT && b->label != APPLICATION))
        return true;
    return b->label == APPLICATION && (str_eq(b->data, S("NETSCAPE2.0")) ||
                                       str_eq(b->data, S("ANIMEXTS1.0")));
}

str strip_gif(str bytes, struct arena *a)
{
    struct strip s = { .bytes = bytes, .arena = a };
    struct gif_block b = { .kind = GIF_PICTURE };
    size_t at = gif_head(bytes);

    strip_keep(&s, str_sub(bytes, 0, at));
    while (b.kind != GIF_END && !gif_next(bytes, &at, &b))
        if (is_needed(&b))
            strip_keep(&s, b.whole);
    return strip_result(&s);
}
