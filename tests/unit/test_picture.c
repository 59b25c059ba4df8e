/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "convert/picture.h"
#include "convert/picture_data.h"

#define GIF(c)                                                                 \
    "GIF89a\x03\0\x02\0\0\0\0\x2C\0\0\0\0\x03\0\x02\0\0\x02\x02x" c "\0\x3B"
#define PX "R0lGODlhAwACAAAAACwAAAAAAwACAAACAnh4ADs="

/* The blog of these tests; a name with a '/' at its end is a folder. */
static const struct {
    const char *name;
    str bytes;
} files[] = {
    { "outside.gif", STR_INIT(GIF("o")) },
    { "blog/", { 0 } },
    { "blog/posts/", { 0 } },
    { "blog/posts/here.gif", STR_INIT(GIF("1")) },
    { "blog/posts/same.gif", STR_INIT(GIF("1")) },
    { "blog/posts/broken.gif", STR_INIT("GIF89a\x03\0\x02") },
    { "blog/posts/note.txt", STR_INIT("text") },
    { "blog/posts/a b#c?.gif", STR_INIT(GIF("2")) },
    { "blog/posts/folder/", { 0 } },
    { "blog/top.gif", STR_INIT(GIF("3")) },
    { "blog/static/", { 0 } },
    { "blog/static/img/", { 0 } },
    { "blog/static/img/s.gif", STR_INIT(GIF("4")) },
    { "blog/images/", { 0 } },
    { "blog/images/Big.GIF", STR_INIT(GIF("5")) },
    /* Hangul "가", decomposed as some file systems have it */
    { "blog/images/\xE1\x84\x80\xE1\x85\xA1.gif", STR_INIT(GIF("6")) },
};

static char root[] = "/tmp/blog2book-picture-XXXXXX";

static str in_root(struct arena *a, const char *name)
{
    return arena_printf(a, "%s/%s", root, name);
}

static int set_up(void **state)
{
    struct arena a;

    if (!mkdtemp(root))
        return 1;
    arena_init(&a);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        str path = in_root(&a, files[i].name);
        FILE *f;

        if (str_ends(path, S("/"))) {
            mkdir(path.p, 0700);
            continue;
        }
        f = fopen(path.p, "wb");
        if (!f)
            return 1;
        fwrite(files[i].bytes.p, 1, files[i].bytes.n, f);
        fclose(f);
    }
    if (symlink("../../outside.gif", in_root(&a, "blog/posts/way-out.gif").p) ||
        mkfifo(in_root(&a, "blog/posts/fifo.gif").p, 0600))
        return 1;
    arena_done(&a);
    return 0;
}

static int tear_down(void **state)
{
    char command[sizeof root + 16];

    snprintf(command, sizeof command, "rm -r %s", root);
    return system(command);
}

/* What stands in the paragraph: "img NUMBER ALT", "a URL TEXT", "text TEXT,
 * LABEL; REASON" or nothing. */
static str show(const struct node *p, struct arena *a)
{
    const struct node *n = p->first;
    str text;

    if (!n)
        return S("");
    if (n->tag == TAG_IMG)
        return arena_printf(a, "img %.*s %.*s",
                            STR_ARG(node_attr(n, ATTR_ASSET)),
                            STR_ARG(node_attr(n, ATTR_ALT)));
    text = node_plain_text(n, a);
    if (n->tag == TAG_SPAN && n->first->tag == TAG_A)
        return arena_printf(a, "a %.*s %.*s",
                            STR_ARG(node_attr(n->first, ATTR_HREF)),
                            STR_ARG(text));
    str label = node_attr(n, ATTR_TITLE), why = node_attr(n, ATTR_DATA_WHY);
    return arena_printf(a, "text %.*s%s%.*s%s%.*s", STR_ARG(text),
                        label.n ? ", " : "", STR_ARG(label), why.n ? "; " : "",
                        STR_ARG(why));
}

static const struct {
    const char *src, *alt, *want;
    const char *code;
} pictures[] = {
    { "here.gif", "A", "img 0 A", NULL },
    { "here.gif", NULL, "img 0 ", NULL },
    { "./here.gif?raw=true#x", NULL, "img 0 ", NULL },
    { "../top.gif", NULL, "img 0 ", NULL },
    { "top.gif", NULL, "img 0 ", NULL },
    { "/top.gif", NULL, "img 0 ", NULL },
    { "/img/s.gif", NULL, "img 0 ", NULL },
    { "@site/static/img/s.gif", NULL, "img 0 ", NULL },
    { "@site/../outside.gif", NULL, "text Picture not found: outside.gif",
      "image-missing" },
    { "img/s.gif", NULL, "img 0 ", NULL },
    { "static/img/s.gif", NULL, "img 0 ", NULL },
    { "/images/big.gif", NULL, "img 0 ", NULL },
    { "BIG.gif", NULL, "img 0 ", NULL },
    { "가.gif", NULL, "img 0 ", NULL },
    { "%EA%B0%80.gif", NULL, "img 0 ", NULL },
    { "a%20b%23c%3F.gif", NULL, "img 0 ", NULL },
    { "a b#c?.gif", NULL, "img 0 ", NULL },
    { "https://blog.example.org/img/s.gif", NULL, "img 0 ", NULL },
    { "data:image/gif;base64," PX, "D", "img 0 D", NULL },
    { "data:image/svg+xml,%3Csvg/%3E", NULL, "img 0 ", NULL },
    { "data:image/gif;base64,!", "D",
      "text Picture that can't be shown, D; not Base64", "image-broken" },
    { "data:,", NULL, "text Picture that can't be shown; not Base64",
      "image-broken" },
    { "none.gif", "A", "text Picture not found: none.gif, A", "image-missing" },
    { "x/n%20one.gif", NULL, "text Picture not found: n one.gif",
      "image-missing" },
    { "../../outside.gif", NULL, "text Picture not found: outside.gif",
      "image-missing" },
    { "way-out.gif", NULL, "text Picture not found: way-out.gif",
      "image-missing" },
    { "fifo.gif", NULL, "text Picture not found: fifo.gif", "image-missing" },
    { "folder", NULL, "text Picture not found: folder", "image-missing" },
    { "a%00b.gif", "A", "text Picture not found: a%00b.gif, A",
      "image-missing" },
    { "file:///etc/passwd", "A", "text Picture not found: passwd, A",
      "image-missing" },
    { "broken.gif", NULL,
      "text Picture that can't be shown: broken.gif; truncated GIF",
      "image-broken" },
    { "note.txt", "N",
      "text Picture that can't be shown: note.txt, N; no picture of a known "
      "type",
      "image-broken" },
    { "http://www.example.org/a b.gif", NULL,
      "a http://www.example.org/a%20b.gif example.org", "image-remote" },
    { "//example.org/a.gif", "A", "a https://example.org/a.gif example.org",
      "image-remote" },
    { "www.example.org/a.gif", "A",
      "a https://www.example.org/a.gif example.org", "image-remote" },
    { "https://blog.example.org/no.gif", "A",
      "a https://blog.example.org/no.gif blog.example.org", "image-remote" },
    { "", "A", "text A", NULL },
    { "", NULL, "", NULL },
};

struct fixture {
    struct arena a;
    struct diag dg;
    struct post post;
    struct book book;
    struct chapter c;
    struct node *body;
};

static void open_chapter(struct fixture *f)
{
    *f = (struct fixture){ 0 };
    arena_init(&f->a);
    diag_init(&f->dg, &f->a);
    f->post.path = in_root(&f->a, "blog/posts/p.md");
    f->post.root = in_root(&f->a, "blog");
    f->book.base_url = S("https://blog.example.org");
    f->c.post = &f->post;
    f->c.lang = LANG_EN;
    f->c.root = node_new(&f->a, TAG_SECTION, 1);
    f->body = node_new(&f->a, TAG_DIV, 1);
    node_set(f->body, &f->a, ATTR_CLASS, S("body"));
    node_append(f->c.root, f->body);
}

static struct node *add_picture(struct fixture *f, const char *src,
                                const char *alt)
{
    struct node *p = node_new(&f->a, TAG_P, 1);
    struct node *img = node_new(&f->a, TAG_IMG, 9);

    node_set(img, &f->a, ATTR_DATA_SRC, str_of(src));
    if (alt)
        node_set(img, &f->a, ATTR_ALT, str_of(alt));
    node_append(p, img);
    node_append(f->body, p);
    return p;
}

/* Of the whole blog, or of a folder in a site. */
static void check_pictures(bool in_site)
{
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        struct fixture f;
        struct node *p;

        open_chapter(&f);
        if (in_site) {
            f.post.site = f.post.root;
            f.post.root = in_root(&f.a, "blog/posts");
        }
        p = add_picture(&f, pictures[i].src, pictures[i].alt);
        picture_resolve(&f.c, &f.book, &f.a, &f.dg);
        assert_string_equal(arena_cstr(&f.a, show(p, &f.a)), pictures[i].want);
        if (pictures[i].code) {
            assert_non_null(f.dg.first);
            assert_string_equal(diag_name(f.dg.first->code), pictures[i].code);
            assert_int_equal(f.dg.first->line, 9);
            assert_null(f.dg.first->next);
        } else {
            assert_null(f.dg.first);
        }
        arena_done(&f.a);
    }
}

static void test_pictures(void **state)
{
    check_pictures(false);
}

static void test_in_site(void **state)
{
    check_pictures(true);
}

/* Without a site the folder that was named is the fence. */
static void test_fence(void **state)
{
    static const char *const names[] = { "../top.gif", "/img/s.gif",
                                         "../static/img/s.gif" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct fixture f;
        open_chapter(&f);
        f.post.root = in_root(&f.a, "blog/posts");
        add_picture(&f, names[i], NULL);
        picture_resolve(&f.c, &f.book, &f.a, &f.dg);
        assert_non_null(f.dg.first);
        assert_int_equal(f.dg.first->code, DIAG_IMAGE_MISSING);
        arena_done(&f.a);
    }
}

/* The same bytes are one image, however often and wherever they are. */
static void test_once(void **state)
{
    struct fixture f;
    struct node *p[4];

    open_chapter(&f);
    p[0] = add_picture(&f, "here.gif", "A");
    p[1] = add_picture(&f, "top.gif", "");
    p[2] = add_picture(&f, "same.gif", "C");
    p[3] = add_picture(&f, "here.gif", NULL);
    node_set(p[0]->first, &f.a, ATTR_WIDTH, S("50%"));
    node_set(p[1]->first, &f.a, ATTR_WIDTH, S("300px"));
    picture_resolve(&f.c, &f.book, &f.a, &f.dg);
    assert_int_equal(f.c.images.n, 2);
    assert_int_equal(f.c.images.v[0].type, IMAGE_GIF);
    assert_int_equal(f.c.images.v[0].width, 3);
    assert_int_equal(f.c.images.v[0].name.n, 12 + 4);
    assert_int_equal(f.c.n_images_described, 2);
    assert_string_equal(arena_cstr(&f.a, show(p[1], &f.a)), "img 1 ");
    assert_string_equal(arena_cstr(&f.a, show(p[2], &f.a)), "img 0 C");
    assert_false(node_has(p[0]->first, ATTR_WIDTH));
    assert_string_equal(arena_cstr(&f.a, node_attr(p[1]->first, ATTR_WIDTH)),
                        "300");
    arena_done(&f.a);
}

/* No link in a link: the picture's place is plain text there. */
static void test_linked(void **state)
{
    struct fixture f;
    struct node *p, *link;

    open_chapter(&f);
    p = add_picture(&f, "https://example.org/a.gif", "A");
    link = node_new(&f.a, TAG_A, 1);
    node_move_children(p, link);
    node_append(p, link);
    picture_resolve(&f.c, &f.book, &f.a, &f.dg);
    assert_int_equal(link->first->tag, TAG_SPAN);
    assert_int_equal(link->first->first->tag, TAG_TEXT);
    arena_done(&f.a);
}

static void test_featured(void **state)
{
    static const struct {
        const char *featured, *shown;
        enum tag first;
        const char *class_name; /* of the body's first child */
    } cases[] = {
        { "/top.gif", "here.gif", TAG_FIGURE, "featured" },
        { "here.gif", "here.gif", TAG_P, "" },
        { "https://example.org/a.gif", "here.gif", TAG_P, "featured" },
        { "", "here.gif", TAG_P, "" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;

        open_chapter(&f);
        f.post.image = str_of(cases[i].featured);
        add_picture(&f, cases[i].shown, "A");
        picture_resolve(&f.c, &f.book, &f.a, &f.dg);
        assert_int_equal(f.body->first->tag, cases[i].first);
        assert_string_equal(
            arena_cstr(&f.a, node_attr(f.body->first, ATTR_CLASS)),
            cases[i].class_name);
        arena_done(&f.a);
    }
}

/* A thousand wrong names cost a bounded number of folder scans. */
static void test_many_missing(void **state)
{
    struct fixture f;

    open_chapter(&f);
    for (int i = 0; i < 1000; i++)
        add_picture(&f, arena_printf(&f.a, "no%d.gif", i).p, "A");
    picture_resolve(&f.c, &f.book, &f.a, &f.dg);
    assert_int_equal(f.c.images.n, 0);
    assert_non_null(f.dg.last);
    arena_done(&f.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pictures),     cmocka_unit_test(test_in_site),
        cmocka_unit_test(test_fence),        cmocka_unit_test(test_once),
        cmocka_unit_test(test_linked),       cmocka_unit_test(test_featured),
        cmocka_unit_test(test_many_missing),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
