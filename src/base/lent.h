/* SPDX-License-Identifier: MIT */
/* lent.h - the files that a book is written to, opened by a process that may
 * open files for one that may not: outfile_lend() for all of them. */
#ifndef BASE_LENT_H
#define BASE_LENT_H

#include <limits.h>

#include "base/file.h"
#include "base/spool.h"
#include "base/vec.h"

struct lent;

/* What the child says last, in memory that the parent sees too. The child may
 * write anything there. */
struct last_word {
    unsigned char ended; /* not 0: it has done all that there was to do */
    unsigned char late;  /* not 0: it gave up because of this post: */
    char post[PATH_MAX]; /* its path; may be empty, may lack its NUL */
};

/* In A; ends with lent_settle(). */
struct lent *lent_new(struct arena *a);
/* Opens the file for the output PATH, and a spool beside it. False: already
 * reported. */
bool lent_open(struct lent *l, str path, struct diag *dg);
/* Names of the temporary files, in A. */
struct str_vec lent_names(const struct lent *l, struct arena *a);

/* In the child: from here on the files are borrowed. */
void lent_borrow(struct lent *l);
/* In the child of another book: they are none of its business. */
void lent_forget(struct lent *l);
/* The N-th of the open files, -1 behind the last. */
int lent_handle(const struct lent *l, size_t n);
/* In the parent, when the child is gone: publishes what it finished if it
 * ENDED_WELL; closes and removes the rest. False: already reported. NULL is
 * fine. */
bool lent_settle(struct lent *l, bool ended_well, struct diag *dg);

/* What outfile_new() and spool_new() do where L is NULL; otherwise the file
 * that was opened for PATH, once. NULL: already reported. */
struct outfile *lent_outfile(struct lent *l, str path, struct diag *dg);
struct spool *lent_spool(struct lent *l, str path, struct diag *dg);
/* Where the bytes of the finished output PATH are as yet. */
str lent_place(const struct lent *l, str path);

#endif
