/* SPDX-License-Identifier: MIT */
#include "convert/headings.h"

#include "base/utf8.h"
#include "convert/slug.h"

static int level_of(const struct node *n)
{
    return (int)(n->tag - TAG_H1) + 1;
}

static bool is_title(const struct node *n, const struct post *post,
                     struct arena *a)
{
    return str_eq(utf8_nfc(node_plain_text(n, a), a),
                  utf8_nfc(str_trim(post->title), a));
}

static struct node *first_heading(struct node *body)
{
    struct node *n = body;

    while (n && !tag_is_heading(n->tag))
        n = node_next(n, body);
    return n;
}

str headings_drop_title(struct node *body, const struct post *post,
                        struct idset *ids, struct arena *a)
{
    struct node *n = post->title_in_body ? first_heading(body) : body->first;

    if (!n || !tag_is_heading(n->tag) || !is_title(n, post, a))
        return (str){ 0 };
    for (struct node *k = n; k; k = node_next(k, n))
        if (k->tag == TAG_IMG)
            return (str){ 0 };
    str id = node_attr(n, ATTR_ID);
    struct node *parent = n->parent;
    node_remove(n);
    for (struct node *up; !parent->first && parent != body; parent = up) {
        up = parent->parent;
        node_remove(parent);
    }
    return id.n ? id : slug_unique(slug_of(post->title, a), &ids->taken, a);
}

/* What a heading says: its text, else what its pictures are. */
static str text_of(const struct node *n, struct arena *a)
{
    str text = node_plain_text(n, a);

    for (const struct node *k = n; k && !text.n; k = node_next(k, n))
        if (k->tag == TAG_IMG)
            text = str_trim(node_attr(k, ATTR_ALT));
    return text;
}

/* How deep the headings above the next one are nested, by their levels. */
struct outline {
    int levels[6];
    int n;
};

static int arrange_level(struct outline *o, int level)
{
    while (o->n && o->levels[o->n - 1] >= level)
        o->n--;
    o->levels[o->n++] = level;
    return o->n + 1 < 6 ? o->n + 1 : 6;
}

void headings_arrange(struct chapter *c, struct node *body, struct idset *ids,
                      struct arena *a)
{
    struct outline outline = { .n = 0 };

    for (struct node *n = body; n; n = node_next(n, body)) {
        if (!tag_is_heading(n->tag))
            continue;
        str text = text_of(n, a);
        if (!text.n) {
            n->tag = TAG_P; /* a picture without words heads nothing */
            continue;
        }
        int level = arrange_level(&outline, level_of(n));
        str id = node_attr(n, ATTR_ID);
        if (!id.n)
            id = slug_unique(slug_of(text, a), &ids->taken, a);
        n->tag = (enum tag)(TAG_H1 + level - 1);
        node_set(n, a, ATTR_ID, id);
        *vec_push(&c->headings, a) = (struct heading){ id, text, level };
    }
}
