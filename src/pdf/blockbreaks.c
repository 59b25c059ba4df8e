/* SPDX-License-Identifier: MIT */
#include "pdf/blockbreaks.h"

/* Code that takes at most this part of a page is not parted, thousandths. */
#define SMALL_CODE 200
/* A row up to that tall looks lost on a page when the rest of its list is on
 * another; taller ones, pictures, don't. */
#define SMALL_ROW 100

static bool ends_with_colon(const struct node *n)
{
    while (n->last)
        n = n->last;
    if (n->tag != TAG_TEXT)
        return false;
    str s = str_trim_right(n->text);
    return str_ends(s, S(":")) || str_ends(s, S("\xEF\xBC\x9A"));
}

void breaks_lead(struct galley *g, const struct node *last, uint32_t n_lines)
{
    g->lead = LEAD_NONE;
    g->lead_end = (uint32_t)g->rows.n;
    if (n_lines && ends_with_colon(last))
        g->lead = LEAD_COLON;
    else if (n_lines == 1)
        g->lead = LEAD_LINE;
}

static bool is_code(const struct node *n)
{
    return n->tag == TAG_PRE || node_has_class(n, S("embed-code"));
}

void breaks_before(struct galley *g, const struct node *n)
{
    enum galley_lead least = LEAD_COLON;

    if (g->lead == LEAD_NONE || g->lead_end != g->rows.n)
        return;
    if (is_code(n))
        least = LEAD_LINE;
    else if (n->tag != TAG_UL && n->tag != TAG_OL && n->tag != TAG_DL &&
             n->tag != TAG_TABLE && n->tag != TAG_BLOCKQUOTE)
        return;
    if (g->lead >= least)
        galley_break(g, ROW_POOR);
}

void breaks_none(struct galley *g, uint32_t first, enum row_break cost)
{
    for (uint32_t i = first; i + 1 < g->rows.n; i++)
        if (g->rows.v[i].after < cost)
            g->rows.v[i].after = cost;
}

static bool shows(const struct row *r)
{
    return r->n_items && r->height > 0 && !r->space;
}

static void avoid_behind(struct galley *g, uint32_t row)
{
    if (g->rows.v[row].after == ROW_FREE)
        g->rows.v[row].after = ROW_POOR;
}

/* A page neither ends with the first line of a list nor begins with its last
 * one. */
static void keep_ends(struct galley *g, uint32_t first, int32_t small)
{
    uint32_t end = (uint32_t)g->rows.n, i = first, k;

    while (i < end && !shows(&g->rows.v[i]))
        i++;
    for (k = i + 1; k < end && !shows(&g->rows.v[k]);)
        k++;
    if (k >= end)
        return;
    if (g->rows.v[i].height <= small)
        avoid_behind(g, k - 1);
    for (k = end; !shows(&g->rows.v[k - 1]);)
        k--;
    if (g->rows.v[k - 1].height <= small)
        avoid_behind(g, k - 2);
}

void breaks_inside(struct layout *ly, struct galley *g, const struct node *n,
                   uint32_t first)
{
    int64_t small = (int64_t)ly->page_height * SMALL_CODE / 1000, height = 0;

    switch (n->tag) {
    case TAG_PRE:
        for (uint32_t i = first; i < g->rows.n && height <= small; i++)
            height += g->rows.v[i].height;
        if (height <= small)
            breaks_none(g, first, ROW_POOR);
        break;
    case TAG_UL:
    case TAG_OL:
    case TAG_DL:
    case TAG_BLOCKQUOTE:
        keep_ends(g, first, (int32_t)(small * SMALL_ROW / SMALL_CODE));
        break;
    default:
        break;
    }
}
