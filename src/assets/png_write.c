/* SPDX-License-Identifier: MIT */
#include "assets/png_write.h"

#include "assets/png_filter.h"
#include "assets/zstream.h"

static void put32(struct buf *b, uint32_t v)
{
    for (int i = 24; i >= 0; i -= 8)
        buf_putc(b, (char)(v >> i));
}

static void put_chunk(struct buf *b, const char *type, str data)
{
    put32(b, (uint32_t)data.n);
    size_t start = b->n;
    buf_puts(b, type);
    buf_put(b, data);
    put32(b, zstream_crc(str_from(buf_str(b), start)));
}

static void put_header(struct buf *b, const struct raster *r)
{
    static const char color[] = { [CHANNELS_GREY] = 0,
                                  [CHANNELS_GREY_ALPHA] = 4,
                                  [CHANNELS_RGB] = 2,
                                  [CHANNELS_RGBA] = 6 };
    struct buf h = { 0 };

    put32(&h, r->width);
    put32(&h, r->height);
    buf_putc(&h, 8);
    buf_putc(&h, color[r->channels]);
    buf_put(&h, (str){ "\0\0\0", 3 });
    put_chunk(b, "IHDR", buf_str(&h));
    buf_done(&h);
}

str png_write(const struct raster *r, struct arena *a)
{
    size_t n = png_row_size(r) * r->height;
    struct buf b = { 0 };
    struct arena scratch;

    arena_init(&scratch);
    char *rows = arena_bytes(&scratch, n);
    png_filter(r, (uint8_t *)rows);
    str data = zstream_pack((str){ rows, n }, &scratch);
    buf_put(&b, S("\x89PNG\r\n\x1A\n"));
    put_header(&b, r);
    put_chunk(&b, "IDAT", data);
    put_chunk(&b, "IEND", (str){ 0 });
    str out = arena_dup(a, buf_str(&b));
    arena_done(&scratch);
    buf_done(&b);
    return out;
}
