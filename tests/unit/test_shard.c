/* SPDX-License-Identifier: MIT */
/* Parts of a list, as the user and schedulers name them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "shard.h"

/* "NAME=VALUE", up to a NULL; the tests' own environment. */
static const char *const *variables;

static char *get(const char *name)
{
    size_t n = strlen(name);

    for (const char *const *v = variables; *v; v++)
        if (strncmp(*v, name, n) == 0 && (*v)[n] == '=')
            return (char *)*v + n + 1;
    return NULL;
}

#define WRONG UINT32_MAX

static const struct {
    const char *text;
    const char *env[5];
    uint32_t index, n; /* WRONG: refused */
} cases[] = {
    { "", { NULL }, 0, 1 },
    { "1/1", { NULL }, 0, 1 },
    { "2/5", { NULL }, 1, 5 },
    { "5/5", { NULL }, 4, 5 },
    { "0/5", { NULL }, WRONG, 0 },
    { "6/5", { NULL }, WRONG, 0 },
    { "1/0", { NULL }, WRONG, 0 },
    { "3", { NULL }, WRONG, 0 },
    { "-1/5", { NULL }, WRONG, 0 },
    { "x/5", { NULL }, WRONG, 0 },
    { "1/5/6", { NULL }, WRONG, 0 },
    { "1/99999999999", { NULL }, WRONG, 0 },
    { "auto", { NULL }, WRONG, 0 },
    { "auto/x", { "JOB_COMPLETION_INDEX=1" }, WRONG, 0 },
    { "auto", { "SLURM_ARRAY_TASK_ID=0", "SLURM_ARRAY_TASK_COUNT=4" }, 0, 4 },
    { "auto",
      { "SLURM_ARRAY_TASK_ID=3", "SLURM_ARRAY_TASK_COUNT=3",
        "SLURM_ARRAY_TASK_MIN=1" },
      2,
      3 },
    { "auto",
      { "SLURM_ARRAY_TASK_ID=30", "SLURM_ARRAY_TASK_COUNT=3",
        "SLURM_ARRAY_TASK_MIN=10", "SLURM_ARRAY_TASK_STEP=10" },
      2,
      3 },
    { "auto",
      { "SLURM_ARRAY_TASK_ID=4", "SLURM_ARRAY_TASK_COUNT=3",
        "SLURM_ARRAY_TASK_MIN=1" },
      WRONG,
      0 },
    { "auto", { "JOB_COMPLETION_INDEX=2" }, WRONG, 0 },
    { "auto/4", { "JOB_COMPLETION_INDEX=2" }, 2, 4 },
    { "AUTO/4", { "JOB_COMPLETION_INDEX=4" }, WRONG, 0 },
    { "auto", { "JOB_COMPLETION_INDEX=2", "JOB_COMPLETIONS=3" }, 2, 3 },
    { "auto",
      { "AWS_BATCH_JOB_ARRAY_INDEX=7", "AWS_BATCH_JOB_ARRAY_SIZE=8" },
      7,
      8 },
    { "auto", { "CI_NODE_INDEX=1", "CI_NODE_TOTAL=3" }, 0, 3 },
    { "auto", { "CI_NODE_INDEX=3", "CI_NODE_TOTAL=3" }, 2, 3 },
    { "auto", { "CI_NODE_INDEX=0", "CI_NODE_TOTAL=3" }, WRONG, 0 },
    { "auto", { "CI_NODE_INDEX=", "CI_NODE_TOTAL=3" }, WRONG, 0 },
    { "auto", { "CI_NODE_INDEX=one", "CI_NODE_TOTAL=3" }, WRONG, 0 },
    { "auto",
      { "SLURM_ARRAY_TASK_ID=1", "SLURM_ARRAY_TASK_COUNT=99999999999" },
      WRONG,
      0 },
};

static void test_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct shard s;
        struct arena a;
        str why = { 0 };
        arena_init(&a);
        variables = cases[i].env;
        bool ok = shard_parse(str_of(cases[i].text), get, &s, &why, &a);
        if (ok != (cases[i].index != WRONG))
            fail_msg("%zu: '%s' %s", i, cases[i].text,
                     ok ? "was taken" : "was refused");
        if (ok && (s.index != cases[i].index || s.n != cases[i].n))
            fail_msg("%zu: '%s' is %u of %u", i, cases[i].text, s.index, s.n);
        assert_true(ok || why.n > 0);
        arena_done(&a);
    }
}

/* Every book is in one part, parts are about as large, and what is in one
 * stays there. */
static void test_parts(void **state)
{
    uint32_t count[7] = { 0 };
    char id[32];

    (void)state;
    for (int i = 0; i < 7000; i++) {
        int found = 0;
        snprintf(id, sizeof id, "blogs/%d", i);
        for (uint32_t k = 0; k < 7; k++) {
            if (!shard_has(&(struct shard){ k, 7 }, str_of(id)))
                continue;
            found++;
            count[k]++;
        }
        assert_int_equal(found, 1);
    }
    for (int k = 0; k < 7; k++)
        assert_true(count[k] >= 850 && count[k] <= 1150);
    /* Known answers, so that no version moves books. */
    assert_true(shard_has(&(struct shard){ 3, 5 }, S("blogs/a")));
    assert_true(shard_has(&(struct shard){ 4, 5 }, S("blogs/b")));
    assert_true(shard_has(&(struct shard){ 1, 5 }, S("x")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
