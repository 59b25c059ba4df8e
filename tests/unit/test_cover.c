/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "assets/cover.h"
#include "assets/cover_draw.h"
#include "assets/cover_parts.h"
#include "assets/cover_xml.h"
#include "assets/image.h"
#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"
#include "check.h"
#include "tempdir.h"

static struct arena arena;

static int setup(void **state)
{
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    arena_done(&arena);
    return 0;
}

/* Pieces with "|" between them. */
static str cut(const char *text, struct cover_pieces *pieces)
{
    str s = str_of(text), all = { 0 };

    *pieces = (struct cover_pieces){ 0 };
    cover_cut(s, &arena, pieces);
    for (size_t i = 0; i < pieces->n; i++) {
        const struct cover_piece *p = &pieces->v[i];
        all = arena_printf(&arena, "%.*s%s%.*s", STR_ARG(all),
                           i == 0     ? ""
                           : p->space ? " "
                                      : "|",
                           STR_ARG(str_sub(s, p->from, p->to - p->from)));
    }
    return all;
}

static void test_pieces(void **state)
{
    static const struct {
        const char *text, *want;
    } table[] = {
        /* Korean by words, whatever stands in them */
        { "오래된 서버의 기록", "오래된 서버의 기록" },
        { "한국어와English를 섞은 제목", "한국어와English를 섞은 제목" },
        { "가나다(라마)바사", "가나다(라마)바사" },
        /* Japanese and Chinese by characters, with kinsoku */
        { "猫と暮らす", "猫|と|暮|ら|す" },
        { "「本」を、読む。", "「本」|を、|読|む。" },
        { "キャット", "キャッ|ト" },
        { "スープの日々", "スー|プ|の|日々" },
        { "城市边缘的旧书店", "城|市|边|缘|的|旧|书|店" },
        { "《红楼梦》札记", "《红|楼|梦》|札|记" },
        { "日本のWeb", "日|本|の|Web" },
        /* the rest by words */
        { "Notes from the Harbour", "Notes from the Harbour" },
        { "  a \t b  ", "a b" },
        { "Self-made", "Self-|made" },
        { "", "" },
        { " ", "" },
    };
    struct cover_pieces pieces;

    for (size_t i = 0; i < N_OF(table); i++)
        check_str(cut(table[i].text, &pieces), table[i].want);
}

/* CJK letters are as wide as high, others half of that. */
static double plain_width(str s)
{
    double width = 0;

    for (size_t at = 0; at < s.n;)
        width += utf8_next(s, &at) < 0x1100 ? 0.5 : 1;
    return width;
}

static str set(const char *text, const struct cover_box *box,
               struct cover_lines *lines)
{
    struct cover_pieces pieces;
    str s = str_of(text), all = { 0 };

    cut(text, &pieces);
    for (size_t i = 0; i < pieces.n; i++)
        pieces.v[i].width = plain_width(
            str_sub(s, pieces.v[i].from, pieces.v[i].to - pieces.v[i].from));
    cover_set(s, &pieces, 0.25, box, &arena, lines);
    for (size_t i = 0; i < lines->lines.n; i++)
        all = arena_printf(&arena, "%.*s%s%.*s", STR_ARG(all), i ? "/" : "",
                           STR_ARG(lines->lines.v[i]));
    return all;
}

static void test_lines(void **state)
{
    static const struct cover_box box = { 1280, 1080, 200, 1.3, 8 };
    static const struct {
        const char *text, *want;
    } table[] = {
        { "길", "길" },
        { "오래된 서버의 기록", "오래된/서버의 기록" },
        { "猫と暮らす小さな部屋の日々", "猫と暮らす/小さな/部屋の日々" },
        { "城市边缘的旧书店", "城市边缘/的旧书店" },
        { "Notes from the Harbour", "Notes from/the Harbour" },
        { "プログラミングとデザイン", "プログラミングと/デザイン" },
        { "The Art of the Long Walk", "The Art of/the Long Walk" },
        { "", "" },
    };
    struct cover_lines lines;

    for (size_t i = 0; i < N_OF(table); i++)
        check_str(set(table[i].text, &box, &lines), table[i].want);
}

/* Whatever the text: all of it is there, in its order, and inside the box. */
static void test_all_fits(void **state)
{
    static const struct cover_box boxes[] = {
        { 1280, 1080, 200, 1.3, 8 },
        { 1280, 64, 58, 1.25, 1 },
        { 100, 2000, 90, 1.2, 20 },
    };
    static const char *const texts[] = {
        "한국어 제목이 아주 길어질 때에도 낱말은 잘리지 않아야 하고 글자는 "
        "조금씩 작아져서 표지 안에 모두 들어가야 한다는 이야기를 적어 온 "
        "어느 개발자의 모음집",
        "https://example.org/an/address/without/any/space/that/is/longer/than/"
        "a/line/of/the/cover/could/ever/be",
        "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenknopfloch",
        "長い題名長い題名長い題名長い題名長い題名長い題名長い題名長い題名",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    };

    for (size_t i = 0; i < N_OF(boxes); i++)
        for (size_t k = 0; k < N_OF(texts); k++) {
            struct cover_lines lines;
            size_t at = 0;
            set(texts[k], &boxes[i], &lines);
            double height = lines.size * (1 + boxes[i].leading *
                                                  (double)(lines.lines.n - 1));
            assert_in_range(lines.lines.n, 1, boxes[i].lines);
            assert_true(height <= boxes[i].height + 1);
            assert_true(lines.size <= boxes[i].size);
            for (size_t n = 0; n < lines.lines.n; n++) {
                str line = lines.lines.v[n];
                double width = 0, spaces = 0;
                for (size_t b = 0; b < line.n; b++)
                    spaces += line.p[b] == ' ';
                width = plain_width(line) - spaces / 4;
                assert_true(width * lines.size <= boxes[i].width + 1);
                while (texts[k][at] == ' ')
                    at++;
                assert_memory_equal(line.p, texts[k] + at, line.n);
                at += line.n;
            }
            assert_int_equal(at, strlen(texts[k]));
        }
}

static const struct cover_values values = {
    .title = STR_INIT("<Tom & \"Jerry's\">\x01\n{{author}}"),
    .author = STR_INIT("Wren"),
    .years = STR_INIT("2004–2026"),
    .lang = STR_INIT("en"),
    .identifier = STR_INIT("urn:uuid:1"),
};

static void test_places(void **state)
{
    static const struct {
        const char *template, *want;
    } table[] = {
        { "{{title}}", "&lt;Tom &amp; &quot;Jerry&#39;s&quot;&gt; {{author}}" },
        { "a {{ author }}, {{years}}{{lang}}", "a Wren, 2004–2026en" },
        { "{{nothing}} {{", "{{nothing}} {{" },
        { "{{}}{{{author}}}", "{{}}{{{author}}}" },
        { "{{pick one}}", "one" },
        { "{{pick  a | a|a }}", "a" },
    };

    for (size_t i = 0; i < N_OF(table); i++)
        check_str(cover_expand(str_of(table[i].template), &values, &arena),
                  table[i].want);
}

/* The same book has the same colours, and not all books have the same. */
static void test_pick(void **state)
{
    struct cover_values v = values;
    bool seen[3] = { false };

    for (int i = 0; i < 40; i++) {
        v.identifier = arena_printf(&arena, "book %d", i);
        str got = cover_expand(S("{{pick 0|1|2}}{{pick 0|1|2}}"), &v, &arena);
        assert_int_equal(got.n, 2);
        assert_int_equal(got.p[0], got.p[1]);
        assert_in_range(got.p[0], '0', '2');
        seen[got.p[0] - '0'] = true;
    }
    assert_true(seen[0] && seen[1] && seen[2]);
}

static void test_attributes(void **state)
{
    str tag = S("<text a=\"1>2\" data-box = '1 2 3 4' b=\"it's\" c>");

    assert_int_equal(cover_tag_length(tag), tag.n);
    check_str(cover_attr(tag, S("a")), "1>2");
    check_str(cover_attr(tag, S("data-box")), "1 2 3 4");
    check_str(cover_attr(tag, S("b")), "it's");
    check_str(cover_attr(tag, S("c")), "");
    check_str(cover_attr(S("<text data-box"), S("data-box")), "");
    check_str(cover_attr(S("<text data-box='1"), S("data-box")), "");
    check_str(
        cover_unescape(S("a &lt;&amp;&gt; &#39;&apos;&quot; &x;"), &arena),
        "a <&> ''\" &x;");
}

static void test_finding_texts(void **state)
{
    static const struct {
        const char *svg;
        size_t n;
    } table[] = {
        { "<text data-box='0 0 9 9'>a</text>", 1 },
        { "<text id='x' data-box='0 0 9 9'>a</text><text>b</text>", 1 },
        { "<text data-box='0 0 9 9'></text>", 1 },
        { "<text data-box='0 0 9 9'><tspan>a</tspan></text>", 0 },
        { "<text data-box='0 0 9 9'/><g>a</g>", 0 },
        { "<text data-box='0 0 9'>a</text>", 0 },
        { "<text data-box='0 0 9 -9'>a</text>", 0 },
        { "<text data-box='0 0 nan 9'>a</text>", 0 },
        { "<text data-box='0 0 1e99 9'>a</text>", 0 },
        { "<text data-box='0 0 9 9'>a", 0 },
        { "<text data-box='0 0 9 9", 0 },
        { "<text ", 0 },
    };

    for (size_t i = 0; i < N_OF(table); i++) {
        struct cover_texts texts = { 0 };
        cover_find_texts(str_of(table[i].svg), &arena, &texts);
        assert_int_equal(texts.n, table[i].n);
    }
}

/* librsvg may be missing where tests run; its message says so. */
static bool is_missing(const char *why)
{
    return why && strstr(why, "librsvg is missing");
}

#define HEAD                                                                   \
    "<svg xmlns='http://www.w3.org/2000/svg' width='16' height='20' "          \
    "viewBox='0 0 16 20'>"

static void test_drawing(void **state)
{
    static const struct {
        const char *svg;
        bool ok;
    } table[] = {
        { HEAD "<rect width='16' height='20' fill='{{pick red}}'/></svg>",
          true },
        { HEAD "<text data-box='1 1 14 18' data-size='5'>{{title}}</text>"
               "</svg>",
          true },
        { HEAD "<text data-box='1 1 14 18' data-size='1e-9'>x y</text></svg>",
          true },
        { HEAD "<text data-box='1 1 14 18' data-leading='99999'>x y</text>"
               "</svg>",
          true },
        { HEAD "<image width='9' height='9' href='file:///etc/hostname'/>"
               "<script>for(;;);</script></svg>",
          true },
        { HEAD "<text data-box='1 1 14 18' a='1' a='2'>{{title}}</text></svg>",
          false },
        { HEAD "<g>", false },
        { "{{title}}", false },
    };

    for (size_t i = 0; i < N_OF(table); i++) {
        str svg, jpeg = { 0 };
        const char *why = cover_fill(str_of(table[i].svg), &values, &arena,
                                     &svg);
        if (!why)
            why = cover_draw(svg, 160, 200, &arena, &jpeg);
        if (is_missing(why))
            skip();
        if (!why != table[i].ok)
            fail_msg("%s: %s", table[i].svg, why ? why : "drawn");
        assert_int_equal(str_starts(jpeg, S("\xFF\xD8\xFF")), table[i].ok);
    }
}

/* Versions of librsvg differ in what they make of entities. */
static void test_entities(void **state)
{
    str svg = S("<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>"
                "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
                "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
                "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>"
                "<!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>"
                "<!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;'>"
                "<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" HEAD
                "<text>&g;&x;</text></svg>");
    str jpeg = { 0 };
    const char *why = cover_draw(svg, 160, 200, &arena, &jpeg);

    if (is_missing(why))
        skip();
    assert_int_equal(!why, jpeg.n > 0);
}

/* Lines are tspans, escaped, one below the other. */
static void test_filled(void **state)
{
    str svg;
    const char *why = cover_fill(
        S(HEAD "<text data-box='1 2 1000 100' data-size='10' "
               "data-leading='2' text-anchor='end'>a &amp; b</text></svg>"),
        &values, &arena, &svg);

    if (is_missing(why))
        skip();
    assert_null(why);
    assert_true(str_find(svg, S("<tspan x=\"1001.00\" y=\"10.60\" "
                                "font-size=\"10.00\">a &amp; b</tspan>")) !=
                STR_NONE);
}

static void touch(str dir, const char *name)
{
    write_file(arena_cstr(&arena, path_join(&arena, dir, str_of(name))), S(""));
}

static void test_choice(void **state)
{
    str dir = tempdir_new(&arena), path;
    struct settings set;
    size_t n, cover = 0;

    settings_init(&set, &arena);
    assert_int_equal(cover_choose(&set, dir, &arena, &path), COVER_DRAWN);
    static const char *const steps[] = { "Cover.SVG", "cover.webp", "COVER.PNG",
                                         "cover.jpeg", "Cover.JPG" };
    for (size_t i = 0; i < N_OF(steps); i++) {
        touch(dir, steps[i]);
        assert_int_equal(cover_choose(&set, dir, &arena, &path), COVER_OWN);
        check_str(path_base(path), steps[i]);
    }
    set.cover = path_join(&arena, dir, S("none"));
    assert_int_equal(cover_choose(&set, dir, &arena, &path), COVER_NONE);
    touch(dir, "none");
    assert_int_equal(cover_choose(&set, dir, &arena, &path), COVER_GIVEN);
    set.cover = path_join(&arena, dir, S("gone.jpg"));
    assert_int_equal(cover_choose(&set, dir, &arena, &path), COVER_GIVEN);

    /* A link out of the folder counts on the command line only. */
    set.cover = path_join(&arena, dir, S("link.jpg"));
    assert_int_equal(symlink("/etc/hostname", set.cover.p), 0);
    assert_int_equal(cover_choose(&set, dir, &arena, &path), COVER_OWN);
    while (strcmp(option_table(&n)[cover].name, "cover"))
        cover++;
    set.is_set[cover] = true;
    assert_int_equal(cover_choose(&set, dir, &arena, &path), COVER_GIVEN);
    tempdir_sweep(dir, true);
}

static void test_own_in_a_folder(void **state)
{
    str dir = tempdir_new(&arena), sub = path_join(&arena, dir, S("static"));
    struct settings set;
    str path;

    settings_init(&set, &arena);
    assert_int_equal(mkdir(sub.p, 0700), 0);
    touch(sub, "cover.png");
    assert_int_equal(cover_choose(&set, dir, &arena, &path), COVER_OWN);
    check_str(path_base(path), "cover.png");
    tempdir_sweep(sub, true);
    assert_int_equal(symlink("/usr", sub.p), 0);
    assert_int_equal(cover_choose(&set, dir, &arena, &path), COVER_DRAWN);
    tempdir_sweep(dir, true);
}

/* The whole way, with what a user may give. */
static void test_given(void **state)
{
    static const struct {
        str bytes;
        const char *message; /* NULL: taken */
    } table[] = {
        { STR_INIT(HEAD "<rect width='9' height='9'/></svg>"), NULL },
        { STR_INIT("\xFF\xD8\xFF\xE0"), "JPEG" },
        { STR_INIT("no picture"), "no picture of a known type" },
        { STR_INIT(""), "empty file" },
        { STR_INIT("<svg xmlns='http://www.w3.org/2000/svg'><g></svg>"),
          "SVG that can't be read" },
    };
    str dir = tempdir_new(&arena);
    struct settings set;
    struct diag dg;

    settings_init(&set, &arena);
    set.cover = path_join(&arena, dir, S("given"));
    set.cache_dir = path_join(&arena, dir, S("given/no-folder"));
    for (size_t i = 0; i < N_OF(table); i++) {
        write_file(arena_cstr(&arena, set.cover), table[i].bytes);
        diag_init(&dg, &arena);
        struct cover *c = cover_start(&(struct cover_request){
            .settings = &set, .folder = dir, .values = values });
        cover_wait(c, &dg);
        bool drawn = !dg.last || dg.last->code != DIAG_COVER_UNDRAWN;
        assert_int_equal(cover_image(c) != NULL, drawn);
        if (drawn)
            assert_int_equal(cover_image(c)->type, IMAGE_JPEG);
        if (drawn && !table[i].message)
            assert_null(dg.first);
        if (table[i].message) {
            assert_int_equal(dg.first->code, DIAG_COVER_BROKEN);
            assert_true(str_find(dg.first->text, str_of(table[i].message)) !=
                        STR_NONE);
        }
        cover_free(c);
    }
    tempdir_sweep(dir, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_all_fits),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_pick),
        cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_finding_texts),
        cmocka_unit_test(test_drawing),
        cmocka_unit_test(test_entities),
        cmocka_unit_test(test_filled),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_own_in_a_folder),
        cmocka_unit_test(test_given),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
