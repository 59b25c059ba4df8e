/* SPDX-License-Identifier: MIT */
/* outputs.h - the formats that a book is written in, side by side. One that
 * fails takes no more chapters; the others go on. */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include "book/book.h"
#include "doc/format.h"

#define MAX_OUTPUTS 2

struct output {
    const struct format *format;
    const char *name; /* "epub", "pdf"; "" for a dump */
    str path;
    void *state;
    bool failed;
    bool published;
    struct format_result result;
};

struct outputs {
    struct output v[MAX_OUTPUTS];
    unsigned n;
    bool checking; /* nothing will be published */
};

/* Which ones SET asks for, and their paths, in A. */
void outputs_choose(struct outputs *o, const struct settings *set,
                    struct arena *a);

/* Is there one of the name, "epub" or "pdf"? */
bool outputs_have(const struct outputs *o, const char *name);

/* False, reported: an output would replace a file that is read, or two
 * outputs one another. */
bool outputs_make_sense(const struct outputs *o, const struct book *book,
                        struct diag *dg);

/* False, reported: the report's PATH is one of theirs or a file that is
 * read. */
bool outputs_spare(const struct outputs *o, const struct book *book, str path,
                   struct diag *dg);

/* False: already reported. */
bool outputs_open(struct outputs *o, const struct book *book,
                  unsigned n_workers, struct diag *dg);

/* What prepare made of one chapter; commit takes it. */
struct prepared_outputs {
    void *v[MAX_OUTPUTS];
};

void outputs_prepare(const struct outputs *o, unsigned worker,
                     const struct chapter *c, struct prepared_outputs *to,
                     struct diag *dg, struct arena *a);
/* False: all outputs have failed. */
bool outputs_commit(struct outputs *o, const struct chapter *c,
                    const struct prepared_outputs *from, struct diag *dg);

/* Frees all; finishes those that did not fail if FINISH, and publishes them
 * but for --check. */
void outputs_close(struct outputs *o, bool finish, struct diag *dg);

#endif
