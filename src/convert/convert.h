/* SPDX-License-Identifier: MIT */
/* convert.h - a post's file becomes a chapter. */
#ifndef CONVERT_CONVERT_H
#define CONVERT_CONVERT_H

#include "book/book.h"
#include "doc/chapter.h"

/* Once, before threads: libraries with global registration. */
void convert_init(void);

/* State that outlives a post: reused buffers (one converter per worker) and,
 * shared by all, the ids of chapters that others link into. */
struct idcache;
struct idcache *idcache_new(void);
void idcache_free(struct idcache *ids);

struct converter;
/* BUDGET: of each post, or NULL. */
struct converter *converter_new(const struct book *book, struct idcache *ids,
                                struct budget *budget);
void converter_free(struct converter *cv);

/* The chapter of POST, in A. NULL: the file could not be read, reported, or
 * the budget is spent, which the caller reports. The result depends on nothing
 * but the post's file, the pictures it names, the book and the ids of the
 * chapters it links to. */
struct chapter *convert_post(struct converter *cv, const struct post *post,
                             struct arena *a, struct diag *dg);

/* The same in two steps, for different threads, each with a converter of its
 * own. The first waits for nobody: it begins to fetch what the post wants from
 * the web and leaves all that depends on the answers, and on other posts, to
 * the second. A draft lives in A and holds on to the struct arena itself; it is
 * ended once or never. NULL as above. */
struct draft;
struct draft *convert_begin(struct converter *cv, const struct post *post,
                            struct arena *a, struct diag *dg);
struct chapter *convert_end(struct converter *cv, struct draft *d,
                            struct diag *dg);
/* Begins to fetch, before it is known to be wanted, what is likely to be. */
void convert_guess(struct draft *d);

#endif
