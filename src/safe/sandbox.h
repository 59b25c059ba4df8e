/* SPDX-License-Identifier: MIT */
/* sandbox.h - a process gives up, for itself, its threads and for good, what
 * it does not need: files, the network, other processes, the kernel's less
 * common calls. To be entered before anything of a stranger's is read, and
 * before threads are started. docs/safe.md tells what is guaranteed. */
#ifndef SAFE_SANDBOX_H
#define SAFE_SANDBOX_H

#include "base/diag.h"
#include "base/vec.h"

struct sandbox {
    struct str_vec read;  /* folders and files, with all that is below */
    struct str_vec write; /* files that exist; to read and to write */
    /* UINT64_MAX: no bound */
    uint64_t memory;     /* bytes, on top of what the process has now */
    uint64_t seconds;    /* of processor time */
    uint64_t file_bytes; /* of a file that is written */
};

/* Enters B. What this system or this build lacks is reported, one warning
 * each, and the rest is entered all the same. */
void sandbox_enter(const struct sandbox *b, struct diag *dg);

#endif
