/* SPDX-License-Identifier: MIT */
/* handles.h - open files are rights that no sandbox takes back: a process
 * gives up those that it got from its parent and does not need. */
#ifndef SAFE_HANDLES_H
#define SAFE_HANDLES_H

#include "base/vec.h"

struct handles {
    VEC(int) keep; /* any order */
};

/* Closes all descriptors from 3 on that are not in H, and makes the standard
 * input an empty one. */
void handles_close_others(const struct handles *h);

#endif
