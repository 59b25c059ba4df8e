/* SPDX-License-Identifier: MIT */
/* smallfile.h - files that people write by hand: settings, names. */
#ifndef BOOK_SMALLFILE_H
#define BOOK_SMALLFILE_H

#include "base/decode.h"
#include "base/file.h"

/* The text of PATH, up to 1 MB of it, in A. HINTS and FOUND as for
 * decode_text(); NULL: there are none, nobody asks. */
enum file_result smallfile_read(str path, const struct decode_hints *hints,
                                struct arena *a, str *text,
                                struct decoded *found);

#endif
