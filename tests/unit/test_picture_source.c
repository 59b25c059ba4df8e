/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check.h"
#include "convert/picture_source.h"
#include "convert/srcset.h"

/* What may be asked before the address itself, which is always the last; NULL:
 * nothing. */
static const struct {
    const char *in, *better, *second;
} addresses[] = {
    /* as authors write them */
    { "https://e.org/a.png", NULL, NULL },
    { "https://e.org/a.png?x=1&y=2", NULL, NULL },
    /* Flickr */
    { "https://live.staticflickr.com/65535/4912_0a1b_m.jpg",
      "https://live.staticflickr.com/65535/4912_0a1b_b.jpg",
      "https://live.staticflickr.com/65535/4912_0a1b.jpg" },
    { "https://c1.staticflickr.com/3/2845/4912_0a1b_z.jpg",
      "https://c1.staticflickr.com/3/2845/4912_0a1b_b.jpg", NULL },
    { "http://farm1.static.flickr.com/227/4912_0a1b.jpg",
      "http://farm1.static.flickr.com/227/4912_0a1b_b.jpg", NULL },
    { "http://farm3.static.flickr.com/27/4912_0a1b_s.jpg",
      "http://farm3.static.flickr.com/27/4912_0a1b_b.jpg",
      "http://farm3.static.flickr.com/27/4912_0a1b.jpg" },
    { "http://farm3.static.flickr.com/27/4912_0a1b_z.jpg",
      "http://farm3.static.flickr.com/27/4912_0a1b_b.jpg", NULL },
    { "https://live.staticflickr.com/65535/4912_0a1b_k.jpg", NULL, NULL },
    { "https://live.staticflickr.com/65535/4912_0a1b_o.png", NULL, NULL },
    /* Imgur: names of five or seven letters */
    { "https://i.imgur.com/AbCdEfGm.jpg", "https://i.imgur.com/AbCdEfG.jpg",
      NULL },
    { "https://i.stack.imgur.com/AbCdEs.png",
      "https://i.stack.imgur.com/AbCdE.png", NULL },
    { "https://i.imgur.com/AbCdEfG.jpg", NULL, NULL },
    /* Daum, Kakao, Tistory */
    { "https://img1.daumcdn.net/thumb/R1280x0/?scode=mtistory2&fname="
      "https%3A%2F%2Fblog.kakaocdn.net%2Fdn%2Fab%2Fimg.png",
      "https://blog.kakaocdn.net/dn/ab/img.png", NULL },
    { "https://i1.daumcdn.net/thumb/C450x300/?fname=https://t1.daumcdn.net/"
      "cfile/tistory/99AA&x=1",
      "https://t1.daumcdn.net/cfile/tistory/99AA?original",
      "https://t1.daumcdn.net/cfile/tistory/99AA" },
    { "https://img1.kakaocdn.net/thumb/R72x0/?fname=http%3A%2F%2Fe.org%2Fa",
      "http://e.org/a", NULL },
    { "http://cfile8.uf.tistory.com/image/12AB",
      "http://cfile8.uf.tistory.com/original/12AB", NULL },
    { "http://cfile8.uf.tistory.com/R750x0/12AB",
      "http://cfile8.uf.tistory.com/original/12AB", NULL },
    { "http://cfile165.uf.daum.net/attach/12AB",
      "http://cfile165.uf.daum.net/original/12AB", NULL },
    { "http://cfile165.uf.daum.net/C110x110/12AB",
      "http://cfile165.uf.daum.net/original/12AB", NULL },
    { "http://book.daum-img.net/R72x100/KOR978",
      "http://book.daum-img.net/image/KOR978", NULL },
    { "https://img1.daumcdn.net/thumb/R1280x0/?fname=javascript:x()", NULL,
      NULL },
    /* Naver */
    { "https://postfiles.pstatic.net/Mj/a%20b.JPG?type=w966",
      "https://blogfiles.pstatic.net/Mj/a%20b.JPG", NULL },
    { "http://postfiles5.naver.net/Mj/a.png?type=w2",
      "https://blogfiles.pstatic.net/Mj/a.png", NULL },
    { "https://blogthumb.pstatic.net/Mj/a.png?type=w2",
      "https://blogfiles.pstatic.net/Mj/a.png", NULL },
    { "http://blogthumb2.naver.net/Mj/a.png?type=w2",
      "https://blogfiles.pstatic.net/Mj/a.png", NULL },
    { "https://mblogthumb-phinf.pstatic.net/Mj/a.png?type=w800",
      "https://blogfiles.pstatic.net/Mj/a.png", NULL },
    { "http://mblogthumb4.phinf.naver.net/Mj/a.png?type=w2",
      "https://blogfiles.pstatic.net/Mj/a.png", NULL },
    { "http://blogfiles.naver.net/Mj/a.png",
      "https://blogfiles.pstatic.net/Mj/a.png", NULL },
    { "https://blogfiles.pstatic.net/Mj/a.png?type=w1",
      "https://blogfiles.pstatic.net/Mj/a.png", NULL },
    { "https://post-phinf.pstatic.net/Mj/a.png?type=w1200",
      "https://post-phinf.pstatic.net/Mj/a.png", NULL },
    { "http://movie.phinf.naver.net/Mj/a.png?type=m77",
      "http://movie.phinf.naver.net/Mj/a.png", NULL },
    /* Egloos */
    { "http://thumbnail.egloos.net/600x0/http://pds1.egloos.com/pds/a.jpg",
      "http://pds1.egloos.com/pds/a.jpg", NULL },
    /* WordPress */
    { "https://i0.wp.com/e.org/wp-content/uploads/a-300x200.jpg?w=300&ssl=1",
      "https://e.org/wp-content/uploads/a.jpg",
      "https://e.org/wp-content/uploads/a-300x200.jpg" },
    { "https://me.files.wordpress.com/2012/01/a.png?w=500",
      "https://me.files.wordpress.com/2012/01/a.png", NULL },
    { "http://e.org/b/wp-content/uploads/2012/01/a-b-300x225.JPG",
      "http://e.org/b/wp-content/uploads/2012/01/a-b.JPG", NULL },
    { "http://e.org/wp-content/uploads/a.jpg?resize=300%2C200",
      "http://e.org/wp-content/uploads/a.jpg", NULL },
    /* Google */
    { "http://1.bp.blogspot.com/-a/b/c/d/s320/e.png",
      "http://1.bp.blogspot.com/-a/b/c/d/s1600/e.png", NULL },
    { "http://1.bp.blogspot.com/-a/b/c/d/w400-h300/e.png",
      "http://1.bp.blogspot.com/-a/b/c/d/s1600/e.png", NULL },
    { "https://blogger.googleusercontent.com/img/b/R2/AVv/s320/e.png",
      "https://blogger.googleusercontent.com/img/b/R2/AVv/s1600/e.png", NULL },
    { "https://blogger.googleusercontent.com/img/b/R2/AVv/w400-h300/e.png",
      "https://blogger.googleusercontent.com/img/b/R2/AVv/s1600/e.png", NULL },
    { "https://lh3.googleusercontent.com/abc=w320-h240",
      "https://lh3.googleusercontent.com/abc=s2048", NULL },
    { "https://lh4.googleusercontent.com/-a/b/c/d/s640/e.jpg",
      "https://lh4.googleusercontent.com/-a/b/c/d/s1600/e.jpg", NULL },
    { "http://lh5.ggpht.com/_a/b/c/d/s400/e.jpg",
      "http://lh5.ggpht.com/_a/b/c/d/s1600/e.jpg", NULL },
    { "https://drive.google.com/file/d/1aB_c/view?usp=sharing",
      "https://drive.google.com/uc?export=view&id=1aB_c", NULL },
    { "https://drive.google.com/open?id=1aB_c&x=1",
      "https://drive.google.com/uc?export=view&id=1aB_c", NULL },
    /* code, notes, files */
    { "https://github.com/me/it/blob/main/doc/a%20b.png?raw=true",
      "https://raw.githubusercontent.com/me/it/main/doc/a%20b.png", NULL },
    { "https://gitlab.com/me/it/-/blob/main/a.png",
      "https://gitlab.com/me/it/-/raw/main/a.png", NULL },
    { "https://www.dropbox.com/s/abc/a.png?dl=0",
      "https://www.dropbox.com/s/abc/a.png?raw=1", NULL },
    { "https://www.dropbox.com/scl/fi/abc/a.png?rlkey=k1&dl=0",
      "https://www.dropbox.com/scl/fi/abc/a.png?rlkey=k1&raw=1", NULL },
    { "https://cdn-images-1.medium.com/max/800/1*ab.png",
      "https://cdn-images-1.medium.com/max/2000/1*ab.png", NULL },
    { "https://miro.medium.com/max/700/1*ab.png",
      "https://miro.medium.com/max/2000/1*ab.png", NULL },
    { "https://miro.medium.com/v2/resize:fit:700/1*ab.png",
      "https://miro.medium.com/v2/resize:fit:2000/1*ab.png", NULL },
    { "https://substackcdn.com/image/fetch/w_1456,c_limit/"
      "https%3A%2F%2Fe.org%2Fa.png",
      "https://e.org/a.png", NULL },
    { "https://cdn.substack.com/image/fetch/w_9/https%3A%2F%2Fe.org%2Fa.png",
      "https://e.org/a.png", NULL },
    { "https://img.velog.io/vlog/a.png?w=768",
      "https://img.velog.io/vlog/a.png", NULL },
    { "https://velog.velcdn.com/images/a.png?w=768",
      "https://velog.velcdn.com/images/a.png", NULL },
    { "https://images.squarespace-cdn.com/content/a.jpg?format=300w",
      "https://images.squarespace-cdn.com/content/a.jpg?format=2500w", NULL },
    { "https://static1.squarespace.com/static/a.jpg?format=300w",
      "https://static1.squarespace.com/static/a.jpg?format=2500w", NULL },
    { "https://static.wixstatic.com/media/a~mv2.jpg/v1/fill/w_9,h_9/a.jpg",
      "https://static.wixstatic.com/media/a~mv2.jpg", NULL },
    /* Japan */
    { "https://cdn-ak.f.st-hatena.com/images/fotolife/m/me/20120102_120.jpg",
      "https://cdn-ak.f.st-hatena.com/images/fotolife/m/me/20120102.jpg",
      NULL },
    { "https://cdn-ak-scissors.b.st-hatena.com/image/scale/ab/width=9/"
      "https%3A%2F%2Fe.org%2Fa.png",
      "https://e.org/a.png", NULL },
    { "https://qiita-user-contents.imgix.net/"
      "https%3A%2F%2Fqiita-image-store.s3.amazonaws.com%2Fa.png?w=1400",
      "https://qiita-image-store.s3.amazonaws.com/a.png", NULL },
    { "https://assets.st-note.com/img/a.png?width=800",
      "https://assets.st-note.com/img/a.png", NULL },
    { "https://livedoor.blogimg.jp/me/imgs/a/b/c-s.jpg",
      "https://livedoor.blogimg.jp/me/imgs/a/b/c.jpg", NULL },
    { "https://stat.ameba.jp/user_images/2010/me/t02200165_08000600.jpg",
      "https://stat.ameba.jp/user_images/2010/me/o08000600.jpg", NULL },
    { "https://stat.ameba.jp/user_images/2010/me/o08000600.jpg?caw=800",
      "https://stat.ameba.jp/user_images/2010/me/o08000600.jpg", NULL },
    /* China */
    { "https://pic1.zhimg.com/80/v2-0a1b_hd.jpg",
      "https://pic1.zhimg.com/v2-0a1b_r.jpg", NULL },
    { "https://pic1.zhimg.com/v2-0a1b_b.jpg?source=1",
      "https://pic1.zhimg.com/v2-0a1b_r.jpg", NULL },
    { "http://ww4.sinaimg.cn/bmiddle/77a2d5.jpg",
      "http://ww4.sinaimg.cn/large/77a2d5.jpg", NULL },
    { "http://s3.sinaimg.cn/middle/7011f2&690",
      "http://s3.sinaimg.cn/orignal/7011f2&690", NULL },
    { "https://img-blog.csdn.net/2018?watermark/2/text/aHR0",
      "https://img-blog.csdn.net/2018", NULL },
    { "https://img-blog.csdnimg.cn/2018.png?x-oss-process=image/w_9",
      "https://img-blog.csdnimg.cn/2018.png", NULL },
    { "https://upload-images.jianshu.io/a.png?imageMogr2/auto-orient/",
      "https://upload-images.jianshu.io/a.png", NULL },
    { "https://e.oss-cn-a.aliyuncs.com/a.png?x-oss-process=style/x",
      "https://e.oss-cn-a.aliyuncs.com/a.png", NULL },
    /* networks */
    { "https://pbs.twimg.com/media/Ab-c.jpg:small",
      "https://pbs.twimg.com/media/Ab-c.jpg:large", NULL },
    { "https://pbs.twimg.com/media/Ab-c?format=jpg&name=360x360",
      "https://pbs.twimg.com/media/Ab-c?format=jpg&name=large", NULL },
    { "https://66.media.tumblr.com/ab/tumblr_cd_500.png",
      "https://66.media.tumblr.com/ab/tumblr_cd_1280.png", NULL },
    { "https://i.pinimg.com/236x/ab/cd/e.jpg",
      "https://i.pinimg.com/originals/ab/cd/e.jpg", NULL },
    { "http://i12.photobucket.com/albums/a1/me/th_a.jpg",
      "http://i12.photobucket.com/albums/a1/me/a.jpg", NULL },
    { "http://upload.wikimedia.org/wikipedia/en/thumb/a/ab/C.svg/"
      "220px-C.svg.png",
      "http://upload.wikimedia.org/wikipedia/en/thumb/a/ab/C.svg/"
      "1280px-C.svg.png",
      NULL },
    /* a host whose name only contains one */
    { "https://imgur.com.e.org/AbCdEfGm.jpg", NULL, NULL },
    { "https://notimgur.com/AbCdEfGm.jpg", NULL, NULL },
};

static void test_better(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(addresses); i++) {
        struct str_vec got = { 0 };
        size_t n = 0;

        picture_sources(str_of(addresses[i].in), &a, &got);
        if (got.n !=
            1U + (addresses[i].better != NULL) + (addresses[i].second != NULL))
            fail_msg("%s: %zu addresses", addresses[i].in, got.n);
        if (addresses[i].better)
            check_str(got.v[n++], addresses[i].better);
        if (addresses[i].second)
            check_str(got.v[n++], addresses[i].second);
        check_str(got.v[n], addresses[i].in);
        arena_reset(&a);
    }
    arena_done(&a);
}

/* As authors write addresses, and as they are sent. */
static void test_spelling(void **state)
{
    static const struct {
        const char *in, *first, *last;
    } cases[] = {
        { "http://e.org/가 나.png?q=다#f",
          "http://e.org/%EA%B0%80%20%EB%82%98.png?q=%EB%8B%A4", NULL },
        { "//e.org/a.png", "https://e.org/a.png", "http://e.org/a.png" },
        { "http://한국.example/a.png", "http://xn--3e0b707e.example/a.png",
          NULL },
        { "  http://e.org/a%20b.png ", "http://e.org/a%20b.png", NULL },
        { "HTTP://E.org/A.png", "http://e.org/A.png", NULL },
        { "ftp://e.org/a.png", NULL, NULL },
        { "file:///etc/passwd", NULL, NULL },
        { "javascript:x()", NULL, NULL },
        { "data:image/gif;base64,xx", NULL, NULL },
        { "", NULL, NULL },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(cases); i++) {
        struct str_vec got = { 0 };

        picture_sources(str_of(cases[i].in), &a, &got);
        assert_int_equal(got.n,
                         (cases[i].first != NULL) + (cases[i].last != NULL));
        if (cases[i].first)
            check_str(got.v[0], cases[i].first);
        if (cases[i].last)
            check_str(got.v[1], cases[i].last);
    }
    arena_done(&a);
}

static void test_counters(void **state)
{
    static const struct {
        const char *url;
        bool counter, substitute;
    } cases[] = {
        { "https://www.facebook.com/tr?id=1&ev=PageView", true, false },
        { "https://www.facebook.com/photo.png", false, false },
        { "http://c.statcounter.com/1/0/a/1/", true, false },
        { "http://ir-na.amazon-adsystem.com/e/ir?t=x", true, false },
        { "http://ws-na.amazon-adsystem.com/widgets/q?ASIN=1", false, false },
        { "https://hits.seeyoufarm.com/api/count/incr/badge.svg?url=x", true,
          false },
        { "https://komarev.com/ghpvc/?username=x", true, false },
        { "https://komarev.com/pictures/x.png", false, false },
        { "https://i.imgur.com/removed.png", false, true },
        { "https://s.yimg.com/pw/images/en-us/photo_unavailable.png", false,
          true },
        { "https://i.imgur.com/AbCdEfG.png", false, false },
    };

    for (size_t i = 0; i < N_OF(cases); i++) {
        assert_int_equal(picture_is_counter(str_of(cases[i].url)),
                         cases[i].counter);
        assert_int_equal(picture_is_substitute(str_of(cases[i].url)),
                         cases[i].substitute);
    }
}

static void test_placeholders(void **state)
{
    static const struct {
        const char *src;
        bool placeholder;
    } cases[] = {
        { "https://e.org/img/blank.gif", true },
        { "/img/Blank.GIF?v=3#x", true },
        { "placeholder.png", true },
        { "//e.org/a/image-placeholder-300x200.svg", true },
        { "http://e.org/ajax-loader.gif", true },
        { "loading.svg", true },
        { "grey_320.gif", true },
        { "1x1.png", true },
        { "https://e.org/blank/a.png", false },
        { "https://e.org/a.png?f=blank.gif", false },
        { "loading-dock.jpg", false },
        { "whiteboard.png", false },
        { "empty-street-2.jpg", false },
        { "white-16x9.png", true },
        { "blank", false },
        { "", false },
    };

    for (size_t i = 0; i < N_OF(cases); i++)
        if (picture_is_placeholder(str_of(cases[i].src)) !=
            cases[i].placeholder)
            fail_msg("%s", cases[i].src);
}

/* An address made to fit many lines in many ways costs little. */
static void test_hostile(void **state)
{
    struct arena a;

    arena_init(&a);
    for (int i = 0; i < 2000; i++) {
        struct str_vec got = { 0 };
        str url = S("http://e.org");

        while (url.n < 2000)
            url = arena_join(&a, url, S("/wp-content/uploads/a-1x1-2x2"));
        picture_sources(url, &a, &got);
        assert_int_equal(got.n, 1);
        arena_reset(&a);
    }
    arena_done(&a);
}

static void test_srcset(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        { "", "" },
        { " , ,", "" },
        { "a.jpg", "a.jpg" },
        { "a.jpg 1x, b.jpg 2x", "b.jpg" },
        { "a.jpg 2x, b.jpg 1.5x", "a.jpg" },
        { "a.jpg, b.jpg 1.5x", "b.jpg" },
        { "a.jpg 480w, b.jpg 2600w, c.jpg 2601w", "b.jpg" },
        { "a.jpg 5000w, b.jpg 4000w", "b.jpg" },
        { "a.jpg 300w 200h,b.jpg 600w 400h", "b.jpg" },
        { "http://e/x,w_9/a.jpg 1x,http://e/x,w_18/a.jpg 2x",
          "http://e/x,w_18/a.jpg" },
        { "a.jpg,b.jpg 2x", "a.jpg,b.jpg" },
        { "a.jpg, b.jpg, c.jpg", "a.jpg" },
        { "a.jpg 9w (x, 99w), b.jpg 10w", "b.jpg" },
        { "a.jpg 9w (x, b.jpg 10w", "a.jpg" },
        { "a.jpg -5w, b.jpg w, c.jpg 99999999999999999999w", "a.jpg" },
    };

    for (size_t i = 0; i < N_OF(cases); i++)
        check_str(srcset_best(str_of(cases[i].in)), cases[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_better),   cmocka_unit_test(test_spelling),
        cmocka_unit_test(test_counters), cmocka_unit_test(test_placeholders),
        cmocka_unit_test(test_hostile),  cmocka_unit_test(test_srcset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
