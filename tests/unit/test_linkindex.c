/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "book/linkindex.h"
#include "book/sightings.h"

static struct post posts[] = {
    { .rel = STR_INIT("harbour/harbour.md"),
      .slug = STR_INIT("harbour"),
      .title = STR_INIT("The harbour"),
      .date = { 2018, 8, 29, -1, 0, false } },
    { .rel = STR_INIT("posts/2018-09-01-tides.md"),
      .slug = STR_INIT("tides"),
      .title = STR_INIT("Tides: how they work"),
      .permalink = STR_INIT("/sea/tides.html"),
      .date = { 2018, 9, 1, -1, 0, false } },
    { .rel = STR_INIT("posts/first-light/index.md"),
      .slug = STR_INIT("first-light"),
      .title = STR_INIT("First Light"),
      .permalink = STR_INIT("https://former.example/p/12"),
      .date = { 2018, 9, 2, -1, 0, false } },
    /* the Hangul syllables U+AC00 and U+B098, written in three ways */
    { .rel = STR_INIT("2014--ea-b0-80-eb-82-98/2014--ea-b0-80-eb-82-98.md"),
      .slug = STR_INIT("2014--ea-b0-80-eb-82-98"),
      .title = STR_INIT("First Light"),
      .date = { 2014, 1, 2, -1, 0, false } },
    { .rel = STR_INIT("posts/나.md"),
      .slug = STR_INIT("나"),
      .title = STR_INIT("나"),
      .date = { 2015, 1, 2, -1, 0, false } },
    { .rel = STR_INIT("a/twin.md"),
      .slug = STR_INIT("twin"),
      .title = STR_INIT("Twin a"),
      .date = { 2016, 1, 1, -1, 0, false } },
    { .rel = STR_INIT("b/twin.md"),
      .slug = STR_INIT("twin"),
      .title = STR_INIT("Twin b"),
      .date = { 2016, 1, 2, -1, 0, false } },
    { .rel = STR_INIT("b/twin.mdx"),
      .slug = STR_INIT("third"),
      .title = STR_INIT("Twin c"),
      .date = { 2016, 1, 3, -1, 0, false } },
    { .rel = STR_INIT("rust.md"),
      .slug = STR_INIT("rust"),
      .title = STR_INIT("C# and Rust"),
      .date = { 2017, 1, 1, -1, 0, false } },
};

#define N_POSTS (sizeof posts / sizeof *posts)

enum { NONE = -1, AMBIGUOUS = -2 };

struct shelf {
    struct arena a, scratch;
    struct settings set;
    struct book book;
    struct linkindex *x;
};

static void shelf_init(struct shelf *s, const char *base_url)
{
    arena_init(&s->a);
    arena_init(&s->scratch);
    settings_init(&s->set, &s->a);
    s->set.base_url = str_of(base_url);
    s->book = (struct book){ .arena = &s->a,
                             .settings = &s->set,
                             .n_posts = N_POSTS };
    s->book.posts = arena_array(&s->a, struct post *, N_POSTS);
    for (uint32_t i = 0; i < N_POSTS; i++) {
        posts[i].index = i;
        posts[i].root = S("blog");
        s->book.posts[i] = &posts[i];
    }
    s->x = linkindex_new(&s->book, &s->a);
}

static void shelf_done(struct shelf *s)
{
    arena_done(&s->a);
    arena_done(&s->scratch);
}

static int find(struct shelf *s, int from, const char *href)
{
    const struct post *found;
    const struct post *p = from < 0 ? NULL : &posts[from];
    enum link_found r = linkindex_find(s->x, p, str_of(href), &s->scratch,
                                       &found);

    if (r == LINK_ONE)
        return (int)found->index;
    assert_null(found);
    return r == LINK_AMBIGUOUS ? AMBIGUOUS : NONE;
}

static void finds_posts(void **state)
{
    static const struct {
        int from;
        const char *href;
        int want;
    } cases[] = {
        /* files, relative to the post and to the blog */
        { 1, "first-light/index.md", 2 },
        { 1, "first-light/", 2 },
        { 1, "../harbour/", 0 },
        { 1, "../harbour/harbour.md", 0 },
        { 0, "posts/2018-09-01-tides.md", 1 },
        { 0, "/posts/2018-09-01-tides", 1 },
        { 0, "./../posts/2018-09-01-Tides.html?x=1", 1 },
        { 4, "%EB%82%98.md", 4 },
        { 1, "\xE1\x84\x82\xE1\x85\xA1.md", 4 }, /* NFD */
        { 5, "twin.md", 5 },
        { 6, "twin.md", 6 },
        { 6, "twin.mdx", 7 },
        { 6, "twin", AMBIGUOUS },
        /* permalinks */
        { 0, "/sea/tides.html", 1 },
        { 0, "/sea/tides", 1 },
        { 0, "https://harbour.example/blog/sea/tides/", 1 },
        { 0, "http://former.example/p/12", 2 },
        { 0, "http://former.example/p/13", NONE },
        /* dates and slugs of the blog's own addresses */
        { 0, "https://harbour.example/blog/2018/09/01/tides/", 1 },
        { 0, "http://www.Harbour.example/2018/9/1/tides.html", 1 },
        { 0, "//harbour.example/2018/01/01/tides/index.html", 1 },
        { 0, "https://old.example/x/first-light", 2 },
        { 0, "/2014/01/02/2014-%EA%B0%80%EB%82%98/", 3 },
        { 0, "/2013/01/02/2014-가나", 3 },
        { 0, "/2016/01/02/twin/", 6 },
        { 0, "/2019/01/02/twin/", AMBIGUOUS },
        { 0, "twin", AMBIGUOUS },
        { 0, "/tag/rust/", NONE },
        { 0, "/rust/", 8 },
        { 0, "https://harbour.example/", NONE },
        { 0, "/nothing", NONE },
        { 0, "rust.png", NONE },
        /* other hosts: only a post's own date and slug */
        { 0, "https://other.example/2018/08/29/harbour/", 0 },
        { 0, "https://other.example/2018/08/30/harbour/", NONE },
        { 0, "https://other.example/harbour/", NONE },
        { 0, "https://harbour.example.evil.example/harbour/", NONE },
        { 0, "mailto:harbour", NONE },
        { 0, "javascript:harbour", NONE },
        /* titles */
        { 0, "the HARBOUR", 0 },
        { 0, "Tides: how they work", 1 },
        { 0, "C# and Rust", 8 },
        { 0, "First Light", AMBIGUOUS },
        { 0, "", NONE },
        { -1, "harbour", 0 },
        { 0, "../../../../etc/passwd", NONE },
    };
    struct shelf s;

    shelf_init(&s, "https://harbour.example/blog/, http://old.example");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int got = find(&s, cases[i].from, cases[i].href);
        if (got != cases[i].want)
            fail_msg("%s gives %d", cases[i].href, got);
    }
    shelf_done(&s);
}

static void learns_hosts(void **state)
{
    struct shelf s;
    struct sightings seen;

    shelf_init(&s, "");
    sightings_init(&seen, &s.a);
    sightings_add(&seen, S("[a](https://one.example/2018/08/29/harbour/) and "
                           "<http://one.example/2018/09/01/tides>, twice "
                           "https://two.example/2018/08/29/harbour/ "
                           "http://two.example/2018/08/29/harbour.html and "
                           "http://three.example/2018/08/30/harbour/ "
                           "http://three.example/2018/09/02/tides/"));
    sightings_apply(&seen, s.x);
    assert_int_equal(find(&s, 0, "https://one.example/rust/"), 8);
    assert_int_equal(find(&s, 0, "https://two.example/rust/"), NONE);
    assert_int_equal(find(&s, 0, "https://three.example/rust/"), NONE);
    shelf_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_posts),
        cmocka_unit_test(learns_hosts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
