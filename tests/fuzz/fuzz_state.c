/* SPDX-License-Identifier: MIT */
/* What stands beside a book of a batch: any bytes are no reason to believe
 * that it was made already. */
#include <stdint.h>

#include "scratch.h"
#include "state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t inputs[SHA256_SIZE] = { 1, 2, 3 };
    static const uint8_t others[SHA256_SIZE] = { 1, 2, 4 };
    struct outputs o = { .n = 2 };
    struct arena a;

    arena_init(&a);
    str dir = tempdir_new(&a), bytes = { (const char *)data, size };
    o.v[0].path = scratch_file(dir, "a.epub", S("an EPUB"), &a);
    o.v[1].path = scratch_file(dir, "a.pdf", S("a PDF"), &a);
    scratch_file(dir, "a.epub.state", bytes, &a);
    /* One file can't fit both. */
    if (state_matches(&o, inputs) && state_matches(&o, others))
        abort();
    /* What is written is believed, until something changes. */
    state_write(&o, inputs);
    if (!state_matches(&o, inputs) || state_matches(&o, others))
        abort();
    scratch_file(dir, "a.pdf", bytes, &a);
    if (state_matches(&o, inputs) && !str_eq(bytes, S("a PDF")))
        abort();
    scratch_remove(dir, &a);
    arena_done(&a);
    return 0;
}
