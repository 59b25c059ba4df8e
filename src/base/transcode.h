/* SPDX-License-Identifier: MIT */
/* transcode.h - text of other encodings to UTF-8 (iconv of POSIX). */
#ifndef BASE_TRANSCODE_H
#define BASE_TRANSCODE_H

#include "base/encoding.h"

/* One conversion, for one thread. */
struct transcoder;

/* NULL: this system doesn't know the encoding. */
struct transcoder *transcoder_new(const struct encoding *e);
void transcoder_free(struct transcoder *t); /* NULL is fine */

/* Appends S, which begins in the initial state, to OUT. What can't be read
 * becomes U+FFFD, a byte each; returns how many. */
size_t transcoder_put(struct transcoder *t, str s, struct buf *out);

/* Systems read what they know of an encoding from files. A process that is
 * to give up files holds all of them open before, until it ends. */
struct transcoders;
struct transcoders *transcoders_hold(void);
void transcoders_release(struct transcoders *all);

#endif
