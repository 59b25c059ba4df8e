/* SPDX-License-Identifier: MIT */
/* libpng's simplified API: it reports errors without longjmp. */
#include "pdf/emoji_png.h"

#include <png.h>
#include <string.h>

#define SIDE_MAX 1024

static void split_alpha(const uint8_t *rgba, size_t n, struct arena *a,
                        struct emoji_bitmap *out)
{
    char *rgb = arena_bytes(a, n * 3), *alpha = arena_bytes(a, n);

    for (size_t i = 0; i < n; i++) {
        memcpy(rgb + 3 * i, rgba + 4 * i, 3);
        alpha[i] = (char)rgba[4 * i + 3];
        /* What is not seen should deflate well. */
        if (!alpha[i])
            memset(rgb + 3 * i, 0xFF, 3);
    }
    out->rgb = (str){ rgb, n * 3 };
    out->alpha = (str){ alpha, n };
}

bool emoji_png_decode(str png, struct arena *a, struct emoji_bitmap *out)
{
    png_image image = { .version = PNG_IMAGE_VERSION };

    *out = (struct emoji_bitmap){ 0 };
    if (!png_image_begin_read_from_memory(&image, png.p, png.n))
        return false;
    if (image.width > SIDE_MAX || image.height > SIDE_MAX) {
        png_image_free(&image);
        return false;
    }
    image.format = PNG_FORMAT_RGBA;
    size_t n = (size_t)image.width * image.height;
    uint8_t *rgba = (uint8_t *)arena_bytes(a, n * 4);
    if (!png_image_finish_read(&image, NULL, rgba, 0, NULL)) {
        png_image_free(&image);
        return false;
    }
    out->width = image.width;
    out->height = image.height;
    split_alpha(rgba, n, a, out);
    return true;
}
