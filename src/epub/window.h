/* SPDX-License-Identifier: MIT */
/* window.h - a file that is written at its end, and now and then before its
 * end, as a ZIP writer does when it completes a header. What is near the end
 * stays in memory, so going back costs no system call. */
#ifndef EPUB_WINDOW_H
#define EPUB_WINDOW_H

#include "base/buf.h"
#include "base/syncer.h"
#include "base/vec.h"

/* Bytes that the file has, by their hash. */
struct window_mark {
    uint64_t at, hash;
};

struct window {
    int fd;
    char *bytes;        /* of the file from `base` to `end` */
    uint64_t base, end; /* end: length of the file so far */
    uint64_t at;        /* where the next byte goes, at most `end` */
    struct buf patch;   /* of what lies before `base`: not written yet */
    uint64_t patch_at;
    struct arena arena;
    VEC(struct window_mark) marks; /* by place */
    struct syncer *syncer;         /* NULL: the file is not to stay */
};

/* Creates or empties PATH. STAYS: it will be synced at the end, so the disk may
 * begin before that. False: errno says why. */
bool window_open(struct window *w, const char *path, bool stays);
/* False: errno says why. */
bool window_write(struct window *w, const char *bytes, size_t n);
/* The same at the end of the file, of bytes that will be written once more: if
 * they are the same then, that costs no system call. */
bool window_write_marked(struct window *w, str bytes);
/* Writes what is still in memory. False: errno says why. */
bool window_flush(struct window *w);
/* Closes the file; what was not flushed is lost. False: something did not get
 * into the file; errno says why. */
bool window_close(struct window *w);

#endif
