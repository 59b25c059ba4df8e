/* SPDX-License-Identifier: MIT */
#include "pdf/headstrings.h"

static str value_of(const struct node *n, const struct content *c,
                    struct arena *a)
{
    struct buf out = { 0 };

    for (uint32_t i = 0; i < c->n; i++) {
        const struct content_part *p = &c->parts[i];
        if (p->kind == CONTENT_TEXT)
            buf_put(&out, p->text);
        else if (p->kind == CONTENT_ELEMENT)
            buf_put(&out, node_plain_text(n, a));
        else if (p->kind == CONTENT_ATTR)
            buf_put(&out, node_attr(n, p->attr));
    }
    str s = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return s;
}

/* The first row from I on that shows. */
static uint32_t seen_row(const struct galley *g, uint32_t i)
{
    while (i < g->rows.n && (g->rows.v[i].space || g->rows.v[i].height == 0))
        i++;
    return i;
}

/* Where the walk through a chapter is. */
struct walk {
    const struct laid_chapter *lc;
    const struct galley *g;
    size_t mark; /* the next one */
    uint32_t page;
    bool at_top;
};

static void go_to(struct walk *w, const struct node *n)
{
    const struct galley *g = w->g;

    w->at_top = false;
    if (w->mark >= g->marks.n || g->marks.v[w->mark].node != n)
        return;
    uint32_t row = seen_row(g, g->marks.v[w->mark++].row);
    while (w->page + 1 < w->lc->pages.n &&
           row >= w->lc->pages.v[w->page].end_row)
        w->page++;
    uint32_t top = w->page ? w->lc->pages.v[w->page - 1].end_row : 0;
    w->at_top = row == seen_row(g, top);
}

const struct book_string *headstrings_find(const struct layout *ly,
                                           const struct galley *g,
                                           struct arena *a, uint32_t *n)
{
    const struct node *root = ly->chapter->root;
    struct walk w = { .lc = ly->out, .g = g };
    VEC(struct book_string) all = { 0 };

    for (const struct node *k = root; k; k = node_next(k, root)) {
        const struct string_set *set =
            k->tag == TAG_TEXT ? NULL : style_of(ly->styles, k)->string_set;
        if (set)
            go_to(&w, k);
        for (; set; set = set->next)
            *vec_push(&all, a) = (struct book_string){
                .name = set->name,
                .value = value_of(k, &set->value, a),
                .page = w.page,
                .at_top = w.at_top,
            };
    }
    *n = (uint32_t)all.n;
    return all.v;
}

void headstrings_init(struct headstrings *hs, const struct pdf_book *b,
                      struct arena *a)
{
    *hs = (struct headstrings){ .b = b, .arena = a, .chapter = UINT32_MAX };
}

/* Names are the sheet's: few. */
static struct headstring *find(const struct headstrings *hs, str name)
{
    for (size_t i = 0; i < hs->all.n; i++)
        if (str_eq(hs->all.v[i].name, name))
            return &hs->all.v[i];
    return NULL;
}

static void carry_on(struct headstrings *hs)
{
    for (size_t i = 0; i < hs->all.n; i++) {
        struct headstring *s = &hs->all.v[i];
        s->start = s->first = s->last;
        s->set = false;
    }
}

/* A chapter begins: nothing is said of it yet. */
static void forget(struct headstrings *hs)
{
    for (size_t i = 0; i < hs->all.n; i++)
        hs->all.v[i].last = (str){ 0 };
}

static void set(struct headstrings *hs, const struct book_string *from,
                bool at_top)
{
    struct headstring *s = find(hs, from->name);

    if (!s) {
        s = vec_push(&hs->all, hs->arena);
        *s = (struct headstring){ .name = from->name };
    }
    if (!s->set)
        s->first = from->value;
    if (!s->set && at_top)
        s->start = from->value;
    s->last = from->value;
    s->set = true;
}

void headstrings_turn(struct headstrings *hs, uint32_t handle)
{
    const struct pdf_book *b = hs->b;
    const struct book_page *p = &b->pages.v[handle];

    if (p->first)
        forget(hs);
    carry_on(hs);
    if (p->blank)
        return;
    for (uint32_t k = p->chapter; k <= p->last; k++) {
        const struct book_chapter *c = &b->chapters.v[k];
        bool is_top = k == p->chapter;
        if (c->page == UINT32_MAX)
            continue;
        if (!is_top)
            forget(hs);
        uint32_t i = k == hs->chapter ? hs->next : 0;
        for (; i < c->n_strings && c->page + c->strings[i].page <= handle; i++)
            set(hs, &c->strings[i],
                is_top && (p->first || c->strings[i].at_top));
        hs->chapter = k;
        hs->next = i;
    }
}

str headstrings_value(const struct headstrings *hs, str name,
                      enum string_when when)
{
    const struct headstring *s = find(hs, name);

    if (!s)
        return (str){ 0 };
    switch (when) {
    case STRING_START:
        return s->start;
    case STRING_LAST:
        return s->last;
    case STRING_EXCEPT:
        return s->set ? (str){ 0 } : s->start;
    case STRING_FIRST:
        break;
    }
    return s->first;
}
