/* SPDX-License-Identifier: MIT */
/* pdfimage.h - a picture as a PDF image (ISO 32000-1, 8.9.5). JPEG and simple
 * PNG keep their compressed bytes; the others are decoded, reduced to the
 * pixels that print shows, and deflated. */
#ifndef PDF_PDFIMAGE_H
#define PDF_PDFIMAGE_H

#include "doc/chapter.h"

struct pdf_image {
    str name;  /* of the resource; equal names are equal pictures */
    str dict;  /* without /Type, /Subtype, /SMask, /Length; with /Filter */
    str bytes; /* as they stand in the stream */
    str smask; /* the same for the soft mask; empty: there is none */
    str smask_bytes;
    uint8_t orientation; /* EXIF: 1 upright, 3, 6, 8 turned, 2, 4, 5, 7
                            mirrored too */
};

/* The picture printed as W x H (pt/1000) with at most DPI pixels to the inch.
 * False: it can't be drawn; already reported as being in FROM. */
bool pdf_image_make(struct pdf_image *out, const struct image *im, int32_t w,
                    int32_t h, uint32_t dpi, str from, struct arena *a,
                    struct diag *dg);

#endif
