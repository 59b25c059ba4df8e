/* SPDX-License-Identifier: MIT */
/* jpeg_header.h - what a JPEG says of itself before its pixels. */
#ifndef ASSETS_JPEG_HEADER_H
#define ASSETS_JPEG_HEADER_H

#include "base/str.h"

struct jpeg_header {
    uint32_t width, height; /* as stored, before it is turned */
    uint32_t components, precision;
    uint32_t process;    /* 0: baseline, 1: extended, 2: progressive, ... */
    uint8_t orientation; /* Exif 2.32, 4.6.4, tag 274: 1 to 8 */
};

/* False: no frame header in BYTES. */
bool jpeg_header_read(str bytes, struct jpeg_header *out);

#endif
