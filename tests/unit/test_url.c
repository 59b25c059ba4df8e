/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/path.h"
#include "convert/link.h"
#include "convert/url.h"

#define BASE "https://blog.example.org/notes"

static const struct {
    const char *in, *want; /* "" is no URL */
} clean[] = {
    { "https://example.org/a?b=c#d", "https://example.org/a?b=c#d" },
    { "https://example.org", "https://example.org" },
    { "  https://example.org/a\n", "https://example.org/a" },
    { "\xC2\xA0https://example.org/\xE2\x80\x8B", "https://example.org/" },
    { "'https://example.org/a'", "https://example.org/a" },
    { "<https://example.org/a>", "https://example.org/a" },
    { "https://example.org/a b", "https://example.org/a%20b" },
    { "https://example.org/%EA%B0%80", "https://example.org/%EA%B0%80" },
    { "https://example.org/가", "https://example.org/%EA%B0%80" },
    { "https://example.org/?q=가 나", "https://example.org/?q=%EA%B0%80%20"
                                      "%EB%82%98" },
    { "https://example.org/100%", "https://example.org/100%25" },
    { "https://example.org/%zz", "https://example.org/%25zz" },
    { "https://example.org/a[1]?b[]=2", "https://example.org/a%5B1%5D?b%5B%5D"
                                        "=2" },
    { "https://example.org/{a}|b^c`d\"e<f>", "https://example.org/%7Ba%7D%7Cb"
                                             "%5Ec%60d%22e%3Cf" },
    { "https://example.org\\a\\b", "https://example.org/a/b" },
    { "https://example.org/?a\\b", "https://example.org/?a%5Cb" },
    { "https://example.org/#a#b", "https://example.org/#a%23b" },
    { "https://example.org/a\tb\nc", "https://example.org/abc" },
    { "https://example.org/\x01", "https://example.org/" },
    { "https://example.org/a\x01z", "https://example.org/a%01z" },
    { "HTTPS://Example.ORG/A", "https://example.org/A" },
    { "http//example.org/a", "http://example.org/a" },
    { "http:/example.org/a", "http://example.org/a" },
    { "http:example.org/a", "http://example.org/a" },
    { "http:///example.org/a", "http://example.org/a" },
    { "http;//example.org/a", "http://example.org/a" },
    { "htp://example.org", "http://example.org" },
    { "ttps://example.org", "https://example.org" },
    { "http://http://example.org/", "http://example.org/" },
    { "http://https://example.org/", "https://example.org/" },
    { "http://http//example.org/", "http://example.org/" },
    { "//example.org/a", "https://example.org/a" },
    { "www.example.org/a", "https://www.example.org/a" },
    { "example.com", "https://example.com" },
    { "example.co.kr/a?b", "https://example.co.kr/a?b" },
    { "localhost:8080/x", "http://localhost:8080/x" },
    { "example.org:8080/x", "https://example.org:8080/x" },
    { "http://example.org?a=b", "http://example.org/?a=b" },
    { "http://example.org#x", "http://example.org/#x" },
    { "http://example.org:80a/x", "http://example.org/x" },
    { "http://example.org:/x", "http://example.org/x" },
    { "http://example.org:99999/x", "http://example.org/x" },
    { "http://user:secret@example.org/x", "http://example.org/x" },
    { "http://example.org./x", "http://example.org/x" },
    { "http://example.org,", "http://example.org" },
    { "http://한국.kr/", "http://xn--3e0b707e.kr/" },
    { "http://bücher.example/", "http://xn--bcher-kva.example/" },
    { "http://B\xC3\x9C"
      "CHER.example/",
      "http://xn--bcher-kva.example/" },
    { "http://例え。テスト/", "http://xn--r8jz45g.xn--zckzah/" },
    { "http://%EA%B0%80.kr/", "http://xn--o39a.kr/" },
    { "http://ａｂ.kr/", "http://ab.kr/" },
    { "http://xn--3e0b707e.kr/", "http://xn--3e0b707e.kr/" },
    { "http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/" },
    { "http://a_b.example.org/", "http://a_b.example.org/" },
    { "http://127.0.0.1:3000/", "http://127.0.0.1:3000/" },
    { "http://[::1]:80/x", "http://[::1]:80/x" },
    { "mailto:me@example.org", "mailto:me@example.org" },
    { "mailto:me@example.org?subject=a b", "mailto:me@example.org?subject=a%20"
                                           "b" },
    { "me@example.org", "mailto:me@example.org" },
    { "tel:+82 2-123", "tel:+822-123" },
    { "ftp://example.org/a", "ftp://example.org/a" },
    { "http://", "" },
    { "http:///", "" },
    { "https://?a", "" },
    { "http://a..b/", "" },
    { "http://.example.org/", "" },
    { "http://a b/", "" },
    { "http://xn--/", "" },
    { "http://xn--.org/", "" },
    { "http://xn--zzzz.org/", "" },
    { "http://xn--99999999999999.org/", "" },
    { "http://xn--abc-.org/", "" },
    { "http://\u0301a.org/", "" },
    { "http://a\u200Db.org/", "" },
    { "http://1.2.3/", "" },
    { "http://1.2.3.4.5/", "" },
    { "http://999.1.1.1/", "" },
    { "http://0x7f/", "" },
    { "http://[::zz]/", "" },
    { "http://[::1/", "" },
    { "http://a<b>.org/", "" },
    { "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      "aaaaaaaa.org/",
      "" },
    { "javascript:alert(1)", "" },
    { " JavaScript:alert(1)", "" },
    { "java\tscript:alert(1)", "" },
    { "\x01javascript:alert(1)", "" },
    { "data:text/html,x", "" },
    { "vbscript:x", "" },
    { "file:///etc/passwd", "" },
    { "about:blank", "" },
    { "blob:https://example.org/x", "" },
    { "mailto:", "" },
    { "mailto:nobody", "" },
    { "tel:abc", "" },
    { "", "" },
    { "   ", "" },
    { "a/b.html", "" },
    { "/a/b", "" },
    { "icon@2x.png", "" },
    { "readme.md", "" },
};

static void test_clean(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof clean / sizeof *clean; i++) {
        str got = link_clean_url(str_of(clean[i].in), S(""), &a);

        assert_string_equal(arena_cstr(&a, got), clean[i].want);
        /* Cleaning what is clean changes nothing. */
        got = link_clean_url(got, S(""), &a);
        assert_string_equal(arena_cstr(&a, got), clean[i].want);
    }
    arena_done(&a);
}

static const struct {
    const char *in, *want;
} joined[] = {
    { "/a/b", "https://blog.example.org/a/b" },
    { "a/b/", BASE "/a/b/" },
    { "./a b.html?x#y", BASE "/a%20b.html?x#y" },
    { "../../a", BASE "/a" },
    { "?page=2", BASE "/?page=2" },
    { "https://other.example/", "https://other.example/" },
    { "javascript:x", "" },
};

static void test_base(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++)
        assert_string_equal(
            arena_cstr(&a, link_clean_url(str_of(joined[i].in), S(BASE), &a)),
            joined[i].want);
    arena_done(&a);
}

static const struct {
    const char *in;
    enum url_kind want;
} kinds[] = {
    { "", URL_EMPTY },
    { "a/b", URL_RELATIVE },
    { "#x", URL_RELATIVE },
    { "data:x", URL_UNSAFE },
    { "urn:isbn:1", URL_UNSAFE },
    { "http://", URL_BROKEN },
    { "https://a.example/", URL_WEB },
};

static void test_kinds(void **state)
{
    struct arena a;
    str out;

    arena_init(&a);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_int_equal(url_clean(str_of(kinds[i].in), S(""), &a, &out),
                         kinds[i].want);
    arena_done(&a);
}

static const struct {
    const char *in, *want;
} hosts[] = {
    { "https://www.example.org/x", "example.org" },
    { "http://user@example.org:80/x", "example.org" },
    { "//example.org?x", "example.org" },
    { "https://example.org#x", "example.org" },
    { "", "" },
};

static void test_host(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        assert_string_equal(arena_cstr(&a, path_host(str_of(hosts[i].in))),
                            hosts[i].want);
    arena_done(&a);
}

/* Every byte everywhere: the result is empty or plain ASCII without blanks. */
static void test_bytes(void **state)
{
    static const char *const frames[] = { "%c",           "http://a%cb.org/",
                                          "http%c//x",    "http://x.org/a%c",
                                          "http:%c",      "http://x.org:%c/",
                                          "mailto:a%c@b", "http://[%c]/",
                                          "a%c:b" };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        for (int c = 0; c < 256; c++) {
            str in = str_of(frames[i]), got;
            size_t at = str_find(in, S("%c"));
            char one = (char)c;

            in = arena_join(
                &a, arena_join(&a, str_sub(in, 0, at), (str){ &one, 1 }),
                str_from(in, at + 2));
            got = link_clean_url(in, S(""), &a);
            for (size_t k = 0; k < got.n; k++)
                assert_true((unsigned char)got.p[k] >= 0x21 &&
                            (unsigned char)got.p[k] <= 0x7E);
        }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean), cmocka_unit_test(test_base),
        cmocka_unit_test(test_kinds), cmocka_unit_test(test_host),
        cmocka_unit_test(test_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
