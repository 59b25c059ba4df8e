/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "book/linkindex.h"
#include "convert/link.h"
#include "convert/link_place.h"
#include "convert/url.h"

static const struct post posts[] = {
    { .path = STR_INIT("blog/a.md"), .name = STR_INIT("a") },
    { .path = STR_INIT("blog/b.md"), .name = STR_INIT("b") },
};

/* Stands in for the index: "b", "b.md" and "?p=2" are post b, "twice" is
 * ambiguous. */
enum link_found linkindex_find(const struct linkindex *x,
                               const struct post *from, str href,
                               struct arena *scratch, const struct post **found)
{
    if (str_eq(href, S("twice")))
        return LINK_AMBIGUOUS;
    if (!str_eq(href, S("b")) && !str_eq(href, S("b.md")) &&
        !str_eq(href, S("https://blog.example.org/b")) &&
        !str_eq(href, S("?p=2")))
        return LINK_NONE;
    *found = &posts[1];
    return LINK_ONE;
}

/* Every chapter has the ids "one" and "하나". */
static bool has_id(void *context, const struct post *post, str fragment,
                   str *id)
{
    *id = fragment;
    return str_eq(fragment, S("one")) || str_eq(fragment, S("하나"));
}

static const struct {
    const char *base, *href;
    const char *dump; /* of the link with the text "x" */
    const char *code; /* of the one diagnostic; NULL: none */
} links[] = {
    { "", "https://example.org/a b", "a href=\"https://example.org/a%20b\"",
      NULL },
    { "", "b", "a post=\"b\"", NULL },
    { "", " b.md ", "a post=\"b\"", NULL },
    { "", "b?utm=1", "a post=\"b\"", NULL },
    { "", "?p=2", "a post=\"b\"", NULL },
    { "", "b#one", "a post=\"b\" frag=\"one\"", NULL },
    { "", "b#%ED%95%98%EB%82%98", "a post=\"b\" frag=\"하나\"", NULL },
    { "", "b#none", "a post=\"b\"", "link-fragment" },
    { "", "https://blog.example.org/b#one", "a post=\"b\" frag=\"one\"", NULL },
    { "", "#one", "a post=\"a\" frag=\"one\"", NULL },
    { "", "#top", "a post=\"a\"", NULL },
    { "", "#none", "", "link-fragment" },
    { "", "#", "", NULL },
    { "", "", "", NULL },
    { "", "files/a.pdf", "", "link-relative" },
    { "https://blog.example.org", "files/a.pdf",
      "a href=\"https://blog.example.org/files/a.pdf\"", NULL },
    { "", "javascript:alert(1)", "", "link-unsafe" },
    { "https://blog.example.org", "data:text/html,x", "", "link-unsafe" },
    { "", "http://", "", "link-broken" },
    { "https://blog.example.org", "twice",
      "a href=\"https://blog.example.org/twice\"", "link-ambiguous" },
    { "", "mailto:me@example.org", "a href=\"mailto:me@example.org\"", NULL },
};

static struct node *new_link(struct arena *a, const char *href, bool with_id)
{
    struct node *p = node_new(a, TAG_P, 1), *link = node_new(a, TAG_A, 7);

    node_set(link, a, ATTR_HREF, str_of(href));
    if (with_id)
        node_set(link, a, ATTR_ID, S("here"));
    node_append(link, node_text(a, S("x"), 7));
    node_append(p, link);
    return p;
}

/* The first child of the paragraph, as "name attr="value" ...", or "" for a
 * text. */
static str show(const struct node *n, struct arena *a)
{
    str out = n->tag == TAG_TEXT ? S("") : tag_name(n->tag);

    for (const struct attr *at = n->attrs; at; at = at->next)
        out = arena_printf(a, "%.*s %.*s=\"%.*s\"", STR_ARG(out),
                           STR_ARG(attr_text(at->name)), STR_ARG(at->value));
    return out;
}

static void resolve(struct node *root, const char *base, struct arena *a,
                    struct diag *dg)
{
    struct book book = { .base_url = str_of(base),
                         .links = (struct linkindex *)(uintptr_t)posts };
    struct chapter c = { .post = &posts[0], .root = root };
    struct link_context lx = { &book, has_id, NULL };

    diag_init(dg, a);
    link_resolve(&c, &lx, a, dg);
}

static void test_links(void **state)
{
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        struct arena a;
        struct diag dg;
        struct node *p;

        arena_init(&a);
        p = new_link(&a, links[i].href, false);
        resolve(p, links[i].base, &a, &dg);
        assert_string_equal(arena_cstr(&a, show(p->first, &a)), links[i].dump);
        assert_string_equal(arena_cstr(&a, node_plain_text(p, &a)), "x");
        if (links[i].code) {
            assert_non_null(dg.first);
            assert_string_equal(diag_name(dg.first->code), links[i].code);
            assert_int_equal(dg.first->line, 7);
            assert_null(dg.first->next);
        } else {
            assert_null(dg.first);
        }
        arena_done(&a);
    }
}

/* A link that is a target too stays one when it loses its address. */
static void test_anchor(void **state)
{
    struct arena a;
    struct diag dg;
    struct node *p, *div;

    arena_init(&a);
    p = new_link(&a, "#none", true);
    resolve(p, "", &a, &dg);
    assert_string_equal(arena_cstr(&a, show(p->first, &a)), "span id=\"here\"");
    div = node_new(&a, TAG_DIV, 1);
    node_append(div, node_new(&a, TAG_A, 1));
    node_set(div->first, &a, ATTR_ID, S("here"));
    node_append(div->first, new_link(&a, "b", false));
    resolve(div, "", &a, &dg);
    assert_string_equal(arena_cstr(&a, show(div->first, &a)),
                        "div id=\"here\"");
    assert_string_equal(arena_cstr(&a, show(div->first->first->first, &a)),
                        "a post=\"b\"");
    arena_done(&a);
}

static void test_cite(void **state)
{
    struct arena a;
    struct diag dg;
    struct node *div;

    arena_init(&a);
    div = node_new(&a, TAG_DIV, 1);
    node_append(div, node_new(&a, TAG_BLOCKQUOTE, 1));
    node_append(div, node_new(&a, TAG_BLOCKQUOTE, 1));
    node_set(div->first, &a, ATTR_CITE, S("//example.org/a b"));
    node_set(div->last, &a, ATTR_CITE, S("Some Book, p. 3"));
    resolve(div, "", &a, &dg);
    assert_string_equal(arena_cstr(&a, show(div->first, &a)),
                        "blockquote cite=\"https://example.org/a%20b\"");
    assert_string_equal(arena_cstr(&a, show(div->last, &a)), "blockquote");
    arena_done(&a);
}

static const struct {
    const char *permalink, *rel, *href, *want;
} places[] = {
    { "", "a.md", "x.pdf", "https://e.org/blog/x.pdf" },
    { "", "posts/a/index.md", "x.pdf?v=1#p",
      "https://e.org/blog/posts/a/x.pdf?v=1#p" },
    { "", "content/posts/a.md", "../b/", "https://e.org/blog/b/" },
    { "", "_posts/2020/a.md", "../../../x", "https://e.org/blog/x" },
    { "", "posts/a.md", "/x", "https://e.org/x" },
    { "/2020/01/a/", "a.md", "x.pdf", "https://e.org/2020/01/a/x.pdf" },
    { "/2020/01/a.html", "a.md", "../x", "https://e.org/2020/x" },
    { "https://old.org/p/a", "a.md", "./x", "https://old.org/p/x" },
    { "/:year/:title/", "_posts/a.md", "x", "https://e.org/blog/x" },
};

/* A relative address is one of the page that it stands on. */
static void test_places(void **state)
{
    struct book book = { .base_url = S("https://e.org/blog") };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct post post = { .permalink = str_of(places[i].permalink),
                             .rel = str_of(places[i].rel) };
        str base, url;
        str at = link_place(str_of(places[i].href), &post, &book, &base, &a);
        assert_int_equal(url_clean(at, base, &a, &url), URL_WEB);
        assert_string_equal(arena_cstr(&a, url), places[i].want);
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_anchor),
        cmocka_unit_test(test_cite),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
