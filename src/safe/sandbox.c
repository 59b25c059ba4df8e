/* SPDX-License-Identifier: MIT */
#include "safe/sandbox.h"

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "safe/parts.h"

/* No program that is started could get rights back, which is what the kernel
 * asks for before it lets anybody restrict themselves. */
static void give_up_rights(void)
{
#ifdef __linux__
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

static void complain(str missing, const char *what, struct diag *dg)
{
    if (missing.n)
        diag_add(dg, DIAG_SANDBOX_PARTIAL, (str){ 0 }, 0,
                 "--safe: %s (%.*s); went on without", what, STR_ARG(missing));
}

void sandbox_enter(const struct sandbox *b, struct diag *dg)
{
    struct arena *a = dg->arena;

    give_up_rights();
    complain(limits_enter(b, a), "memory and time of a book are not bounded",
             dg);
    complain(files_enter(b, a), "the kernel doesn't keep other files closed",
             dg);
    /* The last one, since it takes the others' calls away. */
    complain(calls_enter(a), "the kernel's calls are not filtered", dg);
}
