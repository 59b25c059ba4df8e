/* SPDX-License-Identifier: MIT */
/* stream.h - a document of the whole book on its way into the spool, so that
 * the navigation of 100,000 posts takes no more memory than that of ten. */
#ifndef EPUB_STREAM_H
#define EPUB_STREAM_H

#include "base/buf.h"
#include "epub/zip.h"

struct stream {
    struct buf buf; /* write here, then stream_more() every now and then */
    struct spool *spool;
    struct diag *dg;
    struct span span;
    bool failed; /* already reported */
};

void stream_begin(struct stream *s, struct spool *spool, struct diag *dg);
/* Hands the buffer on once there is enough in it. */
void stream_more(struct stream *s);
/* *OUT describes the whole document. False: already reported. Nothing else may
 * go into the spool between begin and end. */
bool stream_end(struct stream *s, struct entry *out);

#endif
