/* SPDX-License-Identifier: MIT */
#include "book/smallfile.h"

/* Nobody writes more by hand. */
#define FILE_MAX (1u << 20)

enum file_result smallfile_read(str path, const struct decode_hints *hints,
                                struct arena *a, str *text,
                                struct decoded *found)
{
    static const struct decode_hints no_hints = { 0 };
    struct decoded ignored;
    str raw;
    enum file_result r = file_read(path, FILE_MAX, a, &raw);

    if (r == FILE_OK)
        *text = decode_text(raw, hints ? hints : &no_hints, a,
                            found ? found : &ignored);
    return r;
}
