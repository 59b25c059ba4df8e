/* SPDX-License-Identifier: MIT */
/* xmp.h - the metadata stream of a PDF (ISO 16684-1; ISO 19005-2, 6.6). */
#ifndef PDF_XMP_H
#define PDF_XMP_H

#include "base/buf.h"

struct xmp {
    str title, author, language, identifier, creator, producer;
    str date;     /* "2024-01-02T03:04:05Z"; empty: none */
    bool archive; /* the file is PDF/A-2u */
};

void xmp_put(struct buf *b, const struct xmp *x);

#endif
