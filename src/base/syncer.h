/* SPDX-License-Identifier: MIT */
/* syncer.h - a thread that brings a file to the disk while more of it is
 * written, so that little is left to wait for at the end. */
#ifndef BASE_SYNCER_H
#define BASE_SYNCER_H

#include <stdbool.h>
#include <stdint.h>

struct syncer;

/* Of the open file FD, which must stay open. */
struct syncer *syncer_new(int fd);
/* The file has LENGTH bytes now. Does nothing as long as few are new; never
 * waits. */
void syncer_grown(struct syncer *s, uint64_t length);
/* Waits for what is under way. False: some of the file is not on the disk,
 * errno says why; who asks the system again may be told that all is well.
 * NULL is fine. */
bool syncer_free(struct syncer *s);

#endif
