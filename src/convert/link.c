/* SPDX-License-Identifier: MIT */
#include "convert/link.h"

#include "base/path.h"
#include "book/linkindex.h"
#include "convert/link_place.h"
#include "convert/picture_find.h"
#include "convert/url.h"

struct resolver {
    struct chapter *c;
    const struct link_context *lx;
    struct arena *a;
    struct diag *dg;
    struct picture_finder finder;
};

static bool holds_block(const struct node *n)
{
    for (struct node *x = n->first; x; x = node_next(x, n))
        if (tag_is_block(x->tag))
            return true;
    return false;
}

/* A link without an address is a place to link to, or nothing. */
static void lose_link(struct node *n)
{
    node_unset(n, ATTR_HREF);
    if (node_has(n, ATTR_ID))
        n->tag = holds_block(n) ? TAG_DIV : TAG_SPAN;
    else
        node_unwrap(n);
}

static void point_at(struct resolver *r, struct node *n,
                     const struct post *post, str id)
{
    node_unset(n, ATTR_HREF);
    node_set(n, r->a, ATTR_POST, post->name);
    if (id.n > 0)
        node_set(n, r->a, ATTR_FRAG, id);
}

/* *ID is empty where this is false. */
static bool has_id(struct resolver *r, const struct post *post, str fragment,
                   str *id)
{
    if (r->lx->has_id && r->lx->has_id(r->lx->has_id_context, post,
                                       path_percent_decode(r->a, fragment), id))
        return true;
    *id = S("");
    return false;
}

static void report_fragment(struct resolver *r, const struct node *n,
                            str fragment, const char *done)
{
    str shown = path_readable(r->a, fragment);

    diag_add(r->dg, DIAG_LINK_FRAGMENT, r->c->post->path, n->line,
             "nothing is called '#%.*s' there, %s", STR_ARG(shown), done);
}

/* "#frag" */
static void resolve_own(struct resolver *r, struct node *n, str fragment)
{
    str id = { 0 };

    if (fragment.n == 0) {
        lose_link(n); /* the button of some script */
    } else if (has_id(r, r->c->post, fragment, &id) ||
               str_eq_nocase(fragment, S("top"))) {
        point_at(r, n, r->c->post, id);
    } else {
        report_fragment(r, n, fragment, "kept the text without the link");
        lose_link(n);
    }
}

static void resolve_found(struct resolver *r, struct node *n,
                          const struct post *found, str fragment)
{
    str id = { 0 };

    if (fragment.n > 0 && !has_id(r, found, fragment, &id))
        report_fragment(r, n, fragment, "the link goes to the chapter");
    point_at(r, n, found, id);
}

static enum link_found find_post(struct resolver *r, str address,
                                 const struct post **found)
{
    const struct book *book = r->lx->book;
    str path = address;
    enum link_found result;

    if (!book || !book->links || address.n == 0)
        return LINK_NONE;
    result = linkindex_find(book->links, r->c->post, address, r->a, found);
    path = str_cut(&path, '?');
    if (result == LINK_NONE && path.n > 0 && path.n < address.n)
        result = linkindex_find(book->links, r->c->post, path, r->a, found);
    return result;
}

/* A file of the blog that no chapter shows. */
static str find_left_out(struct resolver *r, str href)
{
    str file = picture_find(&r->finder, href);

    for (size_t i = 0; i < r->c->images.n && file.n > 0; i++)
        if (str_eq(r->c->images.v[i].path, file))
            return (str){ 0 };
    return file;
}

static void report_relative(struct resolver *r, const struct node *n, str href)
{
    str path = r->c->post->path, shown = path_readable(r->a, href);

    if (find_left_out(r, href).n > 0)
        diag_add(r->dg, DIAG_LINK_FILE, path, n->line,
                 "the file '%.*s' is not in the book, kept the text without "
                 "the link",
                 STR_ARG(shown));
    else
        diag_add(r->dg, DIAG_LINK_RELATIVE, path, n->line,
                 "'%.*s' is no post and the blog's address is not known, kept "
                 "the text without the link",
                 STR_ARG(shown));
}

static void resolve_web(struct resolver *r, struct node *n, str href)
{
    str path = r->c->post->path, base, url, rest = href;
    str scheme = str_cut(&rest, ':');
    str place = link_place(href, r->c->post, r->lx->book, &base, r->a);
    str shown = path_readable(r->a, href);

    switch (url_clean(place, base, r->a, &url)) {
    case URL_WEB:
        if (url_look(href) == URL_RELATIVE && find_left_out(r, href).n > 0)
            diag_add(r->dg, DIAG_LINK_FILE_WEB, path, n->line,
                     "the file '%.*s' is not in the book, linked to it on the "
                     "web",
                     STR_ARG(shown));
        node_set(n, r->a, ATTR_HREF, url);
        return;
    case URL_RELATIVE:
        report_relative(r, n, href);
        break;
    case URL_UNSAFE:
        diag_add(r->dg, DIAG_LINK_UNSAFE, path, n->line,
                 "a '%.*s' link is not safe in a book, kept its text",
                 STR_ARG(scheme));
        break;
    case URL_BROKEN:
        diag_add(r->dg, DIAG_LINK_BROKEN, path, n->line,
                 "'%.*s' is no address, kept the text without the link",
                 STR_ARG(href));
        break;
    case URL_EMPTY:
        break;
    }
    lose_link(n);
}

static void resolve_link(struct resolver *r, struct node *n)
{
    str href = str_trim(node_attr(n, ATTR_HREF)), fragment = href, address;
    const struct post *found = NULL;

    if (href.n == 0) {
        lose_link(n);
        return;
    }
    if (href.p[0] == '#') {
        resolve_own(r, n, str_from(href, 1));
        return;
    }
    address = str_cut(&fragment, '#');
    if (url_look(href) == URL_WEB || url_look(href) == URL_RELATIVE) {
        switch (find_post(r, address, &found)) {
        case LINK_ONE:
            resolve_found(r, n, found, fragment);
            return;
        case LINK_AMBIGUOUS:
            diag_add(r->dg, DIAG_LINK_AMBIGUOUS, r->c->post->path, n->line,
                     "'%.*s' could be more than one post, not linked to any",
                     STR_ARG(href));
            break;
        case LINK_NONE:
            break;
        }
    }
    resolve_web(r, n, href);
}

static void clean_cite(struct resolver *r, struct node *n)
{
    str url = link_clean_url(node_attr(n, ATTR_CITE),
                             r->lx->book ? r->lx->book->base_url : S(""), r->a);

    if (url.n > 0)
        node_set(n, r->a, ATTR_CITE, url);
    else
        node_unset(n, ATTR_CITE);
}

void link_resolve(struct chapter *c, const struct link_context *lx,
                  struct arena *a, struct diag *dg)
{
    struct resolver r = { c, lx, a, dg, .finder = { c->post, a } };
    struct node *next;

    for (struct node *n = c->root; n; n = next) {
        /* Unwrapping N puts its children where NEXT already is. */
        next = node_next(n, c->root);
        if (n->tag != TAG_TEXT && n->attrs && node_has(n, ATTR_CITE))
            clean_cite(&r, n);
        if (n->tag != TAG_A)
            continue;
        if (!node_has(n, ATTR_POST))
            resolve_link(&r, n);
    }
}
