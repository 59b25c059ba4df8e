/* SPDX-License-Identifier: MIT */
#include "shard.h"

#include "base/hash.h"

/* A scheduler's variables; NULL where it has none. */
static const struct scheduler {
    const char *index, *count;
    const char *first, *step; /* arrays may begin and count as they like */
    uint32_t base;            /* of index, without `first` */
} schedulers[] = {
    { "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN",
      "SLURM_ARRAY_TASK_STEP", 0 },
    { "JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", NULL, NULL, 0 },
    { "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", NULL, NULL, 0 },
    { "CI_NODE_INDEX", "CI_NODE_TOTAL", NULL, NULL, 1 },
};

struct finder {
    char *(*get)(const char *);
    str *why;
    struct arena *a;
};

static bool wrong(const struct finder *f, str why)
{
    *f->why = why;
    return false;
}

/* The number that the variable NAME holds; *OUT stays when it is not set. */
static bool read_number(const struct finder *f, const char *name, uint32_t *out)
{
    uint64_t n;
    const char *text = name ? f->get(name) : NULL;

    if (!text || !*text)
        return true;
    if (!str_to_uint(str_of(text), &n) || n > UINT32_MAX)
        return wrong(
            f, arena_printf(f->a, "%s is '%s', not a number", name, text));
    *out = (uint32_t)n;
    return true;
}

/* N is what the user gave, or 0. */
static bool from_scheduler(const struct finder *f, const struct scheduler *s,
                           uint32_t n, struct shard *out)
{
    uint32_t index = 0, first = s->base, step = 1, count = 0;

    if (!read_number(f, s->index, &index) ||
        !read_number(f, s->count, &count) ||
        !read_number(f, s->first, &first) || !read_number(f, s->step, &step))
        return false;
    if (n == 0 && count == 0)
        return wrong(f, arena_printf(f->a,
                                     "%s says which part, but %s is not set; "
                                     "give the number of parts: auto/N",
                                     s->index, s->count));
    *out = (struct shard){ .n = n ? n : count };
    if (index >= first && step > 0)
        out->index = (index - first) / step;
    if (index < first || step == 0 || out->index >= out->n)
        return wrong(f,
                     arena_printf(f->a, "%s is %u, which is none of %u parts",
                                  s->index, index, out->n));
    return true;
}

static bool find_scheduler(const struct finder *f, uint32_t n,
                           struct shard *out)
{
    for (size_t i = 0; i < sizeof schedulers / sizeof *schedulers; i++) {
        const char *text = f->get(schedulers[i].index);
        if (text && *text)
            return from_scheduler(f, &schedulers[i], n, out);
    }
    return wrong(f, S("'auto' found no scheduler's variable, such as "
                      "SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX"));
}

bool shard_parse(str text, char *(*get)(const char *), struct shard *out,
                 str *why, struct arena *a)
{
    struct finder f = { get, why, a };
    bool with_count = str_find_char(text, '/') != STR_NONE;
    str rest = text, which = str_cut(&rest, '/');
    uint64_t index, n = 0;

    *out = (struct shard){ .n = 1 };
    if (text.n == 0)
        return true;
    if (with_count && (!str_to_uint(rest, &n) || n == 0 || n > UINT32_MAX))
        return wrong(&f,
                     arena_printf(a, "expected I/N, auto or auto/N, not '%.*s'",
                                  STR_ARG(text)));
    if (str_eq_nocase(which, S("auto")))
        return find_scheduler(&f, (uint32_t)n, out);
    if (!with_count || !str_to_uint(which, &index) || index == 0 || index > n)
        return wrong(
            &f, arena_printf(a,
                             "expected I/N with I from 1 to N, auto or auto/N, "
                             "not '%.*s'",
                             STR_ARG(text)));
    *out = (struct shard){ (uint32_t)index - 1, (uint32_t)n };
    return true;
}

bool shard_has(const struct shard *s, str id)
{
    uint8_t digest[SHA256_SIZE];
    uint64_t n = 0;

    if (s->n == 1)
        return true;
    hash_sha256(id, digest);
    for (int i = 0; i < 8; i++)
        n = n << 8 | digest[i];
    return n % s->n == s->index;
}
