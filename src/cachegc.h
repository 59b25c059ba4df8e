/* SPDX-License-Identifier: MIT */
/* cachegc.h - --cache-gc: room on the disk. */
#ifndef CACHEGC_H
#define CACHEGC_H

#include <stdio.h>

#include "book/settings.h"
#include "status.h"

/* Removes what no run used for long from the cache, and says to TO how much
 * that was, unless the user wants it quiet. */
enum status run_cache_gc(const struct settings *set, FILE *to);

#endif
