/* SPDX-License-Identifier: MIT */
/* embed_card.h - the nodes of a card (its shape is in doc/chapter.h). */
#ifndef CONVERT_EMBED_CARD_H
#define CONVERT_EMBED_CARD_H

#include "convert/embed_match.h"
#include "convert/soup.h"
#include "doc/chapter.h"

struct card {
    enum embed_kind kind;
    str title;     /* empty: the link stands for it */
    str link;      /* clean, or relative for link_resolve() to judge */
    str player;    /* clean, or empty */
    str thumbnail; /* clean, or empty */
    str host;
    uint32_t line;
    /* What the page said around the player: kept in front of the card, as a
     * quotation or as plain paragraphs. May be NULL. */
    const struct soup *words;
    bool quoted;
};

struct node *card_new(const struct card *card, enum lang lang, struct arena *a);

#endif
