/* SPDX-License-Identifier: MIT */
/* card.h - the card of an embed in print: a hairline box with a QR code of the
 * address at the left, and kind, title, host and address at the right. */
#ifndef PDF_CARD_H
#define PDF_CARD_H

#include "pdf/block.h"

void card_add(struct layout *ly, struct galley *g, const struct node *figure,
              struct place at);

#endif
