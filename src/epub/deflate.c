/* SPDX-License-Identifier: MIT */
#include "epub/deflate.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/arena.h"

#define LEVEL 6

struct deflate {
    struct libdeflate_compressor *compressor;
};

struct deflate *deflate_new(void)
{
    struct deflate *d = malloc(sizeof *d);

    if (!d || !(d->compressor = libdeflate_alloc_compressor(LEVEL)))
        die("out of memory");
    return d;
}

void deflate_free(struct deflate *d)
{
    if (!d)
        return;
    libdeflate_free_compressor(d->compressor);
    free(d);
}

void deflate_bytes(struct deflate *d, str bytes, struct buf *out)
{
    size_t most = libdeflate_deflate_compress_bound(d->compressor, bytes.n);

    buf_reset(out);
    char *to = buf_reserve(out, most);
    /* Never 0: there is room for the worst case. */
    out->n = libdeflate_deflate_compress(d->compressor, bytes.p, bytes.n, to,
                                         most);
}

uint32_t deflate_crc(str bytes)
{
    return deflate_crc_more(0, bytes);
}

uint32_t deflate_crc_more(uint32_t crc, str bytes)
{
    return libdeflate_crc32(crc, bytes.p, bytes.n);
}
