/* SPDX-License-Identifier: MIT */
/* fetch_body.h - the bytes of a download on their way to its file. */
#ifndef ASSETS_FETCH_BODY_H
#define ASSETS_FETCH_BODY_H

#include "base/str.h"

struct body_limits {
    uint64_t file_max, total_max; /* bytes */
    uint64_t total;               /* of all bodies so far */
};

enum body_fault {
    BODY_OK,
    BODY_TOO_LARGE,  /* more than file_max */
    BODY_TOO_MUCH,   /* more than total_max, with those before it */
    BODY_NOT_WRITTEN /* see error */
};

/* {.path = ...}; nothing is opened before there is something to write. */
struct body {
    const char *path; /* borrowed */
    struct body_limits *limits;
    int fd; /* when opened */
    bool opened;
    enum body_fault fault;
    int error; /* an errno */
    uint64_t size;
};

/* Appends to the file, which is made by the first call and must not exist
 * then (O_EXCL, mode 0600). False: see fault; it stays. */
bool body_write(struct body *b, str bytes);
/* Closes the file; removes it unless KEEP. Then B is as new, but for fault,
 * error and size. False: not written whole; it is gone. */
bool body_end(struct body *b, bool keep);

#endif
