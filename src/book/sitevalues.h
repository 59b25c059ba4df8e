/* SPDX-License-Identifier: MIT */
/* sitevalues.h - what a generator's settings say of the blog, under all the
 * names that has. */
#ifndef BOOK_SITEVALUES_H
#define BOOK_SITEVALUES_H

#include "book/value.h"

enum site_fact {
    SITE_TITLE,
    SITE_AUTHOR,
    SITE_LANGUAGE, /* a tag of BCP 47, tidied */
    SITE_ADDRESS,  /* "https://example.org/blog", no slash at the end */
    SITE_DESCRIPTION,
    SITE_FACTS
};

/* Longer ones are no titles. */
#define SITE_VALUE_MAX 1000

/* FACT as the settings ROOT have it, in A: one line of plain text. Empty: not
 * said, or only what a new site has before anybody changed it. *LINE is where,
 * *LONG: it is longer than SITE_VALUE_MAX and was not taken. */
str sitevalue_find(const struct value *root, enum site_fact fact,
                   struct arena *a, unsigned *line, bool *too_long);

/* "ko_KR.UTF-8", "kr" and "korean" as tags: "ko-KR", "ko", "ko"; empty: no
 * language at all. */
str sitevalue_language(str name, struct arena *a);

#endif
