/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "assets/raster.h"
#include "base/arena.h"

/* Where the pixels of a turned picture come from, by Exif's number (2.32,
 * 4.6.4): rows become columns, and which of the two run backwards in the
 * picture as it is stored. */
static const struct {
    bool swap, right_to_left, bottom_up;
} turns[] = {
    [1] = { false, false, false }, [2] = { false, true, false },
    [3] = { false, true, true },   [4] = { false, false, true },
    [5] = { true, false, false },  [6] = { true, false, true },
    [7] = { true, true, true },    [8] = { true, true, false },
};

struct turning {
    struct rows from;
    struct raster raster; /* read with the first row */
    uint8_t orientation;
    uint32_t y;
};

static bool read_turned(struct rows *r, uint8_t *to)
{
    struct turning *t = r->state;
    const struct raster *g = &t->raster;
    bool swap = turns[t->orientation].swap;
    bool back = turns[t->orientation].right_to_left;
    bool up = turns[t->orientation].bottom_up;

    if (!g->samples && !raster_read_plain(&t->from, &t->raster))
        return false;
    for (uint32_t x = 0; x < r->width; x++, to += r->channels) {
        uint32_t column = swap ? t->y : x, row = swap ? x : t->y;
        column = back ? g->width - 1 - column : column;
        row = up ? g->height - 1 - row : row;
        memcpy(to, g->samples + ((size_t)row * g->width + column) * g->channels,
               r->channels);
    }
    t->y++;
    return true;
}

static void close_turned(struct rows *r)
{
    struct turning *t = r->state;

    rows_close(&t->from);
    raster_done(&t->raster);
    free(t);
}

void rows_turn(struct rows *r, uint8_t orientation)
{
    static const struct rows_kind kind = { read_turned, close_turned };

    if (orientation < 2 || orientation > 8)
        return;
    struct turning *t = calloc(1, sizeof *t);
    if (!t)
        die("out of memory");
    bool swap = turns[orientation].swap;
    t->from = *r;
    t->orientation = orientation;
    *r = (struct rows){ swap ? r->height : r->width,
                        swap ? r->width : r->height, r->channels, &kind, t };
}
