/* SPDX-License-Identifier: MIT */
#include "book/order.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "book/dates.h"

static bool has_tag(const struct post *p, str tag, struct arena *scratch)
{
    str want = utf8_fold(tag, scratch);

    for (size_t i = 0; i < p->tags.n; i++)
        if (str_eq(utf8_fold(p->tags.v[i], scratch), want))
            return true;
    return false;
}

static bool wants_tags(const struct settings *set, const struct post *p,
                       struct arena *scratch)
{
    for (size_t i = 0; i < set->tag.n; i++)
        if (has_tag(p, set->tag.v[i], scratch))
            return true;
    return set->tag.n == 0;
}

bool order_wants(const struct settings *set, const struct post *p,
                 struct arena *scratch)
{
    bool dated = p->date.year != 0;

    if (p->draft && !set->drafts)
        return false;
    if (set->since.year &&
        (!dated || date_compare_days(&p->date, &set->since) < 0))
        return false;
    if (set->until.year &&
        (!dated || date_compare_days(&p->date, &set->until) > 0))
        return false;
    return wants_tags(set, p, scratch);
}

static int compare_ties(const struct post *a, const struct post *b)
{
    int by_path = str_cmp(a->rel, b->rel);

    return by_path ? by_path : (a->index > b->index) - (a->index < b->index);
}

static int compare_dated(const struct post *a, const struct post *b)
{
    int by_date = date_compare(&a->date, &b->date);

    return by_date ? by_date : compare_ties(a, b);
}

static int compare_undated(const struct post *a, const struct post *b)
{
    return (a->date.year == 0) - (b->date.year == 0);
}

static int compare_forward(const void *a, const void *b)
{
    const struct post *x = *(struct post *const *)a;
    const struct post *y = *(struct post *const *)b;
    int undated = compare_undated(x, y);

    return undated ? undated : compare_dated(x, y);
}

static int compare_reverse(const void *a, const void *b)
{
    const struct post *x = *(struct post *const *)a;
    const struct post *y = *(struct post *const *)b;
    int undated = compare_undated(x, y);

    return undated ? undated : compare_dated(y, x);
}

void order_posts(struct post **posts, uint32_t n, bool reverse)
{
    if (n > 0)
        qsort(posts, n, sizeof *posts,
              reverse ? compare_reverse : compare_forward);
}
