/* SPDX-License-Identifier: MIT */
/* format.h - what an output format is: four functions.
 *
 * open and close run on the main thread, once. prepare runs on any worker, for
 * any chapter, in any order, and only reads OUT: its result lives in the
 * arena it is given. commit runs in book order, on one thread at a time, but
 * not always on the same one. */
#ifndef DOC_FORMAT_H
#define DOC_FORMAT_H

#include "doc/chapter.h"

struct book;

/* What the finished file turned out to be, for the closing line. */
struct format_result {
    uint64_t bytes;
    uint32_t pages; /* PDF only */
};

struct format {
    const char *name; /* "EPUB" */
    /* PATH "-" is standard output. With the setting `check` nothing is written
     * there; all else is as it would be.
     * N_WORKERS: prepare gets a WORKER below it, one thread each, for state
     * that is not to be shared. NULL: already reported. */
    void *(*open)(const struct book *book, str path, unsigned n_workers,
                  struct diag *dg);
    /* NULL: already reported, or chapter_is_spent(). */
    void *(*prepare)(void *out, unsigned worker, const struct chapter *c,
                     struct arena *a, struct diag *dg);
    bool (*commit)(void *out, const struct chapter *c, void *prepared,
                   struct diag *dg);
    /* Frees OUT. PUBLISH false: throws the work away. False: reported. */
    bool (*close)(void *out, bool publish, struct format_result *result,
                  struct diag *dg);
};

extern const struct format epub_format;
extern const struct format pdf_format;

#endif
