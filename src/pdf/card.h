/* SPDX-License-Identifier: MIT */
/* card.h - what stands for something of the web in print. The card of an embed
 * is a hairline box with a QR code of the address at the left, and kind, title,
 * host and address at the right; the place of a picture that is not in the book
 * is a lower one, with its description, host and address. */
#ifndef PDF_CARD_H
#define PDF_CARD_H

#include "pdf/block.h"

/* Is N a card, or a block of nothing but a remote picture's place and, in a
 * figure, captions? */
bool card_is(const struct node *n);

/* What of the card N stands in its box, and is not to be numbered as a link: N
 * itself, or a child; NULL: N is no card. */
const struct node *card_box(const struct node *n);

void card_add(struct layout *ly, struct galley *g, const struct node *n,
              struct place at);

#endif
