/* SPDX-License-Identifier: MIT */
#include "assets/decoders.h"

const char *raster_gif(str bytes, const struct rows_wish *wish,
                       struct rows *out)
{
    return "GIF, for which giflib is missing";
}
