/* SPDX-License-Identifier: MIT */
/* lock_parts.h - what the lock file's reader and its writer share. */
#ifndef ASSETS_LOCK_PARTS_H
#define ASSETS_LOCK_PARTS_H

#include "assets/lock.h"

#define LOCK_VERSION      "1"
#define LOCK_STATUS_COUNT (LOCK_OFFLINE + 1)

extern const str lock_status_words[]; /* by enum lock_status */

#endif
