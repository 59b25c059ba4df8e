/* SPDX-License-Identifier: MIT */
/* tempdir.h - a folder of its own for a test, and the world's full disk. */
#ifndef TEST_TEMPDIR_H
#define TEST_TEMPDIR_H

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"

static inline str tempdir_new(struct arena *a)
{
    const char *tmp = getenv("TMPDIR");
    str dir = arena_printf(a, "%s/blog2book-test-XXXXXX", tmp ? tmp : "/tmp");

    if (!mkdtemp((char *)dir.p))
        abort();
    return dir;
}

/* Counts the entries of DIR; removes them if REMOVE, and DIR too. */
static inline int tempdir_sweep(str dir, bool remove)
{
    struct arena a;
    int n = 0;

    arena_init(&a);
    DIR *d = opendir(dir.p);
    for (struct dirent *e; (e = readdir(d));) {
        if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
            continue;
        n++;
        if (remove)
            unlink(arena_printf(&a, "%s/%s", dir.p, e->d_name).p);
    }
    closedir(d);
    if (remove)
        rmdir(dir.p);
    arena_done(&a);
    return n;
}

/* From here on no file can grow beyond BYTES; RLIM_INFINITY ends that. */
static inline void disk_is_full_at(rlim_t bytes)
{
    struct rlimit r;

    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &r);
    r.rlim_cur = bytes;
    if (setrlimit(RLIMIT_FSIZE, &r))
        abort();
}

static inline void write_file(const char *path, str bytes)
{
    FILE *f = fopen(path, "wb");

    if (!f || fwrite(bytes.p ? bytes.p : "", 1, bytes.n, f) != bytes.n ||
        fclose(f))
        abort();
}

#endif
