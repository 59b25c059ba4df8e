/* SPDX-License-Identifier: MIT */
/* cachegc.h - --cache-gc: room on the disk. */
#ifndef CACHEGC_H
#define CACHEGC_H

#include "book/settings.h"
#include "status.h"

/* Removes what no run used for long from the cache, and says how much that
 * was. */
enum status run_cache_gc(const struct settings *set);

#endif
