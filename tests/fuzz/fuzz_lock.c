/* SPDX-License-Identifier: MIT */
/* A lock file: any bytes; and what is read is what is written. */
#include <stdint.h>

#include "assets/lock.h"
#include "base/file.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put(struct lock_entry *to, const struct lock *from)
{
    for (size_t i = 0; i < from->entries.n; i++)
        to[i] = *(const struct lock_entry *)from->entries.entries[i].value;
}

/* Writing what is read of what was written gives the same file. */
static void rewrite(const struct lock *lock, str dir, struct arena *a,
                    struct diag *dg)
{
    struct lock l = *lock;
    str made[2], path = arena_printf(a, "%s/again.lock", dir.p);

    for (int i = 0; i < 2; i++) {
        struct lock_entry *v = arena_array(a, struct lock_entry, l.entries.n);
        put(v, &l);
        if (!lock_write(v, l.entries.n, path, dg) ||
            file_read(path, LOCK_FILE_MAX, a, &made[i]) != FILE_OK ||
            !lock_read(&l, path, a, dg))
            abort();
    }
    if (!str_eq(made[0], made[1]))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct diag dg;
    struct lock lock;

    arena_init(&a);
    diag_init(&dg, &a);
    str dir = tempdir_new(&a);
    str path = scratch_file(dir, "blog2book.lock",
                            (str){ (const char *)data, size }, &a);
    if (lock_read(&lock, path, &a, &dg))
        rewrite(&lock, dir, &a, &dg);
    scratch_remove(dir, &a);
    arena_done(&a);
    return 0;
}
