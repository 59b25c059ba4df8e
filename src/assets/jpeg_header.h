/* SPDX-License-Identifier: MIT */
/* jpeg_header.h - what a JPEG says of itself before its pixels (ITU-T T.81,
 * annex B). */
#ifndef ASSETS_JPEG_HEADER_H
#define ASSETS_JPEG_HEADER_H

#include "base/str.h"

#define JPEG_HEAD 2 /* SOI; the first segment stands behind it */

enum {
    JPEG_APP0 = 0xE0,
    JPEG_APP1,
    JPEG_APP2,
    JPEG_APP14 = 0xEE,
    JPEG_APP15,
    JPEG_COM = 0xFE
};
enum { JPEG_EOI = 0xD9, JPEG_SOS = 0xDA };

struct jpeg_segment {
    uint32_t marker;
    str data;  /* without the length */
    str whole; /* with marker, length and fill bytes */
};

/* The segment at *AT, JPEG_HEAD at first, and *AT behind it; of a scan only
 * its header. False: what stands there is none, or not whole. */
bool jpeg_next(str jpeg, size_t *at, struct jpeg_segment *out);

struct jpeg_header {
    uint32_t width, height; /* as stored, before it is turned */
    uint32_t components, precision;
    uint32_t process;    /* 0: baseline, 1: extended, 2: progressive, ... */
    uint8_t orientation; /* Exif 2.32, 4.6.4, tag 274: 1 to 8 */
    size_t end;          /* behind the frame header */
};

/* NULL, or what is wrong with BYTES. */
const char *jpeg_header_read(str bytes, struct jpeg_header *out);

#endif
