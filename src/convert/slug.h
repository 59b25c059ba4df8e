/* SPDX-License-Identifier: MIT */
/* slug.h - ids of headings. */
#ifndef CONVERT_SLUG_H
#define CONVERT_SLUG_H

#include "base/map.h"

/* GitHub's way: lower case, letters and digits of every script, '-' and '_'
 * kept, blanks become '-', the rest goes; NFC; "section" when nothing is
 * left, and "s-" in front of what could not start an XML name. */
str slug_of(str text, struct arena *a);

/* SLUG, or SLUG-1, SLUG-2, ... : the first that TAKEN does not hold; adds
 * it. */
str slug_unique(str slug, struct map *taken, struct arena *a);

#endif
