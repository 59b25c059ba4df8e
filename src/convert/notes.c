/* SPDX-License-Identifier: MIT */
#include "convert/notes.h"

#include "base/path.h"

struct notes {
    struct arena *a;
    const struct post *post;
    const struct idset *ids;
    struct node *body;
    struct map items; /* id -> its li, or the aside it has become */
    struct node *after_block, *after; /* the last aside and its block */
    bool any;
};

static void collect(struct notes *ns, struct node *section)
{
    for (struct node *n = section; n; n = node_next(n, section))
        if (n->tag == TAG_LI && n->parent->tag == TAG_OL &&
            n->parent->parent == section && node_has(n, ATTR_ID))
            map_put(&ns->items, node_attr(n, ATTR_ID), n);
}

/* The block that a note is to follow: as far up as possible without leaving
 * plain containers, so never inside a list, a table or a quotation. */
static struct node *block_of(const struct notes *ns, struct node *ref)
{
    struct node *block = ref;

    for (struct node *n = ref; n != ns->body && n; n = n->parent)
        if (n->parent->tag != TAG_DIV && n->parent->tag != TAG_SECTION)
            block = n->parent;
    /* Now BLOCK's ancestors are containers only; a container that holds lines
     * of text only is itself the block. */
    if (!tag_is_block(block->tag) && block->parent != ns->body)
        block = block->parent;
    return block;
}

static void wrap_lines(struct notes *ns, struct node *aside)
{
    struct node *p;

    if (!aside->first || tag_is_block(aside->first->tag))
        return;
    p = node_new(ns->a, TAG_P, aside->line);
    node_move_children(aside, p);
    node_append(aside, p);
}

static void place_note(struct notes *ns, struct node *li, struct node *ref)
{
    struct node *aside = node_new(ns->a, TAG_ASIDE, li->line);
    struct node *block = block_of(ns, ref), *list = li->parent;

    node_set(aside, ns->a, ATTR_EPUB_TYPE, S("footnote"));
    node_set(aside, ns->a, ATTR_ROLE, S("doc-footnote"));
    node_set(aside, ns->a, ATTR_ID, node_attr(li, ATTR_ID));
    node_move_children(li, aside);
    wrap_lines(ns, aside);
    /* Only notes refer to it: it stays where they are. */
    if (block == list)
        node_insert_before(list, aside);
    else
        node_insert_after(ns->after_block == block ? ns->after : block, aside);
    node_remove(li);
    if (!list->first && list->parent) {
        struct node *section = list->parent;
        node_remove(list);
        if (!section->first)
            node_remove(section);
    }
    ns->after_block = block;
    ns->after = aside;
    map_put(&ns->items, node_attr(aside, ATTR_ID), aside);
}

/* Makes SUP with its one link a noteref; the number is its only text, as
 * readers that pop notes up want it. */
static void make_ref(struct notes *ns, struct node *sup, str id)
{
    struct node *ref = node_new(ns->a, TAG_A, sup->line);
    str text = node_plain_text(sup, ns->a);
    str own = node_attr(sup->first, ATTR_ID);

    node_set(ref, ns->a, ATTR_CLASS, S("noteref"));
    node_set(ref, ns->a, ATTR_EPUB_TYPE, S("noteref"));
    node_set(ref, ns->a, ATTR_ROLE, S("doc-noteref"));
    if (own.n)
        node_set(ref, ns->a, ATTR_ID, own);
    node_set(ref, ns->a, ATTR_POST, ns->post->name);
    node_set(ref, ns->a, ATTR_FRAG, id);
    node_append(ref, node_text(ns->a, text, sup->line));
    node_replace(sup, ref);
    struct node *item = map_find(&ns->items, id);
    if (item->tag == TAG_LI)
        place_note(ns, item, ref);
    ns->any = true;
}

/* The id that a reference goes to, or an empty str. */
static str target_of(const struct notes *ns, const struct node *sup)
{
    const struct node *link = sup->first;
    str id = { 0 };

    if (sup->tag != TAG_SUP || !node_has_class(sup, S("footnote-ref")) ||
        !link || link->next || link->tag != TAG_A)
        return id;
    str href = node_attr(link, ATTR_HREF);
    if (href.n < 2 || href.p[0] != '#')
        return id;
    str written = str_from(href, 1);
    const str *final = map_find(&ns->ids->written, written);
    str decoded = path_percent_decode(ns->a, written);
    if (!final)
        final = map_find(&ns->ids->written, decoded);
    id = final ? *final : decoded;
    return map_find(&ns->items, id) ? id : (str){ 0 };
}

bool notes_place(struct node *body, const struct post *post,
                 const struct idset *ids, struct arena *a)
{
    struct notes ns = { .a = a, .post = post, .ids = ids, .body = body };

    map_init(&ns.items, a);
    for (struct node *n = body; n; n = node_next(n, body))
        if (n->tag == TAG_SECTION && node_has_class(n, S("footnotes")))
            collect(&ns, n);
    if (!ns.items.n)
        return false;
    for (struct node *n = body, *next; n; n = next) {
        str id = target_of(&ns, n);
        if (!id.n) {
            next = node_next(n, body);
            continue;
        }
        struct node *prev = n->prev, *parent = n->parent;
        make_ref(&ns, n, id);
        next = node_next(prev ? prev->next : parent->first, body);
    }
    return ns.any;
}
