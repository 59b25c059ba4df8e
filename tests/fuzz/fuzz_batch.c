/* SPDX-License-Identifier: MIT */
/* A list of books: any bytes, as YAML and as JSON Lines. */
#include <stdint.h>

#include "batchfile.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_list(str path, struct arena *a, struct diag *dg)
{
    struct batchfile f;
    struct settings common;
    struct batch_book book;

    settings_init(&common, a);
    if (!batchfile_read(path, &f, a, dg))
        return;
    for (size_t i = 0; i < f.items.n; i++) {
        bool ok = batchfile_book(&f, i, &common, &book, a, dg);
        if (book.id.n == 0 || (ok && book.set.paths.n == 0) ||
            (!ok && !dg->first))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = { "books.yaml", "books.jsonl" };
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    str dir = tempdir_new(&a);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        read_list(
            scratch_file(dir, names[i], (str){ (const char *)data, size }, &a),
            &a, &dg);
    scratch_remove(dir, &a);
    arena_done(&a);
    return 0;
}
