/* SPDX-License-Identifier: MIT */
#include "assets/jpeg_trap.h"

static void leave(j_common_ptr c)
{
    struct jpeg_trap *t = (struct jpeg_trap *)(void *)c->err;

    longjmp(t->back, 1);
}

static void be_quiet(j_common_ptr c)
{
}

struct jpeg_error_mgr *jpeg_trap_set(struct jpeg_trap *t)
{
    jpeg_std_error(&t->mgr);
    t->mgr.error_exit = leave;
    t->mgr.output_message = be_quiet;
    return &t->mgr;
}
