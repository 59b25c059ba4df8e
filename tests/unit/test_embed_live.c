/* SPDX-License-Identifier: MIT */
/* Cards, with a library that has what the table says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check.h"
#include "convert/embed_live.h"
#include "convert/gist.h"
#include "convert/oembed.h"
#include "convert/picture.h"
#include "fake_library.h"
#include "sapling.h"

#define GIF                                                                    \
    "GIF89a\x03\0\x02\0\0\0\0\x2C\0\0\0\0\x03\0\x02\0\0\x02\x02x\x01\0\x3B"
#define YOUTUBE                                                                \
    "https://www.youtube.com/oembed?format=json&url="                          \
    "https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D"
#define VIMEO "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F"
#define DECK                                                                   \
    "https://speakerdeck.com/oembed.json?url="                                 \
    "https%3A%2F%2Fspeakerdeck.com%2Fplayer%2F"
#define SLIDES                                                                 \
    "https://www.slideshare.net/api/oembed/2?format=json&url="                 \
    "https%3A%2F%2Fwww.slideshare.net%2Fme%2F"

static const struct fake_file files[] = {
    { YOUTUBE "film", WEB_FOUND,
      STR_INIT("{\"title\":\"A  film\\n on\\u0001 rain\",\"thumbnail_url\":"
               "\"https://i.ytimg.com/vi/film/hq.jpg\"}"),
      NULL, NULL },
    { "https://i.ytimg.com/vi/film/hq.jpg", WEB_FOUND, STR_INIT(GIF), NULL,
      NULL },
    { "https://i.ytimg.com/vi/gone/hqdefault.jpg", WEB_FOUND, STR_INIT(GIF),
      NULL, NULL },
    { YOUTUBE "wrong", WEB_FOUND, STR_INIT("<html>"), NULL, NULL },
    { YOUTUBE "locked", WEB_UNLOCKED, { 0 }, NULL, "not in the lock" },
    { VIMEO "1", WEB_FOUND,
      STR_INIT("{\"title\":7,\"thumbnail_url\":\"http://evil.org/a.gif\"}"),
      NULL, NULL },
    { "http://evil.org/a.gif", WEB_FOUND, STR_INIT(GIF), NULL, NULL },
    { DECK "0af", WEB_FOUND,
      STR_INIT("{\"title\":\"Slides on tea\",\"thumbnail_url\":"
               "\"https://files.speakerdeck.com/0af/slide_0.jpg\"}"),
      NULL, NULL },
    { "https://files.speakerdeck.com/0af/slide_0.jpg", WEB_FOUND, STR_INIT(GIF),
      NULL, NULL },
    { SLIDES "deck", WEB_FOUND,
      STR_INIT("{\"title\":\"Deck\",\"thumbnail\":"
               "\"//cdn.slidesharecdn.com/deck.jpg\"}"),
      NULL, NULL },
    { "https://cdn.slidesharecdn.com/deck.jpg", WEB_FOUND, STR_INIT(GIF), NULL,
      NULL },
    { "https://api.github.com/gists/0af3", WEB_FOUND,
      STR_INIT("{\"files\":{\"a.py\":{\"filename\":\"a.py\",\"language\":"
               "\"Python\",\"truncated\":false,\"content\":\"x = 1\\r\\n\\n\"},"
               "\"b\":{\"filename\":\"b\",\"language\":null,\"truncated\":"
               "false,\"content\":\"<b>\"}}}"),
      NULL, NULL },
    { "https://api.github.com/gists/bad1", WEB_FOUND,
      STR_INIT("{\"files\":{\"a\":{\"filename\":\"a\",\"content\":\"\"}}}"),
      NULL, NULL },
    { "https://api.github.com/gists/long", WEB_FOUND,
      STR_INIT("{\"files\":{\"a\":{\"filename\":\"a\",\"truncated\":true,"
               "\"content\":\"x\",\"raw_url\":"
               "\"https://gist.githubusercontent.com/long/raw/a\"}}}"),
      NULL, NULL },
    { "https://gist.githubusercontent.com/long/raw/a", WEB_FOUND,
      STR_INIT("xyz\n"), NULL, NULL },
    { "https://api.github.com/gists/evil", WEB_FOUND,
      STR_INIT("{\"files\":{\"a\":{\"filename\":\"a\",\"truncated\":true,"
               "\"content\":\"x\",\"raw_url\":\"https://evil.org/a\"}}}"),
      NULL, NULL },
    { "https://evil.org/a", WEB_FOUND, STR_INIT("xyz"), NULL, NULL },
    { "https://gist.githubusercontent.com/me/9bc/raw/a%20b.py", WEB_FOUND,
      STR_INIT("y = 2\n"), NULL, NULL },
    { NULL, WEB_DEAD, { 0 }, NULL, NULL },
};

#define CARD(src, more, href, title)                                           \
    "(section (div.body (figure.embed aria-label=Kind data-src=\"" src         \
    "\"" more " (p.embed-title (a href=\"" href "\" \"" title                  \
    "\")) (p.embed-host \"Host\"))))"
#define LINE(src, more, href) CARD(src, more, href, href)

static const struct {
    const char *card;
    const char *want;  /* a piece of the chapter's dump */
    const char *asked; /* everything, in this order */
    const char *code;  /* of the one message, or NULL */
} cases[] = {
    { LINE("https://www.youtube.com/embed/film",
           " data-thumbnail=\"https://i.ytimg.com/vi/film/hqdefault.jpg\"",
           "https://www.youtube.com/watch?v=film"),
      "      p.embed-picture\n"
      "        img alt=\"A film on rain\" asset=\"0\"\n"
      "      p.embed-title\n"
      "        a href=\"https://www.youtube.com/watch?v=film\"\n"
      "          \"A film on rain\"\n",
      YOUTUBE "film https://i.ytimg.com/vi/film/hq.jpg", NULL },
    /* the author's own title stays */
    { CARD("https://www.youtube.com/embed/film", "",
           "https://www.youtube.com/watch?v=film", "Mine"),
      "\"Mine\"\n", YOUTUBE "film https://i.ytimg.com/vi/film/hq.jpg", NULL },
    /* no answer: the table's own picture */
    { LINE("https://www.youtube.com/embed/gone",
           " data-thumbnail=\"https://i.ytimg.com/vi/gone/hqdefault.jpg\"",
           "https://www.youtube.com/watch?v=gone"),
      "img alt=\"Kind\" asset=\"0\"\n",
      YOUTUBE "gone https://i.ytimg.com/vi/gone/hqdefault.jpg", NULL },
    /* no picture either, or an answer that is none */
    { LINE("https://www.youtube.com/embed/wrong", "",
           "https://www.youtube.com/watch?v=wrong"),
      "data-src=\"https://www.youtube.com/embed/wrong\"\n"
      "      p.embed-title\n",
      YOUTUBE "wrong", NULL },
    { LINE("https://www.youtube.com/embed/none",
           " data-thumbnail=\"https://i.ytimg.com/vi/none/hqdefault.jpg\"",
           "https://www.youtube.com/watch?v=none"),
      "hqdefault.jpg\"\n      p.embed-title\n",
      YOUTUBE "none https://i.ytimg.com/vi/none/hqdefault.jpg", NULL },
    { LINE("https://www.youtube.com/embed/locked", "",
           "https://www.youtube.com/watch?v=locked"),
      "locked\"\n      p.embed-title\n", YOUTUBE "locked", "lock-broken" },
    /* a picture on a host that the table does not name is not asked for */
    { LINE("https://player.vimeo.com/video/1", "", "https://vimeo.com/1"),
      "video/1\"\n      p.embed-title\n", VIMEO "1", NULL },
    { LINE("https://speakerdeck.com/player/0af", "",
           "https://speakerdeck.com/player/0af"),
      "img alt=\"Slides on tea\" asset=\"0\"\n",
      DECK "0af https://files.speakerdeck.com/0af/slide_0.jpg", NULL },
    { LINE("https://www.slideshare.net/slideshow/embed_code/1", "",
           "https://www.slideshare.net/me/deck"),
      "img alt=\"Deck\" asset=\"0\"\n",
      SLIDES "deck https://cdn.slidesharecdn.com/deck.jpg", NULL },
    /* nothing is asked of others */
    { LINE("https://twitter.com/me/status/1", "",
           "https://twitter.com/me/status/1"),
      "p.embed-title\n", "", NULL },
    { LINE("https://youtube.com.evil.org/embed/film", "",
           "https://youtube.com.evil.org/embed/film"),
      "p.embed-title\n", "", NULL },
    /* code */
    { LINE("https://gist.github.com/me/0af3.js", "",
           "https://gist.github.com/me/0af3"),
      "    div.embed-code data-src=\"https://gist.github.com/me/0af3.js\"\n"
      "      p.code-name\n"
      "        \"a.py\"\n"
      "      pre data-lang=\"python\"\n"
      "        code\n"
      "          \"x = 1\"\n"
      "      p.code-name\n"
      "        \"b\"\n"
      "      pre\n"
      "        code\n"
      "          \"<b>\"\n"
      "      p.code-source\n"
      "        a href=\"https://gist.github.com/me/0af3\"\n",
      "https://api.github.com/gists/0af3", NULL },
    { LINE("https://gist.github.com/0af3.js?file=b", "",
           "https://gist.github.com/0af3#file-b"),
      "0af3.js?file=b\"\n"
      "      p.code-name\n"
      "        \"b\"\n",
      "https://api.github.com/gists/0af3", NULL },
    { LINE("https://gist.github.com/me/0af3.js?file=none", "",
           "https://gist.github.com/me/0af3"),
      "p.embed-title\n", "https://api.github.com/gists/0af3", NULL },
    { LINE("https://gist.github.com/me/bad1.js", "",
           "https://gist.github.com/me/bad1"),
      "p.embed-title\n", "https://api.github.com/gists/bad1", NULL },
    { LINE("https://gist.github.com/me/long.js", "",
           "https://gist.github.com/me/long"),
      "\"xyz\"\n",
      "https://api.github.com/gists/long "
      "https://gist.githubusercontent.com/long/raw/a",
      NULL },
    { LINE("https://gist.github.com/me/evil.js", "",
           "https://gist.github.com/me/evil"),
      "p.embed-title\n", "https://api.github.com/gists/evil", NULL },
    { LINE("https://gist.github.com/me/9bc.js?file=a%20b.py", "",
           "https://gist.github.com/me/9bc#file-a-b-py"),
      "\"y = 2\"\n",
      "https://api.github.com/gists/9bc "
      "https://gist.githubusercontent.com/me/9bc/raw/a%20b.py",
      NULL },
    { LINE("https://gist.github.com/me/8aa.js", "",
           "https://gist.github.com/me/8aa"),
      "p.embed-title\n", "https://api.github.com/gists/8aa", NULL },
    { LINE("https://gist.github.com/me/..%2Fx.js", "",
           "https://gist.github.com/me/..%2Fx"),
      "p.embed-title\n", "", NULL },
};

static str list(const struct str_vec *v, struct arena *a)
{
    str all = S("");

    for (size_t i = 0; i < v->n; i++)
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), i ? " " : "",
                           STR_ARG(v->v[i]));
    return all;
}

/* Without the lines, which all are 1. */
static str dump(const struct chapter *c, struct arena *a)
{
    struct buf b = { 0 };
    str out = S(""), rest;

    chapter_dump(c, &b);
    rest = buf_str(&b);
    for (size_t at; (at = str_find(rest, S(" @1"))) != STR_NONE;
         rest = str_from(rest, at + 3))
        out = arena_join(a, out, str_sub(rest, 0, at));
    out = arena_join(a, out, rest);
    buf_done(&b);
    return out;
}

/* Enlivens and resolves CARD; returns the chapter's dump. */
static str bring_alive(const char *card, bool online, struct library *lib,
                       struct arena *a, struct diag *dg)
{
    struct post post = { .path = S("p.md") };
    struct book book = { .library = online ? lib : NULL };
    struct chapter c = { .post = &post, .lang = LANG_EN };

    c.root = sapling(a, card);
    embed_want(&c, &book, a);
    embed_enliven(&c, &book, a, dg);
    picture_resolve(&c, &book, a, dg);
    return dump(&c, a);
}

static void test_cards(void **state)
{
    for (size_t i = 0; i < N_OF(cases); i++) {
        struct arena a;
        struct diag dg;

        arena_init(&a);
        diag_init(&dg, &a);
        struct library lib = { .files = files, .a = &a };
        str got = bring_alive(cases[i].card, true, &lib, &a, &dg);
        if (str_find(got, str_of(cases[i].want)) == STR_NONE)
            fail_msg("%s\nis not in\n%.*s", cases[i].want, STR_ARG(got));
        check_str(list(&lib.asked, &a), cases[i].asked);
        if (cases[i].code)
            assert_string_equal(diag_name(dg.first->code), cases[i].code);
        else
            assert_null(dg.first);
        arena_done(&a);
    }
}

/* Without a library, and with one that knows nothing, a card is as it was. */
static void test_without(void **state)
{
    static const struct fake_file none[] = { { .url = NULL } };

    for (size_t i = 0; i < N_OF(cases); i++) {
        struct arena a;
        struct diag dg;

        arena_init(&a);
        diag_init(&dg, &a);
        struct library lib = { .files = none, .a = &a };
        struct chapter c = { .root = sapling(&a, cases[i].card) };
        str before = dump(&c, &a);
        assert_true(
            str_eq(bring_alive(cases[i].card, false, &lib, &a, &dg), before));
        assert_int_equal(lib.wanted.n + lib.asked.n, 0);
        assert_true(
            str_eq(bring_alive(cases[i].card, true, &lib, &a, &dg), before));
        assert_null(dg.first);
        arena_done(&a);
    }
}

static void test_oembed(void **state)
{
    static const struct {
        const char *in, *title, *picture; /* title NULL: no answer */
    } answers[] = {
        { "{}", "", "" },
        { "", NULL, NULL },
        { "[1]", NULL, NULL },
        { "{\"title\":\" 가\\t 나 \"}", "가 나", "" },
        { "{\"title\":null,\"thumbnail_url\":[]}", "", "" },
        { "{\"thumbnail_url\":\"javascript:x()\"}", "", "" },
        { "{\"thumbnail_url\":\"/relative.jpg\"}", "", "" },
        { "{\"thumbnail_url\":\"ftp://e.org/a.jpg\"}", "", "" },
        { "{\"thumbnail_url\":\"//e.org/가.jpg\"}", "",
          "https://e.org/%EA%B0%80.jpg" },
    };
    struct arena a;
    struct oembed o;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(answers); i++) {
        bool ok = oembed_read(str_of(answers[i].in), &a, &o);

        assert_int_equal(ok, answers[i].title != NULL);
        if (ok) {
            check_str(o.title, answers[i].title);
            check_str(o.picture, answers[i].picture);
        }
    }
    str title = S("");
    for (int i = 0; i < 200; i++)
        title = arena_join(&a, title, S("가"));
    assert_true(oembed_read(
        arena_printf(&a, "{\"title\":\"%.*s\"}", STR_ARG(title)), &a, &o));
    assert_int_equal(o.title.n, 300 + 3);
    assert_true(str_ends(o.title, S("가…")));
    arena_done(&a);
}

static void test_gist_address(void **state)
{
    static const struct {
        const char *url, *user, *id, *file; /* id NULL: none */
    } gists[] = {
        { "https://gist.github.com/me/0af.js", "me", "0af", "" },
        { "https://gist.github.com/0af.js?file=a%20b", "", "0af", "a b" },
        { "https://gist.github.com/me/0af.pibb#x", "me", "0af", "" },
        { "https://gist.github.com/me/0af", "me", "0af", "" },
        { "https://gist.github.com/", NULL, NULL, NULL },
        { "https://gist.github.com/me/0/af.js", "me", "0", "" },
        { "https://gist.github.com/me/0?file=%ff", NULL, NULL, NULL },
        { "https://gist.github.org/me/0af", NULL, NULL, NULL },
        { "0af", NULL, NULL, NULL },
    };
    struct arena a;
    struct gist g;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(gists); i++) {
        bool ok = gist_parse(str_of(gists[i].url), &a, &g);

        assert_int_equal(ok, gists[i].id != NULL);
        if (!ok)
            continue;
        check_str(g.user, gists[i].user);
        check_str(g.id, gists[i].id);
        check_str(g.file, gists[i].file);
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cards),
        cmocka_unit_test(test_without),
        cmocka_unit_test(test_oembed),
        cmocka_unit_test(test_gist_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
