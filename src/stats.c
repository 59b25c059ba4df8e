/* SPDX-License-Identifier: MIT */
#include "stats.h"

static bool is_link(const struct node *n)
{
    return n->tag == TAG_A &&
           (node_has(n, ATTR_HREF) || node_has(n, ATTR_POST)) &&
           !node_has(n, ATTR_EPUB_TYPE);
}

struct stats stats_of(const struct chapter *c)
{
    struct stats s = { .words = c->n_words, .letters = c->n_letters };

    for (const struct node *n = c->root; n;) {
        /* The chapter's foot is ours. */
        if (n->tag == TAG_FOOTER && n->parent == c->root) {
            n = node_skip(n, c->root);
            continue;
        }
        s.links += is_link(n);
        s.pictures += n->tag == TAG_IMG;
        s.embeds += n->tag == TAG_FIGURE && node_has_class(n, S("embed"));
        n = node_next(n, c->root);
    }
    return s;
}

void stats_add(struct stats *sum, const struct stats *s)
{
    sum->words += s->words;
    sum->letters += s->letters;
    sum->pictures += s->pictures;
    sum->links += s->links;
    sum->embeds += s->embeds;
}
