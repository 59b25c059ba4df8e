/* SPDX-License-Identifier: MIT */
/* clean.h - tag soup becomes the EPUB content model (EPUB 3.3, 6.1; the
 * content categories are HTML's). */
#ifndef CONVERT_CLEAN_H
#define CONVERT_CLEAN_H

#include "convert/idset.h"
#include "convert/soup.h"
#include "doc/chapter.h"

/* A div.body with the cleaned content of SOUP. Links still have their raw
 * href in ATTR_HREF and pictures their raw src in ATTR_DATA_SRC:
 * link_resolve() and picture_resolve() come next. Headings still have their
 * source levels, notes are still sup.footnote-ref and section.footnotes.
 * Embeds are cards already. The ids that the author wrote go to IDS.
 *
 * A container of the result holds either lines of text only or blocks only:
 * text beside blocks is in a p. */
struct node *clean_soup(const struct soup *root, const struct post *post,
                        enum lang lang, struct idset *ids, struct arena *a,
                        struct diag *dg);

#endif
