/* SPDX-License-Identifier: MIT */
/* A picture's file: what it is, its pixels, and what an EPUB gets of it. */
#include <stdint.h>
#include <stdlib.h>

#include "assets/facts.h"
#include "assets/fit.h"
#include "assets/image.h"
#include "assets/raster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Larger ones take their time, which is what limits are for, and show no more
 * than small ones do. */
#define PIXELS_MAX 100000

static void decode(const struct image *im, bool small)
{
    struct rows rows;
    struct raster r;
    struct rows_wish wish = { 0 };

    if (small || im->type == IMAGE_SVG)
        wish = (struct rows_wish){ 16, 16 };
    if (rows_open(im->type, im->bytes, &wish, &rows))
        return;
    if (small)
        rows_reduce(&rows, 7, 5);
    else
        rows_turn(&rows, (uint8_t)(1 + im->bytes.n % 8));
    if (raster_read(&rows, &r))
        raster_done(&r);
    rows_close(&rows);
}

static void fit(const struct image *im, struct arena *a)
{
    static const struct fit_limits limits[] = {
        { 0 },
        { .width = 9, .height = 4, .quality = 50, .no_webp = true },
    };
    struct image back = { 0 };
    const char *why;

    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct fit f;
        fit_picture(im, &limits[i], a, &f);
        if (f.wrong || f.type == IMAGE_SVG)
            continue;
        /* What is made is a picture. */
        if (!image_identify(f.bytes, &back.type, &back.width, &back.height,
                            &why) ||
            back.type != f.type)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct image im = { .bytes = { (const char *)data, size },
                        .name = S("0123456789ab"),
                        .path = S("fuzz") };
    struct picture_facts facts;
    struct arena a;
    const char *why;

    if (!image_identify(im.bytes, &im.type, &im.width, &im.height, &why) ||
        (uint64_t)im.width * im.height > PIXELS_MAX)
        return 0;
    arena_init(&a);
    picture_facts(im.type, im.bytes, &a, &facts);
    decode(&im, true);
    decode(&im, false);
    fit(&im, &a);
    arena_done(&a);
    return 0;
}
