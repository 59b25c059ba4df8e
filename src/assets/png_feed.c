/* SPDX-License-Identifier: MIT */
#include "assets/png_feed.h"

#include <stdlib.h>

#include "assets/zstream.h"

/* Larger ones are left to libpng, which needs no more than a row of them. */
#define INFLATED_MAX (24u << 20)
#define BLOCK_MAX    65535u

static size_t data_size(const struct png_header *h)
{
    uint64_t bits = (uint64_t)h->width * png_pixel_bits(h);
    uint64_t row = (bits + 7) / 8 + 1;

    return row < INFLATED_MAX && row * h->height <= INFLATED_MAX
               ? (size_t)(row * h->height)
               : 0;
}

/* What stands before the first IDAT, if all chunks that matter are sound; else
 * empty. */
static str sound_head(str png)
{
    size_t at = PNG_HEAD, head = 0;
    struct png_chunk c;

    for (size_t before = at; png_next(png, &at, &c); before = at) {
        if (!png_chunk_is_sound(&c))
            return (str){ 0 };
        if (!head && str_eq(c.type, S("IDAT")))
            head = before;
    }
    return str_sub(png, 0, head);
}

static void put32(uint8_t *to, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(v >> (24 - 8 * i));
}

void png_feed_init(struct png_feed *f, str png)
{
    struct png_header h;
    struct buf stream = { 0 };

    *f = (struct png_feed){ .now = png };
    if (!png_header_read(png, &h) || h.interlace || !(f->size = data_size(&h)))
        return;
    str head = sound_head(png);
    if (head.n)
        f->data = zstream_unpack(png_stream(png, &stream), f->size);
    buf_done(&stream);
    if (!f->data)
        return;
    f->is_checked = true;
    f->adler = zstream_adler((str){ (char *)f->data, f->size });
    f->now = head;
}

void png_feed_done(struct png_feed *f)
{
    free(f->data);
    *f = (struct png_feed){ 0 };
}

static bool start_chunk(struct png_feed *f)
{
    size_t blocks = (f->size + BLOCK_MAX - 1) / BLOCK_MAX;

    put32(f->head, (uint32_t)(2 + 5 * blocks + f->size + 4));
    memcpy(f->head + 4, "IDAT\x78\x01", 6);
    f->now = (str){ (char *)f->head, 10 };
    return true;
}

static bool start_block(struct png_feed *f)
{
    size_t left = f->size - f->at, n = left < BLOCK_MAX ? left : BLOCK_MAX;

    f->head[0] = n == left;
    f->head[1] = (uint8_t)n;
    f->head[2] = (uint8_t)(n >> 8);
    f->head[3] = (uint8_t)~n;
    f->head[4] = (uint8_t)(~n >> 8);
    f->now = (str){ (char *)f->head, 5 };
    f->later = (str){ (char *)f->data + f->at, n };
    f->at += n;
    return true;
}

static bool end_chunk(struct png_feed *f)
{
    put32(f->head, f->adler);
    put32(f->head + 4, 0);
    f->now = (str){ (char *)f->head, 8 };
    f->later = S("\0\0\0\0IEND\0\0\0\0");
    return true;
}

/* The next piece. False: there is none. */
static bool go_on(struct png_feed *f)
{
    if (f->later.n) {
        f->now = f->later;
        f->later = (str){ 0 };
        return true;
    }
    if (!f->data || f->state == 2)
        return false;
    if (f->state == 0) {
        f->state = 1;
        return start_chunk(f);
    }
    if (f->at < f->size)
        return start_block(f);
    f->state = 2;
    return end_chunk(f);
}

bool png_feed_read(struct png_feed *f, uint8_t *to, size_t n)
{
    while (n > 0) {
        str part = str_sub(f->now, 0, n);
        if (part.n)
            memcpy(to, part.p, part.n);
        f->now = str_from(f->now, part.n);
        to += part.n;
        n -= part.n;
        if (n > 0 && !go_on(f))
            return false;
    }
    return true;
}
