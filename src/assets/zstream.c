/* SPDX-License-Identifier: MIT */
#include "assets/zstream.h"

#include <libdeflate.h>
#include <stdlib.h>

#define LEVEL 6

static uint8_t *unpack(str bytes, size_t most, size_t *n)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    uint8_t *out = malloc(most ? most : 1);

    if (!d || !out)
        die("out of memory");
    bool ok = libdeflate_zlib_decompress(d, bytes.p, bytes.n, out, most, n) ==
              LIBDEFLATE_SUCCESS;
    libdeflate_free_decompressor(d);
    if (ok)
        return out;
    free(out);
    return NULL;
}

uint8_t *zstream_unpack(str bytes, size_t size)
{
    return unpack(bytes, size, NULL);
}

uint8_t *zstream_unpack_some(str bytes, size_t most, size_t *n)
{
    return unpack(bytes, most, n);
}

str zstream_pack(str bytes, struct arena *a)
{
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(LEVEL);
    size_t most = libdeflate_zlib_compress_bound(c, bytes.n);
    char *to = malloc(most);

    if (!c || !to)
        die("out of memory");
    size_t n = libdeflate_zlib_compress(c, bytes.p, bytes.n, to, most);
    str out = arena_dup(a, (str){ to, n });
    free(to);
    libdeflate_free_compressor(c);
    return out;
}

uint32_t zstream_adler(str bytes)
{
    return libdeflate_adler32(1, bytes.p, bytes.n);
}

uint32_t zstream_crc(str bytes)
{
    return libdeflate_crc32(0, bytes.p, bytes.n);
}
