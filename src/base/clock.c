/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

double clock_read(clockid_t clock)
{
    struct timespec t;

    if (clock_gettime(clock, &t) != 0)
        return 0;
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

double clock_seconds(void)
{
    return clock_read(CLOCK_MONOTONIC);
}
