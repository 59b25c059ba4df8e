/* SPDX-License-Identifier: MIT */
/* run.h - one whole book: collect, prepare, commit, finish. */
#ifndef RUN_H
#define RUN_H

#include <signal.h>
#include <stdio.h>

#include "book/settings.h"
#include "json.h"
#include "status.h"

struct kit;
struct shelf;

struct run_env {
    /* Turns non-zero when the user wants out: everything is cleaned up and
     * nothing published. */
    const volatile sig_atomic_t *interrupted;
    FILE *out;           /* closing line, changes, dumps; NULL: nowhere */
    FILE *err;           /* diagnostics */
    const char *label;   /* of a book among many, before its closing line */
    struct json *report; /* an open object that gets the book's members; NULL */
    struct kit *kit;     /* what books have in common (pdf/kit.h); NULL */
    struct shelf *caches; /* likewise: opened caches by their folders; NULL */
    bool *refused;        /* set when the report's file would replace a book or
                             what one is made of; NULL with no report */
    /* What reading book.yaml said, when the caller did it; NULL: to be read */
    const struct diag *read;
};

/* SET has what the command line said. */
enum status run_book(struct settings *set, const struct run_env *env);

/* The book of the command line, with its report. SAID: what there was to say
 * before, or NULL. */
enum status run_single(struct settings *set, struct diag *said,
                       const volatile sig_atomic_t *interrupted);
/* The same with --safe. Returns in the book's own process too, whose exit
 * status it then is. */
enum status run_single_safely(struct settings *set,
                              const volatile sig_atomic_t *interrupted);

#endif
