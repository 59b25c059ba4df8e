/* SPDX-License-Identifier: MIT */
#include "pdf/table.h"

#include "pdf/blockpage.h"
#include "pdf/structure.h"
#include "pdf/table_parts.h"

#define MAX_SPAN 1000

static uint32_t span_attr(const struct node *n, enum attr_name name)
{
    uint64_t v;

    if (!str_to_uint(node_attr(n, name), &v) || v == 0)
        return 1;
    return v > MAX_SPAN ? MAX_SPAN : (uint32_t)v;
}

/* The rows of a section, or of the table itself. */
static void collect_rows(struct grid *g, const struct node *section)
{
    for (const struct node *k = section->first; k; k = k->next)
        if (k->tag == TAG_TR) {
            *vec_push(&g->rows, g->ly->arena) = k;
            g->n_head += section->tag == TAG_THEAD;
        }
}

static void collect_sections(struct grid *g)
{
    for (const struct node *k = g->node->first; k; k = k->next) {
        if (k->tag == TAG_THEAD || k->tag == TAG_TBODY || k->tag == TAG_TFOOT)
            collect_rows(g, k);
    }
    collect_rows(g, g->node);
}

/* Puts the cells of all rows on the grid, around those that reach down from
 * above. False: too many columns. */
static bool place_cells(struct grid *g)
{
    uint32_t busy[MAX_COLUMNS] = { 0 }; /* rows that a column is taken for */

    for (uint32_t r = 0; r < g->rows.n; r++) {
        uint32_t column = 0;
        for (const struct node *k = g->rows.v[r]->first; k; k = k->next) {
            if (k->tag != TAG_TD && k->tag != TAG_TH)
                continue;
            while (column < MAX_COLUMNS && busy[column])
                column++;
            uint32_t columns = span_attr(k, ATTR_COLSPAN);
            uint32_t rows = span_attr(k, ATTR_ROWSPAN);
            if (column + columns > MAX_COLUMNS)
                return false;
            if (rows > g->rows.n - r)
                rows = (uint32_t)g->rows.n - r;
            *vec_push(&g->cells, g->ly->arena) = (struct cell){
                .node = k,
                .column = column,
                .row = r,
                .columns = columns,
                .rows = rows,
                .head = k->tag == TAG_TH,
            };
            for (uint32_t i = 0; i < columns; i++)
                busy[column + i] = rows;
            column += columns;
            if (column > g->n_columns)
                g->n_columns = column;
        }
        for (uint32_t i = 0; i < MAX_COLUMNS; i++)
            busy[i] -= busy[i] > 0;
    }
    return true;
}

static void lay_cell(struct grid *g, struct cell *c, uint32_t row_elem)
{
    struct layout *ly = g->ly;
    const struct style *st = style_of(ly->styles, c->node);
    int32_t width = table_cell_width(g, c) - cell_edges(st);
    uint32_t elem = structure_add(ly, row_elem, c->head ? ROLE_TH : ROLE_TD);
    struct struct_elem *e = structure_at(ly, elem);

    blockpage_refuse(ly, c->node);
    e->colspan = (uint8_t)(c->columns > 255 ? 255 : c->columns);
    e->rowspan = (uint8_t)(c->rows > 255 ? 255 : c->rows);
    e->header_column = c->head && c->row >= g->n_head;
    galley_init(&c->galley, ly->arena);
    galley_padding(&c->galley,
                   st->padding[SIDE_TOP] + st->border[SIDE_TOP].width);
    block_children(ly, &c->galley, c->node,
                   (struct place){ .width = width, .struct_elem = elem });
    galley_padding(&c->galley,
                   st->padding[SIDE_BOTTOM] + st->border[SIDE_BOTTOM].width);
}

static void lay_cells(struct grid *g)
{
    uint32_t elem = 0, row = UINT32_MAX;

    for (size_t i = 0; i < g->cells.n; i++) {
        if (g->cells.v[i].row != row) {
            row = g->cells.v[i].row;
            elem = structure_add(g->ly, g->elem, ROLE_TR);
        }
        lay_cell(g, &g->cells.v[i], elem);
    }
}

/* A table that is too wide for the page: each cell as a block, in the order of
 * reading, the rows parted by space. */
static void stack(struct layout *ly, struct galley *g, const struct node *table,
                  struct place at)
{
    for (const struct node *n = node_next(table, table); n;) {
        if (n->tag == TAG_TD || n->tag == TAG_TH || n->tag == TAG_CAPTION) {
            struct place in = at;
            in.struct_elem = structure_add(ly, at.struct_elem, ROLE_P);
            if (!n->prev)
                galley_margin(g, style_of(ly->styles, n)->line_height / 2);
            block_children(ly, g, n, in);
            n = node_skip(n, table);
        } else {
            n = node_next(n, table);
        }
    }
}

static void add_caption(struct layout *ly, struct galley *g,
                        const struct node *table, struct place at, bool below)
{
    for (const struct node *k = table->first; k; k = k->next)
        if (k->tag == TAG_CAPTION &&
            style_of(ly->styles, k)->caption_bottom == below) {
            block_node(ly, g, k, at);
            if (!below)
                galley_break(g, ROW_NEVER);
        }
}

bool table_grid(struct grid *g, struct layout *ly, const struct node *table)
{
    g->ly = ly;
    g->node = table;
    collect_sections(g);
    return place_cells(g);
}

void table_add(struct layout *ly, struct galley *g, const struct node *table,
               struct place at)
{
    const struct style *st = style_of(ly->styles, table);
    struct grid *gr = arena_new(ly->arena, struct grid);
    int32_t asked = length_resolve(st->width, at.width, 0);

    if (!table_grid(gr, ly, table) || !table_fit_columns(gr, at.width, asked)) {
        at.struct_elem = structure_add(ly, at.struct_elem, ROLE_DIV);
        stack(ly, g, table, at);
        return;
    }
    at.struct_elem = gr->elem = structure_add(ly, at.struct_elem, ROLE_TABLE);
    add_caption(ly, g, table, at, false);
    int32_t used = table_column_x(gr, gr->n_columns);
    if (st->margin[SIDE_LEFT].kind == LENGTH_AUTO && used < at.width)
        at.x += (at.width - used) / 2;
    lay_cells(gr);
    uint32_t first = galley_here(g);
    size_t frame = g->frames.n;
    galley_frame(g, (struct frame){ first, first, at.x, used, st });
    table_emit(gr, g, at);
    if (g->rows.n > first)
        g->frames.v[frame].last = (uint32_t)g->rows.n - 1;
    else
        g->frames.n = frame;
    add_caption(ly, g, table, at, true);
}
