/* SPDX-License-Identifier: MIT */
/* png_feed.h - the bytes of a PNG for libpng, which would inflate them by zlib.
 * Of one of usual size the data are inflated here, much faster, and handed on
 * as a stream of stored blocks (RFC 1951, 3.2.4), which zlib only copies. */
#ifndef ASSETS_PNG_FEED_H
#define ASSETS_PNG_FEED_H

#include "assets/png_chunks.h"

struct png_feed {
    str now, later;  /* pieces of the file that are read, and that wait */
    bool is_checked; /* checksums were looked at; those that come are 0 */
    uint8_t *data;   /* inflated; owned; NULL: the file comes as it is; what
                        was read may be overwritten */
    size_t size, at;
    uint32_t adler;
    uint8_t head[16];
    int state;
};

void png_feed_init(struct png_feed *f, str png);
void png_feed_done(struct png_feed *f);

/* The next N bytes. False: there are fewer. */
bool png_feed_read(struct png_feed *f, uint8_t *to, size_t n);

#endif
