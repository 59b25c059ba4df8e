/* SPDX-License-Identifier: MIT */
#include "pdf/table.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/structure.h"

/* Type sizes to try before a table is stacked, in thousandths. */
static const int32_t scales[] = { 1000, 850, 720 };

/* More columns than a page can hold letters are not laid out as a table. */
#define MAX_COLUMNS 64
#define MAX_SPAN    1000

struct cell {
    const struct node *node;
    uint32_t column, row;
    uint32_t columns, rows; /* spanned */
    bool head;
    struct galley galley;
};

struct grid {
    struct layout *ly;
    const struct node *node;
    VEC(struct cell) cells; /* row by row */
    VEC(const struct node *) rows;
    uint32_t n_columns, n_head; /* leading rows of a thead */
    int32_t min[MAX_COLUMNS], max[MAX_COLUMNS], width[MAX_COLUMNS];
    uint32_t elem;
};

static int32_t cell_edges(const struct style *st)
{
    return st->padding[SIDE_LEFT] + st->padding[SIDE_RIGHT] +
           st->border[SIDE_LEFT].width + st->border[SIDE_RIGHT].width;
}

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

/* Widths of a cell's content: of its lines, or of the widest of its blocks. */
static void content_widths(struct layout *ly, const struct node *n,
                           int32_t *min, int32_t *max)
{
    int32_t low, high;

    if (block_is_inline(ly, n)) {
        if (!n->first)
            return;
        struct para p = {
            .first = n->first,
            .last = n->last,
            .style = style_of(ly->styles, n),
            .width = ly->page_width,
        };
        para_widths(ly, &p, &low, &high);
        *min = low > *min ? low : *min;
        *max = high > *max ? high : *max;
        return;
    }
    for (const struct node *k = n->first; k; k = k->next) {
        if (k->tag == TAG_TEXT)
            continue;
        const struct style *st = style_of(ly->styles, k);
        int32_t own_min = 0, own_max = 0;
        content_widths(ly, k, &own_min, &own_max);
        int32_t extra = cell_edges(st) +
                        length_resolve(st->margin[SIDE_LEFT], 0, 0) +
                        length_resolve(st->margin[SIDE_RIGHT], 0, 0);
        *min = own_min + extra > *min ? own_min + extra : *min;
        *max = own_max + extra > *max ? own_max + extra : *max;
    }
}

/* Widths that spanning cells ask for beyond their columns' go to the last. */
static void widen(int32_t *widths, const struct cell *c, int32_t want)
{
    int32_t have = 0;

    for (uint32_t i = 0; i < c->columns; i++)
        have += widths[c->column + i];
    if (want > have)
        widths[c->column + c->columns - 1] += want - have;
}

static void measure(struct grid *g)
{
    struct layout *ly = g->ly;
    uint32_t parts = (uint32_t)ly->out->structure.n;

    memset(g->min, 0, sizeof g->min);
    memset(g->max, 0, sizeof g->max);
    for (size_t i = 0; i < g->cells.n; i++) {
        struct cell *c = &g->cells.v[i];
        int32_t min = 0, max = 0;
        content_widths(ly, c->node, &min, &max);
        int32_t edges = cell_edges(style_of(ly->styles, c->node));
        widen(g->min, c, min + edges);
        widen(g->max, c, max + edges + 10);
    }
    /* Measuring made links and pictures that are made again for good. */
    ly->out->structure.n = parts;
}

static int64_t sum(const int32_t *v, uint32_t n)
{
    int64_t s = 0;

    for (uint32_t i = 0; i < n; i++)
        s += v[i];
    return s;
}

/* Shares WIDTH among the columns between what they need and what they like. */
static void share(struct grid *g, int32_t width, int32_t asked)
{
    int64_t min = sum(g->min, g->n_columns), max = sum(g->max, g->n_columns);
    int64_t goal = max < width ? (asked > max ? asked : max) : width;

    for (uint32_t i = 0; i < g->n_columns; i++) {
        if (max <= goal)
            g->width[i] = (int32_t)(max ? g->max[i] * goal / max : 0);
        else
            g->width[i] = g->min[i] + (int32_t)((g->max[i] - g->min[i]) *
                                                (goal - min) / (max - min));
    }
}

/* The styles of everything below N with smaller type. Equal styles stay one
 * object. */
static void scale_styles(struct layout *ly, const struct node *n,
                         int32_t thousandths)
{
    const struct style *last_from = NULL;
    struct style *last_to = NULL;

    for (const struct node *k = n; k; k = node_next(k, n)) {
        const struct style *from = ly->styles->of[k->id];
        if (from != last_from) {
            last_to = arena_new(ly->arena, struct style);
            *last_to = *from;
            last_to->font_size = (int32_t)((int64_t)from->font_size *
                                           thousandths / 1000);
            last_to->line_height = (int32_t)((int64_t)from->line_height *
                                             thousandths / 1000);
            last_from = from;
        }
        ly->styles->of[k->id] = last_to;
    }
}

/* Finds a type size at which the columns fit. False: none. */
static bool fit_columns(struct grid *g, int32_t width, int32_t asked)
{
    int32_t now = 1000;

    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        if (scales[i] != now)
            scale_styles(g->ly, g->node,
                         (int32_t)((int64_t)scales[i] * 1000 / now));
        now = scales[i];
        measure(g);
        if (sum(g->min, g->n_columns) <= width) {
            share(g, width, asked);
            return true;
        }
    }
    return false;
}

static int32_t column_x(const struct grid *g, uint32_t column)
{
    return (int32_t)sum(g->width, column);
}

static void lay_cell(struct grid *g, struct cell *c, uint32_t row_elem)
{
    struct layout *ly = g->ly;
    const struct style *st = style_of(ly->styles, c->node);
    int32_t width = (int32_t)sum(g->width + c->column, c->columns) -
                    cell_edges(st);
    uint32_t elem = structure_add(ly, row_elem, c->head ? ROLE_TH : ROLE_TD);
    struct struct_elem *e = structure_at(ly, elem);

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

/* Heights of all rows; a spanning cell's surplus goes to its last row. */
static int32_t *row_heights(struct grid *g)
{
    int32_t *h = arena_array(g->ly->arena, int32_t, g->rows.n);

    for (size_t i = 0; i < g->cells.n; i++) {
        const struct cell *c = &g->cells.v[i];
        int64_t need = galley_height(&c->galley);
        for (uint32_t k = 0; k + 1 < c->rows; k++)
            need -= h[c->row + k];
        int32_t *last = &h[c->row + c->rows - 1];
        if (need > *last)
            *last = (int32_t)need;
    }
    return h;
}

/* A box of a cell somewhere in its row. */
struct piece {
    int32_t y, h;
    const struct row *row;
    int32_t dx;
    size_t order;
};

static int by_y(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;

    if (x->y != y->y)
        return x->y < y->y ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

typedef VEC(struct piece) piece_vec;

static int32_t slack_above(const struct style *st, int32_t free)
{
    switch (st->vertical_align) {
    case VALIGN_MIDDLE:
        return free / 2;
    case VALIGN_BOTTOM:
        return free;
    default:
        return 0;
    }
}

/* Grounds and borders of a cell over the height H of its rows. */
static void cell_frame(struct grid *g, const struct cell *c, struct place at,
                       int32_t h, struct item_vec *items)
{
    const struct style *st = style_of(g->ly->styles, c->node);
    struct frame f = {
        .x = at.x + column_x(g, c->column),
        .w = (int32_t)sum(g->width + c->column, c->columns),
        .style = st,
    };

    frame_items(&f, 0, h, true, true, items, g->ly->arena);
}

/* Appends the slice of pieces FROM to TO, whose top is Y0, as one row. */
static void emit_slice(struct grid *g, struct galley *out,
                       const struct piece *pieces, size_t from, size_t to,
                       int32_t y0, int32_t h, const struct item_vec *behind)
{
    struct arena *a = g->ly->arena;
    struct item_vec items = { 0 };
    VEC(struct line_note) notes = { 0 };

    for (size_t i = 0; behind && i < behind->n; i++)
        *vec_push(&items, a) = behind->v[i];
    for (size_t i = from; i < to; i++) {
        const struct piece *p = &pieces[i];
        for (uint32_t k = 0; k < p->row->n_items; k++) {
            struct item *it = vec_push(&items, a);
            *it = p->row->items[k];
            it->x += p->dx;
            it->y += p->y - y0;
        }
        for (uint32_t k = 0; k < p->row->n_notes; k++)
            *vec_push(&notes, a) = p->row->notes[k];
    }
    galley_row(out, (struct row){
                        .height = h,
                        .after = ROW_POOR,
                        .items = items.v,
                        .n_items = (uint32_t)items.n,
                        .notes = notes.v,
                        .n_notes = (uint32_t)notes.n,
                    });
}

/* The cells that begin in rows FIRST to LAST (joined by spanning cells) as
 * rows of the galley, cut wherever no line of any cell stands in the way. */
static void emit_rows(struct grid *g, struct galley *out, uint32_t first,
                      uint32_t last, const int32_t *heights, struct place at)
{
    struct arena *a = g->ly->arena;
    piece_vec pieces = { 0 };
    struct item_vec behind = { 0 };
    int32_t total = 0;

    for (uint32_t r = first; r <= last; r++)
        total += heights[r];
    for (size_t i = 0; i < g->cells.n; i++) {
        const struct cell *c = &g->cells.v[i];
        if (c->row < first || c->row > last)
            continue;
        int32_t top = 0, h = 0;
        for (uint32_t r = first; r < c->row; r++)
            top += heights[r];
        for (uint32_t r = c->row; r < c->row + c->rows; r++)
            h += heights[r];
        const struct style *st = style_of(g->ly->styles, c->node);
        int32_t y = top +
                    slack_above(st, h - (int32_t)galley_height(&c->galley));
        int32_t dx = at.x + column_x(g, c->column) + st->padding[SIDE_LEFT] +
                     st->border[SIDE_LEFT].width;
        size_t from = behind.n;
        cell_frame(g, c, at, h, &behind);
        for (size_t k = from; k < behind.n; k++)
            behind.v[k].y += top;
        for (size_t k = 0; k < c->galley.rows.n; k++) {
            const struct row *r = &c->galley.rows.v[k];
            size_t order = pieces.n;
            *vec_push(&pieces, a) = (struct piece){ y, r->height, r, dx,
                                                    order };
            y += r->height;
        }
    }
    if (pieces.n == 0)
        return;
    /* A row that is no taller than a third of the page is not cut. */
    if (total <= g->ly->page_height / 3) {
        emit_slice(g, out, pieces.v, 0, pieces.n, 0, total, &behind);
        return;
    }
    qsort(pieces.v, pieces.n, sizeof *pieces.v, by_y);
    size_t from = 0;
    int32_t y0 = 0, reach = 0;
    for (size_t i = 0; i < pieces.n; i++) {
        if (i > from && pieces.v[i].y >= reach) {
            emit_slice(g, out, pieces.v, from, i, y0, pieces.v[i].y - y0, NULL);
            from = i;
            y0 = pieces.v[i].y;
        }
        int32_t bottom = pieces.v[i].y + pieces.v[i].h;
        reach = bottom > reach ? bottom : reach;
    }
    emit_slice(g, out, pieces.v, from, pieces.n, y0, total - y0, NULL);
}

/* The rows from FIRST on, N_HEAD of them the head: none alone on a page, and a
 * small table not parted at all where that can be. */
static void keep_rows(struct galley *out, uint32_t first, uint32_t n_head,
                      int32_t small)
{
    int64_t h = 0;

    for (size_t i = first; i < out->rows.n; i++)
        h += out->rows.v[i].height;
    for (size_t i = first; i + 1 < out->rows.n; i++)
        if (out->rows.v[i].after == ROW_FREE &&
            (h <= small || i == first + n_head || i + 2 == out->rows.n))
            out->rows.v[i].after = ROW_POOR;
}

static void emit_table(struct grid *g, struct galley *out, struct place at)
{
    const int32_t *heights = row_heights(g);
    uint32_t first_row = galley_here(out);
    size_t next = 0;
    uint32_t head_rows = 0;

    for (uint32_t r = 0; r < g->rows.n;) {
        uint32_t last = r;
        /* Rows that spanning cells tie together stay together. */
        for (; next < g->cells.n && g->cells.v[next].row <= last; next++) {
            const struct cell *c = &g->cells.v[next];
            if (c->row + c->rows - 1 > last)
                last = c->row + c->rows - 1;
        }
        emit_rows(g, out, r, last, heights, at);
        if (out->rows.n > first_row)
            out->rows.v[out->rows.n - 1].after = last < g->n_head ? ROW_NEVER
                                                                  : ROW_FREE;
        if (last < g->n_head)
            head_rows = (uint32_t)out->rows.n - first_row;
        r = last + 1;
    }
    keep_rows(out, first_row, head_rows, g->ly->page_height / 3);
    if (head_rows && out->rows.n > first_row)
        *vec_push(&out->repeats, g->ly->arena) = (struct repeat){
            .first = first_row,
            .last = (uint32_t)out->rows.n - 1,
            .n_head = head_rows,
        };
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

void table_add(struct layout *ly, struct galley *g, const struct node *table,
               struct place at)
{
    const struct style *st = style_of(ly->styles, table);
    struct grid *gr = arena_new(ly->arena, struct grid);
    int32_t asked = length_resolve(st->width, at.width, 0);

    gr->ly = ly;
    gr->node = table;
    collect_sections(gr);
    if (!place_cells(gr) || !fit_columns(gr, at.width, asked)) {
        at.struct_elem = structure_add(ly, at.struct_elem, ROLE_DIV);
        stack(ly, g, table, at);
        return;
    }
    at.struct_elem = gr->elem = structure_add(ly, at.struct_elem, ROLE_TABLE);
    add_caption(ly, g, table, at, false);
    int32_t used = (int32_t)sum(gr->width, gr->n_columns);
    if (st->margin[SIDE_LEFT].kind == LENGTH_AUTO && used < at.width)
        at.x += (at.width - used) / 2;
    lay_cells(gr);
    uint32_t first = galley_here(g);
    size_t frame = g->frames.n;
    galley_frame(g, (struct frame){ first, first, at.x, used, st });
    emit_table(gr, g, at);
    if (g->rows.n > first)
        g->frames.v[frame].last = (uint32_t)g->rows.n - 1;
    else
        g->frames.n = frame;
    add_caption(ly, g, table, at, true);
}
