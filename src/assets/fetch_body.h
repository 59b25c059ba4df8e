/* SPDX-License-Identifier: MIT */
/* fetch_body.h - the bytes of a download on their way to its file. */
#ifndef ASSETS_FETCH_BODY_H
#define ASSETS_FETCH_BODY_H

#include <stdatomic.h>

#include "base/buf.h"

struct body_limits {
    uint64_t file_max, total_max; /* bytes */
    uint64_t total;               /* of all bodies so far */
    /* A body of up to small_max bytes stays in memory, where all of them have
     * up to memory_max. */
    uint64_t small_max, memory_max;
    _Atomic uint64_t memory; /* taken so far */
};

enum body_fault {
    BODY_OK,
    BODY_TOO_LARGE,  /* more than file_max */
    BODY_TOO_MUCH,   /* more than total_max, with those before it */
    BODY_NOT_WRITTEN /* see error */
};

/* {.path = ..., .limits = ...}; nothing is opened before there is something to
 * write. */
struct body {
    const char *path; /* borrowed */
    struct body_limits *limits;
    int fd; /* when opened */
    bool opened;
    struct buf memory; /* all of it, while it is not in the file */
    enum body_fault fault;
    int error; /* an errno */
    uint64_t size;
};

/* Appends to memory or to the file, which must not exist when it is made
 * (O_EXCL, mode 0600). False: see fault; it stays. */
bool body_write(struct body *b, str bytes);
/* Closes the file; removes it, or forgets what is in memory, unless KEEP. Then
 * B is as new, but for memory, fault, error and size. False: not written whole;
 * it is gone. */
bool body_end(struct body *b, bool keep);
/* Frees what is in memory. */
void body_forget(struct body *b);

#endif
