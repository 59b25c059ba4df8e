/* SPDX-License-Identifier: MIT */
#include "pdf/marker.h"

static str roman(int64_t n, bool upper, struct arena *a)
{
    static const struct {
        int value;
        const char *low, *up;
    } parts[] = {
        { 1000, "m", "M" },  { 900, "cm", "CM" }, { 500, "d", "D" },
        { 400, "cd", "CD" }, { 100, "c", "C" },   { 90, "xc", "XC" },
        { 50, "l", "L" },    { 40, "xl", "XL" },  { 10, "x", "X" },
        { 9, "ix", "IX" },   { 5, "v", "V" },     { 4, "iv", "IV" },
        { 1, "i", "I" },
    };
    str out = { "", 0 };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; n >= parts[i].value; n -= parts[i].value)
            out = arena_join(a, out,
                             str_of(upper ? parts[i].up : parts[i].low));
    return out;
}

/* a, b, ... z, aa, ab: bijective base 26. */
static str alphabetic(int64_t n, char first, struct arena *a)
{
    char digits[16];
    size_t at = sizeof digits;

    while (n > 0 && at > 0) {
        n--;
        digits[--at] = (char)(first + n % 26);
        n /= 26;
    }
    return arena_dup(a, (str){ digits + at, sizeof digits - at });
}

str marker_text(enum list_style style, int64_t number, struct arena *a)
{
    bool small = number > 0 && number < 4000;

    switch (style) {
    case LIST_NONE:
        return (str){ 0 };
    case LIST_DISC:
        return S("\xE2\x80\xA2");
    case LIST_CIRCLE:
        return S("\xE2\x97\xA6");
    case LIST_SQUARE:
        return S("\xE2\x96\xAA");
    case LIST_LOWER_ROMAN:
    case LIST_UPPER_ROMAN:
        if (small)
            return roman(number, style == LIST_UPPER_ROMAN, a);
        break;
    case LIST_LOWER_ALPHA:
    case LIST_UPPER_ALPHA:
        if (number > 0)
            return alphabetic(number, style == LIST_UPPER_ALPHA ? 'A' : 'a', a);
        break;
    case LIST_DECIMAL:
        break;
    }
    return arena_printf(a, "%lld", (long long)number);
}

static bool number_of(str s, int64_t *out)
{
    bool minus = str_starts(s, S("-"));
    uint64_t v;

    if (!str_to_uint(str_from(s, minus), &v) || v > INT32_MAX)
        return false;
    *out = minus ? -(int64_t)v : (int64_t)v;
    return true;
}

/* Numbers the items of LIST: an item's value, or one more than the item
 * before it. */
static void number_items(struct layout *ly, const struct node *list)
{
    bool reversed = node_has(list, ATTR_REVERSED);
    int64_t number = reversed ? 0 : 1;

    for (const struct node *k = list->first; reversed && k; k = k->next)
        number += k->tag == TAG_LI;
    number_of(node_attr(list, ATTR_START), &number);
    for (const struct node *k = list->first; k; k = k->next) {
        if (k->tag != TAG_LI)
            continue;
        number_of(node_attr(k, ATTR_VALUE), &number);
        ly->numbers[k->id] = (int32_t)number;
        number += reversed ? -1 : 1;
    }
}

/* All lists of a chapter are numbered at once: asking each item how many
 * stand before it would be quadratic. */
static int64_t item_number(struct layout *ly, const struct node *li)
{
    const struct chapter *c = ly->chapter;

    if (!ly->numbers) {
        ly->numbers = arena_array(ly->arena, int32_t, c->n_nodes);
        for (const struct node *n = c->root; n; n = node_next(n, c->root))
            if (n->tag == TAG_OL)
                number_items(ly, n);
    }
    return ly->numbers[li->id];
}

static bool is_counted(const struct style *st)
{
    return st->list_style_type >= LIST_DECIMAL &&
           st->list_style_type != LIST_NONE;
}

/* "1.", or a bullet; empty for none. */
static str text_of(struct layout *ly, const struct node *li)
{
    const struct style *st = style_of(ly->styles, li);
    bool counted = is_counted(st);

    if (!li->parent || st->display != DISPLAY_LIST_ITEM ||
        st->list_style_type == LIST_NONE)
        return (str){ 0 };
    str text = marker_text(st->list_style_type,
                           counted ? item_number(ly, li) : 0, ly->arena);
    return counted ? arena_join(ly->arena, text, S(".")) : text;
}

/* Fonts for Han have bullets that are hardly more than dots, or as wide as a
 * letter: those of Latin text serve every language. */
static const struct style *bullet_style(struct layout *ly,
                                        const struct style *st)
{
    if (ly->bullet_for != st) {
        struct style *latin = arena_new(ly->arena, struct style);
        *latin = *st;
        latin->lang = S("en");
        latin->lang_id = LANG_EN;
        ly->bullet_for = st;
        ly->bullet = latin;
    }
    return ly->bullet;
}

static struct line line_of(struct layout *ly, const struct node *li,
                           uint32_t elem)
{
    const struct style *st = style_of(ly->styles, li);
    str text = text_of(ly, li);

    return para_single(
        ly, text, text.n == 0 || is_counted(st) ? st : bullet_style(ly, st),
        elem, 0);
}

void marker_add(struct layout *ly, struct galley *g, const struct node *li,
                uint32_t row, struct place at)
{
    if (row >= g->rows.n)
        return;
    struct line mark = line_of(ly, li, at.struct_elem);
    int32_t x = at.x - style_of(ly->styles, li)->font_size / 2 - mark.width;
    if (mark.items.n)
        galley_label(g, row, &mark, x > 0 ? x : 0);
}

/* The last item has the widest number. */
void marker_make_room(struct layout *ly, const struct node *list,
                      struct place *inside)
{
    const struct node *li = list->last;

    while (li && li->tag != TAG_LI)
        li = li->prev;
    if (!li)
        return;
    int32_t want = line_of(ly, li, 0).width +
                   style_of(ly->styles, li)->font_size / 2;
    int32_t have = style_of(ly->styles, list)->padding[SIDE_LEFT];
    if (want > have && want - have < inside->width / 4) {
        inside->x += want - have;
        inside->width -= want - have;
    }
}
