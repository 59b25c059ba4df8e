/* SPDX-License-Identifier: MIT */
#include "pdf/picture_size.h"

/* A picture is printed with 120 of its pixels to the inch. */
#define MP_PER_PIXEL (72000 / 120)
/* CSS pixels, of width attributes. */
#define MP_PER_CSS_PIXEL (72000 / 96)
/* How much of the page's height a picture may take: room for its caption. */
#define MOST_HEIGHT 880

static int32_t attr_length(const struct node *n, enum attr_name name)
{
    uint64_t v;

    if (!str_to_uint(node_attr(n, name), &v) || v > 10000)
        return 0;
    return (int32_t)v * MP_PER_CSS_PIXEL;
}

bool picture_size(struct layout *ly, const struct node *n,
                  const struct style *st, int32_t width, int32_t *w, int32_t *h)
{
    uint64_t asset;

    if (!str_to_uint(node_attr(n, ATTR_ASSET), &asset) ||
        asset >= ly->chapter->images.n)
        return false;
    const struct image *im = &ly->chapter->images.v[asset];
    int64_t px = im->width ? im->width : 600,
            py = im->height ? im->height : 400;
    int64_t wide = px * MP_PER_PIXEL;
    int32_t asked = length_resolve(st->width, width, 0);
    if (!asked)
        asked = attr_length(n, ATTR_WIDTH);
    if (asked && asked < wide)
        wide = asked;
    /* An SVG has no pixels to run out of. */
    if (asked && im->type == IMAGE_SVG)
        wide = asked;
    int32_t most = length_resolve(st->max_width, width, width);
    if (wide > most)
        wide = most;
    if (wide > width)
        wide = width;
    int64_t high = wide * py / px;
    int64_t limit = (int64_t)ly->page_height * MOST_HEIGHT / 1000;
    int32_t tallest = length_resolve(st->max_height, (int32_t)limit, 0);
    if (tallest > 0 && tallest < limit)
        limit = tallest;
    if (high > limit) {
        high = limit;
        wide = high * px / py;
    }
    *w = wide > 0 ? (int32_t)wide : 1;
    *h = high > 0 ? (int32_t)high : 1;
    return true;
}
