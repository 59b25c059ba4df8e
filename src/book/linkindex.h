/* SPDX-License-Identifier: MIT */
/* linkindex.h - from an address as an author wrote it to the post it means. */
#ifndef BOOK_LINKINDEX_H
#define BOOK_LINKINDEX_H

#include "book/book.h"

enum link_found { LINK_NONE, LINK_ONE, LINK_AMBIGUOUS };

/* base_url may name several addresses, separated by blanks or commas: the
 * blog's own and its former ones. */
struct linkindex *linkindex_new(const struct book *book, struct arena *a);

/* HOST ("example.org") is the blog's too. Before workers start only. */
void linkindex_add_host(struct linkindex *x, str host);

/* The post whose date and slug stand at the end of PATH, as in
 * "/2018/08/29/slug/"; that is evidence enough even under another host. */
enum link_found linkindex_find_dated(const struct linkindex *x, str path,
                                     struct arena *scratch,
                                     const struct post **found);

/* HREF without its fragment, as written in FROM. Order of tries: file path
 * (relative to FROM, then to the blog); permalink, url, aliases; the dated
 * pattern; slug; unique title (for [[wiki links]] and bare names only).
 * Compared after percent-decoding, NFC, case folding, and dropping the base
 * URL, "index.html", ".html", ".md" and the final slash. Of translations the
 * one in the language of HREF or FROM is meant. SCRATCH is for work
 * in between. Thread-safe: only reads. */
enum link_found linkindex_find(const struct linkindex *x,
                               const struct post *from, str href,
                               struct arena *scratch,
                               const struct post **found);

#endif
