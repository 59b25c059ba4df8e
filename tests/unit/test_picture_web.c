/* SPDX-License-Identifier: MIT */
/* Pictures from the web, with a library that has what the table says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check.h"
#include "convert/picture.h"
#include "fake_library.h"

#define GIF(c)                                                                 \
    "GIF89a\x03\0\x02\0\0\0\0\x2C\0\0\0\0\x03\0\x02\0\0\x02\x02x" c "\0\x3B"
#define PIXEL                                                                  \
    "GIF89a\x01\0\x01\0\0\0\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02x\x01\0\x3B"

static const struct fake_file files[] = {
    { "http://e.org/a.gif", WEB_FOUND, STR_INIT(GIF("1")), NULL, NULL },
    { "http://e.org/same.gif", WEB_FOUND, STR_INIT(GIF("1")), NULL, NULL },
    { "http://e.org/large.gif", WEB_FOUND, STR_INIT(GIF("2")), NULL, NULL },
    { "http://e.org/%EA%B0%80.gif?b=%EB%82%98", WEB_FOUND, STR_INIT(GIF("3")),
      NULL, NULL },
    { "http://e.org/cut.gif", WEB_FOUND, STR_INIT("GIF89a\x03\0\x02"), NULL,
      NULL },
    { "http://e.org/pixel.gif", WEB_FOUND, STR_INIT(PIXEL), NULL, NULL },
    { "http://e.org/off.gif", WEB_OFFLINE, { 0 }, NULL, "not kept" },
    { "http://e.org/private.gif",
      WEB_REFUSED,
      { 0 },
      NULL,
      "10.0.0.1 is a private address" },
    { "http://e.org/open.gif", WEB_UNLOCKED, { 0 }, NULL, "not in the lock" },
    { "http://e.org/old.gif", WEB_ARCHIVED, STR_INIT(GIF("4")),
      "https://web.archive.org/web/20150304120000id_/http://e.org/old.gif",
      NULL },
    { "http://i.imgur.com/AbCdE.gif", WEB_FOUND, STR_INIT(GIF("5")),
      "https://i.imgur.com/removed.png", NULL },
    { "http://i.imgur.com/FgHiJ.gif", WEB_FOUND, STR_INIT(GIF("6")), NULL,
      NULL },
    { "http://twin.org/a.gif", WEB_FOUND, STR_INIT(GIF("7")), NULL, NULL },
    { NULL, WEB_DEAD, { 0 }, NULL, NULL },
};

struct fixture {
    struct arena a;
    struct diag dg;
    struct post post;
    struct book book;
    struct chapter c;
    struct library lib;
    struct node *body;
};

static void open_chapter(struct fixture *f)
{
    *f = (struct fixture){ 0 };
    arena_init(&f->a);
    diag_init(&f->dg, &f->a);
    f->post.path = S("no-folder/p.md");
    f->post.root = S("no-folder");
    f->post.permalink = S("https://blog.example.org/p/");
    f->post.date = (struct date){ .year = 2014, .month = 5, .day = 6 };
    f->lib = (struct library){ .files = files, .a = &f->a };
    f->book.library = &f->lib;
    f->c.post = &f->post;
    f->c.lang = LANG_EN;
    f->c.root = node_new(&f->a, TAG_SECTION, 1);
    f->body = node_new(&f->a, TAG_DIV, 1);
    node_set(f->body, &f->a, ATTR_CLASS, S("body"));
    node_append(f->c.root, f->body);
}

static struct node *add_picture(struct fixture *f, const char *src,
                                const char *choices)
{
    struct node *p = node_new(&f->a, TAG_P, 1);
    struct node *img = node_new(&f->a, TAG_IMG, 9);

    node_set(img, &f->a, ATTR_DATA_SRC, str_of(src));
    if (choices)
        node_set(img, &f->a, ATTR_DATA_CHOICES, str_of(choices));
    node_set(img, &f->a, ATTR_ALT, S("A"));
    node_append(p, img);
    node_append(f->body, p);
    return p;
}

static str list(const struct str_vec *v, struct arena *a)
{
    str all = S("");

    for (size_t i = 0; i < v->n; i++)
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), i ? " " : "",
                           STR_ARG(v->v[i]));
    return all;
}

static const struct {
    const char *src, *choices;
    const char *want;  /* "img", "archived NOTE", "a URL", or "" */
    const char *code;  /* of the one message, or NULL */
    const char *asked; /* in this order */
} cases[] = {
    { "http://e.org/a.gif", NULL, "img", NULL, "http://e.org/a.gif" },
    { "http://e.org/a.gif#x", NULL, "img", NULL, "http://e.org/a.gif" },
    { "http://e.org/가.gif?b=나", NULL, "img", NULL,
      "http://e.org/%EA%B0%80.gif?b=%EB%82%98" },
    { "//twin.org/a.gif", NULL, "img", NULL,
      "https://twin.org/a.gif http://twin.org/a.gif" },
    { "http://e.org/a.gif", "http://e.org/large.gif\nhttp://e.org/a.gif", "img",
      NULL, "http://e.org/large.gif" },
    { "http://e.org/a.gif", "http://e.org/gone.gif\nhttp://e.org/a.gif", "img",
      NULL, "http://e.org/gone.gif http://e.org/a.gif" },
    { "http://e.org/a.gif", "http://e.org/cut.gif\nhttp://e.org/a.gif", "img",
      NULL, "http://e.org/cut.gif http://e.org/a.gif" },
    { "http://e.org/a.gif", "http://e.org/pixel.gif\nhttp://e.org/a.gif", "img",
      NULL, "http://e.org/pixel.gif http://e.org/a.gif" },
    { "http://e.org/a.gif", "http://e.org/open.gif\nhttp://e.org/a.gif", "img",
      NULL, "http://e.org/open.gif http://e.org/a.gif" },
    { "no.gif", "http://e.org/a.gif\nno.gif", "img", NULL,
      "http://e.org/a.gif" },
    { "www.e.org/a.gif", NULL, "a https://www.e.org/a.gif", "image-dead",
      "https://www.e.org/a.gif" },
    /* what is not to be had, and why */
    { "http://e.org/gone.gif", NULL, "a http://e.org/gone.gif", "image-dead",
      "http://e.org/gone.gif" },
    { "http://e.org/cut.gif", NULL, "a http://e.org/cut.gif", "image-broken",
      "http://e.org/cut.gif" },
    { "http://e.org/off.gif", NULL, "a http://e.org/off.gif", "image-remote",
      "http://e.org/off.gif" },
    { "http://e.org/private.gif", NULL, "a http://e.org/private.gif",
      "image-refused", "http://e.org/private.gif" },
    { "http://e.org/gone.gif", "http://e.org/open.gif\nhttp://e.org/gone.gif",
      "a http://e.org/gone.gif", "lock-broken",
      "http://e.org/open.gif http://e.org/gone.gif" },
    { "http://i.imgur.com/AbCdE.gif", NULL, "a http://i.imgur.com/AbCdE.gif",
      "image-dead", "http://i.imgur.com/AbCdE.gif" },
    { "http://i.imgur.com/FgHiJs.gif", NULL, "img", NULL,
      "http://i.imgur.com/FgHiJ.gif" },
    /* what only counts readers */
    { "http://e.org/pixel.gif", NULL, "", "ad-dropped",
      "http://e.org/pixel.gif" },
    { "https://www.facebook.com/tr?id=1", NULL, "", "ad-dropped", "" },
    /* what stood there until a script came */
    { "http://e.org/gone.gif", "http://e.org/gone.gif\nhttp://e.org/pixel.gif",
      "a http://e.org/gone.gif", "image-dead",
      "http://e.org/gone.gif http://e.org/pixel.gif" },
    { "http://e.org/off.gif", "http://e.org/off.gif\nhttp://e.org/pixel.gif",
      "a http://e.org/off.gif", "image-remote",
      "http://e.org/off.gif http://e.org/pixel.gif" },
    /* out of the archive */
    { "http://e.org/old.gif", NULL, "archived web.archive.org, 4 March 2015",
      "image-archived", "http://e.org/old.gif" },
};

static str show(const struct node *p, struct arena *a)
{
    const struct node *n = p->first;

    if (!n)
        return S("");
    if (n->tag == TAG_IMG && node_has(n, ATTR_ASSET) &&
        !node_has(n, ATTR_DATA_SRC) && !node_has(n, ATTR_DATA_CHOICES))
        return S("img");
    if (node_has_class(n, S("archived")) && n->first->tag == TAG_IMG)
        return arena_join(a, S("archived "), node_attr(n, ATTR_DATA_ARCHIVED));
    if (node_has_class(n, S("missing-image")) &&
        str_eq(node_attr(n, ATTR_TITLE), S("A")) && n->first->tag == TAG_A)
        return arena_join(a, S("a "), node_attr(n->first, ATTR_HREF));
    return S("?");
}

static void test_pictures(void **state)
{
    for (size_t i = 0; i < N_OF(cases); i++) {
        struct fixture f;
        struct node *p;

        open_chapter(&f);
        p = add_picture(&f, cases[i].src, cases[i].choices);
        picture_resolve(&f.c, &f.book, &f.a, &f.dg);
        check_str(show(p, &f.a), cases[i].want);
        check_str(list(&f.lib.asked, &f.a), cases[i].asked);
        if (cases[i].code) {
            assert_non_null(f.dg.first);
            assert_string_equal(diag_name(f.dg.first->code), cases[i].code);
            assert_int_equal(f.dg.first->line, 9);
            assert_null(f.dg.first->next);
        } else {
            assert_null(f.dg.first);
        }
        assert_int_equal(f.c.images.n,
                         str_eq(str_of(cases[i].want), S("img")) ||
                             str_starts(str_of(cases[i].want), S("arch")));
        arena_done(&f.a);
    }
}

/* All are asked for before the first is waited for; the same bytes are one
 * picture; who asks, and of what day, is told. */
static void test_order(void **state)
{
    struct fixture f;

    open_chapter(&f);
    f.post.image = S("http://e.org/large.gif");
    add_picture(&f, "http://e.org/a.gif", NULL);
    add_picture(&f, "http://e.org/same.gif", NULL);
    add_picture(&f, "http://e.org/a.gif", NULL);
    add_picture(&f, "https://www.facebook.com/tr?id=1", NULL);
    picture_resolve(&f.c, &f.book, &f.a, &f.dg);
    check_str(list(&f.lib.wanted, &f.a),
              "http://e.org/large.gif http://e.org/a.gif "
              "http://e.org/same.gif http://e.org/a.gif");
    check_str(list(&f.lib.asked, &f.a),
              "http://e.org/large.gif http://e.org/a.gif "
              "http://e.org/same.gif");
    assert_int_equal(f.c.images.n, 2);
    check_str(f.lib.referer, "https://blog.example.org/p/");
    assert_int_equal(f.lib.date.year, 2014);
    assert_int_equal(f.body->first->tag, TAG_FIGURE);
    arena_done(&f.a);
}

/* A page can't make us ask for ever. */
static void test_many_choices(void **state)
{
    struct fixture f;
    str all = S("");

    open_chapter(&f);
    for (int i = 0; i < 100; i++)
        all = arena_printf(&f.a, "%.*shttp://e.org/no%d.gif\n", STR_ARG(all),
                           i);
    all = arena_join(&f.a, all, S("http://e.org/a.gif"));
    add_picture(&f, "http://e.org/a.gif", arena_cstr(&f.a, all));
    picture_resolve(&f.c, &f.book, &f.a, &f.dg);
    assert_int_equal(f.lib.asked.n, 6);
    assert_int_equal(f.c.images.n, 1);
    arena_done(&f.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_many_choices),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
