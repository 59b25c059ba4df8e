/* SPDX-License-Identifier: MIT */
#include "assets/fit.h"
#include "assets/image.h"
#include "base/hash.h"

/* What is kept: facts in a line, what was done, the picture. */
enum { PART_FACTS, PART_DID, PART_BYTES, PARTS };

static str key_of(const struct made *kept, const struct image *im,
                  const struct fit_limits *l, struct arena *a)
{
    struct buf limits = { 0 };

    buf_put_int(&limits, l->width);
    buf_putc(&limits, ' ');
    buf_put_int(&limits, l->height);
    buf_putc(&limits, ' ');
    buf_put_int(&limits, l->quality);
    buf_puts(&limits, l->no_webp ? " 1" : " 0");
    const str parts[] = { im->digest, buf_str(&limits) };
    str key = made_key(kept, "fit", parts, 2, a);
    buf_done(&limits);
    return key;
}

/* A PNG is unpacked to see whether it can be. */
#define PNG_LEAST (4u << 10)

static bool is_worth_it(const struct image *im)
{
    return im->digest.n > 0 && im->type != IMAGE_SVG &&
           im->bytes.n >=
               (im->type == IMAGE_PNG ? PNG_LEAST : MADE_PICTURE_LEAST);
}

static bool read_facts(str facts, struct fit *out)
{
    uint64_t type, width, height, moves, same;
    str digest;

    if (!str_to_uint(str_cut(&facts, ' '), &type) || type > IMAGE_WEBP ||
        !str_to_uint(str_cut(&facts, ' '), &width) || width > UINT32_MAX ||
        !str_to_uint(str_cut(&facts, ' '), &height) || height > UINT32_MAX ||
        !str_to_uint(str_cut(&facts, ' '), &moves) ||
        !str_to_uint(str_cut(&facts, ' '), &same))
        return false;
    digest = str_cut(&facts, ' ');
    if (digest.n != 2 * SHA256_SIZE)
        digest.n = 0;
    *out = (struct fit){ .type = (enum image_type)type,
                         .width = (uint32_t)width,
                         .height = (uint32_t)height,
                         .digest = digest,
                         .moves = moves != 0,
                         .is_same = same != 0 };
    return true;
}

static bool recall(struct made *kept, const struct image *im, str key,
                   struct arena *a, struct fit *out)
{
    str parts[PARTS];

    if (!made_recall(kept, key, a, parts, PARTS) ||
        !read_facts(parts[PART_FACTS], out))
        return false;
    out->did = parts[PART_DID];
    out->bytes = out->is_same ? im->bytes : parts[PART_BYTES];
    return true;
}

static void keep(struct made *kept, const struct image *im, str key,
                 const struct fit *f, struct arena *a)
{
    const str parts[PARTS] = {
        [PART_FACTS] = arena_printf(a, "%d %u %u %d %d%s%.*s", (int)f->type,
                                    f->width, f->height, f->moves, f->is_same,
                                    f->digest.n ? " " : "", STR_ARG(f->digest)),
        [PART_DID] = f->did,
        [PART_BYTES] = f->is_same ? (str){ 0 } : f->bytes,
    };

    if (f->is_same && f->did.n == 0)
        made_keep_line(kept, key, (const uint8_t *)im->digest.p,
                       parts[PART_FACTS], PARTS);
    else
        made_keep(kept, key, parts, PARTS);
}

void fit_kept(struct made *kept, const struct image *im,
              const struct fit_limits *limits, struct arena *a, struct fit *out)
{
    struct arena work;

    if (!kept || !is_worth_it(im)) {
        fit_picture(im, limits, a, out);
        return;
    }
    arena_init(&work);
    str key = key_of(kept, im, limits, &work);
    if (!recall(kept, im, key, a, out)) {
        fit_picture(im, limits, a, out);
        if (!out->wrong && !out->is_same)
            out->digest = hash_hex(out->bytes, 2 * SHA256_SIZE, a);
        if (!out->wrong)
            keep(kept, im, key, out, &work);
    }
    arena_done(&work);
}
