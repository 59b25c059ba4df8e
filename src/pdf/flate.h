/* SPDX-License-Identifier: MIT */
/* flate.h - bytes for /FlateDecode (by libdeflate); one thread's. */
#ifndef PDF_FLATE_H
#define PDF_FLATE_H

#include "base/arena.h"

struct flate;

struct flate *flate_new(void);
void flate_free(struct flate *f); /* NULL is fine */

/* The zlib stream (RFC 1950) of BYTES, in A. */
str flate_pack(struct flate *f, str bytes, struct arena *a);

#endif
