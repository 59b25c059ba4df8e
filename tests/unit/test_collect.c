/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* nftw */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <time.h>

#include "base/path.h"
#include "base/utf8.h"
#include "book/book.h"
#include "book/dump.h"
#include "book/names.h"
#include "tempdir.h"

struct blog {
    struct arena a;
    struct diag dg;
    struct settings set;
    str dir; /* "/tmp/...XXXXXX/blog" */
    struct book *book;
};

static int remove_entry(const char *path, const struct stat *st, int type,
                        struct FTW *ftw)
{
    return remove(path);
}

static void blog_init(struct blog *b)
{
    unsetenv("SOURCE_DATE_EPOCH");
    arena_init(&b->a);
    diag_init(&b->dg, &b->a);
    settings_init(&b->set, &b->a);
    b->dir = path_join(&b->a, tempdir_new(&b->a), S("blog"));
    assert_int_equal(mkdir(b->dir.p, 0777), 0);
    *vec_push(&b->set.paths, &b->a) = b->dir;
}

static void blog_done(struct blog *b)
{
    str top = path_dir(b->dir);

    nftw(arena_cstr(&b->a, top), remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    arena_done(&b->a);
}

static const char *in_blog(struct blog *b, const char *name)
{
    return arena_cstr(&b->a, path_join(&b->a, b->dir, str_of(name)));
}

/* Makes the folders of NAME too. */
static void put_bytes(struct blog *b, const char *name, str bytes)
{
    for (const char *p = strchr(name, '/'); p; p = strchr(p + 1, '/'))
        mkdir(in_blog(b, arena_cstr(&b->a, (str){ name, (size_t)(p - name) })),
              0777);
    write_file(in_blog(b, name), bytes);
}

static void put(struct blog *b, const char *name, const char *text)
{
    put_bytes(b, name, str_of(text));
}

static void collect(struct blog *b)
{
    diag_init(&b->dg, &b->a);
    b->book = book_collect(&b->set, &b->a, &b->dg);
}

static bool has_diag(const struct diag *dg, enum diag_code code)
{
    for (const struct diag_item *d = dg->first; d; d = d->next)
        if (d->code == code)
            return true;
    return false;
}

/* The files of the book in order, with blanks between. */
static void assert_files(struct blog *b, const char *want)
{
    str got = { 0 };

    assert_non_null(b->book);
    for (uint32_t i = 0; i < b->book->n_posts; i++) {
        assert_int_equal(b->book->posts[i]->index, i);
        got = arena_printf(&b->a, "%.*s%s%.*s", STR_ARG(got), i ? " " : "",
                           STR_ARG(b->book->posts[i]->rel));
    }
    assert_string_equal(arena_cstr(&b->a, got), want);
}

static void walks_the_folder(void **state)
{
    struct blog b;

    blog_init(&b);
    put(&b, "2018-01-03-c.md", "c");
    put(&b, "2018/01/02/b.markdown", "b");
    put(&b, "2018-01-01-a/index.MD", "a");
    put(&b, "2018-01-04-d.mdx", "import X from 'x'\n\nd");
    put(&b, "posts/public/2018-01-05.mkd", "a post may be called so");
    static const char *const left_out[] = {
        ".hidden.md",          ".git/x.md",
        "node_modules/a/x.md", "a/node_modules/x.md",
        "_site/x.md",          "public/x.md",
        "vendor/x.md",         "_drafts/x.md",
        "_includes/x.md",      "archetypes/default.md",
        "notes.txt",           "md",
        "README.md",           "license.md",
        "posts/_index.md",
    };
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        put(&b, left_out[i], "text");
    collect(&b);
    assert_files(&b, "2018-01-01-a/index.MD 2018/01/02/b.markdown "
                     "2018-01-03-c.md 2018-01-04-d.mdx "
                     "posts/public/2018-01-05.mkd");
    assert_true(has_diag(&b.dg, DIAG_FILE_SKIPPED));
    assert_string_equal(b.book->posts[0]->name.p, "2018-01-01-a");
    put(&b, "README.md", "---\ntitle: A post\ndate: 2019-01-01\n---\n");
    b.set.drafts = true;
    collect(&b);
    assert_int_equal(b.book->n_posts, 7);
    assert_true(b.book->posts[6]->draft);
    blog_done(&b);
}

static void orders_the_posts(void **state)
{
    struct blog b;

    blog_init(&b);
    put(&b, "z.md", "---\ntitle: z\ndate: 2018-01-01\n---\nx");
    put(&b, "B.md", "---\ntitle: b\ndate: 2018-01-01\n---\nx");
    put(&b, "b.md", "---\ntitle: b\ndate: 2018-01-01\n---\nx");
    put(&b, "a.md", "---\ntitle: a\ndate: 2018-01-01 10:00\n---\nx");
    put(&b, "c.md", "---\ntitle: c\ndate: 2018-01-01T23:30:00-09:00\n---\nx");
    put(&b, "d.md", "---\ntitle: d\ndate: 2018-01-02T00:30:00+09:00\n---\nx");
    put(&b, "0.md", "---\ntitle: 0\n---\nx");
    collect(&b);
    assert_files(&b, "B.md b.md z.md a.md c.md d.md 0.md");
    assert_string_equal(b.book->posts[0]->name.p, "2018-01-01-b");
    assert_string_equal(b.book->posts[1]->name.p, "2018-01-01-b-2");
    assert_string_equal(b.book->posts[6]->name.p, "post-0");
    b.set.reverse = true;
    collect(&b);
    assert_files(&b, "d.md c.md a.md z.md b.md B.md 0.md");
    blog_done(&b);
}

static void filters_the_posts(void **state)
{
    struct blog b;

    blog_init(&b);
    put(&b, "a.md", "---\ntitle: a\ndate: 2018-12-31\ntags: [Sea]\n---\nx");
    put(&b, "b.md", "---\ntitle: b\ndate: 2019-01-01\ntags: [land]\n---\nx");
    put(&b, "c.md", "---\ntitle: c\ndate: 2019-12-31\ntags: [바다]\n---\nx");
    put(&b, "d.md", "---\ntitle: d\ntags: [sea]\n---\nx");
    put(&b, "e.md", "---\ntitle: e\ndraft: true\ndate: 2019-02-01\n---\nx");
    b.set.since = (struct date){ 2019, 1, 1, -1, 0, false };
    collect(&b);
    assert_files(&b, "b.md c.md");
    assert_int_equal(b.book->n_considered, 5);
    b.set.until = (struct date){ 2019, 12, 30, -1, 0, false };
    b.set.drafts = true;
    collect(&b);
    assert_files(&b, "b.md e.md");
    b.set.since = b.set.until = (struct date){ 0 };
    *vec_push(&b.set.tag, &b.a) = S("sea");
    collect(&b);
    assert_files(&b, "a.md d.md");
    *vec_push(&b.set.tag, &b.a) = S("바다");
    collect(&b);
    assert_files(&b, "a.md c.md d.md");
    b.set.tag.n = 0;
    *vec_push(&b.set.tag, &b.a) = S("nothing");
    collect(&b);
    assert_null(b.book);
    assert_int_equal(b.dg.first->code, DIAG_NO_POSTS);
    blog_done(&b);
}

static void survives_odd_files(void **state)
{
    struct blog b;

    blog_init(&b);
    put(&b, "2018-01-01-ok.md", "text");
    put(&b, "2018-01-02-empty.md", "");
    put(&b, "2018-01-03-blank.md", " \n\n\t\n");
    put(&b, "2018-01-04-header.md", "---\ntitle: only\n---\n");
    put(&b, "2018-01-05 \"it's\" \xF0\x9F\x98\x80\n.md", "text");
    put(&b, "2018-01-06-\xE1\x84\x82\xE1\x85\xA1.md", "text"); /* NFD */
    put_bytes(&b, "2018-01-07-bad.md", S("\xFF\xFE\x00"));
    put_bytes(&b, "2018-01-08-bytes.md", S("caf\xE9 \x80\x81"));
    assert_int_equal(mkfifo(in_blog(&b, "fifo.md"), 0666), 0);
    mkdir(in_blog(&b, "folder.md"), 0777);
    put(&b, "locked.md", "text");
    chmod(in_blog(&b, "locked.md"), 0);
    collect(&b);
    assert_true(has_diag(&b.dg, DIAG_FILE_EMPTY));
    assert_true(has_diag(&b.dg, DIAG_FILE_SPECIAL));
    bool root = geteuid() == 0;
    assert_true(root || has_diag(&b.dg, DIAG_FILE_UNREADABLE));
    assert_true(b.book->n_posts >= 5);
    const struct post *header = b.book->posts[1];
    assert_string_equal(header->title.p, "only");
    assert_true(has_diag(&header->diag, DIAG_FILE_EMPTY));
    for (uint32_t i = 0; i < b.book->n_posts; i++)
        assert_true(b.book->posts[i]->title.n > 0);
    blog_done(&b);
}

/* What a repository says of itself, in any language; a post may be about it. */
static void leaves_translated_readmes_out(void **state)
{
    struct blog b;

    blog_init(&b);
    put(&b, "2018-01-01-readme-driven.md", "text");
    put(&b, "README.md", "# This");
    put(&b, "README.ko.md", "# 이것");
    put(&b, "README-ja.md", "# これ");
    put(&b, "readme_zh_CN.md", "# 这个");
    put(&b, "docs/CONTRIBUTING.zh-tw.md", "# 這個");
    put(&b, "2018-01-02-readmes.md", "text");
    put(&b, "readme-first.md", "---\ndate: 2018-01-03\n---\ntext");
    collect(&b);
    assert_files(&b, "2018-01-01-readme-driven.md 2018-01-02-readmes.md "
                     "readme-first.md");
    blog_done(&b);
}

static void follows_no_loops(void **state)
{
    struct blog b;

    blog_init(&b);
    put(&b, "a/2018-01-01-x.md", "text");
    put(&b, "../outside/2018-01-02-y.md", "text");
    assert_int_equal(symlink(".", in_blog(&b, "loop")), 0);
    assert_int_equal(symlink("a", in_blog(&b, "again")), 0);
    assert_int_equal(symlink("../../blog", in_blog(&b, "a/up")), 0);
    assert_int_equal(symlink("nowhere", in_blog(&b, "broken")), 0);
    collect(&b);
    assert_files(&b, "a/2018-01-01-x.md");
    assert_true(has_diag(&b.dg, DIAG_FOLDER_LOOP));
    assert_false(has_diag(&b.dg, DIAG_FILE_OUTSIDE));
    assert_int_equal(symlink("../outside", in_blog(&b, "out")), 0);
    assert_int_equal(symlink("/etc/passwd", in_blog(&b, "p.md")), 0);
    collect(&b);
    assert_files(&b, "a/2018-01-01-x.md");
    assert_true(has_diag(&b.dg, DIAG_FILE_OUTSIDE));
    blog_done(&b);
}

static void takes_named_files(void **state)
{
    struct blog b;

    blog_init(&b);
    put(&b, "README.md", "---\ntitle: Read me\ndate: 2018-01-01\n---\n\ntext");
    put(&b, "notes.txt", "# Notes\n\ntext");
    b.set.paths.v[0] = str_of(in_blog(&b, "notes.txt"));
    collect(&b);
    assert_files(&b, "notes.txt");
    assert_true(str_eq(b.book->posts[0]->root, b.dir));
    assert_true(b.book->posts[0]->title_in_body);
    assert_string_equal(b.book->title.p, "Notes");
    *vec_push(&b.set.paths, &b.a) = b.dir;
    *vec_push(&b.set.paths, &b.a) = path_join(&b.a, b.dir, S("README.md"));
    collect(&b);
    assert_files(&b, "README.md notes.txt");
    *vec_push(&b.set.paths, &b.a) = path_join(&b.a, b.dir, S("none.md"));
    collect(&b);
    assert_null(b.book);
    assert_int_equal(b.dg.first->code, DIAG_NO_POSTS);
    blog_done(&b);
}

/* The body begins where utf8_clean() of the whole file has it. */
static void finds_the_body(void **state)
{
    static const struct {
        str bytes;
        unsigned line;
    } cases[] = {
        { STR_INIT("---\ntitle: t\n---\nBODY"), 4 },
        { STR_INIT("\xEF\xBB\xBF---\ntitle: t\n---\nBODY"), 4 },
        { STR_INIT("---\r\ntitle: t\r\n---\r\nBODY\r\n"), 4 },
        { STR_INIT("---\rtitle: t\r---\rBODY"), 4 },
        { STR_INIT("---\ntitle: t\0\b\n---\nBODY"), 4 },
        { STR_INIT("---\ntitle: t\xFF\xFE\xED\xA0\x80\n---\nBODY"), 4 },
        { STR_INIT("\n---\ntitle: t\n---\n\nBODY"), 5 },
        { STR_INIT("\xFF\xFE-\0-\0-\0\n\0d\0:\0 \0x\0\n\0-\0-\0-\0\n\0B\0O\0"
                   "D\0Y\0"),
          4 },
        { STR_INIT("BODY"), 1 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct blog b;
        struct utf8_report report;
        blog_init(&b);
        put_bytes(&b, "2018-01-01-x.md", cases[i].bytes);
        collect(&b);
        const struct post *p = b.book->posts[0];
        str text = utf8_clean(cases[i].bytes, &b.a, &report);
        str body = str_trim(str_from(text, p->body_offset));
        if (!str_eq(body, S("BODY")) || p->body_line != cases[i].line)
            fail_msg("case %zu: line %u, %.*s", i, p->body_line, STR_ARG(body));
        blog_done(&b);
    }
}

/* A header is read to its end however long it is. */
static const struct post *post_named(const struct blog *b, const char *rel)
{
    for (uint32_t i = 0; i < b->book->n_posts; i++)
        if (str_eq(b->book->posts[i]->rel, str_of(rel)))
            return b->book->posts[i];
    fail_msg("no post %s", rel);
    return NULL;
}

static void keeps_bodies(void **state)
{
    struct blog b;

    blog_init(&b);
    put(&b, "short.md", "---\ntitle: Short\n---\nwords\r\nmore\n");
    put(&b, "plain.md", "no header\n");
    put(&b, "damaged.md", "one \xFF byte\n");
    put_bytes(&b, "nul.md", (str){ "one\0byte\n", 9 });
    collect(&b);
    assert_int_equal(b.book->n_posts, 4);
    assert_string_equal(post_named(&b, "short.md")->body.p, "words\nmore\n");
    assert_string_equal(post_named(&b, "plain.md")->body.p, "no header\n");
    /* The second reading has something to say about these. */
    assert_null(post_named(&b, "damaged.md")->body.p);
    assert_null(post_named(&b, "nul.md")->body.p);
    blog_done(&b);
}

/* Bodies of 1 KB and one of 16 KB: not all fit, and the long one is read from
 * its file, as its first part was enough. */
static void keeps_no_more_bodies_than_fit(void **state)
{
    enum { POSTS = 9000, SIZE = 1000 };
    struct blog b;
    char text[16 * SIZE];
    uint64_t kept = 0;

    blog_init(&b);
    memset(text, 'x', sizeof text);
    for (int i = 0; i < POSTS; i++)
        put_bytes(&b, arena_printf(&b.a, "%d.md", i).p, (str){ text, SIZE });
    for (size_t i = 0; i < sizeof text; i += 100)
        text[i] = '\n';
    put_bytes(&b, "long.md", (str){ text, sizeof text });
    collect(&b);
    assert_int_equal(b.book->n_posts, POSTS + 1);
    for (uint32_t i = 0; i < b.book->n_posts; i++)
        kept += b.book->posts[i]->body.n;
    assert_true(kept > 7u << 20);
    assert_true(kept <= 8u << 20);
    assert_null(post_named(&b, "long.md")->body.p);
    blog_done(&b);
}

static void reads_long_headers(void **state)
{
    static const size_t sizes[] = { 100, 8180, 8192, 40000, 500000 };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct blog b;
        blog_init(&b);
        char *fill = arena_bytes(&b.a, sizes[i] + 1);
        for (size_t k = 0; k < sizes[i]; k++)
            fill[k] = "\xEA\xB0\x80"[k % 3];
        str filler = { fill, sizes[i] / 3 * 3 };
        str head = arena_printf(&b.a,
                                "---\ndescription: %.*s\ntitle: t\n"
                                "date: 2018-01-01\n---\nBODY",
                                STR_ARG(filler));
        put_bytes(&b, "x.md", head);
        collect(&b);
        const struct post *p = b.book->posts[0];
        assert_string_equal(p->title.p, "t");
        assert_int_equal(p->description.n, filler.n);
        assert_int_equal(p->body_offset, head.n - 4);
        assert_null(p->diag.first);
        blog_done(&b);
    }
}

static str dump(struct blog *b)
{
    struct buf out = { 0 };

    collect(b);
    book_dump(b->book, &out);
    str text = arena_dup(&b->a, buf_str(&out));
    buf_done(&out);
    return text;
}

/* Where the blog is, and when its files were written, reaches no output. */
static void is_the_same_elsewhere(void **state)
{
    struct blog one, two;

    blog_init(&one);
    blog_init(&two);
    for (int i = 0; i < 20; i++) {
        for (int k = 0; k < 2; k++) {
            struct blog *b = k ? &two : &one;
            int n = k ? 19 - i : i;
            put_bytes(b, arena_printf(&b->a, "p%d.md", n).p,
                      arena_printf(&b->a,
                                   "---\ntitle: %d\ndate: 2018-01-%d\n"
                                   "---\nx",
                                   n, n / 2 + 1));
        }
    }
    struct timespec old[2] = { { 86400, 0 }, { 86400, 0 } };
    utimensat(AT_FDCWD, in_blog(&two, "p3.md"), old, 0);
    str a = dump(&one), b = dump(&two);
    assert_true(str_eq(a, b));
    assert_true(str_find(a, S("title: blog\n")) == 0);
    assert_true(str_starts(one.book->identifier, S("urn:uuid:")));
    setenv("SOURCE_DATE_EPOCH", "12345", 1);
    collect(&one);
    assert_int_equal(one.book->modified, 12345);
    unsetenv("SOURCE_DATE_EPOCH");
    collect(&one);
    assert_int_equal(one.book->modified, 1515542400);
    two.set.title = S("Other");
    collect(&two);
    assert_false(str_eq(one.book->identifier, two.book->identifier));
    blog_done(&one);
    blog_done(&two);
}

static void shares_one_author(void **state)
{
    struct blog b;

    blog_init(&b);
    put(&b, "a.md", "---\ntitle: a\ndate: 2018-01-01\nauthor: Wren\n---\nx");
    collect(&b);
    assert_true(str_eq(b.book->author, S("Wren")));
    put(&b, "b.md", "---\ntitle: b\ndate: 2018-01-01\nauthor: Ada\n---\nx");
    collect(&b);
    assert_int_equal(b.book->author.n, 0);
    blog_done(&b);
}

static void names_are_ascii(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        { "hello-world", "hello-world" },
        { "Hello, World!", "hello-world" },
        { "-a--b-", "a-b" },
        { "a_b.c", "a-b-c" },
        { "나", "1098bbe54520" },
        { "\xE1\x84\x82\xE1\x85\xA1", "1098bbe54520" },
    };
    struct arena a, scratch;

    arena_init(&a);
    arena_init(&scratch);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = name_slug(str_of(cases[i].in), &a, &scratch);
        if (!str_eq(got, str_of(cases[i].want)))
            fail_msg("%s gives %.*s", cases[i].in, STR_ARG(got));
    }
    str longer = S("aaaaaaaaaa-bbbbbbbbbb-cccccccccc-dddddddddd-eeeeeeeeee-"
                   "ffffffffff-gggggggggg-hhhhhhhhhh-iiiiiiiiii");
    str one = name_slug(longer, &a, &scratch);
    str two = name_slug(str_sub(longer, 0, 90), &a, &scratch);
    assert_true(one.n <= NAME_SLUG_MAX && two.n <= NAME_SLUG_MAX);
    assert_false(str_eq(one, two));
    assert_true(name_slug(S("--"), &a, &scratch).n > 0);
    arena_done(&a);
    arena_done(&scratch);
}

/* The real blog this program began with, where it is at hand. */
static void reads_the_corpus(void **state)
{
    const char *dir = getenv("BLOG2BOOK_CORPORA");
    struct blog b;

    blog_init(&b);
    str path = path_join(&b.a, str_of(dir ? dir : CORPORA_DIR), S("ash84"));
    if (access(arena_cstr(&b.a, path), R_OK) != 0) {
        print_message("no corpus at %s, skipped\n", arena_cstr(&b.a, path));
        blog_done(&b);
        skip();
    }
    b.set.paths.v[0] = path;
    collect(&b);
    assert_int_equal(b.book->n_posts, 970);
    assert_null(b.dg.first);
    unsigned repaired = 0, tags = 0;
    for (uint32_t i = 0; i < b.book->n_posts; i++) {
        const struct post *p = b.book->posts[i];
        assert_true(p->title.n > 0 && p->date.year >= 2007);
        assert_true(str_eq(p->author, S("ash84")));
        assert_true(p->body_line >= 8);
        tags += p->tags.n;
        repaired += has_diag(&p->diag, DIAG_HEADER_REPAIRED);
        for (struct diag_item *d = p->diag.first; d; d = d->next)
            assert_int_equal(d->code, DIAG_HEADER_REPAIRED);
        if (i == 0)
            continue;
        const struct post *q = b.book->posts[i - 1];
        int days = (p->date.year - q->date.year) * 10000 +
                   (p->date.month - q->date.month) * 100 + p->date.day -
                   q->date.day;
        assert_true(days > 0 || (days == 0 && str_cmp(q->rel, p->rel) < 0));
    }
    assert_int_equal(repaired, 22);
    assert_int_equal(tags, 4571);
    blog_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_the_folder),
        cmocka_unit_test(orders_the_posts),
        cmocka_unit_test(filters_the_posts),
        cmocka_unit_test(survives_odd_files),
        cmocka_unit_test(leaves_translated_readmes_out),
        cmocka_unit_test(follows_no_loops),
        cmocka_unit_test(takes_named_files),
        cmocka_unit_test(finds_the_body),
        cmocka_unit_test(keeps_bodies),
        cmocka_unit_test(keeps_no_more_bodies_than_fit),
        cmocka_unit_test(reads_long_headers),
        cmocka_unit_test(is_the_same_elsewhere),
        cmocka_unit_test(shares_one_author),
        cmocka_unit_test(names_are_ascii),
        cmocka_unit_test(reads_the_corpus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
