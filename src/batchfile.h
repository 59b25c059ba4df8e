/* SPDX-License-Identifier: MIT */
/* batchfile.h - the list of books of --batch.
 *
 * YAML: a list at the margin, an item a book; or JSON Lines (standard input,
 * and files *.jsonl and *.ndjson): an object a line. An item is a folder's
 * name, or a map with "path" (one or a list), "id" (default: the first path)
 * and settings by their names. Items are read one by one, so a broken one
 * spoils no other and a list may be long. Names of files are relative to the
 * list's folder, those of standard input to the current one. */
#ifndef BATCHFILE_H
#define BATCHFILE_H

#include "book/settings.h"

struct batch_item {
    str text;
    unsigned line; /* from 1 */
};

struct batchfile {
    str path; /* for messages */
    str dir;  /* names are relative to it */
    bool json;
    VEC(struct batch_item) items;
};

/* Reads the whole list, in A. False: already reported. */
bool batchfile_read(str path, struct batchfile *out, struct arena *a,
                    struct diag *dg);

struct batch_book {
    struct settings set;
    str id; /* never empty */
};

/* The item I as COMMON, the command line, and the item itself want it; the
 * item wins. All in A. False: reported, and only `id` is of use. */
bool batchfile_book(const struct batchfile *f, size_t i,
                    const struct settings *common, struct batch_book *out,
                    struct arena *a, struct diag *dg);

#endif
