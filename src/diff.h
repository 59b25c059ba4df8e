/* SPDX-License-Identifier: MIT */
/* diff.h - what changed since an earlier edition of the book (--diff).
 *
 * Chapters are matched by their file names and compared by what an EPUB has
 * of them, whatever format is being made. Title page, contents and the like
 * are not compared. */
#ifndef DIFF_H
#define DIFF_H

#include "book/book.h"
#include "doc/chapter.h"
#include "json.h"

struct diff;

/* Reads the edition that the settings name. NULL: already reported. */
struct diff *diff_new(const struct book *book, struct diag *dg);
void diff_free(struct diff *d); /* NULL is fine */

/* On any worker: what diff_commit() compares, in A. */
void *diff_prepare(const struct diff *d, const struct chapter *c,
                   struct arena *a);
/* In book order. */
void diff_commit(struct diff *d, const struct post *post, const void *prepared);

/* Once, behind the last commit: "+ NAME.xhtml TITLE" for what was added,
 * "~" for what changed, "-" for what is gone. */
void diff_print(const struct diff *d, FILE *to);
/* The members of an open object. */
void diff_json(const struct diff *d, struct json *j);

#endif
