/* SPDX-License-Identifier: MIT */
/* A picture's file, as a PDF gets it. */
#include <stdint.h>

#include "assets/image.h"
#include "pdf/pdfimage.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PIXELS_MAX 100000 /* as in fuzz_picture.c */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct image im = { .bytes = { (const char *)data, size },
                        .name = S("0123456789ab"),
                        .path = S("fuzz") };
    struct pdf_image out;
    struct arena a;
    struct diag dg;
    const char *why;

    if (!image_identify(im.bytes, &im.type, &im.width, &im.height, &why) ||
        (uint64_t)im.width * im.height > PIXELS_MAX)
        return 0;
    arena_init(&a);
    diag_init(&dg, &a);
    struct flate *flate = flate_new();
    /* As it is, and with far fewer pixels. */
    for (int i = 0; i < 2; i++)
        pdf_image_make(&out, &im,
                       &(struct pdf_image_options){ .w = i ? 2000 : 90000,
                                                    .h = i ? 1500 : 90000,
                                                    .dpi = 300,
                                                    .from = S("post.md"),
                                                    .flate = flate },
                       &a, &dg);
    flate_free(flate);
    arena_done(&a);
    return 0;
}
