/* SPDX-License-Identifier: MIT */
/* zstream.h - zlib streams (RFC 1950) as a whole, and their checksums (by
 * libdeflate, which takes a third of zlib's time). */
#ifndef ASSETS_ZSTREAM_H
#define ASSETS_ZSTREAM_H

#include "base/str.h"

/* What BYTES, a zlib stream, hold: SIZE bytes, no more and no less, for the
 * caller to free(). NULL: they do not. */
uint8_t *zstream_unpack(str bytes, size_t size);

uint32_t zstream_adler(str bytes);
uint32_t zstream_crc(str bytes);

#endif
