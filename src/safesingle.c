/* SPDX-License-Identifier: MIT */
/* The book of the command line, with --safe. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "convert/convert.h"
#include "message.h"
#include "run.h"
#include "safebook.h"
#include "safeplaces.h"

static void print(const struct diag *dg, const struct settings *set)
{
    for (const struct diag_item *it = dg->first; it; it = it->next)
        message_print(it, set->diagnostics, false, stderr);
}

/* The child may not hear of what the parent was told. */
static int wait_for(pid_t child, const volatile sig_atomic_t *interrupted)
{
    int waited = 0;
    bool told = false;

    while (waitpid(child, &waited, 0) < 0 && errno == EINTR) {
        if (*interrupted && !told)
            kill(child, *interrupted);
        told = told || *interrupted;
    }
    return waited;
}

static enum status make(struct settings *set, struct safebook *b,
                        struct diag *said,
                        const volatile sig_atomic_t *interrupted)
{
    struct str_vec common = safeplaces_common(said->arena);

    convert_init();
    pid_t child = safebook_fork(b, &common, said);
    if (child == 0) {
        set->cache_gc = false; /* the parent's */
        enum status status = run_single(set, said, interrupted);
        safebook_end(b);
        return status;
    }
    if (child < 0) {
        safebook_abandon(b, said);
        print(said, set);
        return STATUS_FAILED;
    }
    int waited = wait_for(child, interrupted);
    if (*interrupted) {
        safebook_abandon(b, said);
        return STATUS_FAILED;
    }
    enum status status = safebook_settle(b, waited, NULL, said);
    print(said, set);
    return status;
}

enum status run_single_safely(struct settings *set,
                              const volatile sig_atomic_t *interrupted)
{
    struct arena a;
    struct diag said;

    arena_init(&a);
    diag_init(&said, &a);
    str why = settings_make_safe(set);
    if (why.n)
        diag_add(&said, DIAG_SETTING_BAD, (str){ 0 }, 0, "%.*s", STR_ARG(why));
    if (why.n) {
        print(&said, set);
        arena_done(&a);
        return STATUS_FAILED;
    }
    struct safebook *b = safebook_new(set, set->report.n > 0, &a, &said);
    if (!b)
        print(&said, set);
    enum status status = b ? make(set, b, &said, interrupted) : STATUS_FAILED;
    arena_done(&a);
    return status;
}
