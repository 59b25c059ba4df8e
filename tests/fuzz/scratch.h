/* SPDX-License-Identifier: MIT */
/* scratch.h - a folder of its own for an input that must be files. */
#ifndef FUZZ_SCRATCH_H
#define FUZZ_SCRATCH_H

#include <sys/stat.h>

#include "../unit/tempdir.h"

/* The path of the file NAME in DIR, which gets BYTES. */
static inline str scratch_file(str dir, const char *name, str bytes,
                               struct arena *a)
{
    str path = arena_printf(a, "%s/%s", dir.p, name);

    write_file(path.p, bytes);
    return path;
}

static inline str scratch_folder(str dir, const char *name, struct arena *a)
{
    str path = arena_printf(a, "%s/%s", dir.p, name);

    if (mkdir(path.p, 0700))
        abort();
    return path;
}

/* Removes DIR with all that is in it. */
static inline void scratch_remove(str dir, struct arena *a)
{
    DIR *d = opendir(dir.p);

    for (struct dirent *e; d && (e = readdir(d));) {
        if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
            continue;
        str path = arena_printf(a, "%s/%s", dir.p, e->d_name);
        if (unlink(path.p) != 0)
            scratch_remove(path, a); /* as deep as what was made */
    }
    if (d)
        closedir(d);
    rmdir(dir.p);
}

#endif
