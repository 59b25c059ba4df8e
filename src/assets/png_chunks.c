/* SPDX-License-Identifier: MIT */
#include "assets/png_chunks.h"

#include "assets/zstream.h"
#include "base/bytes.h"

/* What sRGB, and with it nearly every PNG, has as gAMA (11.3.2.2). */
#define GAMMA      45455
#define GAMMA_NEAR 500

bool png_header_read(str png, struct png_header *out)
{
    size_t at = PNG_HEAD;
    struct png_chunk c;

    if (!png_next(png, &at, &c) || !str_eq(c.type, S("IHDR")) || c.data.n != 13)
        return false;
    *out = (struct png_header){ big32(c.data, 0),      big32(c.data, 4),
                                (uint8_t)c.data.p[8],  (uint8_t)c.data.p[9],
                                (uint8_t)c.data.p[10], (uint8_t)c.data.p[11],
                                (uint8_t)c.data.p[12] };
    return true;
}

unsigned png_channels(const struct png_header *h)
{
    static const uint8_t channels[7] = { 1, 0, 3, 1, 2, 0, 4 };

    return h->color < sizeof channels ? channels[h->color] : 0;
}

unsigned png_pixel_bits(const struct png_header *h)
{
    return png_channels(h) * h->bits;
}

bool png_next(str png, size_t *at, struct png_chunk *out)
{
    str rest = str_from(png, *at);
    size_t n = big32(rest, 0);

    if (rest.n < 12 || n > rest.n - 12)
        return false;
    *out = (struct png_chunk){ str_sub(rest, 4, 4), str_sub(rest, 8, n),
                               str_sub(rest, 0, n + 12) };
    *at += n + 12;
    return true;
}

bool png_chunk_is_sound(const struct png_chunk *c)
{
    return zstream_crc(str_sub(c->whole, 4, c->data.n + 4)) ==
           big32(c->whole, c->data.n + 8);
}

/* 11.2.1. Methods are of compression and of filtering: there is one of each.
 * Which depths go with a type of colour stands here as bits of a number. */
static bool is_possible(const struct png_header *h)
{
    static const uint32_t depths[7] = {
        [0] = 1u << 1 | 1u << 2 | 1u << 4 | 1u << 8 | 1u << 16,
        [2] = 1u << 8 | 1u << 16,
        [3] = 1u << 1 | 1u << 2 | 1u << 4 | 1u << 8,
        [4] = 1u << 8 | 1u << 16,
        [6] = 1u << 8 | 1u << 16,
    };

    return h->color < 7 && h->bits <= 16 && depths[h->color] >> h->bits & 1 &&
           h->compression == 0 && h->filter == 0 && h->interlace < 2;
}

bool png_is_sound(str png)
{
    struct png_header h;
    struct png_chunk c;
    bool palette = false;

    if (!png_header_read(png, &h) || !is_possible(&h))
        return false;
    for (size_t at = PNG_HEAD; png_next(png, &at, &c);) {
        if (!png_chunk_is_sound(&c))
            return false;
        palette |= str_eq(c.type, S("PLTE"));
        if (str_eq(c.type, S("IDAT")) && h.color == 3 && !palette)
            return false;
        if (str_eq(c.type, S("IEND")))
            return true;
    }
    return false;
}

static bool find(str png, str type, struct png_chunk *out)
{
    for (size_t at = PNG_HEAD; png_next(png, &at, out);)
        if (str_eq(out->type, type))
            return true;
    return false;
}

bool png_has(str png, str type)
{
    struct png_chunk c;

    return find(png, type, &c);
}

bool png_is_for_screens(str png)
{
    struct png_chunk c;

    if (!find(png, S("gAMA"), &c) || png_has(png, S("iCCP")) ||
        png_has(png, S("sRGB")))
        return true;
    int64_t gamma = big32(c.data, 0);
    return gamma > GAMMA - GAMMA_NEAR && gamma < GAMMA + GAMMA_NEAR;
}

str png_stream(str png, struct buf *to)
{
    size_t at = PNG_HEAD, n = 0;
    struct png_chunk c;
    str first = { 0 };

    for (; png_next(png, &at, &c); n++) {
        if (!str_eq(c.type, S("IDAT"))) {
            n--;
            continue;
        }
        if (n == 0) {
            first = c.data;
        } else if (n == 1) {
            buf_reserve(to, png.n);
            buf_put(to, first);
        }
        if (n > 0)
            buf_put(to, c.data);
    }
    return to->n ? buf_str(to) : first;
}

str png_stream_in(str png, struct arena *a)
{
    struct buf data = { 0 };
    str all = png_stream(png, &data);

    if (data.n)
        all = arena_dup(a, all);
    buf_done(&data);
    return all;
}
