/* SPDX-License-Identifier: MIT */
/* Adobe Technical Notes 5176 (the Compact Font Format): as much of it as tells
 * the CID of a glyph. Operators are two bytes as 0x0C00 + second byte. */

#include "pdf/face.h"

#define OP_CHARSET 15
#define OP_ROS     0x0C1E

struct reader {
    str bytes;
    size_t at;
    bool bad;
};

static uint32_t read_be(struct reader *r, unsigned n)
{
    uint32_t value = 0;

    if (r->bad || r->at > r->bytes.n || n > r->bytes.n - r->at) {
        r->bad = true;
        return 0;
    }
    while (n--)
        value = value << 8 | (uint8_t)r->bytes.p[r->at++];
    return value;
}

/* Reads an INDEX (chapter 5), leaving R behind it; *FIRST is its first item. */
static void read_index(struct reader *r, str *first)
{
    uint32_t count = read_be(r, 2);

    *first = (str){ 0 };
    if (!count || r->bad)
        return;
    unsigned size = read_be(r, 1);
    if (size < 1 || size > 4) {
        r->bad = true;
        return;
    }
    size_t offsets = r->at;
    size_t data = offsets + ((size_t)count + 1) * size - 1;
    uint32_t from = read_be(r, size), to = read_be(r, size);
    r->at = offsets + (size_t)count * size;
    uint32_t end = read_be(r, size);
    if (r->bad || from < 1 || to < from || end < to ||
        end > r->bytes.n - (data < r->bytes.n ? data : r->bytes.n)) {
        r->bad = true;
        return;
    }
    *first = str_sub(r->bytes, data + from, to - from);
    r->at = data + end;
}

/* Chapter 4, table 3: one operand, its first byte B read already. */
static int32_t read_operand(struct reader *r, uint32_t b)
{
    if (b == 28)
        return (int16_t)read_be(r, 2);
    if (b == 29)
        return (int32_t)read_be(r, 4);
    if (b == 30) {
        while (!r->bad && (read_be(r, 1) & 0x0F) != 0x0F)
            ;
        return 0;
    }
    if (b >= 32 && b <= 246)
        return (int32_t)b - 139;
    if (b >= 247 && b <= 250)
        return (int32_t)((b - 247) * 256 + read_be(r, 1)) + 108;
    if (b >= 251 && b <= 254)
        return -(int32_t)((b - 251) * 256 + read_be(r, 1)) - 108;
    r->bad = true;
    return 0;
}

struct top_dict {
    bool cid_keyed;
    int32_t charset;
};

static bool read_top_dict(str dict, struct top_dict *top)
{
    struct reader r = { .bytes = dict };
    int32_t last = 0;

    *top = (struct top_dict){ 0 };
    while (!r.bad && r.at < dict.n) {
        uint32_t b = read_be(&r, 1);
        if (b > 21) {
            last = read_operand(&r, b);
            continue;
        }
        if (b == 12)
            b = 0x0C00 + read_be(&r, 1);
        if (b == OP_CHARSET)
            top->charset = last;
        else if (b == OP_ROS)
            top->cid_keyed = true;
        last = 0;
    }
    return !r.bad;
}

/* Chapter 13: ranges of one or two length bytes, or single ids. */
static bool read_charset(struct reader *r, uint16_t *cids, uint32_t n)
{
    uint32_t format = read_be(r, 1);

    if (format > 2)
        return false;
    cids[0] = 0;
    for (uint32_t i = 1; i < n && !r->bad;) {
        uint32_t cid = read_be(r, 2);
        uint32_t left = format ? read_be(r, format) : 0;
        for (uint32_t k = 0; k <= left && i < n; k++)
            cids[i++] = (uint16_t)(cid + k);
    }
    return !r->bad;
}

static bool is_identity(const uint16_t *cids, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (cids[i] != i)
            return false;
    return true;
}

bool face_read_cff(str table, uint32_t n_glyphs, struct arena *a,
                   struct cff_info *out)
{
    struct reader r = { .bytes = table, .at = 2 };
    struct top_dict top;
    str item;

    *out = (struct cff_info){ 0 };
    r.at = read_be(&r, 1); /* header size */
    read_index(&r, &item); /* names */
    read_index(&r, &item); /* top dicts */
    if (r.bad || !read_top_dict(item, &top))
        return false;
    out->cid_keyed = top.cid_keyed;
    if (!top.cid_keyed || top.charset <= 2)
        return true;
    r.at = (size_t)top.charset;
    out->cids = arena_array(a, uint16_t, n_glyphs);
    if (!read_charset(&r, out->cids, n_glyphs))
        return false;
    if (is_identity(out->cids, n_glyphs))
        out->cids = NULL;
    return true;
}
