/* SPDX-License-Identifier: MIT */
/* deflate.h - one thread's compressor (by libdeflate). */
#ifndef EPUB_DEFLATE_H
#define EPUB_DEFLATE_H

#include "base/buf.h"

struct deflate;

struct deflate *deflate_new(void);
void deflate_free(struct deflate *d); /* NULL is fine */

/* Replaces OUT by the raw deflate stream (RFC 1951) of BYTES. */
void deflate_bytes(struct deflate *d, str bytes, struct buf *out);

/* The CRC-32 of a ZIP entry. */
uint32_t deflate_crc(str bytes);
/* The same of what stands before BYTES, whose own is CRC, and of BYTES. */
uint32_t deflate_crc_more(uint32_t crc, str bytes);

#endif
