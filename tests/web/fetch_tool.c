/* SPDX-License-Identifier: MIT */
/* fetch_tool [OPTIONS] FOLDER < URLS: gives each line of its standard input, an
 * address or an address, a space and a referer, to assets/fetch.h and prints a
 * line for each in the same order: status, code, size, type, final address,
 * reason, separated by tabs. The file of line N is FOLDER/N. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assets/fetch.h"
#include "base/vec.h"

static volatile sig_atomic_t interrupted;

static const char *const names[] = { "ok", "dead", "refused", "stopped" };

static void on_signal(int number)
{
    __atomic_store_n(&interrupted, number, __ATOMIC_RELAXED);
}

struct downloads {
    struct fetch **v;
    size_t n, cap;
};

static void print(struct fetch *fe)
{
    const struct fetch_result *r = fetch_wait(fe);

    printf("%s\t%ld\t%llu\t%.*s\t%.*s\t%.*s\n", names[r->status], r->code,
           (unsigned long long)r->size, STR_ARG(r->type), STR_ARG(r->url),
           STR_ARG(r->why));
    fflush(stdout);
}

static void start(struct fetcher *f, const char *folder,
                  struct downloads *downloads, struct arena *a)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;

    while ((n = getline(&line, &cap, stdin)) > 0) {
        str rest = str_trim_right((str){ line, (size_t)n });
        str url = str_cut(&rest, ' ');
        str temp = arena_printf(a, "%s/%zu", folder, downloads->n);
        *vec_push(downloads, a) = fetcher_start(f, url, rest, temp);
    }
    free(line);
}

/* --drop frees every second one when the first is there, so that some of them
 * are under way, and waits for the others. */
static void finish(struct downloads *d, bool drop)
{
    if (drop)
        fetch_wait(d->v[0]);
    for (size_t i = 1; drop && i < d->n; i += 2)
        fetch_free(d->v[i]);
    for (size_t i = 0; i < d->n; i += drop ? 2 : 1)
        print(d->v[i]);
    /* The others are left to fetcher_free(). */
    for (size_t i = 0; i < d->n; i += 2) {
        if (!fetch_is_done(d->v[i]))
            abort();
        fetch_free(d->v[i]);
    }
}

static int run(const struct fetch_options *o, const char *folder, bool drop)
{
    struct downloads downloads = { 0 };
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    struct fetcher *f = fetcher_new(o, &dg);
    if (f) {
        start(f, folder, &downloads, &a);
        finish(&downloads, drop);
        fetcher_free(f);
    }
    for (const struct diag_item *it = dg.first; it; it = it->next)
        diag_print(it, false, stderr);
    arena_done(&a);
    return f ? 0 : 3;
}

enum { PRIVATE = 1, DROP, CONNECTIONS, CONNECT, STALL, TOTAL, PAUSE };

static unsigned *number_of(struct fetch_options *o, int c)
{
    return c == CONNECTIONS ? &o->connections
           : c == CONNECT   ? &o->times.connect
           : c == STALL     ? &o->times.stall
           : c == TOTAL     ? &o->times.total
                            : &o->times.pause;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        { "allow-private", no_argument, NULL, PRIVATE },
        { "drop", no_argument, NULL, DROP },
        { "connections", required_argument, NULL, CONNECTIONS },
        { "connect", required_argument, NULL, CONNECT },
        { "stall", required_argument, NULL, STALL },
        { "total", required_argument, NULL, TOTAL },
        { "pause", required_argument, NULL, PAUSE },
        { "proxy", required_argument, NULL, 'p' },
        { "ca", required_argument, NULL, 'c' },
        { "file-max", required_argument, NULL, 'f' },
        { "total-max", required_argument, NULL, 't' },
        { 0 },
    };
    struct fetch_options o = { .interrupted = &interrupted };
    bool drop = false;
    int c;

    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (c == '?')
            return 2;
        else if (c == PRIVATE)
            o.allow_private = true;
        else if (c == DROP)
            drop = true;
        else if (c == 'p')
            o.proxy = str_of(optarg);
        else if (c == 'c')
            o.ca_file = str_of(optarg);
        else if (c == 'f')
            o.file_max = strtoull(optarg, NULL, 10);
        else if (c == 't')
            o.total_max = strtoull(optarg, NULL, 10);
        else
            *number_of(&o, c) = (unsigned)strtoul(optarg, NULL, 10);
    }
    if (optind + 1 != argc)
        return 2;
    signal(SIGINT, on_signal);
    return run(&o, argv[optind], drop);
}
