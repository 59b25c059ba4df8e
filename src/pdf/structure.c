/* SPDX-License-Identifier: MIT */
#include "pdf/structure.h"

#include "book/post.h"

static const char *const names[ROLE_COUNT] = {
    [ROLE_NONE] = "NonStruct",
    [ROLE_SECT] = "Sect",
    [ROLE_H1] = "H1",
    [ROLE_H2] = "H2",
    [ROLE_H3] = "H3",
    [ROLE_H4] = "H4",
    [ROLE_H5] = "H5",
    [ROLE_H6] = "H6",
    [ROLE_P] = "P",
    [ROLE_L] = "L",
    [ROLE_LI] = "LI",
    [ROLE_LBL] = "Lbl",
    [ROLE_LBODY] = "LBody",
    [ROLE_BLOCKQUOTE] = "BlockQuote",
    [ROLE_TABLE] = "Table",
    [ROLE_TR] = "TR",
    [ROLE_TH] = "TH",
    [ROLE_TD] = "TD",
    [ROLE_FIGURE] = "Figure",
    [ROLE_CAPTION] = "Caption",
    [ROLE_LINK] = "Link",
    [ROLE_NOTE] = "Note",
    [ROLE_REFERENCE] = "Reference",
    [ROLE_CODE] = "Code",
    [ROLE_QUOTE] = "Quote",
    [ROLE_SPAN] = "Span",
    [ROLE_DIV] = "Div",
    [ROLE_FORMULA] = "Formula",
    [ROLE_RUBY] = "Ruby",
    [ROLE_RB] = "RB",
    [ROLE_RT] = "RT",
    [ROLE_TOC] = "TOC",
    [ROLE_TOCI] = "TOCI",
};

const char *structure_name(enum struct_role role)
{
    return names[role];
}

uint32_t structure_add(struct layout *ly, uint32_t parent,
                       enum struct_role role)
{
    struct laid_chapter *lc = ly->out;

    /* Index 0 means "an artifact"; nothing stands there. */
    if (lc->structure.n == 0)
        vec_push(&lc->structure, ly->arena);
    struct struct_elem *e = vec_push(&lc->structure, ly->arena);
    e->role = role;
    e->parent = parent;
    return (uint32_t)lc->structure.n - 1;
}

uint32_t structure_figure(struct layout *ly, uint32_t parent, str alt)
{
    if (str_is_blank(alt))
        return 0;
    uint32_t elem = structure_add(ly, parent, ROLE_FIGURE);
    structure_at(ly, elem)->alt = alt;
    return elem;
}

uint32_t structure_formula(struct layout *ly, uint32_t parent, str alt)
{
    uint32_t elem = structure_add(ly, parent, ROLE_FORMULA);

    structure_at(ly, elem)->alt = alt;
    return elem;
}

struct struct_elem *structure_at(struct layout *ly, uint32_t elem)
{
    return &ly->out->structure.v[elem];
}

uint32_t layout_post_index(const struct layout *ly, str name)
{
    const struct post *post = ly->post_by_name
                                  ? map_find(ly->post_by_name, name)
                                  : NULL;

    return post ? post->index : UINT32_MAX;
}

const struct node *layout_note(const struct layout *ly, const struct node *n)
{
    if (!str_eq(node_attr(n, ATTR_EPUB_TYPE), S("noteref")))
        return NULL;
    return map_find(&ly->notes, node_attr(n, ATTR_FRAG));
}
