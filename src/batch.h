/* SPDX-License-Identifier: MIT */
/* batch.h - many books in one process (--batch): workers make whole books,
 * each with one thread, since a blog is small and a batch is long. Messages
 * and lines come in the order of the list. */
#ifndef BATCH_H
#define BATCH_H

#include <signal.h>

#include "book/settings.h"
#include "status.h"

/* SET is the command line. The worst status of all books. */
enum status run_batch(const struct settings *set,
                      const volatile sig_atomic_t *interrupted);

#endif
