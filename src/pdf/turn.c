/* SPDX-License-Identifier: MIT */
#include "pdf/turn.h"

struct extent {
    int32_t left, right;
};

static void turn_item(struct item *it, struct extent e)
{
    it->x = e.left + e.right - it->x - it->w;
}

static bool is_in(const struct item *it, struct extent e)
{
    return it->x >= e.left && it->x + it->w <= e.right;
}

/* Whether text from left to right goes on with the item I, and *E over it. What
 * is no text doesn't part it. */
static bool goes_on(const struct line *line, size_t i, struct extent *e)
{
    const struct item *it = &line->items.v[i];

    if (it->kind != ITEM_GLYPHS && !it->formula)
        return it->kind != ITEM_IMAGE && it->kind != ITEM_PAGE_REF;
    if (it->rtl && !it->formula)
        return false;
    if (it->x < e->left)
        e->left = it->x;
    if (it->x + it->w > e->right)
        e->right = it->x + it->w;
    return true;
}

/* Turns the stretches that run from left to right, with the rules and links
 * that belong to nothing else. */
static void turn_stretches(struct line *line, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct extent e = { INT32_MAX, INT32_MIN };
        size_t end = i;
        while (end < n && goes_on(line, end, &e))
            end++;
        if (e.left < e.right)
            for (size_t k = 0; k < line->items.n; k++)
                if (is_in(&line->items.v[k], e))
                    turn_item(&line->items.v[k], e);
        i = end;
    }
}

void turn_line(const struct layout *ly, const struct style *style,
               struct line *line, size_t n, int32_t measure)
{
    if (!ly->from_right)
        return;
    if (para_runs_from_right(ly, style)) {
        turn_stretches(line, n);
        return;
    }
    for (size_t i = 0; i < line->items.n; i++)
        turn_item(&line->items.v[i], (struct extent){ 0, measure });
}

void turn_page(struct page *page, int32_t width)
{
    for (size_t i = 0; i < page->items.n; i++)
        turn_item(&page->items.v[i], (struct extent){ 0, width });
}
