/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "convert/embed.h"
#include "convert/embed_match.h"
#include "convert/html5.h"
#include "spec_file.h"

static const struct post post = { .path = STR_INIT("a.md") };

static const char *const verdicts[] = {
    [EMBED_NOT] = "not",     [EMBED_CARD] = "card", [EMBED_LINK] = "link",
    [EMBED_IMAGE] = "image", [EMBED_DROP] = "drop",
};

/* Like clean.c: what is judged is not looked into, the rest is. */
static str judge_all(str html, enum lang lang, struct arena *a, struct diag *dg)
{
    const struct soup *root = html5_parse(html, &post, a, dg);
    struct chapter c = { .post = &post };
    struct buf b = { 0 };
    str out;

    for (const struct soup *e = root->first; e;) {
        struct node *n = NULL;
        enum embed_verdict v = EMBED_NOT;

        if (e->tag != SOUP_TEXT)
            v = embed_judge(e, &post, lang, a, dg, &n);
        if (v != EMBED_NOT)
            buf_printf(&b, "%s\n", verdicts[v]);
        if (n) {
            c.root = n;
            chapter_dump(&c, &b);
        }
        e = v == EMBED_NOT ? soup_next(e, root) : soup_skip(e, root);
    }
    out = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return out;
}

/* Without "@1", because all stands in the first lines. */
static str drop_lines(str s, struct arena *a)
{
    char *p = arena_bytes(a, s.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ' ' && i + 2 < s.n && s.p[i + 1] == '@' &&
            ascii_is_digit(s.p[i + 2])) {
            i += 2;
            while (i + 1 < s.n && ascii_is_digit(s.p[i + 1]))
                i++;
            continue;
        }
        p[n++] = s.p[i];
    }
    return (str){ p, n };
}

static void run_example(const struct spec_example *x, struct arena *a)
{
    struct diag dg;
    str got;

    diag_init(&dg, a);
    got = drop_lines(judge_all(x->input, LANG_EN, a, &dg), a);
    for (const struct diag_item *it = dg.first; it; it = it->next)
        got = arena_printf(a, "%.*s[%s]\n", STR_ARG(got), diag_name(it->code));
    assert_string_equal(arena_cstr(a, got), arena_cstr(a, x->want));
}

static void test_spec(void **state)
{
    assert_true(spec_run("embeds.txt", run_example) >= 20);
}

/* Players' addresses: host, kind and the link for the reader. */
static const struct {
    const char *url, *name, *link, *thumbnail;
    enum embed_kind kind;
} matches[] = {
#define V EMBED_KIND_VIDEO
#define A EMBED_KIND_AUDIO
#define L EMBED_KIND_SLIDES
#define D EMBED_KIND_DOCUMENT
#define C EMBED_KIND_CODE
#define P EMBED_KIND_POST
    { "https://www.youtube.com/embed/aB-_1?start=6", "YouTube",
      "https://www.youtube.com/watch?v=aB-_1",
      "https://i.ytimg.com/vi/aB-_1/hqdefault.jpg", V },
    { "http://www.youtube.com/v/aB1&hl=ko_KR&fs=1&", "YouTube",
      "https://www.youtube.com/watch?v=aB1",
      "https://i.ytimg.com/vi/aB1/hqdefault.jpg", V },
    { "https://www.youtube-nocookie.com/embed/aB1", "YouTube",
      "https://www.youtube.com/watch?v=aB1",
      "https://i.ytimg.com/vi/aB1/hqdefault.jpg", V },
    { "https://youtu.be/aB1?t=3", "YouTube",
      "https://www.youtube.com/watch?v=aB1",
      "https://i.ytimg.com/vi/aB1/hqdefault.jpg", V },
    { "https://www.youtube.com/embed/videoseries?list=PL1", "YouTube",
      "https://www.youtube.com/playlist?list=PL1", "", V },
    { "https://www.slideshare.net/slideshow/embed_code/key/kEy1", "SlideShare",
      "https://www.slideshare.net/slideshow/embed_code/key/kEy1", "", L },
    { "http://static.slidesharecdn.com/swf/"
      "ssplayer2.swf?doc=d-phpapp02&stripped_title=my-talk&userName=me",
      "SlideShare", "https://www.slideshare.net/me/my-talk", "", L },
    { "https://speakerdeck.com/player/0af", "Speaker Deck",
      "https://speakerdeck.com/player/0af", "", L },
    { "https://docs.google.com/presentation/embed?id=1k&start=false",
      "Google Slides", "https://docs.google.com/presentation/d/1k/view", "",
      L },
    { "https://drive.google.com/file/d/1RS/preview", "Google Drive",
      "https://drive.google.com/file/d/1RS/view", "", D },
    { "https://docs.google.com/forms/d/e/1F/viewform?embedded=true",
      "Google Forms", "https://docs.google.com/forms/d/e/1F/viewform", "", D },
    { "https://calendar.google.com/calendar/embed?src=a", "Google Calendar",
      "https://calendar.google.com/calendar/embed?src=a", "", D },
    { "https://www.google.com/maps/embed?pb=1", "Google Maps",
      "https://www.google.com/maps/embed?pb=1", "", EMBED_KIND_MAP },
    { "https://gist.github.com/me/0af.js?file=a.b_C.py", "GitHub Gist",
      "https://gist.github.com/me/0af#file-a-b_c-py", "", C },
    { "https://gist.github.com/0af.js", "GitHub Gist",
      "https://gist.github.com/0af", "", C },
    { "http://player.vimeo.com/video/17?title=0", "Vimeo",
      "https://vimeo.com/17", "", V },
    { "http://embed.ted.com/talks/lang/ko/a_b.html", "TED",
      "https://www.ted.com/talks/a_b?language=ko", "", V },
    { "https://codepen.io/me/embed/xYz?height=3", "CodePen",
      "https://codepen.io/me/pen/xYz", "", C },
    { "https://jsfiddle.net/me/ab1/embedded/result/", "JSFiddle",
      "https://jsfiddle.net/me/ab1/", "", C },
    { "https://open.spotify.com/embed/track/3n", "Spotify",
      "https://open.spotify.com/track/3n", "", A },
    { "https://w.soundcloud.com/player/"
      "?url=https%3A//api.soundcloud.com/tracks/1&auto_play=false",
      "SoundCloud", "https://api.soundcloud.com/tracks/1", "", A },
    { "https://embed.podcasts.apple.com/kr/podcast/x/id1?i=2", "Apple Podcasts",
      "https://podcasts.apple.com/kr/podcast/x/id1?i=2", "", A },
    { "https://tv.naver.com/embed/12", "Naver TV", "https://tv.naver.com/v/12",
      "", V },
    { "http://serviceapi.rmcnmv.naver.com/flash/outKeyPlayer.nhn?vid=1",
      "Naver TV",
      "http://serviceapi.rmcnmv.naver.com/flash/outKeyPlayer.nhn?vid=1", "",
      V },
    { "https://tv.kakao.com/embed/player/cliplink/9", "Kakao TV",
      "https://tv.kakao.com/v/9", "", V },
    { "http://flvs.daum.net/flvPlayer.swf?vid=w1$", "Daum TV Pot",
      "https://tvpot.daum.net/v/w1$", "", V },
    { "https://embed.nicovideo.jp/watch/sm9", "niconico",
      "https://www.nicovideo.jp/watch/sm9", "", V },
    { "https://player.bilibili.com/player.html?aid=1&bvid=BV1x&page=1",
      "bilibili", "https://www.bilibili.com/video/BV1x", "", V },
    { "https://player.youku.com/embed/XMz==", "Youku",
      "https://v.youku.com/v_show/id_XMz==.html", "", V },
    { "https://v.qq.com/txp/iframe/player.html?vid=a0", "Tencent Video",
      "https://v.qq.com/x/page/a0.html", "", V },
    { "https://www.facebook.com/plugins/"
      "post.php?href=https%3A%2F%2Fwww.facebook.com%2Fme%2Fposts%2F1&width=5",
      "Facebook", "https://www.facebook.com/me/posts/1", "", P },
    { "https://x.com/me/status/12?ref_src=a", "X", "https://x.com/me/status/12",
      "", P },
};

static void test_matches(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
        struct embed_match m;

        if (!embed_match(str_of(matches[i].url), &a, &m))
            fail_msg("%s", matches[i].url);
        assert_string_equal(arena_cstr(&a, m.name), matches[i].name);
        assert_string_equal(arena_cstr(&a, m.link), matches[i].link);
        assert_string_equal(arena_cstr(&a, m.thumbnail), matches[i].thumbnail);
        assert_int_equal(m.kind, matches[i].kind);
    }
    arena_done(&a);
}

static const char *const strangers[] = {
    "https://example.org/embed/1",
    "https://notyoutube.com/embed/1",
    "https://www.youtube.com/",
    "https://netflix.com/a/status/1",
    "a/b",
    "https://",
    "",
};

static void test_strangers(void **state)
{
    struct arena a;
    struct embed_match m;

    arena_init(&a);
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
        assert_false(embed_match(str_of(strangers[i]), &a, &m));
    arena_done(&a);
}

static void test_languages(void **state)
{
    static const struct {
        enum lang lang;
        const char *word;
    } words[] = {
        { LANG_KO, "동영상" },
        { LANG_JA, "動画" },
        { LANG_EN, "Video" },
        { LANG_OTHER, "Video" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct arena a;
        struct diag dg;
        str dump;

        arena_init(&a);
        diag_init(&dg, &a);
        dump = judge_all(S("<iframe src='//youtu.be/a1'></iframe>"),
                         words[i].lang, &a, &dg);
        assert_true(str_find(dump, str_of(words[i].word)) != STR_NONE);
        arena_done(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spec),
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_strangers),
        cmocka_unit_test(test_languages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
