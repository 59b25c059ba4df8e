/* SPDX-License-Identifier: MIT */
#include "pdf/pageshrink.h"

/* How small a picture may become, thousandths; the second when the page would
 * end that much before its foot otherwise. */
#define LEAST      780
#define LEAST_HOLE 550
#define LARGE_HOLE 350
/* More than that, of a page's height, need not stay with the picture. */
#define MOST_BEHIND 250

/* White space becomes lower by at most this part, thousandths, for at most this
 * part of the room. */
#define SQUEEZE   400
#define MOST_OVER 120

/* The picture of a row that has no text. */
static const struct item *lone_picture(const struct row *r)
{
    const struct item *found = NULL;

    for (uint32_t k = 0; k < r->n_items; k++) {
        const struct item *it = &r->items[k];
        if (it->kind == ITEM_IMAGE && !found)
            found = it;
        else if (it->kind != ITEM_LINK && it->kind != ITEM_ANCHOR)
            return NULL;
    }
    return found;
}

/* Height of the rows that are to stand on the page of row I, without white
 * space at its foot: all that are left when they are few, or else those that
 * may not be parted from it; 0 when those are more than MOST. */
static int64_t height_behind(const struct galley *g, uint32_t i, int64_t most)
{
    int64_t h = 0, seen = 0, bound = 0;
    bool is_bound = true;

    for (; i + 1 < g->rows.n && h <= most; i++) {
        const struct row *r = &g->rows.v[i + 1];
        is_bound = is_bound && g->rows.v[i].after == ROW_NEVER;
        h += r->height;
        if (!r->space)
            seen = h;
        if (is_bound)
            bound = seen;
    }
    if (h <= most)
        return seen;
    return is_bound ? 0 : bound;
}

/* Copies of the row's items, the picture H high. */
static void set_height(struct galley *g, struct row *r, const struct item *im,
                       int32_t h)
{
    struct item *items = arena_array(g->arena, struct item, r->n_items);
    int32_t w = (int32_t)((int64_t)im->w * h / im->h);
    int32_t less = im->h - h, x = im->x + (im->w - w) / 2;

    for (uint32_t k = 0; k < r->n_items; k++) {
        items[k] = r->items[k];
        if (items[k].kind == ITEM_ANCHOR)
            continue;
        items[k].x = x;
        items[k].w = w;
        items[k].h -= less;
    }
    r->items = items;
    r->height -= less;
}

void page_shrink(struct galley *g, uint32_t i, struct page_room room)
{
    struct row *r = &g->rows.v[i];
    const struct item *im = r->n_items ? lone_picture(r) : NULL;

    if (!im)
        return;
    int64_t behind = height_behind(g, i,
                                   (int64_t)room.height * MOST_BEHIND / 1000);
    int64_t over = r->height + behind - room.free;
    bool hole = room.lost * 1000 > (int64_t)room.height * LARGE_HOLE;
    int64_t least = (int64_t)im->h * (hole ? LEAST_HOLE : LEAST) / 1000;
    if (over > 0 && im->h - over >= least)
        set_height(g, r, im, (int32_t)(im->h - over));
}

/* What does not fit; 0: it fits or it is too much. */
static int64_t height_over(const struct galley *g, uint32_t first,
                           uint32_t next, int64_t room)
{
    int64_t h = 0, seen = 0, most = room + room * MOST_OVER / 1000;

    for (uint32_t i = first; i < g->rows.n; i++) {
        const struct row *r = &g->rows.v[i];
        bool last = i + 1 == g->rows.n;
        h += r->height;
        seen = r->space ? seen : h;
        if (seen > most || (i >= next && r->n_notes) ||
            (r->after >= ROW_FORCED && !last))
            return 0;
    }
    return seen > room ? seen - room : 0;
}

bool page_squeeze(struct galley *g, uint32_t first, uint32_t next, int64_t room)
{
    int64_t over = height_over(g, first, next, room), space = 0;

    if (over == 0)
        return false;
    for (uint32_t i = first; i < g->rows.n; i++)
        space += g->rows.v[i].space ? g->rows.v[i].height : 0;
    if (over * 1000 > space * SQUEEZE)
        return false;
    for (uint32_t i = first; i < g->rows.n; i++) {
        struct row *r = &g->rows.v[i];
        if (!r->space)
            continue;
        int64_t less = (over * r->height + space - 1) / space;
        space -= r->height;
        over -= less;
        r->height -= (int32_t)less;
    }
    return true;
}
