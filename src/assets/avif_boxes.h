/* SPDX-License-Identifier: MIT */
/* avif_boxes.h - what an AVIF says of itself before its pixels (ISO/IEC
 * 14496-12, 4.2 and 8.11; ISO/IEC 23008-12, 6.5). */
#ifndef ASSETS_AVIF_BOXES_H
#define ASSETS_AVIF_BOXES_H

#include "base/str.h"

struct avif_header {
    uint32_t width, height; /* as stored, before it is turned; 0: not known */
    uint8_t orientation;    /* Exif's number of its turn and mirror: 1 to 8 */
    str icc;                /* the colour profile, in the file; or empty */
};

/* Tiles, alpha and thumbnails have properties beside the picture's own. It is
 * the largest, and they are turned with it. */
void avif_header_read(str avif, struct avif_header *out);

#endif
