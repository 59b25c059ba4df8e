/* SPDX-License-Identifier: MIT */
/* vault.h - what an object of the PDF says waits on disk until the file is
 * written, so that a book of 20,000 pages does not fill the memory.
 *
 * Append, then read; reading what was put in order is cheap. Where no file can
 * be made, everything stays in memory. One owner. */
#ifndef PDF_VAULT_H
#define PDF_VAULT_H

#include "base/diag.h"

struct vault;

/* BESIDE: the output's path. Never NULL. */
struct vault *vault_new(str beside);
void vault_free(struct vault *v); /* NULL is fine */

/* Keeps BYTES; the result is where they are. A failure shows at the end. */
uint64_t vault_put(struct vault *v, str bytes);

/* Some of the N bytes at OFF, from the first on; empty when they can't be
 * read. Valid until the next call. */
str vault_get(struct vault *v, uint64_t off, size_t n);

/* False: something could not be kept or read back, reported about TARGET. */
bool vault_is_whole(const struct vault *v, str target, struct diag *dg);

#endif
