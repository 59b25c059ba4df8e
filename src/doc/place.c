/* SPDX-License-Identifier: MIT */
#include "doc/place.h"

#include "base/path.h"
#include "doc/reason.h"

static bool is_in_link(const struct node *n)
{
    for (; n; n = n->parent)
        if (n->tag == TAG_A)
            return true;
    return false;
}

/* Does N stand in a line of text, or beside another picture? */
static bool is_in_sentence(const struct node *n)
{
    for (; n->parent && (n->tag == TAG_IMG || tag_kind(n->tag) == KIND_INLINE ||
                         n->tag == TAG_A);
         n = n->parent)
        for (const struct node *k = n->parent->first; k; k = k->next)
            if (k != n && (k->tag == TAG_TEXT
                               ? !str_is_blank(k->text)
                               : k->tag != TAG_BR && k->tag != TAG_FIGCAPTION))
                return true;
    return false;
}

str place_label(const struct node *img)
{
    str alt = str_trim(node_attr(img, ATTR_ALT));

    return alt.n > 0 ? alt : str_trim(node_attr(img, ATTR_TITLE));
}

str place_words(enum word word, enum lang lang, str name, struct arena *a)
{
    return arena_printf(a, "%s%s%.*s", word_text(word, lang),
                        name.n ? ": " : "", STR_ARG(name));
}

static void set_text(struct node *n, struct arena *a, enum attr_name name,
                     str value)
{
    if (value.n > 0)
        node_set(n, a, name, value);
}

void place_put(struct node *img, const struct place_facts *f, struct arena *a)
{
    str id = node_attr(img, ATTR_ID);
    bool in_sentence = is_in_sentence(img);
    struct node *in = img;

    img->tag = TAG_SPAN;
    img->attrs = NULL;
    set_text(img, a, ATTR_ID, id);
    node_set(img, a, ATTR_CLASS,
             in_sentence ? S("missing-image in-line") : S("missing-image"));
    set_text(img, a, ATTR_TITLE, f->label);
    set_text(img, a, ATTR_DATA_SRC, f->url);
    set_text(img, a, ATTR_DATA_WHY, reason_text(f->why, f->lang, a));
    if (f->url.n > 0 && !is_in_link(img->parent)) {
        in = node_new(a, TAG_A, img->line);
        node_set(in, a, ATTR_HREF, f->url);
        node_append(img, in);
    }
    node_append(in, node_text(a, f->text, img->line));
}

/* A picture that was taken is not shown after all. Pictures' paths are real
 * ones, addresses, or "data:". */
static void put_unshown(struct chapter *c, struct node *img, const char *why,
                        struct arena *a)
{
    uint64_t i;

    str_to_uint(node_attr(img, ATTR_ASSET), &i);
    str path = c->images.v[i].path;
    bool on_web = str_find(path, S("://")) != STR_NONE;
    str name = str_eq(path, S("data:")) ? (str){ 0 } : path_base(path);
    /* A card is as good without its picture. */
    if (node_has_class(img->parent, S("embed-picture"))) {
        node_remove(img->parent);
        return;
    }
    c->has_links |= on_web;
    place_put(img,
              &(struct place_facts){
                  .label = place_label(img),
                  .text = on_web ? path_host(path)
                                 : place_words(WORD_PICTURE_UNSHOWN, c->lang,
                                               name, a),
                  .url = on_web ? path : (str){ 0 },
                  .why = str_of(why),
                  .lang = c->lang,
              },
              a);
}

const struct chapter *place_unshown(const struct chapter *c,
                                    const char *const *why, struct arena *a)
{
    struct chapter *copy = arena_new(a, struct chapter);
    struct node *next;

    *copy = *c;
    copy->root = node_copy(c->root, a);
    for (struct node *n = copy->root; n; n = next) {
        uint64_t i;

        next = node_next(n, copy->root);
        if (n->tag == TAG_IMG && str_to_uint(node_attr(n, ATTR_ASSET), &i) &&
            i < c->images.n && why[i])
            put_unshown(copy, n, why[i], a);
    }
    chapter_number(copy);
    return copy;
}
