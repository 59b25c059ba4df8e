/* SPDX-License-Identifier: MIT */
/* zstream.h - zlib streams (RFC 1950) as a whole, and their checksums (by
 * libdeflate, which takes a third of zlib's time). */
#ifndef ASSETS_ZSTREAM_H
#define ASSETS_ZSTREAM_H

#include "base/arena.h"

/* What BYTES, a zlib stream, hold: SIZE bytes, no more and no less, for the
 * caller to free(). NULL: they do not. */
uint8_t *zstream_unpack(str bytes, size_t size);

/* The same for a stream of unknown size up to MOST; *N gets it. */
uint8_t *zstream_unpack_some(str bytes, size_t most, size_t *n);

/* The zlib stream of BYTES, in A. */
str zstream_pack(str bytes, struct arena *a);

uint32_t zstream_adler(str bytes);
uint32_t zstream_crc(str bytes);

#endif
