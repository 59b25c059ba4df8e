/* SPDX-License-Identifier: MIT */
/* ranges.h - sets of characters as tables of ranges. */
#ifndef BASE_RANGES_H
#define BASE_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct range {
    uint32_t from, to; /* both belong to it */
};

/* Does one of the N ranges, which are in order and apart, hold C? */
bool ranges_hold(const struct range *ranges, size_t n, uint32_t c);

/* The same for an array. */
#define IN_RANGES(c, array)                                                    \
    ranges_hold(array, sizeof(array) / sizeof *(array), c)

#endif
