/* SPDX-License-Identifier: MIT */
/* place.h - the labelled place of a picture that is not in the book; what it
 * consists of is told in chapter.h. */
#ifndef DOC_PLACE_H
#define DOC_PLACE_H

#include "doc/words.h"

struct place_facts {
    str label; /* what the author called the picture; may be empty */
    str text;  /* what is read in its place: place_words(), or a host */
    str url;   /* where it is on the web; empty: it is no picture of the web */
    str why;   /* why it can't be shown, English; may be empty */
    enum lang lang; /* that WHY is shown in */
};

/* The author's words for IMG: its alternative text, or else its title. */
str place_label(const struct node *img);

/* "Picture not found: sea.png"; NAME may be empty. */
str place_words(enum word word, enum lang lang, str name, struct arena *a);

/* Turns IMG into the place; texts of F are kept. */
void place_put(struct node *img, const struct place_facts *f, struct arena *a);

/* C with places for the pictures that WHY, one for each of its images, has a
 * reason against. A copy in A; C stays as it is, and must live as long. */
const struct chapter *place_unshown(const struct chapter *c,
                                    const char *const *why, struct arena *a);

#endif
