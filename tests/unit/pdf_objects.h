/* SPDX-License-Identifier: MIT */
/* pdf_objects.h - for tests: a PDF's dictionaries out of their object
 * streams (ISO 32000-1, 7.5.7), to look for texts in them. */
#ifndef PDF_OBJECTS_H
#define PDF_OBJECTS_H

#include <libdeflate.h>
#include <stdlib.h>

#include "base/buf.h"

static inline void put_inflated(struct buf *b, str bytes)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    size_t room = 4u << 20, n = 0;

    assert_non_null(d);
    char *to = buf_reserve(b, room);
    assert_int_equal(
        libdeflate_zlib_decompress(d, bytes.p, bytes.n, to, room, &n),
        LIBDEFLATE_SUCCESS);
    b->n += n;
    libdeflate_free_decompressor(d);
}

/* The bytes behind "/Length" in the dictionary at AT of PDF. */
static inline str stream_bytes(str pdf, size_t at)
{
    size_t start = at + str_find(str_from(pdf, at), S("stream\r\n")) + 8;
    size_t length = at;

    while (!str_starts(str_from(pdf, length), S("/Length ")))
        length--;
    return str_sub(pdf, start, (size_t)strtoul(pdf.p + length + 8, NULL, 10));
}

/* PDF, and behind it what its object streams hold, in A. */
static inline str with_objects(str pdf, struct arena *a)
{
    struct buf b = { 0 };
    size_t at = 0, found;

    buf_put(&b, pdf);
    while ((found = str_find(str_from(pdf, at), S("/Type/ObjStm"))) !=
           STR_NONE) {
        at += found;
        put_inflated(&b, stream_bytes(pdf, at));
        at++;
    }
    str all = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return all;
}

#endif
