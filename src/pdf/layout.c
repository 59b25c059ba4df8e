/* SPDX-License-Identifier: MIT */
#include "pdf/layout.h"

#include "book/post.h"
#include "pdf/block.h"
#include "pdf/linknotes.h"
#include "pdf/structure.h"

static void add_note(struct layout *ly, const struct node *ref, void *aside)
{
    str id = node_attr(ref, ATTR_FRAG);

    map_put(&ly->notes, id, aside);
    if (map_find(&ly->note_labels, id))
        return;
    str *label = arena_new(ly->arena, str);
    *label = node_plain_text(ref, ly->arena);
    map_put(&ly->note_labels, id, label);
}

/* The asides that a link refers to as a note; others stay where they are. */
static void find_notes(struct layout *ly)
{
    const struct node *root = ly->chapter->root;
    struct map asides;

    map_init(&asides, ly->arena);
    map_init(&ly->notes, ly->arena);
    map_init(&ly->note_labels, ly->arena);
    for (const struct node *n = root; n; n = node_next(n, root))
        if (n->tag == TAG_ASIDE && node_attr(n, ATTR_ID).n)
            map_put(&asides, node_attr(n, ATTR_ID), (void *)n);
    if (asides.n == 0)
        return;
    for (const struct node *n = root; n; n = node_next(n, root))
        if (n->tag == TAG_A &&
            str_eq(node_attr(n, ATTR_EPUB_TYPE), S("noteref"))) {
            void *aside = map_find(&asides, node_attr(n, ATTR_FRAG));
            if (aside)
                add_note(ly, n, aside);
        }
}

struct galley *layout_galley(struct layout *ly, const struct layout_book *bk,
                             const struct layout_worker *w,
                             const struct chapter *c, struct arena *a,
                             struct diag *dg)
{
    struct galley *g = arena_new(a, struct galley);
    struct laid_chapter *lc = arena_new(a, struct laid_chapter);

    lc->chapter = c;
    *ly = (struct layout){
        .arena = a,
        .chapter = c,
        .styles = cascade_chapter(bk->sheet, c, a),
        .fonts = bk->fonts,
        .shaper = w->shaper,
        .hyphenator = w->hyphenator,
        .out = lc,
        .diag = dg,
        .post_by_name = bk->post_by_name,
        .kinds = &bk->kinds,
        .from_right = lang_runs_from_right(c->lang_tag),
        .path = c->post ? c->post->path : (str){ 0 },
    };
    ly->page = style_of(ly->styles, c->root)->page;
    ly->kind = page_kind_find(ly->kinds, ly->page);
    ly->page_width = ly->kind->width;
    ly->page_height = ly->kind->height;
    find_notes(ly);
    if (c->has_links)
        linknotes_find(ly, bk->sheet);
    shaper_begin(ly->shaper, ly->path, dg);
    uint32_t sect = structure_add(ly, 0, ROLE_SECT);
    galley_init(g, a);
    g->kind = ly->kind;
    block_children(
        ly, g, c->root,
        (struct place){ .width = ly->page_width, .struct_elem = sect });
    linknotes_add(ly, g);
    return g;
}

struct laid_chapter *layout_chapter(const struct layout_book *bk,
                                    const struct layout_worker *w,
                                    const struct chapter *c, struct arena *a,
                                    struct diag *dg)
{
    struct layout *ly = arena_new(a, struct layout);
    struct galley *g = layout_galley(ly, bk, w, c, a, dg);

    pages_break(ly, g, (struct page_area){ 0 });
    return ly->out;
}
