/* SPDX-License-Identifier: MIT */
/* The places of pictures that are not in the book. */
#include "base/path.h"
#include "convert/link.h"
#include "convert/picture_parts.h"
#include "doc/words.h"

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
                               ? str_trim(k->text).n > 0
                               : k->tag != TAG_BR && k->tag != TAG_FIGCAPTION))
                return true;
    return false;
}

/* TEXT is shown, LABEL is what the author calls it. */
static void make_place(struct pictures *ps, struct node *n, str text, str label,
                       str url)
{
    str id = node_attr(n, ATTR_ID);
    bool in_sentence = is_in_sentence(n);
    struct node *in = n;

    n->tag = TAG_SPAN;
    n->attrs = NULL;
    if (id.n > 0)
        node_set(n, ps->a, ATTR_ID, id);
    node_set(n, ps->a, ATTR_CLASS,
             in_sentence ? S("missing-image in-line") : S("missing-image"));
    if (label.n > 0)
        node_set(n, ps->a, ATTR_TITLE, label);
    if (url.n > 0)
        node_set(n, ps->a, ATTR_DATA_SRC, url);
    if (url.n > 0 && !is_in_link(n->parent)) {
        in = node_new(ps->a, TAG_A, n->line);
        node_set(in, ps->a, ATTR_HREF, url);
        node_append(n, in);
    }
    node_append(in, node_text(ps->a, text, n->line));
}

str picture_label(const struct node *n)
{
    str alt = str_trim(node_attr(n, ATTR_ALT));

    return alt.n > 0 ? alt : str_trim(node_attr(n, ATTR_TITLE));
}

/* A data: address says nothing and may be long. */
static str short_name(str src)
{
    return str_starts_nocase(src, S("data:")) ? S("data:") : src;
}

static void leave_file(struct pictures *ps, struct node *n,
                       const struct outcome *o)
{
    str src = str_trim(node_attr(n, ATTR_DATA_SRC));
    str label = picture_label(n), name = src;
    const char *word = word_text(WORD_PICTURE_MISSING, ps->c->lang);

    if (label.n == 0 && !str_starts_nocase(src, S("data:"))) {
        name = str_cut(&name, '?');
        label = path_base(path_percent_decode(ps->a, name));
    }
    diag_add(ps->dg, o->code, ps->c->post->path, n->line,
             "picture '%.*s': %.*s, left its description",
             STR_ARG(short_name(src)), STR_ARG(o->why));
    make_place(ps, n,
               arena_printf(ps->a, "%s%s%.*s", word, label.n > 0 ? ": " : "",
                            STR_ARG(label)),
               S(""), S(""));
}

void picture_leave(struct pictures *ps, struct node *n, str url,
                   const struct outcome *o)
{
    if (url.n == 0) {
        leave_file(ps, n, o);
        return;
    }
    if (o->code == DIAG_IMAGE_REMOTE)
        diag_add(ps->dg, o->code, ps->c->post->path, n->line,
                 "picture '%.*s' is on the web, left a link to it",
                 STR_ARG(url));
    else
        diag_add(ps->dg, o->code, ps->c->post->path, n->line,
                 "picture '%.*s': %.*s, left a link to it", STR_ARG(url),
                 STR_ARG(o->why));
    make_place(ps, n, link_host(url), picture_label(n), url);
}
