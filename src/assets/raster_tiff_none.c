/* SPDX-License-Identifier: MIT */
#include "assets/decoders.h"

const char *const raster_tiff_missing = "TIFF, for which libtiff is missing";

const char *raster_tiff(str bytes, const struct rows_wish *wish,
                        struct rows *out)
{
    return raster_tiff_missing;
}
