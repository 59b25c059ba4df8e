/* SPDX-License-Identifier: MIT */
/* A whole book through the four functions of the format. With a path as
 * argument it only writes that book, for EPUBCheck and for eyes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zip.h>

#include "base/file.h"
#include "book/book.h"
#include "doc/format.h"
#include "epub/documents.h"
#include "sapling.h"
#include "tempdir.h"

/* A picture of one pixel. */
#define PNG                                                                    \
    "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52"         \
    "\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b"         \
    "\x55\x00\x00\x00\x0a\x49\x44\x41\x54\x78\x9c\x63\x68\x00\x00\x00"         \
    "\x82\x00\x81\x77\xcd\x72\xb6\x00\x00\x00\x00\x49\x45\x4e\x44\xae"         \
    "\x42\x60\x82"
/* As it is when it is clean. */
#define SVG                                                                    \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                             \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" "                               \
    "xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 8 8\">"        \
    "<circle cx=\"4\" cy=\"4\" r=\"3\"/></svg>"

static const struct {
    const char *name, *title, *lang, *tags[2];
    struct date date;
    const char *tree;
} posts[] = {
    { "2016-03-02-first",
      "첫 번째 <글> & 인사",
      "ko",
      { "일상", "글" },
      { 2016, 3, 2, -1 },
      "(section.chapter (header.chapter-head (p.date (time"
      " datetime=2016-03-02 \"2016년 3월 2일\")) (h1 \"첫 번째 <글> & 인사\"))"
      "(div.body (p \"안녕하세요. \" (a post=2018-01-05-second frag=소개"
      " \"다음 글의 소개\") \" 를 보세요\" (a id=r1 epub:type=noteref"
      " role=doc-noteref frag=fn1 \"1\") \".\")"
      "(aside id=fn1 epub:type=footnote role=doc-footnote (p \"각주입니다.\"))"
      "(p (img asset=0 alt=점)) (p (img asset=1 alt=동그라미))"
      "(pre (code \"int main(void)\n{\n    return 0;\n}\"))"
      "(p lang=ja \"日本語の段落。\"))"
      "(footer.chapter-foot (ul.tags (li \"일상\") (li \"글\"))"
      "(p.source (a href=\"https://example.org/a?b=1&c=2\" \"원문\"))))" },
    { "2018-01-05-second",
      "둘째 글",
      "ko",
      { "글" },
      { 2018, 1, 5, -1 },
      "(section.chapter (header.chapter-head (h1 \"둘째 글\"))"
      "(div.body (h2 id=소개 \"소개\") (p \"본문\") (p (img asset=0 alt=점))"
      "(figure.embed data-kind=video data-src=\"https://example.org/v\""
      " data-thumbnail=\"https://example.org/t.jpg\""
      " (p.embed-title (a"
      " href=\"https://example.org/v\" \"영상\")) (p.embed-host"
      " \"example.org\"))"
      "(p (span.missing-image data-src=\"https://example.org/p.png\" (a"
      " href=\"https://example.org/p.png\" \"그림\")))))" },
    { "2018-02-01-english",
      "A note",
      "en",
      { 0 },
      { 2018, 2, 1, -1 },
      "(section.chapter (header.chapter-head (h1 \"A note\")) (div.body"
      " (table (thead (tr (th scope=col \"a\") (th scope=col \"b\")))"
      " (tbody (tr (td \"1\") (td \"2\")))) (ol start=3 reversed=\"\""
      " (li \"x\")) (details open=\"\" (summary \"s\") (p \"d\"))))" },
    { "undated",
      " \xe2\x80\x8b ",
      "und",
      { 0 },
      { 0 },
      "(section.chapter (header.chapter-head (h1 \"제목 없음\"))"
      " (div.body (p (img asset=0 alt=점))))" },
};
#define N_POSTS (sizeof posts / sizeof *posts)

struct world {
    struct arena arena;
    struct diag diag;
    struct settings settings;
    struct book book;
    struct post posts[N_POSTS];
    str dir, output;
};

static void world_init(struct world *w)
{
    arena_init(&w->arena);
    diag_init(&w->diag, &w->arena);
    w->book = (struct book){ .arena = &w->arena,
                             .settings = &w->settings,
                             .title = S("점 & 원"),
                             .author = S("김아무개"),
                             .base_url = S("https://example.org/blog"),
                             .identifier = S("urn:uuid:6ba7b810-9dad-51d1-"
                                             "80b4-00c04fd430c8"),
                             .modified = 1517443199 };
    for (size_t i = 0; i < N_POSTS; i++) {
        struct post *p = &w->posts[i];
        *p = (struct post){ .title = str_of(posts[i].title),
                            .name = str_of(posts[i].name),
                            .date = posts[i].date,
                            .index = (uint32_t)i };
        for (size_t k = 0; k < 2 && posts[i].tags[k]; k++)
            *vec_push(&p->tags, &w->arena) = str_of(posts[i].tags[k]);
    }
    unsetenv("BLOG2BOOK_DATADIR");
}

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);

    world_init(w);
    w->dir = tempdir_new(&w->arena);
    w->output = arena_printf(&w->arena, "%s/book.epub", w->dir.p);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;

    tempdir_sweep(w->dir, true);
    arena_done(&w->arena);
    free(w);
    return 0;
}

static struct chapter *chapter_of(struct world *w, size_t i)
{
    struct arena *a = &w->arena;
    struct chapter *c = arena_new(a, struct chapter);

    c->post = &w->posts[i];
    c->lang_tag = str_of(posts[i].lang);
    c->lang = lang_of_tag(c->lang_tag);
    c->n_letters = 100;
    c->root = sapling(a, posts[i].tree);
    *vec_push(&c->images, a) = (struct image){ .type = IMAGE_PNG,
                                               .bytes = S(PNG),
                                               .name = S("0123456789ab.png") };
    *vec_push(&c->images, a) = (struct image){ .type = IMAGE_SVG,
                                               .bytes = S(SVG),
                                               .name = S("ba9876543210.svg") };
    return c;
}

/* Chapters are prepared in any order, by several workers. */
static bool write_chapters(struct world *w, void *out, unsigned n_workers)
{
    struct chapter *c[N_POSTS];
    void *prepared[N_POSTS];

    for (size_t i = N_POSTS; i-- > 0;) {
        c[i] = chapter_of(w, i);
        prepared[i] = epub_format.prepare(out, (unsigned)i % n_workers, c[i],
                                          &w->arena, &w->diag);
        if (!prepared[i])
            return false;
    }
    for (size_t i = 0; i < N_POSTS; i++)
        if (!epub_format.commit(out, c[i], prepared[i], &w->diag))
            return false;
    return true;
}

static bool write_book(struct world *w, str path, unsigned n_workers)
{
    struct format_result result;
    void *out = epub_format.open(&w->book, path, n_workers, &w->diag);

    if (!out)
        return false;
    bool ok = write_chapters(w, out, n_workers);
    return epub_format.close(out, ok, &result, &w->diag) && ok;
}

static str entry(struct world *w, const char *name)
{
    zip_t *z = zip_open(w->output.p, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    zip_stat_t st;

    assert_non_null(z);
    if (zip_stat(z, name, 0, &st))
        fail_msg("no entry %s", name);
    char *p = arena_bytes(&w->arena, st.size);
    zip_file_t *f = zip_fopen(z, name, 0);
    assert_int_equal(zip_fread(f, p, st.size), st.size);
    zip_fclose(f);
    zip_discard(z);
    return (str){ p, st.size };
}

static void assert_has(struct world *w, const char *name, const char *text)
{
    str all = entry(w, name);

    if (str_find(all, str_of(text)) == STR_NONE)
        fail_msg("%s lacks %s:\n%.*s", name, text, STR_ARG(all));
}

static void assert_lacks(struct world *w, const char *name, const char *text)
{
    if (str_find(entry(w, name), str_of(text)) != STR_NONE)
        fail_msg("%s has %s", name, text);
}

#define OPF "EPUB/package.opf"
#define NAV "EPUB/nav.xhtml"
#define NCX "EPUB/toc.ncx"

static void test_package(void **state)
{
    static const char *const wanted[] = {
        "<dc:identifier id=\"pub-id\">urn:uuid:6ba7b810-9dad-51d1-80b4-"
        "00c04fd430c8</dc:identifier>",
        "<dc:title>점 &amp; 원</dc:title>",
        "<dc:language>ko</dc:language>",
        "<dc:creator id=\"author\">김아무개</dc:creator>",
        "<dc:date>2018-02-01</dc:date>",
        "<dc:source>https://example.org/blog</dc:source>",
        "<dc:subject>글</dc:subject>\n<dc:subject>일상</dc:subject>",
        "<meta property=\"dcterms:modified\">2018-01-31T23:59:59Z</meta>",
        "<meta property=\"schema:accessMode\">visual</meta>",
        "<meta property=\"schema:accessModeSufficient\">textual</meta>",
        ">alternativeText</meta>",
        "<meta property=\"schema:accessibilityHazard\">none</meta>",
        "<item id=\"nav\" href=\"nav.xhtml\""
        " media-type=\"application/xhtml+xml\" properties=\"nav\"/>",
        "<item id=\"c2\" href=\"text/2018-01-05-second.xhtml\"",
        "<item id=\"i2\" href=\"images/ba9876543210.svg\""
        " media-type=\"image/svg+xml\"/>",
        "<itemref idref=\"titlepage\"/>\n<itemref idref=\"nav\"/>\n"
        "<itemref idref=\"c1\"/>\n<itemref idref=\"c2\"/>\n"
        "<itemref idref=\"c3\"/>\n<itemref idref=\"c4\"/>\n"
        "<itemref idref=\"colophon\"/>",
    };
    struct world *w = *state;

    assert_true(write_book(w, w->output, 2));
    assert_null(w->diag.first);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_has(w, OPF, wanted[i]);
    assert_lacks(w, OPF, "id=\"i3\""); /* each picture once */
    assert_lacks(w, OPF, "conformsTo");
    assert_lacks(w, OPF, "css-user");
    assert_int_equal(entry(w, "EPUB/images/0123456789ab.png").n,
                     sizeof PNG - 1);
}

static void test_navigation(void **state)
{
    struct world *w = *state;

    assert_true(write_book(w, w->output, 1));
    assert_has(w, NAV,
               "<li class=\"year\"><a "
               "href=\"text/2018-01-05-second.xhtml\">2018</a>\n<ol>\n"
               "<li><a href=\"text/2018-01-05-second.xhtml\">둘째 글</a></li>\n"
               "<li><a href=\"text/2018-02-01-english.xhtml\">A note</a></li>\n"
               "</ol>\n</li>\n"
               "<li class=\"year\"><a href=\"text/undated.xhtml\">날짜 "
               "없음</a>\n<ol>\n"
               "<li><a href=\"text/undated.xhtml\">제목 없음</a></li>\n");
    assert_has(w, NAV, ">첫 번째 &lt;글&gt; &amp; 인사</a>");
    assert_has(w, NCX, "<meta name=\"dtb:depth\" content=\"2\"/>");
    assert_has(w, NCX,
               "<navPoint id=\"p4\" playOrder=\"3\">\n"
               "<navLabel><text>2018</text></navLabel>\n"
               "<content src=\"text/2018-01-05-second.xhtml\"/>\n"
               "<navPoint id=\"p5\" playOrder=\"3\">\n");
    assert_has(w, NCX, "content=\"urn:uuid:6ba7b810-");
    assert_has(w, "EPUB/titlepage.xhtml", ">2016–2018</p>");
    assert_has(w, "EPUB/titlepage.xhtml", ">글 4편</p>");
    assert_has(w, "EPUB/colophon.xhtml", "<dd>2016년 3월 2일</dd>");
}

static void test_one_year_is_flat(void **state)
{
    struct world *w = *state;

    for (size_t i = 0; i < N_POSTS; i++)
        w->posts[i].date = (struct date){ 2020, 5, 1 + (uint8_t)i, -1 };
    assert_true(write_book(w, w->output, 1));
    assert_lacks(w, NAV, ">2020<");
    assert_has(w, NCX, "<meta name=\"dtb:depth\" content=\"1\"/>");
    assert_has(w, "EPUB/titlepage.xhtml", ">2020</p>");
}

static void test_no_dates(void **state)
{
    struct world *w = *state;

    for (size_t i = 0; i < N_POSTS; i++)
        w->posts[i].date = (struct date){ 0 };
    w->book.modified = 0;
    assert_true(write_book(w, w->output, 1));
    assert_has(w, OPF, ">2000-01-01T00:00:00Z<");
    assert_lacks(w, OPF, "dc:date");
    assert_lacks(w, "EPUB/titlepage.xhtml", "class=\"years\"");
}

static void test_same_bytes(void **state)
{
    struct world *w = *state;
    str other = arena_printf(&w->arena, "%s/other.epub", w->dir.p);
    str a, b;

    assert_true(write_book(w, w->output, 1));
    assert_true(write_book(w, other, 4));
    assert_int_equal(file_read(w->output, 1 << 24, &w->arena, &a), FILE_OK);
    assert_int_equal(file_read(other, 1 << 24, &w->arena, &b), FILE_OK);
    assert_true(str_eq(a, b));
}

static void test_user_sheet(void **state)
{
    struct world *w = *state;
    str css = arena_printf(&w->arena, "%s/my.css", w->dir.p);

    write_file(css.p, S("p { top: 0; background: url(http://e.org/x) }"));
    *vec_push(&w->settings.css, &w->arena) = css;
    assert_true(write_book(w, w->output, 1));
    assert_int_equal(w->diag.first->code, DIAG_CSS_DROPPED);
    assert_has(w, "EPUB/styles/user.css", "p { top: 0;");
    assert_has(w, OPF, "href=\"styles/user.css\"");
    assert_has(w, NAV, "href=\"styles/user.css\"");
    assert_has(w, "EPUB/text/undated.xhtml", "href=\"../styles/user.css\"");
}

static void test_user_sheet_missing(void **state)
{
    struct world *w = *state;

    *vec_push(&w->settings.css, &w->arena) = S("/nowhere/my.css");
    assert_false(write_book(w, w->output, 1));
    assert_int_equal(w->diag.first->code, DIAG_SETTING_BAD);
    assert_int_equal(tempdir_sweep(w->dir, false), 0);
}

static void test_data_missing(void **state)
{
    struct world *w = *state;

    setenv("BLOG2BOOK_DATADIR", "/nowhere", 1);
    assert_false(write_book(w, w->output, 1));
    assert_int_equal(w->diag.first->code, DIAG_DATA_MISSING);
}

static void test_thrown_away(void **state)
{
    struct world *w = *state;
    struct format_result result;
    void *out = epub_format.open(&w->book, w->output, 1, &w->diag);

    assert_true(write_chapters(w, out, 1));
    assert_true(epub_format.close(out, false, &result, &w->diag));
    assert_int_equal(tempdir_sweep(w->dir, false), 0);
}

static void test_long_contents_is_not_linear(void **state)
{
    struct volume v = { 0 };

    v.chapters.n = 60;
    assert_true(nav_is_linear(&v));
    v.chapters.n = 61;
    assert_false(nav_is_linear(&v));
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(test_package),
        IN_A_FOLDER(test_navigation),
        IN_A_FOLDER(test_one_year_is_flat),
        IN_A_FOLDER(test_no_dates),
        IN_A_FOLDER(test_same_bytes),
        IN_A_FOLDER(test_user_sheet),
        IN_A_FOLDER(test_user_sheet_missing),
        IN_A_FOLDER(test_data_missing),
        IN_A_FOLDER(test_thrown_away),
        cmocka_unit_test(test_long_contents_is_not_linear),
    };

    if (argc == 2) {
        static struct world w;
        world_init(&w);
        bool ok = write_book(&w, str_of(argv[1]), 1);
        arena_done(&w.arena);
        return !ok;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
