/* SPDX-License-Identifier: MIT */
#include <png.h>

#include "assets/raster.h"

const char *raster_png(str bytes, struct raster *out)
{
    png_image im = { .version = PNG_IMAGE_VERSION };

    *out = (struct raster){ 0 };
    if (!png_image_begin_read_from_memory(&im, bytes.p, bytes.n))
        return "damaged PNG";
    im.format = PNG_FORMAT_RGBA;
    if (!raster_init(out, im.width, im.height)) {
        png_image_free(&im);
        return "PNG too large to print";
    }
    if (png_image_finish_read(&im, NULL, out->rgba, 0, NULL))
        return NULL;
    png_image_free(&im);
    raster_done(out);
    return "damaged PNG";
}
