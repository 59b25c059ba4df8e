/* SPDX-License-Identifier: MIT */
/* spool.h - finished pieces wait on disk until the book is closed.
 *
 * One unnamed file in the folder of the output (where room is needed anyway,
 * and which is not a memory disk as a temporary folder may be), appended in
 * book order. One owner; no locking. It vanishes with the process. */
#ifndef BASE_SPOOL_H
#define BASE_SPOOL_H

#include "base/diag.h"

struct span {
    uint64_t off, len;
};

struct spool;

/* BESIDE: the output's path, see temporary_folder(). NULL: already
 * reported. */
struct spool *spool_new(str beside, struct diag *dg);
/* The two halves of it: the unnamed file, -1 (already reported) if there is
 * none, and a spool that takes it over. */
int spool_file(str beside, struct diag *dg);
struct spool *spool_adopt(int fd, str beside);
void spool_free(struct spool *sp); /* NULL is fine */

/* Appends BYTES; *OUT says where. False: already reported. */
bool spool_put(struct spool *sp, str bytes, struct span *out, struct diag *dg);

/* Reads up to N bytes at OFF into TO; the number read, or -1 with errno.
 * Not behind the end. */
int64_t spool_read(struct spool *sp, uint64_t off, char *to, size_t n);

#endif
