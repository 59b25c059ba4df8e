/* SPDX-License-Identifier: MIT */
/* archive.h - addresses of the Internet Archive: its availability API
 * (archive.org/help/wayback_api.php) and its raw copies. Text only; nothing
 * here asks for them. */
#ifndef ASSETS_ARCHIVE_H
#define ASSETS_ARCHIVE_H

#include "book/post.h"

/* BASE is `--archive-url`; empty: the Internet Archive itself. Both the API and
 * the copies are then below BASE. */

/* The address that tells whether there is a copy of URL, nearest to DATE when
 * that has a year. */
str archive_query(str base, str url, const struct date *date, struct arena *a);

/* The address of the copy, as it was and without a toolbar, that the API's
 * ANSWER names. False: it names none. */
bool archive_read(str base, str answer, struct arena *a, str *copy);

#endif
