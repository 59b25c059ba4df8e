/* SPDX-License-Identifier: MIT */
/* readpost.h - the beginning of a file to a struct post. */
#ifndef BOOK_READPOST_H
#define BOOK_READPOST_H

#include "base/decode.h"
#include "book/frontmatter.h"
#include "book/walk.h"

struct readpost {
    struct frontmatter fm;
    str root, site; /* as in struct post */
    bool named;     /* on the command line, so it is a post whatever its name */
    bool readmes;   /* the README.md of a folder below the root is a post */
    /* Called with each post and what was read of its body; may be NULL. */
    void (*look)(void *data, const struct post *p, str body);
    void *data;
    struct decode_hints hints;
    uint64_t most;  /* bytes of the file; a bigger one is left out */
    uint64_t *room; /* how many bytes of bodies may still be kept */
};

/* NULL: no post, already reported to DG. The scratch arena is reset. *SIZE
 * gets the bytes of the file. */
struct post *post_read(const struct readpost *how, const struct walk_file *file,
                       uint64_t *size, struct diag *dg);

#endif
