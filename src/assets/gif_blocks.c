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

/* Clauses 23, 25 and 26: the first block of their data; of the first kind
 * there is no other. */
static bool has_its_length(const struct gif_block *b)
{
    switch (b->label) {
    case 0xF9:
        return b->data.n == 4 && b->whole.n == 8;
    case 0x01:
        return b->data.n == 12;
    case 0xFF:
        return b->data.n == 11;
    default:
        return true;
    }
}

bool gif_is_sound(str gif)
{
    struct gif_block b = { .kind = GIF_PICTURE };
    size_t at = gif_head(gif);

    while (b.kind != GIF_END)
        if (gif_next(gif, &at, &b) ||
            (b.kind == GIF_EXTENSION && !has_its_length(&b)))
            return false;
    return true;
}
