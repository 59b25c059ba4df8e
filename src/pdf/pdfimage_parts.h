/* SPDX-License-Identifier: MIT */
/* pdfimage_parts.h - pictures as drawings, and those that were decoded for
 * print, kept for the next run. */
#ifndef PDF_PDFIMAGE_PARTS_H
#define PDF_PDFIMAGE_PARTS_H

#include "pdf/pdfimage.h"

/* The SVG IM as a form XObject of one unit in width and height, like images.
 * False: it is not so simple. */
bool form_make(struct pdf_image *out, const struct image *im,
               struct flate *flate, struct arena *a);

/* What IM, made so, is kept under; empty: it is not worth it. */
str kept_image_key(const struct image *im, const struct pdf_image_options *o,
                   struct arena *a);
/* False: it is not kept. */
bool kept_image_recall(struct pdf_image *out, const struct image *im,
                       struct made *kept, str key, struct arena *a);
/* OUT, made of IM. */
void kept_image_keep(const struct pdf_image *out, const struct image *im,
                     struct made *kept, str key);

#endif
