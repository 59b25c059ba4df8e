/* SPDX-License-Identifier: MIT */
/* shapecluster.h - user-perceived characters (UAX #29) and whether they want
 * to be emoji (UTS #51). */
#ifndef PDF_SHAPECLUSTER_H
#define PDF_SHAPECLUSTER_H

#include "pdf/font.h"

struct cluster {
    uint32_t at, end; /* bytes */
    uint32_t c;       /* first character */
    bool single;      /* nothing but that character */
    bool plain;       /* single, and no part of any script's rules */
    bool emoji;       /* coloured picture wanted */
    bool cut;         /* goes on as the next one: too long for one */
};

struct cluster_iter {
    str text;
    size_t at;     /* where the next cluster starts */
    size_t peeked; /* behind the character there */
    uint32_t c;    /* that character */
};

void cluster_iter_init(struct cluster_iter *it, str text, size_t at);
/* False at the end of the text. */
bool cluster_next(struct cluster_iter *it, struct cluster *out);

/* Whether the font has all that can be seen of the cluster, as it stands,
 * composed or decomposed. */
bool cluster_covered(const struct font *f, str text, const struct cluster *k);

/* The same of a font that was not opened, of which HAS tells the characters. */
typedef bool has_char(const void *font, uint32_t c);
bool cluster_covered_by(has_char *has, const void *font, str text,
                        const struct cluster *k);

#endif
