/* SPDX-License-Identifier: MIT */
/* An earlier edition, as --diff gets it: any bytes for an archive. */
#include <stdint.h>

#include "epub/zip_read.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void visit(void *context, str name, str bytes)
{
    volatile unsigned *sum = context;

    for (size_t i = 0; i < name.n; i++)
        *sum += (unsigned char)name.p[i];
    for (size_t i = 0; i < bytes.n; i++)
        *sum += (unsigned char)bytes.p[i];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    volatile unsigned sum = 0;
    struct zip_visitor visitor = { visit, (void *)&sum };
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    str dir = tempdir_new(&a);
    str path = scratch_file(dir, "old.epub", (str){ (const char *)data, size },
                            &a);
    zip_read_chapters(path, &visitor, &dg);
    scratch_remove(dir, &a);
    arena_done(&a);
    return 0;
}
