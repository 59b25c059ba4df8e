/* SPDX-License-Identifier: MIT */
#include "assets/gif_blocks.h"

#include "base/bytes.h"

static size_t color_table_size(uint32_t packed)
{
    return packed & 0x80 ? (size_t)3 << ((packed & 7) + 1) : 0;
}

/* Behind the data blocks that start at I; 0: they do not end. */
static size_t skip_data(str s, size_t i)
{
    while (i < s.n && byte_at(s, i) != 0)
        i += 1 + byte_at(s, i);
    return i < s.n ? i + 1 : 0;
}

size_t gif_head(str gif)
{
    return 13 + color_table_size(byte_at(gif, 10));
}

const char *gif_next(str gif, size_t *at, struct gif_block *out)
{
    size_t start = *at, end = start + 1;
    uint32_t what = byte_at(gif, start);

    *out = (struct gif_block){ .kind = GIF_END };
    if (start >= gif.n)
        return "truncated GIF";
    if (what == 0x21) {
        out->kind = GIF_EXTENSION;
        out->label = (uint8_t)byte_at(gif, start + 1);
        out->data = str_sub(gif, start + 3, byte_at(gif, start + 2));
        end = skip_data(gif, start + 2);
    } else if (what == 0x2C) {
        out->kind = GIF_PICTURE;
        end = skip_data(gif,
                        start + 11 + color_table_size(byte_at(gif, start + 9)));
    } else if (what != 0x3B) {
        return "damaged GIF";
    }
    if (end == 0)
        return "truncated GIF";
    *at = end;
    out->whole = str_sub(gif, start, end - start);
    return NULL;
}
