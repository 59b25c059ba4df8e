/* SPDX-License-Identifier: MIT */
/* embed_title.h - slides take their title from the link beside them. */
#ifndef CONVERT_EMBED_TITLE_H
#define CONVERT_EMBED_TITLE_H

#include "doc/node.h"

/* A card of slides below BODY that has no title of its own takes a link to the
 * same host from the block behind or before it: one that is all of its block,
 * or has only "from" and the author's name behind it. */
void embed_title_adopt(struct node *body, struct arena *a);

#endif
