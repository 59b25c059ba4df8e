/* SPDX-License-Identifier: MIT */
#include "pdf/heads.h"

static str value_of(const struct node *n, const struct content *c,
                    struct arena *a)
{
    struct buf out = { 0 };

    for (uint32_t i = 0; i < c->n; i++) {
        const struct content_part *p = &c->parts[i];
        if (p->kind == CONTENT_TEXT)
            buf_put(&out, p->text);
        else if (p->kind == CONTENT_ELEMENT)
            buf_put(&out, node_plain_text(n, a));
        else if (p->kind == CONTENT_ATTR)
            buf_put(&out, node_attr(n, p->attr));
    }
    str s = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return s;
}

struct string_vec {
    struct book_string *v;
    size_t n, cap;
};

static bool is_set(const struct string_vec *all, str name)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].name, name))
            return true;
    return false;
}

const struct book_string *heads_strings(const struct layout *ly,
                                        struct arena *a, uint32_t *n)
{
    const struct node *root = ly->chapter->root;
    struct string_vec all = { 0 };

    for (const struct node *k = root; k; k = node_next(k, root)) {
        const struct string_set *set =
            k->tag == TAG_TEXT ? NULL : style_of(ly->styles, k)->string_set;
        for (; set; set = set->next)
            if (!is_set(&all, set->name))
                *vec_push(&all, a) = (struct book_string){
                    set->name, value_of(k, &set->value, a)
                };
    }
    *n = (uint32_t)all.n;
    return all.v;
}
