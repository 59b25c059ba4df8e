/* SPDX-License-Identifier: MIT */
#include "assets/avif_boxes.h"

#include "base/bytes.h"

#define BOX_HEAD    8 /* size, type */
#define LARGE_HEAD  16
#define FULL_FIELDS 4 /* version and flags of a FullBox */

struct box {
    str type, data;
};

/* The box at the start of *REST, which is cut off. A size of 0 goes to the
 * end, 1 is followed by one of 64 bits. False: no whole box is left. */
static bool next_box(str *rest, struct box *out)
{
    size_t n = big32(*rest, 0), head = n == 1 ? LARGE_HEAD : BOX_HEAD;

    if (n == 0)
        n = rest->n;
    else if (n == 1)
        n = big32(*rest, 8) == 0 ? big32(*rest, 12) : SIZE_MAX;
    if (n < head || n > rest->n)
        return false;
    out->type = str_sub(*rest, 4, 4);
    out->data = str_sub(*rest, head, n - head);
    *rest = str_from(*rest, n);
    return true;
}

static str find_box(str in, str type)
{
    struct box b;

    while (next_box(&in, &b))
        if (str_eq(b.type, type))
            return b.data;
    return (str){ 0 };
}

/* What irot (quarters against the clock) and then imir (0: top and bottom
 * change places, 1: left and right) make of it: 6.5.10 and 6.5.12. */
static const uint8_t orientations[4][3] = {
    { 1, 4, 2 }, { 8, 5, 7 }, { 3, 2, 4 }, { 6, 7, 5 }
};

/* A property: what it says of the picture. */
struct reading {
    struct avif_header *out;
    uint32_t quarters, mirror; /* mirror: 0 none, 1 and 2 as above */
};

static void read_size(struct reading *r, str data)
{
    uint32_t w = big32(data, FULL_FIELDS), h = big32(data, FULL_FIELDS + 4);

    if ((uint64_t)w * h > (uint64_t)r->out->width * r->out->height) {
        r->out->width = w;
        r->out->height = h;
    }
}

static void read_turn(struct reading *r, str data)
{
    r->quarters = byte_at(data, 0) & 3;
}

static void read_mirror(struct reading *r, str data)
{
    r->mirror = 1 + (byte_at(data, 0) & 1);
}

static void read_color(struct reading *r, str data)
{
    str kind = str_sub(data, 0, 4);

    if (str_eq(kind, S("prof")) || str_eq(kind, S("rICC")))
        r->out->icc = str_from(data, 4);
}

static const struct {
    str type;
    void (*read)(struct reading *r, str data);
} properties[] = {
    { STR_INIT("ispe"), read_size },
    { STR_INIT("irot"), read_turn },
    { STR_INIT("imir"), read_mirror },
    { STR_INIT("colr"), read_color },
};

void avif_header_read(str avif, struct avif_header *out)
{
    struct reading r = { .out = out };
    struct box b;
    str meta = str_from(find_box(avif, S("meta")), FULL_FIELDS);
    str rest = find_box(find_box(meta, S("iprp")), S("ipco"));

    *out = (struct avif_header){ 0 };
    while (next_box(&rest, &b))
        for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
            if (str_eq(b.type, properties[i].type))
                properties[i].read(&r, b.data);
    out->orientation = orientations[r.quarters][r.mirror];
}
