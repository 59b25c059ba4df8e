/* SPDX-License-Identifier: MIT */
#include "assets/bmp.h"

#include "base/bytes.h"

#define FILE_HEADER 14
#define CORE_HEADER 12
#define INFO_HEADER 40

enum { BI_RGB, BI_RLE8, BI_RLE4, BI_BITFIELDS, BI_ALPHABITFIELDS = 6 };

size_t bmp_row_size(const struct bmp *b)
{
    return ((size_t)b->width * b->bits + 31) / 32 * 4;
}

static bool read_core(str s, struct bmp *out)
{
    out->width = little16(s, FILE_HEADER + 4);
    out->height = little16(s, FILE_HEADER + 6);
    out->bits = little16(s, FILE_HEADER + 10);
    out->color_size = 3;
    return true;
}

static void read_masks(str s, uint32_t header, struct bmp *out)
{
    for (size_t i = 0; i < 3; i++)
        out->masks[i] = little32(s, FILE_HEADER + 40 + 4 * i);
    if (header >= 56)
        out->masks[3] = little32(s, FILE_HEADER + 52);
}

static void set_masks(struct bmp *out)
{
    unsigned bits = out->bits == 16 ? 5 : 8;

    for (unsigned i = 0; i < 3; i++)
        out->masks[i] = ((1u << bits) - 1) << (bits * (2 - i));
}

static bool read_info(str s, uint32_t header, struct bmp *out)
{
    uint32_t height = little32(s, FILE_HEADER + 8);
    uint32_t packing = little32(s, FILE_HEADER + 16);

    out->width = little32(s, FILE_HEADER + 4);
    out->top_down = height > INT32_MAX;
    out->height = out->top_down ? 0 - height : height;
    out->bits = little16(s, FILE_HEADER + 14);
    out->color_size = 4;
    if (packing == BI_BITFIELDS || packing == BI_ALPHABITFIELDS)
        read_masks(s, header, out);
    else if (packing == BI_RLE8 || packing == BI_RLE4)
        out->run_bits = packing == BI_RLE8 ? 8 : 4;
    else if (packing != BI_RGB)
        return false;
    return !out->run_bits || (out->run_bits == out->bits && !out->top_down);
}

static bool is_possible(const struct bmp *b)
{
    return b->bits == 1 || b->bits == 4 || b->bits == 8 || b->bits == 16 ||
           b->bits == 24 || b->bits == 32;
}

const char *bmp_read(str bytes, struct bmp *out)
{
    uint32_t header = little32(bytes, FILE_HEADER);
    uint32_t start = little32(bytes, 10);

    *out = (struct bmp){ 0 };
    if (bytes.n < FILE_HEADER + CORE_HEADER ||
        (header != CORE_HEADER && header < INFO_HEADER) || header > bytes.n ||
        !(header == CORE_HEADER ? read_core(bytes, out)
                                : read_info(bytes, header, out)) ||
        !is_possible(out))
        return "damaged BMP";
    if (out->width == 0 || out->height == 0 || out->width > INT32_MAX)
        return "BMP without a size";
    if (out->bits > 8 && !(out->masks[0] | out->masks[1] | out->masks[2]))
        set_masks(out);
    out->pixels = str_from(bytes, start);
    if (out->bits <= 8) {
        size_t from = FILE_HEADER + header, most = out->color_size << out->bits;
        out->colors = str_sub(bytes, from, most);
        if (start > from)
            out->colors = str_sub(out->colors, 0, start - from);
    }
    uint64_t size = (uint64_t)bmp_row_size(out) * out->height;
    return !out->run_bits && size > out->pixels.n ? "truncated BMP" : NULL;
}

struct runs {
    str rest;
    uint32_t width, height, x, y; /* y from the bottom */
    unsigned bits;
    uint8_t *to;
};

static void put(struct runs *r, unsigned value)
{
    if (r->x < r->width && r->y < r->height)
        r->to[(size_t)(r->height - 1 - r->y) * r->width + r->x] = (uint8_t)
            value;
    r->x++;
}

/* The I-th of numbers that stand in BYTES one behind the other. */
static unsigned number(const struct runs *r, str bytes, unsigned i)
{
    if (r->bits == 8)
        return (unsigned char)bytes.p[i];
    return (unsigned char)bytes.p[i / 2] >> (i % 2 ? 0 : 4) & 15;
}

/* Numbers that are no run; they fill an even count of bytes. */
static bool put_literals(struct runs *r, unsigned n)
{
    size_t size = r->bits == 8 ? n : (n + 1) / 2;
    str bytes = str_sub(r->rest, 0, size);

    if (bytes.n < size)
        return false;
    for (unsigned i = 0; i < n; i++)
        put(r, number(r, bytes, i));
    r->rest = str_from(r->rest, size + size % 2);
    return true;
}

/* After a zero: the end of the line or the picture, a jump, or literals. */
static bool obey(struct runs *r, unsigned code, bool *end)
{
    if (code > 2)
        return put_literals(r, code);
    *end = code == 1;
    if (code == 0) {
        r->x = 0;
        r->y++;
    } else if (code == 2) {
        if (r->rest.n < 2)
            return false;
        r->x += (unsigned char)r->rest.p[0];
        r->y += (unsigned char)r->rest.p[1];
        r->rest = str_from(r->rest, 2);
    }
    return true;
}

bool bmp_read_runs(const struct bmp *b, uint8_t *to)
{
    struct runs r = { .rest = b->pixels,
                      .width = b->width,
                      .height = b->height,
                      .bits = b->run_bits,
                      .to = to };

    for (bool end = false; !end && r.y < r.height;) {
        if (r.rest.n < 2)
            return r.y > 0;
        unsigned n = (unsigned char)r.rest.p[0];
        char value[1] = { r.rest.p[1] };
        r.rest = str_from(r.rest, 2);
        if (n == 0 && !obey(&r, (unsigned char)value[0], &end))
            return false;
        for (unsigned i = 0; i < n; i++)
            put(&r, number(&r, (str){ value, 1 }, r.bits == 8 ? 0 : i % 2));
    }
    return true;
}
