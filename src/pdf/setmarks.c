/* SPDX-License-Identifier: MIT */
/* What stands around the letters of a line. */
#include "pdf/setline_parts.h"

/* The gap between a base and its ruby, and the size of an emphasis dot. */
#define RUBY_GAP 60
#define DOT_SIZE 450

/* The stretch [FIRST, LAST] of atoms of the line on which SAME holds. */
typedef bool same_as(const struct setter *t, uint32_t a, uint32_t b);

static bool same_span(const struct setter *t, uint32_t a, uint32_t b)
{
    return t->s->atoms->v[a].span == t->s->atoms->v[b].span;
}

static bool same_link(const struct setter *t, uint32_t a, uint32_t b)
{
    return span_of(t, a)->link == span_of(t, b)->link;
}

static uint32_t stretch_end(const struct setter *t, uint32_t i, same_as *same)
{
    uint32_t last = i;

    while (last < t->fl->last && same(t, i, last + 1))
        last++;
    return last;
}

static int32_t left_of(const struct setter *t, uint32_t i)
{
    return t->left[i - t->fl->first];
}

static int32_t right_of(const struct setter *t, uint32_t i)
{
    return t->right[i - t->fl->first];
}

static void put_rule(struct setter *t, uint32_t first, uint32_t last, int32_t y,
                     int32_t h, uint32_t color)
{
    struct item *it = setline_item(t, ITEM_RULE);

    it->x = left_of(t, first);
    it->w = right_of(t, last) - it->x;
    it->y = y;
    it->h = h > 0 ? h : 1;
    it->color = color;
}

/* Without the blank at the end, which would leave a tail. */
static uint32_t without_blanks(const struct setter *t, uint32_t first,
                               uint32_t last)
{
    while (last > first && t->s->atoms->v[last].blank)
        last--;
    return last;
}

static void put_lines(struct setter *t, uint32_t first, uint32_t last)
{
    const struct style *st = span_of(t, first)->style;
    const struct font *f = font_chain_first(para_fonts(t->s->ly, st));
    int32_t base = t->out->baseline - setline_raise(t, st);

    last = without_blanks(t, first, last);
    while (first < last && t->s->atoms->v[first].blank)
        first++;
    if (st->underline)
        put_rule(t, first, last, base - scaled(st->font_size, f->underline_at),
                 scaled(st->font_size, f->underline_size), st->color);
    if (st->line_through)
        put_rule(t, first, last, base - scaled(st->font_size, f->strike_at),
                 scaled(st->font_size, f->strike_size), st->color);
}

void setmarks_below(struct setter *t)
{
    for (uint32_t i = t->fl->first; i <= t->fl->last;) {
        uint32_t last = stretch_end(t, i, same_span);
        const struct style *st = span_of(t, i)->style;
        uint32_t ink = without_blanks(t, i, last);
        if (st->has_background && st != t->s->para->style &&
            st->display == DISPLAY_INLINE)
            put_rule(t, i, ink, t->out->baseline - scaled(st->font_size, 900),
                     scaled(st->font_size, 1200), st->background);
        i = last + 1;
    }
}

static void put_decorations(struct setter *t)
{
    for (uint32_t i = t->fl->first; i <= t->fl->last;) {
        uint32_t last = stretch_end(t, i, same_span);
        const struct style *st = span_of(t, i)->style;
        if (st->underline || st->line_through)
            put_lines(t, i, last);
        i = last + 1;
    }
}

static void put_links(struct setter *t)
{
    for (uint32_t i = t->fl->first; i <= t->fl->last;) {
        uint32_t last = stretch_end(t, i, same_link);
        uint32_t index = span_of(t, i)->link;
        if (index && right_of(t, last) > left_of(t, i)) {
            const struct inline_link *l = &t->s->text->links.v[index];
            struct item *it = setline_item(t, ITEM_LINK);
            it->struct_elem = l->struct_elem;
            it->x = left_of(t, i);
            it->w = right_of(t, last) - it->x;
            it->h = t->out->height;
            it->text = l->url;
            it->post = l->post;
            it->frag = l->frag;
        }
        i = last + 1;
    }
}

/* Where the text of the next line begins. */
static uint32_t line_end(const struct setter *t)
{
    const struct atoms *at = t->s->atoms;

    return t->fl->last + 1 < at->n ? at->v[t->fl->last + 1].at : UINT32_MAX;
}

void setmarks_anchors(struct setter *t)
{
    struct setting *s = t->s;
    const struct inline_text *it = s->text;
    uint32_t end = line_end(t);

    for (; s->anchor < it->anchors.n && it->anchors.v[s->anchor].at < end;
         s->anchor++)
        setline_item(t, ITEM_ANCHOR)->text = it->anchors.v[s->anchor].id;
    for (; s->note < it->notes.n && it->notes.v[s->note].at < end; s->note++)
        vec_push(&t->out->notes, s->ly->arena)->aside =
            it->notes.v[s->note].aside;
}

static void put_above(struct setter *t, const struct line *small, int32_t x,
                      int32_t base)
{
    for (size_t k = 0; k < small->items.n; k++) {
        struct item *it = vec_push(&t->out->items, t->s->ly->arena);
        *it = small->items.v[k];
        it->x += x;
        it->y = base;
    }
}

/* The first atom of the line at the byte AT or behind it. */
static uint32_t atom_from(const struct setter *t, uint32_t at)
{
    uint32_t low = t->fl->first, high = t->fl->last + 1;

    while (low < high) {
        uint32_t i = low + (high - low) / 2;
        if (t->s->atoms->v[i].at < at)
            low = i + 1;
        else
            high = i;
    }
    return low;
}

/* In the middle above its base: jlreq 3.3. */
static void put_ruby(struct setter *t, const struct inline_ruby *rb)
{
    uint32_t first = atom_from(t, rb->at), end = atom_from(t, rb->end);

    if (first == end)
        return;
    struct line small = para_single(t->s->ly, rb->text, rb->style,
                                    rb->struct_elem, 0);
    int32_t size = span_of(t, first)->style->font_size;
    int32_t middle = (left_of(t, first) + right_of(t, end - 1)) / 2;
    put_above(t, &small, middle - small.width / 2,
              t->out->baseline - scaled(size, 880 + RUBY_GAP) -
                  scaled(rb->style->font_size, 120));
}

static void put_rubies(struct setter *t)
{
    struct setting *s = t->s;
    const struct inline_text *it = s->text;
    uint32_t from = s->atoms->v[t->fl->first].at, end = line_end(t);

    while (s->ruby < it->rubies.n && it->rubies.v[s->ruby].end <= from)
        s->ruby++;
    for (size_t k = s->ruby; k < it->rubies.n && it->rubies.v[k].at < end; k++)
        put_ruby(t, &it->rubies.v[k]);
}

/* A dot above each letter of emphasised CJK text: jlreq 3.3.9 calls them
 * bouten, klreq 3.5. */
static void put_dots(struct setter *t)
{
    for (uint32_t i = t->fl->first; i <= t->fl->last; i++) {
        const struct style *st = span_of(t, i)->style;
        const struct atom *at = &t->s->atoms->v[i];
        if (st->text_emphasis == EMPHASIS_NONE || at->blank || at->object ||
            at->pull || at->n_glyphs == 0)
            continue;
        struct style *small = arena_new(t->s->ly->arena, struct style);
        *small = *st;
        small->font_size = scaled(st->font_size, DOT_SIZE);
        small->text_emphasis = EMPHASIS_NONE;
        str mark = st->text_emphasis >= EMPHASIS_OPEN_DOT ? S("\xE2\x97\xA6")
                                                          : S("\xE2\x80\xA2");
        struct line dot = para_single(t->s->ly, mark, small, 0, 0);
        int32_t middle = (left_of(t, i) + right_of(t, i)) / 2;
        put_above(t, &dot, middle - dot.width / 2,
                  t->out->baseline - scaled(st->font_size, 800));
    }
}

void setmarks_above(struct setter *t)
{
    put_decorations(t);
    put_rubies(t);
    put_dots(t);
    put_links(t);
}
