/* SPDX-License-Identifier: MIT */
/* tree_text.h - a tree as text, to compare it with. */
#ifndef UNIT_TREE_TEXT_H
#define UNIT_TREE_TEXT_H

#include "base/buf.h"
#include "doc/node.h"

static inline void tree_text_escape(struct buf *out, str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '<')
            buf_puts(out, "&lt;");
        else if (s.p[i] == '&')
            buf_puts(out, "&amp;");
        else
            buf_putc(out, s.p[i]);
}

static inline void tree_text_tag(struct buf *out, const struct node *n,
                                 const char *slash)
{
    buf_printf(out, "<%s%.*s", slash, STR_ARG(tag_name(n->tag)));
    for (const struct attr *at = *slash ? NULL : n->attrs; at; at = at->next) {
        buf_printf(out, " %.*s=\"", STR_ARG(attr_text(at->name)));
        tree_text_escape(out, at->value);
        buf_putc(out, '"');
    }
    buf_putc(out, '>');
    if (tag_is_block(n->tag) &&
        (*slash || tag_kind(n->tag) == KIND_VOID_BLOCK ||
         (n->first && tag_is_block(n->first->tag))))
        buf_putc(out, '\n');
}

/* The tree below N as XHTML, a block a line. */
static inline void tree_text_put(struct buf *out, const struct node *parent)
{
    for (const struct node *n = parent->first; n; n = n->next) {
        if (n->tag == TAG_TEXT) {
            tree_text_escape(out, n->text);
            continue;
        }
        tree_text_tag(out, n, "");
        if (tag_kind(n->tag) == KIND_VOID_INLINE ||
            tag_kind(n->tag) == KIND_VOID_BLOCK)
            continue;
        tree_text_put(out, n);
        tree_text_tag(out, n, "/");
    }
}

#endif
