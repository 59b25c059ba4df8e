/* SPDX-License-Identifier: MIT */
#include "cachegc.h"

#include "assets/cache.h"

/* "freed 12.3 MB: 45 files that no book used for 90 days" */
static void print_freed(uint64_t n_files, uint64_t n_bytes, FILE *to)
{
    fprintf(to, "freed %.1f MB: %llu file%s that no book used for %d days\n",
            (double)n_bytes / 1e6, (unsigned long long)n_files,
            n_files == 1 ? "" : "s", CACHE_DAYS);
}

enum status run_cache_gc(const struct settings *set, FILE *to)
{
    uint64_t n_files = 0, n_bytes = 0;
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    struct cache *c = cache_open(cache_default_dir(set, &a));
    bool all = cache_gc(c, CACHE_DAYS, &n_files, &n_bytes);
    cache_close(c);
    arena_done(&a);
    if (!set->quiet)
        print_freed(n_files, n_bytes, to);
    if (!set->quiet && !all)
        fputs("left the small files alone: another run uses the cache now\n",
              to);
    return STATUS_DONE;
}
