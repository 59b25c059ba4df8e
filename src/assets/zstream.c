/* SPDX-License-Identifier: MIT */
#include "assets/zstream.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/arena.h"

uint8_t *zstream_unpack(str bytes, size_t size)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    uint8_t *out = malloc(size ? size : 1);

    if (!d || !out)
        die("out of memory");
    bool ok = libdeflate_zlib_decompress(d, bytes.p, bytes.n, out, size,
                                         NULL) == LIBDEFLATE_SUCCESS;
    libdeflate_free_decompressor(d);
    if (ok)
        return out;
    free(out);
    return NULL;
}

uint32_t zstream_adler(str bytes)
{
    return libdeflate_adler32(1, bytes.p, bytes.n);
}

uint32_t zstream_crc(str bytes)
{
    return libdeflate_crc32(0, bytes.p, bytes.n);
}
