/* SPDX-License-Identifier: MIT */
/* picture_source.h - what hosts of pictures do to their addresses: the larger
 * picture behind a small one's. One table (picture_source.def), one line a
 * habit; no host is asked that it does not name or the address does not
 * contain. */
#ifndef CONVERT_PICTURE_SOURCE_H
#define CONVERT_PICTURE_SOURCE_H

#include "base/vec.h"

/* Adds to OUT the addresses that may hold WRITTEN's picture, best first: what
 * the table makes of it, then WRITTEN itself, with the host in ASCII, the rest
 * percent-encoded and without a fragment. "//host/a" is https, then http. None
 * is added twice, and nothing when WRITTEN is no address on the web. */
void picture_sources(str written, struct arena *a, struct str_vec *out);

/* Does URL, clean, count readers and show nothing? */
bool picture_is_counter(str url);

/* Is WRITTEN, by its name, what a page shows until a script puts the picture in
 * its place? */
bool picture_is_placeholder(str written);

/* Is URL, clean, the picture that a host sends in place of one it has lost? */
bool picture_is_substitute(str url);

#endif
