/* SPDX-License-Identifier: MIT */
/* Which part of a list: the first line is what the user gave, the others are
 * a scheduler's variables, NAME=VALUE. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The environment of the run, without its first line; for get(). */
static const char *variables;

static char *get(const char *name)
{
    size_t n = strlen(name);

    for (const char *v = variables; v; v = strchr(v, '\n')) {
        v += *v == '\n';
        if (strncmp(v, name, n) == 0 && v[n] == '=')
            return (char *)v + n + 1;
    }
    return NULL;
}

/* Each book belongs to one of the parts. */
static void count(const struct shard *s)
{
    static const str ids[] = { STR_INIT("a"), STR_INIT("b"), STR_INIT("") };
    uint32_t n = s->n < 9 ? s->n : 0;

    for (size_t i = 0; n && i < sizeof ids / sizeof *ids; i++) {
        unsigned owners = 0;
        for (uint32_t k = 0; k < n; k++)
            owners += shard_has(&(struct shard){ k, n }, ids[i]);
        if (owners != 1)
            abort();
    }
    if (s->n == 0 || s->index >= s->n)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct shard s;
    struct arena a;
    str why = { 0 };

    arena_init(&a);
    str all = arena_dup(&a, (str){ (const char *)data, size });
    str text = str_cut(&all, '\n');
    variables = arena_cstr(&a, all);
    if (shard_parse(text, get, &s, &why, &a))
        count(&s);
    else if (why.n == 0)
        abort();
    variables = NULL;
    arena_done(&a);
    return 0;
}
