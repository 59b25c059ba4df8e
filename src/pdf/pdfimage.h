/* SPDX-License-Identifier: MIT */
/* pdfimage.h - a picture as a PDF image (ISO 32000-1, 8.9.5), or as a drawing,
 * where it is an SVG simple enough (cover_areas.h). JPEG and simple
 * PNG keep their compressed bytes; others, and those with more pixels than
 * print shows, are decoded, reduced, and deflated, or made JPEG where they are
 * photographs. Colours that aren't those of screens stay what they are, with
 * their profile. Nothing of the files but the picture gets into print. */
#ifndef PDF_PDFIMAGE_H
#define PDF_PDFIMAGE_H

#include "assets/made.h"
#include "doc/chapter.h"
#include "pdf/flate.h"

struct pdf_image {
    str name;  /* of the resource; equal names are equal pictures */
    bool form; /* a drawing (8.10), no image: it has no icc nor mask */
    str dict;  /* width, height, colours, filter; without /SMask */
    str icc;   /* its colour profile, for /ColorSpace, which DICT lacks then */
    str bytes; /* as they stand in the stream */
    str smask; /* the same for the soft mask; empty: there is none */
    str smask_bytes;
    uint8_t orientation; /* EXIF: 1 upright, 3, 6, 8 turned, 2, 4, 5, 7
                            mirrored too */
    const char *wrong;   /* why it can't be drawn; NULL: it can */
};

struct pdf_image_options {
    int32_t w, h; /* as printed, pt/1000 */
    uint32_t dpi; /* decoded pictures get no more pixels to the inch */
    str from;     /* the post, for messages */
    struct flate *flate;
    struct made *kept; /* where what took long is kept for the next run; NULL:
                          nowhere */
};

/* False: the picture can't be drawn; already reported. */
bool pdf_image_make(struct pdf_image *out, const struct image *im,
                    const struct pdf_image_options *o, struct arena *a,
                    struct diag *dg);

#endif
