/* SPDX-License-Identifier: MIT */
#include "assets/png_split.h"

#include <stdlib.h>

#include "assets/png_filter.h"
#include "base/arena.h"

/* What a row of 255s below such rows, or at the top, is filtered to: the first
 * sample and each of the others. */
static const struct {
    uint8_t first, other;
} opaque[2][PNG_FILTERS] = {
    { { 255, 255 }, { 255, 0 }, { 255, 255 }, { 255, 128 }, { 255, 0 } },
    { { 255, 255 }, { 255, 0 }, { 0, 0 }, { 128, 0 }, { 0, 0 } },
};

size_t png_rows_size(const struct png_rows *r)
{
    return ((size_t)r->width * r->channels + 1) * r->height;
}

static bool is_opaque(const uint8_t *row, uint32_t width, uint32_t y)
{
    uint8_t other = opaque[y > 0][row[0]].other;
    uint8_t differs = row[1] ^ opaque[y > 0][row[0]].first;

    for (size_t x = 1; x < width; x++)
        differs |= row[1 + x] ^ other;
    return differs == 0;
}

/* TO may be FROM or in front of it. */
static inline void split_row(const uint8_t *from, uint32_t width,
                             unsigned colors, uint8_t *to, uint8_t *alpha)
{
    *to++ = *alpha++ = *from++;
    for (uint32_t x = 0; x < width; x++) {
        for (unsigned c = 0; c < colors; c++)
            *to++ = *from++;
        *alpha++ = *from++;
    }
}

bool png_split_alpha(struct png_rows *r, struct png_rows *alpha)
{
    const uint8_t *from = r->bytes;
    uint8_t *to = r->bytes;
    bool all = true;

    *alpha = (struct png_rows){ NULL, r->width, r->height, 1 };
    alpha->bytes = malloc(png_rows_size(alpha));
    if (!alpha->bytes)
        die("out of memory");
    for (uint32_t y = 0; y < r->height; y++) {
        uint8_t *row = alpha->bytes + ((size_t)r->width + 1) * y;
        /* Constants make tight loops. */
        if (r->channels == CHANNELS_RGBA)
            split_row(from, r->width, CHANNELS_RGB, to, row);
        else
            split_row(from, r->width, CHANNELS_GREY, to, row);
        all = all && is_opaque(row, r->width, y);
        from += (size_t)r->width * r->channels + 1;
        to += (size_t)r->width * (r->channels - 1) + 1;
    }
    r->channels--;
    if (!all)
        return true;
    free(alpha->bytes);
    *alpha = (struct png_rows){ 0 };
    return false;
}

static bool is_grey(const struct png_rows *r)
{
    const uint8_t *at = r->bytes;

    for (uint32_t y = 0; y < r->height; y++) {
        at++;
        for (uint32_t x = 0; x < r->width; x++, at += CHANNELS_RGB)
            if (at[0] != at[1] || at[1] != at[2])
                return false;
    }
    return true;
}

void png_drop_grey(struct png_rows *r)
{
    const uint8_t *from = r->bytes;
    uint8_t *to = r->bytes;

    if (r->channels != CHANNELS_RGB || !is_grey(r))
        return;
    for (uint32_t y = 0; y < r->height; y++) {
        *to++ = *from++;
        for (uint32_t x = 0; x < r->width; x++, from += CHANNELS_RGB)
            *to++ = *from;
    }
    r->channels = CHANNELS_GREY;
}
