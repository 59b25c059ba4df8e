/* SPDX-License-Identifier: MIT */
#include "cachegc.h"

#include <sys/stat.h>

#include "assets/cache.h"

/* "freed 12.3 MB: 45 files that no book used for 90 days" */
static void print_freed(uint64_t n_files, uint64_t n_bytes, FILE *to)
{
    fprintf(to, "freed %.1f MB: %llu file%s that no book used for %d days\n",
            (double)n_bytes / 1e6, (unsigned long long)n_files,
            n_files == 1 ? "" : "s", CACHE_DAYS);
}

/* Whoever mistyped --cache-dir should see it. */
static void print_none(str dir, FILE *to)
{
    fputs("nothing to free: there is no cache ", to);
    diag_print_safe(dir, to);
    fputc('\n', to);
}

static bool is_folder(str dir, struct arena *a)
{
    struct stat st;

    return stat(arena_cstr(a, dir), &st) == 0 && S_ISDIR(st.st_mode);
}

enum status run_cache_gc(const struct settings *set, FILE *to)
{
    uint64_t n_files = 0, n_bytes = 0;
    struct arena a;

    arena_init(&a);
    str dir = cache_default_dir(set, &a);
    bool there = is_folder(dir, &a);
    struct cache *c = cache_open(dir);
    bool all = cache_gc(c, CACHE_DAYS, &n_files, &n_bytes);
    cache_close(c);
    if (there && !set->quiet)
        print_freed(n_files, n_bytes, to);
    else if (!set->quiet)
        print_none(dir, to);
    if (!set->quiet && !all)
        fputs("left the small files alone: another run uses the cache now\n",
              to);
    arena_done(&a);
    return STATUS_DONE;
}
