/* SPDX-License-Identifier: MIT */
/* local.h - an entry of a ZIP file as it stands in the file: the local header
 * (APPNOTE 6.3.10, 4.3.7) and what is stored.
 *
 * Pictures are compressed already. They are written as a deflate stream of
 * stored blocks (RFC 1951, 3.2.4), since an entry that libzip takes for
 * deflated is one that it doesn't sum up. */
#ifndef EPUB_LOCAL_H
#define EPUB_LOCAL_H

#include "epub/window.h"
#include "epub/zip.h"

/* The length of what is stored of N bytes in blocks. */
uint64_t local_blocks_length(uint64_t n);
/* The length of the header; without an extra field, which nothing needs that
 * is shorter than 4 GB. */
uint64_t local_header_length(const char *name);
/* Writes both. BYTES: a deflate stream for PACK_READY, else what was not
 * compressed. False: errno says why. */
bool local_write(struct window *w, const char *name, const struct entry *e,
                 str bytes);

#endif
