/* SPDX-License-Identifier: MIT */
/* safebook.h - a book that is made by a process of its own, in the sandbox.
 * The parent opens what is written and publishes it; the child reads the
 * blog. Whatever becomes of the child, the parent says so, and what stood
 * under the book's name stays unless the book is whole. */
#ifndef SAFEBOOK_H
#define SAFEBOOK_H

#include <stdio.h>
#include <sys/types.h>

#include "book/settings.h"
#include "status.h"

struct safebook;

/* Opens the outputs that SET, of the operator alone, asks for, and the report
 * if WITH_REPORT; SET gets them. In A. NULL: already reported. */
struct safebook *safebook_new(struct settings *set, bool with_report,
                              struct arena *a, struct diag *dg);

/* Files that the child may write to besides: OUT and ERR instead of the
 * standard output and the standard error. Otherwise it has those of the
 * parent. */
void safebook_redirect(struct safebook *b, FILE *out, FILE *err, FILE *report);

/* fork(). In the child, which gets 0, the sandbox has been entered and SAID
 * tells what it lacks; it has no other files of the parent. -1: reported in
 * SAID. */
pid_t safebook_fork(struct safebook *b, const struct str_vec *common,
                    struct diag *said);

/* The child of another book: this one is none of its business. */
void safebook_forget(struct safebook *b);

/* The child: it has said all that there is to say. Without this call its end
 * is taken for a failure. */
void safebook_end(struct safebook *b);

/* The parent: the child of safebook_fork() has ended with WAITED, of
 * waitpid(). Publishes, or reports why not. FAULT: what it did otherwise than
 * the program does ("said ..."); NULL: nothing. */
enum status safebook_settle(struct safebook *b, int waited, const char *fault,
                            struct diag *dg);
/* The same when there was no child. */
void safebook_abandon(struct safebook *b, struct diag *dg);

#endif
