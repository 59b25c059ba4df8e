/* SPDX-License-Identifier: MIT */
#include "pdf/pack_tree.h"

void pack_tree_begin(struct pack_tree *t, struct packed_chapter *pc,
                     const struct laid_chapter *lc, struct arena *a)
{
    size_t n = lc->structure.n;

    *t = (struct pack_tree){
        .pc = pc,
        .arena = a,
        .next_cell = arena_array(a, uint32_t, n),
    };
    pc->elems = arena_array(a, struct packed_elem, n);
    pc->n_elems = (uint32_t)n;
    vec_push(&pc->kids, a);
    for (size_t i = 1; i < n; i++) {
        const struct struct_elem *e = &lc->structure.v[i];
        pc->elems[i] = (struct packed_elem){
            .role = e->role,
            /* Elements are numbered in document order. */
            .parent = i == 1                       ? 0
                      : e->parent && e->parent < i ? e->parent
                                                   : 1,
            .alt = e->alt,
            .lang = e->lang,
            .colspan = e->colspan,
            .rowspan = e->rowspan,
            .header_column = e->header_column,
        };
    }
}

static void push_kid(struct pack_tree *t, uint32_t elem,
                     enum packed_kid_kind kind, uint32_t page, uint32_t value)
{
    struct packed_chapter *pc = t->pc;
    uint32_t at = (uint32_t)pc->kids.n;

    *vec_push(&pc->kids, t->arena) = (struct packed_kid){
        .kind = kind,
        .page = page,
        .value = value,
    };
    struct packed_elem *e = &pc->elems[elem];
    if (e->last)
        pc->kids.v[e->last].next = at;
    else
        e->first = at;
    e->last = at;
}

static bool is_cell(const struct packed_elem *e)
{
    return e->role == ROLE_TD || e->role == ROLE_TH;
}

/* The cells of ROW before END, which may be empty: without them, those that
 * are not would stand in the wrong columns. */
static void add_cells(struct pack_tree *t, uint32_t row, uint32_t end)
{
    struct packed_elem *elems = t->pc->elems;
    uint32_t i = t->next_cell[row] ? t->next_cell[row] : row + 1;

    for (; i < end; i++)
        if (elems[i].parent == row && is_cell(&elems[i]) && !elems[i].used) {
            elems[i].used = true;
            push_kid(t, row, KID_ELEM, 0, i);
        }
    if (end > t->next_cell[row])
        t->next_cell[row] = end;
}

static void use(struct pack_tree *t, uint32_t elem)
{
    struct packed_elem *elems = t->pc->elems;

    while (elem && !elems[elem].used) {
        uint32_t parent = elems[elem].parent;
        if (parent && is_cell(&elems[elem]))
            add_cells(t, parent, elem);
        elems[elem].used = true;
        if (parent)
            push_kid(t, parent, KID_ELEM, 0, elem);
        elem = parent;
    }
}

void pack_tree_add(struct pack_tree *t, uint32_t elem,
                   enum packed_kid_kind kind, uint32_t page, uint32_t value)
{
    use(t, elem);
    push_kid(t, elem, kind, page, value);
}

void pack_tree_end(struct pack_tree *t)
{
    struct packed_elem *elems = t->pc->elems;

    for (uint32_t i = 1; i < t->pc->n_elems; i++) {
        uint32_t parent = elems[i].parent;
        if (!elems[i].used && parent && is_cell(&elems[i]) &&
            elems[parent].used) {
            elems[i].used = true;
            push_kid(t, parent, KID_ELEM, 0, i);
        }
    }
}
