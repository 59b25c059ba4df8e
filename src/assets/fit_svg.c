/* SPDX-License-Identifier: MIT */
#include "assets/fit_parts.h"
#include "assets/svg_clean.h"

void fit_svg(const struct image *im, struct arena *a, struct fit *out)
{
    struct buf clean = { 0 };
    struct svg_size size;

    out->wrong = svg_clean(im->bytes, &clean, &size);
    out->width = im->width;
    out->height = im->height;
    out->is_same = str_eq(buf_str(&clean), im->bytes);
    out->bytes = out->is_same ? im->bytes : arena_dup(a, buf_str(&clean));
    buf_done(&clean);
}
