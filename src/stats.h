/* SPDX-License-Identifier: MIT */
/* stats.h - what a chapter holds, in numbers. */
#ifndef STATS_H
#define STATS_H

#include "doc/chapter.h"

struct stats {
    uint64_t words, letters;
    uint64_t pictures; /* places where one stands */
    uint64_t links;    /* to anywhere; marks of footnotes are none */
    uint64_t embeds;   /* cards */
};

struct stats stats_of(const struct chapter *c);
void stats_add(struct stats *sum, const struct stats *s);

#endif
