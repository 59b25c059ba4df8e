/* SPDX-License-Identifier: MIT */
/* xref.h - where the objects of a PDF file are, as a cross-reference stream
 * tells it (ISO 32000-1, 7.5.8).
 *
 * Objects are numbered from 1 on. One that gets no place is a free number;
 * who refers to it gets null. A zeroed struct xref is an empty one. */
#ifndef PDF_XREF_H
#define PDF_XREF_H

#include "base/buf.h"

struct xref_entry {
    uint32_t low; /* offset in the file, or the number of an object stream */
    uint16_t high;
    uint16_t index; /* in the object stream; 0xFFFF: not in one */
};

struct xref {
    struct xref_entry *entries; /* [0] is unused */
    size_t n, cap;
};

void xref_done(struct xref *x);

/* The next number. */
uint32_t xref_reserve(struct xref *x);
/* Objects stand at OFFSET (under 2^48) in the file, or are the INDEXth of the
 * object stream STREAM. */
void xref_set_offset(struct xref *x, uint32_t object, uint64_t offset);
void xref_set_packed(struct xref *x, uint32_t object, uint32_t stream,
                     uint32_t index);

/* The table as bytes to be deflated, with the entries that say how to read
 * them: /Size, /W and /DecodeParms. */
void xref_put_rows(const struct xref *x, struct buf *rows, struct buf *dict);

#endif
