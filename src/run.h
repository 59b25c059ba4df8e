/* SPDX-License-Identifier: MIT */
/* run.h - one whole run: collect, prepare, commit, finish. */
#ifndef RUN_H
#define RUN_H

#include <signal.h>

#include "book/settings.h"

/* Exit statuses; docs/diagnostics.md repeats them for users. */
enum status {
    STATUS_DONE = 0,
    STATUS_LOST = 1,  /* done, but something of the blog is not in the book;
                         or --strict met a warning */
    STATUS_USAGE = 2, /* the command line makes no sense */
    STATUS_FAILED = 3 /* input or output failed, nothing published */
};

/* SET has what the command line said; book.yaml is read here. INTERRUPTED turns
 * non-zero when the user wants out: everything is cleaned up and nothing
 * published. */
enum status run(struct settings *set, const volatile sig_atomic_t *interrupted);

#endif
