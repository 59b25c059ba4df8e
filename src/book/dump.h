/* SPDX-License-Identifier: MIT */
/* dump.h - what was collected, as text for --dump=posts and for tests. */
#ifndef BOOK_DUMP_H
#define BOOK_DUMP_H

#include "base/buf.h"
#include "book/book.h"

/* One block of "key: value" lines a post, in book order, after one for the
 * book; empty values are left out. Only paths below the blog's folder are
 * shown, so a copy elsewhere gives the same text. */
void book_dump(const struct book *book, struct buf *out);

#endif
