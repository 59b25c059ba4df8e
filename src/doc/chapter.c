/* SPDX-License-Identifier: MIT */
#include "doc/chapter.h"

void chapter_number(struct chapter *c)
{
    c->n_nodes = 0;
    for (struct node *n = c->root; n; n = node_next(n, c->root))
        n->id = c->n_nodes++;
}

static unsigned depth_of(const struct node *n, const struct node *root)
{
    unsigned depth = 0;

    for (; n != root; n = n->parent)
        depth++;
    return depth;
}

/* Text on one line: \n, \t, \" and \\ as in C. */
static void put_quoted(str s, struct buf *out)
{
    buf_putc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (ch == '\n')
            buf_puts(out, "\\n");
        else if (ch == '\t')
            buf_puts(out, "\\t");
        else if (ch == '"' || ch == '\\')
            buf_printf(out, "\\%c", ch);
        else
            buf_putc(out, ch);
    }
    buf_putc(out, '"');
}

static void dump_element(const struct node *n, struct buf *out)
{
    str rest = node_attr(n, ATTR_CLASS);

    buf_put(out, tag_name(n->tag));
    while (rest.n) {
        str word = str_cut(&rest, ' ');
        if (word.n)
            buf_printf(out, ".%.*s", STR_ARG(word));
    }
    for (const struct attr *at = n->attrs; at; at = at->next) {
        if (at->name == ATTR_CLASS)
            continue;
        buf_putc(out, ' ');
        buf_put(out, attr_text(at->name));
        buf_putc(out, '=');
        put_quoted(at->value, out);
    }
    if (n->line)
        buf_printf(out, " @%u", n->line);
}

void chapter_dump(const struct chapter *c, struct buf *out)
{
    for (const struct node *n = c->root; n; n = node_next(n, c->root)) {
        for (unsigned d = depth_of(n, c->root); d > 0; d--)
            buf_puts(out, "  ");
        if (n->tag == TAG_TEXT)
            put_quoted(n->text, out);
        else
            dump_element(n, out);
        buf_putc(out, '\n');
    }
}

bool chapter_is_spent(const struct chapter *c)
{
    return budget_check(c->budget) != BUDGET_FINE;
}
