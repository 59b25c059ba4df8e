/* SPDX-License-Identifier: MIT */
/* ticks.h - backticks around code that may hold some itself. */
#ifndef CONVERT_TICKS_H
#define CONVERT_TICKS_H

#include "base/buf.h"

/* How many make a fence around CODE, and a code span. */
size_t ticks_of_fence(str code);
size_t ticks_of_span(str code);

void ticks_put(struct buf *out, size_t n);

#endif
