/* SPDX-License-Identifier: MIT */
#include "assets/png_chunks.h"
#include "pdf/pdfimage_parts.h"

/* A picture is looked at from here on: to inflate a few kilobytes takes as long
 * as to recall what came of it. */
#define LEAST (4u << 10)

enum {
    PART_NAME,
    PART_DICT,
    PART_ICC,
    PART_SOURCE,
    PART_BYTES,
    PART_SMASK,
    PART_SMASK_BYTES,
    PART_ORIENTATION,
    PARTS
};

/* Where the bytes come from; what the picture has itself is not kept again. */
static const str sources[] = { STR_INIT("made"), STR_INIT("file"),
                               STR_INIT("stream") };
enum source { SOURCE_MADE, SOURCE_FILE, SOURCE_STREAM, SOURCES };

static enum source find_source(str bytes, const struct image *im,
                               struct arena *a)
{
    if (bytes.p == im->bytes.p)
        return SOURCE_FILE;
    return im->type == IMAGE_PNG && str_eq(bytes, png_stream_in(im->bytes, a))
               ? SOURCE_STREAM
               : SOURCE_MADE;
}

/* False: PARTS name none. */
static bool take_bytes(const str *parts, const struct image *im,
                       struct arena *a, str *bytes)
{
    enum source from = SOURCE_MADE;

    while (from < SOURCES && !str_eq(parts[PART_SOURCE], sources[from]))
        from++;
    *bytes = from == SOURCE_FILE     ? im->bytes
             : from == SOURCE_STREAM ? png_stream_in(im->bytes, a)
                                     : parts[PART_BYTES];
    return from < SOURCES;
}

str kept_image_key(const struct image *im, const struct pdf_image_options *o,
                   struct arena *a)
{
    /* One needs a library with many others behind it, and fonts. */
    bool drawing = im->type == IMAGE_SVG;

    if (!o->kept || im->digest.n == 0 || (!drawing && im->bytes.n < LEAST))
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
    uint64_t orientation;
    str bytes;

    if (key.n == 0 || !made_recall(kept, key, a, parts, PARTS) ||
        !str_to_uint(parts[PART_ORIENTATION], &orientation) ||
        orientation > 8 || !take_bytes(parts, im, a, &bytes))
        return false;
    *out = (struct pdf_image){
        .name = parts[PART_NAME],
        .dict = parts[PART_DICT],
        .icc = parts[PART_ICC],
        .bytes = bytes,
        .smask = parts[PART_SMASK],
        .smask_bytes = parts[PART_SMASK_BYTES],
        .orientation = (uint8_t)orientation,
    };
    return true;
}

void kept_image_keep(const struct pdf_image *out, const struct image *im,
                     struct made *kept, str key)
{
    struct arena work;

    if (key.n == 0)
        return;
    arena_init(&work);
    enum source from = find_source(out->bytes, im, &work);
    const char digit = (char)('0' + out->orientation);
    const str parts[PARTS] = {
        [PART_NAME] = out->name,
        [PART_DICT] = out->dict,
        [PART_ICC] = out->icc,
        [PART_SOURCE] = sources[from],
        [PART_BYTES] = from == SOURCE_MADE ? out->bytes : (str){ 0 },
        [PART_SMASK] = out->smask,
        [PART_SMASK_BYTES] = out->smask_bytes,
        [PART_ORIENTATION] = { &digit, 1 },
    };
    made_keep(kept, key, parts, PARTS);
    arena_done(&work);
}
