/* SPDX-License-Identifier: MIT */
#include "convert/embed_title.h"

#include "base/path.h"

/* The link of a card of slides that only shows its address, or NULL. */
static struct node *bare_link(const struct node *n)
{
    if (n->tag != TAG_FIGURE ||
        !str_eq(node_attr(n, ATTR_DATA_KIND), S("slides")))
        return NULL;
    for (struct node *p = n->first; p; p = p->next) {
        struct node *link = p->first;
        if (!node_has_class(p, S("embed-title")) || !link || !link->first)
            continue;
        bool bare = link->tag == TAG_A && link->first->tag == TAG_TEXT &&
                    str_eq(link->first->text, node_attr(link, ATTR_HREF));
        return bare ? link : NULL;
    }
    return NULL;
}

static bool is_blank_text(const struct node *n)
{
    return n->tag == TAG_TEXT && str_is_blank(n->text);
}

static struct node *neighbour(const struct node *n, bool after)
{
    do
        n = after ? n->next : n->prev;
    while (n && is_blank_text(n));
    return (struct node *)n;
}

/* The link to HOST with which BLOCK begins, or NULL. */
static struct node *first_link(struct node *block, str host)
{
    for (struct node *n = block; n; n = node_next(n, block)) {
        str href = node_attr(n, ATTR_HREF);
        if (n->tag == TAG_FIGURE || (n->tag == TAG_TEXT && !is_blank_text(n)))
            return NULL;
        if (n->tag == TAG_A && href.n > 0)
            return str_eq(path_host(href), host) ? n : NULL;
    }
    return NULL;
}

/* Removes N and what then is empty above it, up to BODY. */
static void remove_up(struct node *n, const struct node *body)
{
    for (struct node *up; n != body; n = up) {
        up = n->parent;
        node_remove(n);
        for (const struct node *k = up->first; k; k = k->next)
            if (!is_blank_text(k))
                return;
    }
}

static bool adopt(struct node *card, struct node *block, bool after,
                  struct node *body, struct arena *a)
{
    struct node *own = bare_link(card);
    str host = path_host(node_attr(own, ATTR_HREF));
    struct node *link = block ? first_link(block, host) : NULL;

    if (!link)
        return false;
    str text = node_plain_text(link, a), all = node_plain_text(block, a);
    str rest = str_trim(str_from(all, text.n));
    if (text.n == 0 || (rest.n > 0 && !(after && str_starts(rest, S("from ")))))
        return false;
    own->first->text = text;
    node_set(own, a, ATTR_HREF, node_attr(link, ATTR_HREF));
    remove_up(link, body);
    return true;
}

void embed_title_adopt(struct node *body, struct arena *a)
{
    for (struct node *n = body; n; n = node_next(n, body)) {
        if (!bare_link(n))
            continue;
        if (!adopt(n, neighbour(n, true), true, body, a))
            adopt(n, neighbour(n, false), false, body, a);
    }
}
