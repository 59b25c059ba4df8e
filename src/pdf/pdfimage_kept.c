/* SPDX-License-Identifier: MIT */
#include "pdf/pdfimage_parts.h"

enum {
    PART_NAME,
    PART_DICT,
    PART_PASSED, /* 1: the bytes are the picture's own */
    PART_BYTES,
    PART_SMASK,
    PART_SMASK_BYTES,
    PART_ORIENTATION,
    PARTS
};

str kept_image_key(const struct image *im, const struct pdf_image_options *o,
                   struct arena *a)
{
    /* One needs a library with many others behind it, and fonts. */
    bool drawing = im->type == IMAGE_SVG;

    if (!o->kept || im->digest.n == 0 ||
        (!drawing && im->bytes.n < MADE_PICTURE_LEAST))
        return (str){ 0 };
    const str parts[] = {
        im->digest,
        arena_printf(a, "%d %d %u", (int)o->w, (int)o->h, o->dpi),
        drawing ? made_fonts(a) : (str){ 0 },
    };
    return made_key(o->kept, "print", parts, 3, a);
}

bool kept_image_recall(struct pdf_image *out, const struct image *im,
                       struct made *kept, str key, struct arena *a)
{
    str parts[PARTS];
    uint64_t orientation, passed;

    if (key.n == 0 || !made_recall(kept, key, a, parts, PARTS) ||
        !str_to_uint(parts[PART_ORIENTATION], &orientation) ||
        orientation > 8 || !str_to_uint(parts[PART_PASSED], &passed))
        return false;
    *out = (struct pdf_image){
        .name = parts[PART_NAME],
        .dict = parts[PART_DICT],
        .bytes = passed ? im->bytes : parts[PART_BYTES],
        .smask = parts[PART_SMASK],
        .smask_bytes = parts[PART_SMASK_BYTES],
        .orientation = (uint8_t)orientation,
    };
    return true;
}

void kept_image_keep(const struct pdf_image *out, const struct image *im,
                     struct made *kept, str key)
{
    bool passed = out->bytes.p == im->bytes.p;
    const char digit = (char)('0' + out->orientation);
    const str parts[PARTS] = {
        [PART_NAME] = out->name,
        [PART_DICT] = out->dict,
        [PART_PASSED] = passed ? S("1") : S("0"),
        [PART_BYTES] = passed ? (str){ 0 } : out->bytes,
        [PART_SMASK] = out->smask,
        [PART_SMASK_BYTES] = out->smask_bytes,
        [PART_ORIENTATION] = { &digit, 1 },
    };

    if (key.n)
        made_keep(kept, key, parts, PARTS);
}
