/* SPDX-License-Identifier: MIT */
#include "pdf/flate.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define LEVEL 4
/* Pages need less; what a picture took is given back. */
#define SCRATCH_KEPT (1u << 20)

struct flate {
    struct libdeflate_compressor *compressor;
    struct buf scratch;
};

struct flate *flate_new(void)
{
    struct flate *f = calloc(1, sizeof *f);

    if (!f || !(f->compressor = libdeflate_alloc_compressor(LEVEL)))
        die("out of memory");
    return f;
}

void flate_free(struct flate *f)
{
    if (!f)
        return;
    libdeflate_free_compressor(f->compressor);
    buf_done(&f->scratch);
    free(f);
}

str flate_pack(struct flate *f, str bytes, struct arena *a)
{
    size_t most = libdeflate_zlib_compress_bound(f->compressor, bytes.n);

    buf_reset(&f->scratch);
    char *to = buf_reserve(&f->scratch, most);
    /* Never 0: there is room for the worst case. */
    size_t n = libdeflate_zlib_compress(f->compressor, bytes.n ? bytes.p : "",
                                        bytes.n, to, most);
    char *own = arena_bytes(a, n);
    memcpy(own, to, n);
    if (f->scratch.cap > SCRATCH_KEPT)
        buf_done(&f->scratch);
    return (str){ own, n };
}
