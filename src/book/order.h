/* SPDX-License-Identifier: MIT */
/* order.h - which posts are in the book, and where. */
#ifndef BOOK_ORDER_H
#define BOOK_ORDER_H

#include "book/settings.h"

/* What --since, --until, --tag and --drafts say. A post without a date is
 * left out when there is a --since or an --until. Tags are compared without
 * case. */
bool order_wants(const struct settings *set, const struct post *p,
                 struct arena *scratch);

/* By day, time of day (as the authors wrote it; none comes first), `rel` in
 * byte order, and last by `index`, the order in which they were found; all of
 * that turned round with REVERSE. Posts without a date come last either way.
 */
void order_posts(struct post **posts, uint32_t n, bool reverse);

#endif
