/* SPDX-License-Identifier: MIT */
/* jpeg_trap.h - libjpeg leaves by longjmp when it meets an error; this is where
 * to. A function that calls libjpeg begins with
 *     if (setjmp(trap->back))
 *         return false;
 * and keeps nothing of its own in variables that it changes after that. */
#ifndef ASSETS_JPEG_TRAP_H
#define ASSETS_JPEG_TRAP_H

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

struct jpeg_trap {
    struct jpeg_error_mgr mgr;
    jmp_buf back;
};

/* For the field `err` of libjpeg's structures. Messages go nowhere. */
struct jpeg_error_mgr *jpeg_trap_set(struct jpeg_trap *t);

#endif
