/* SPDX-License-Identifier: MIT */
/* png_chunks.h - the chunks of a PNG (third edition, clause 5). */
#ifndef ASSETS_PNG_CHUNKS_H
#define ASSETS_PNG_CHUNKS_H

#include "base/arena.h"
#include "base/buf.h"

#define PNG_HEAD 8 /* signature; the first chunk stands behind it */

struct png_header {
    uint32_t width, height;
    uint8_t bits, color; /* color: bits 1 palette, 2 RGB, 4 alpha */
    uint8_t compression, filter, interlace; /* the methods */
};

struct png_chunk {
    str type, data;
    str whole; /* with length, type and checksum */
};

/* False: no IHDR where it belongs. */
bool png_header_read(str png, struct png_header *out);

/* Of a palette 1; 0: there is no such type of colour. */
unsigned png_channels(const struct png_header *h);
unsigned png_pixel_bits(const struct png_header *h);

/* The chunk at *AT, PNG_HEAD at first, and *AT behind it. False: no whole
 * chunk is left. */
bool png_next(str png, size_t *at, struct png_chunk *out);

bool png_chunk_is_sound(const struct png_chunk *c); /* by its checksum */

/* Is the header possible, the palette there where one is needed, and are all
 * checksums right? */
bool png_is_sound(str png);

bool png_has(str png, str type); /* a chunk of this type */

/* Are its colours for screens: without a gamma, with that of screens, or with
 * one that a profile overrules (11.3.2.2)? */
bool png_is_for_screens(str png);

/* The zlib stream of the picture: of all IDAT chunks. With one chunk it is a
 * part of PNG, with more it is in TO. */
str png_stream(str png, struct buf *to);
/* The same; what is no part of PNG is in A. */
str png_stream_in(str png, struct arena *a);

#endif
