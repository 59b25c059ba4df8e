/* SPDX-License-Identifier: MIT */
#include "pdf/blockpage.h"

static bool wants_other(const struct layout *ly, const struct node *n)
{
    str name = style_of(ly->styles, n)->page;

    return !(name.p == ly->page.p && name.n == ly->page.n) &&
           page_kind_find(ly->kinds, name) != ly->kind;
}

void blockpage_refuse(struct layout *ly, const struct node *n)
{
    str name = style_of(ly->styles, n)->page;

    if (ly->page_told || !wants_other(ly, n))
        return;
    ly->page_told = true;
    diag_add(ly->diag, DIAG_CSS_UNSUPPORTED, ly->path, n->line,
             "page '%.*s' has no effect in lines, tables, cards and notes",
             STR_ARG(name));
}

static void set_kind(struct layout *ly, const struct page_kind *kind, str name)
{
    ly->kind = kind;
    ly->page = name;
    ly->page_width = kind->width;
    ly->page_height = kind->height;
}

static enum row_break last_break(const struct galley *g)
{
    return g->rows.n ? g->rows.v[g->rows.n - 1].after : ROW_FREE;
}

bool blockpage_add(struct layout *ly, struct galley *g, const struct node *n,
                   struct place at)
{
    const struct page_kind *outer = ly->kind;
    str outer_name = ly->page, name = style_of(ly->styles, n)->page;
    uint32_t first = (uint32_t)g->rows.n;
    enum row_break before = last_break(g);

    if (!wants_other(ly, n))
        return false;
    if (ly->closed) {
        blockpage_refuse(ly, n);
        return false;
    }
    galley_break(g, ROW_FORCED);
    set_kind(ly, page_kind_find(ly->kinds, name), name);
    block_node(ly, g, n,
               (struct place){ .width = ly->page_width,
                               .struct_elem = at.struct_elem });
    if (g->rows.n > first) {
        *vec_push(&g->stretches,
                  g->arena) = (struct stretch){ first, (uint32_t)g->rows.n - 1,
                                                ly->kind };
        galley_break(g, ROW_FORCED);
    } else if (first) {
        g->rows.v[first - 1].after = before;
    }
    set_kind(ly, outer, outer_name);
    return true;
}
