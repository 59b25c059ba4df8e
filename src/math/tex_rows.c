/* SPDX-License-Identifier: MIT */
/* Rows and columns: "a & b \\ c & d", and the environments around them. */
#include "base/names.h"
#include "math/tex_parts.h"

static const struct environment {
    const char *name;
    str open, close;
    str columns;
    bool aligned, counted;
} environments[] = {
#define ENVIRONMENT(name, open, close, columns, aligned, counted)              \
    {                                                                          \
        name,    STR_INIT(open), STR_INIT(close), STR_INIT(columns),           \
        aligned, counted                                                       \
    },
#include "math/tex_environment.def"
#undef ENVIRONMENT
};

static const struct environment *find_environment(str name)
{
    if (str_ends(name, S("*")))
        name.n--;
    size_t i = NAMES_FIND(name, environments);
    return i < sizeof environments / sizeof *environments ? &environments[i]
                                                          : NULL;
}

/* "[2pt]" behind the end of a row; "[0,1]" is what the next begins with. */
static void skip_length(struct tex *t)
{
    size_t from = t->at, n;

    if (!tex_eat(t, '['))
        return;
    str rest = str_from(t->s, t->at);
    n = str_find_char(rest, ']');
    if (n != STR_NONE && n > 1 && n < 10 &&
        ascii_is_alpha((unsigned char)rest.p[n - 1]) &&
        (ascii_is_digit((unsigned char)rest.p[0]) || rest.p[0] == '-' ||
         rest.p[0] == '.'))
        t->at += n + 1;
    else
        t->at = from;
}

static bool eat_row_end(struct tex *t)
{
    if (!tex_eat_command(t, S("\\")))
        return tex_eat_command(t, S("cr")) || tex_eat_command(t, S("newline"));
    tex_eat(t, '*');
    skip_length(t);
    return true;
}

static struct node *add_row(struct tex *t, struct node *table)
{
    struct node *row = tex_element(t, TAG_MTR);

    node_append(table, row);
    return row;
}

static void add_cell(struct tex *t, struct node *row, struct node *list,
                     char align)
{
    struct node *cell = tex_element(t, TAG_MTD);

    if (align != 'c')
        node_set(cell, t->a, ATTR_COLUMNALIGN,
                 align == 'l' ? S("left") : S("right"));
    node_move_children(list, cell);
    node_append(row, cell);
}

static bool is_empty_row(const struct node *row)
{
    for (const struct node *k = row->first; k; k = k->next)
        if (k->first)
            return false;
    return true;
}

struct node *tex_rows(struct tex *t, str columns)
{
    struct node *table = tex_element(t, TAG_MTABLE), *list = tex_list(t);
    size_t at = t->at;

    if (!tex_eat(t, '&') && !eat_row_end(t))
        return list;
    t->at = at;
    for (bool more = true; more && !t->failed;) {
        struct node *row = add_row(t, table);
        for (size_t i = 0;; i++) {
            add_cell(t, row, list, columns.p[i % columns.n]);
            if (!tex_eat(t, '&'))
                break;
            list = tex_list(t);
        }
        more = eat_row_end(t);
        if (more)
            list = tex_list(t);
        /* Behind the last "\\", or between two where Markdown took half. */
        if (row->prev && is_empty_row(row))
            node_remove(row);
    }
    return table;
}

/* The letters of an array's argument: "{c|c}", "{@{}ll@{}}". */
static str read_columns(struct tex *t)
{
    str raw = tex_raw_argument(t);
    char *out = arena_bytes(t->a, raw.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < raw.n; i++)
        if (raw.p[i] == 'l' || raw.p[i] == 'c' || raw.p[i] == 'r')
            out[n++] = raw.p[i];
    return n ? (str){ out, n } : S("c");
}

static struct node *put_between(struct tex *t, const struct environment *e,
                                struct node *rows)
{
    struct node *n = tex_element(t, TAG_MROW);

    if (e->open.n)
        node_append(n, tex_fence(t, e->open, true));
    node_append(n, rows);
    if (e->close.n)
        node_append(n, tex_fence(t, e->close, true));
    return tex_one(n);
}

/* "[t]", "[b]", "[c]". */
static void skip_place(struct tex *t)
{
    str rest = str_from(t->s, t->at);

    if (rest.n > 2 && rest.p[0] == '[' && rest.p[2] == ']' &&
        (rest.p[1] == 't' || rest.p[1] == 'b' || rest.p[1] == 'c'))
        t->at += 3;
}

struct node *tex_environment(struct tex *t)
{
    str name = tex_raw_argument(t);
    const struct environment *e = find_environment(name);
    char until = t->until;

    if (t->failed || !e)
        return tex_fail(t);
    skip_place(t);
    if (e->counted)
        tex_raw_argument(t);
    str columns = e->columns.n ? e->columns : read_columns(t);
    t->until = '\0';
    struct node *rows = tex_rows(t, columns);
    t->until = until;
    if (!tex_eat_command(t, S("end")) || !str_eq(tex_raw_argument(t), name))
        return tex_fail(t);
    t->limits = false;
    if (rows->tag == TAG_MTABLE && e->aligned) {
        node_set(rows, t->a, ATTR_CLASS, S("aligned"));
        node_set(rows, t->a, ATTR_DISPLAYSTYLE, S("true"));
    }
    return put_between(t, e, rows);
}
