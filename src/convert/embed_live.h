/* SPDX-License-Identifier: MIT */
/* embed_live.h - cards come alive: code is shown as code, films and slides with
 * their title and a picture. One table (embed_live.def) says who is asked for
 * what; nobody else is. A card whose site gives no answer, or one that does
 * not hold, stays as it was. */
#ifndef CONVERT_EMBED_LIVE_H
#define CONVERT_EMBED_LIVE_H

#include "book/book.h"
#include "doc/chapter.h"

/* Begins to fetch what the sites say about the cards of C; does not wait. Cards
 * about which nobody is asked get their pictures. Is anybody asked? */
bool embed_want(struct chapter *c, const struct book *book, struct arena *a);

/* Puts what they say into the cards, once. Pictures are p.embed-picture > img
 * with their address, for picture.h; gists become div.embed-code. Without a
 * library nothing happens. */
void embed_enliven(struct chapter *c, const struct book *book, struct arena *a,
                   struct diag *dg);

#endif
