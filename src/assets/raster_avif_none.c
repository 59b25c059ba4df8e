/* SPDX-License-Identifier: MIT */
#include "assets/decoders.h"

const char *const raster_avif_missing = "AVIF, for which libavif is missing";

const char *raster_avif(str bytes, const struct rows_wish *wish,
                        struct rows *out)
{
    return raster_avif_missing;
}
