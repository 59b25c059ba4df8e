/* SPDX-License-Identifier: MIT */
#include "assets/decoders.h"

const char *raster_webp(str bytes, const struct rows_wish *wish,
                        struct rows *out)
{
    return "WebP, for which libwebp is missing";
}

str webp_library_version(struct arena *a)
{
    return (str){ 0 };
}
