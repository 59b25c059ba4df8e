/* SPDX-License-Identifier: MIT */
/* clock.h - time that has gone by, for people to see; never in an output. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <time.h>

/* Seconds on a clock that only goes forward. */
double clock_seconds(void);

/* Seconds on CLOCK; 0 when it can't be read. */
double clock_read(clockid_t clock);

#endif
