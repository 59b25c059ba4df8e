/* SPDX-License-Identifier: MIT */
/* relined.h - a text that a pass over Markdown has written, and which line of
 * the post each of its lines stems from. Passes stand in a chain: each reads
 * what the one before has written. */
#ifndef CONVERT_RELINED_H
#define CONVERT_RELINED_H

#include "base/buf.h"

/* Buffers, reused from post to post. A zeroed one is empty. */
struct relined {
    struct buf out;
    struct buf lines; /* uint32_t each: the line of what was read, from 1 */
    const struct relined *before; /* wrote what was read; NULL: the post */
};

void relined_done(struct relined *r);

/* Forgets all; what is read now is what BEFORE has written. */
void relined_begin(struct relined *r, const struct relined *before);

/* The first line of the result is about to be written: it changes. */
void relined_start(struct relined *r);

/* Ends a line of the result; the next stems from line NEXT. */
void relined_end_line(struct relined *r, unsigned next);

/* NEST, the containers of a line, for one below it: the marks of list items
 * become blanks. */
void relined_put_nest(struct relined *r, str nest);

/* The line of the post, from 1, that line N of the result stems from. */
unsigned relined_line(const struct relined *r, unsigned n);

#endif
