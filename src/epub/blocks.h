/* SPDX-License-Identifier: MIT */
/* blocks.h - a deflate stream of stored blocks (RFC 1951, 3.2.4), whose bytes
 * stay where they are until they are asked for. Pictures are compressed
 * already, and an entry that libzip takes for deflated is copied without being
 * summed up again. */
#ifndef EPUB_BLOCKS_H
#define EPUB_BLOCKS_H

#include "epub/zip.h"

/* The length of the stream of N bytes. */
uint64_t blocks_length(uint64_t n);

/* A reader of the stream of ENTRY, from its start on. */
struct blocks {
    const struct entry *entry;
    struct spool *spool;
    uint64_t at;
    uint32_t crc; /* of what was read, where it lies outside */
};

/* Up to N bytes into TO; the number read, 0 at the end, or -1 with errno: also
 * when bytes from outside are not those that they were (EIO). */
int64_t blocks_read(struct blocks *b, char *to, size_t n);

#endif
