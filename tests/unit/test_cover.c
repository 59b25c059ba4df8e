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
#include "assets/cover_areas.h"
#include "assets/cover_draw.h"
#include "assets/cover_letters.h"
#include "assets/cover_outline.h"
#include "assets/cover_parts.h"
#include "assets/cover_path.h"
#include "assets/cover_select.h"
#include "assets/cover_style.h"
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
            assert_true(lines.lines.n >= 1 && lines.lines.n <= boxes[i].lines);
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
        assert_true(got.p[0] >= '0' && got.p[0] <= '2');
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

static void test_selectors(void **state)
{
    static const struct {
        const char *selector;
        enum cover_match want;
        uint32_t specificity;
    } table[] = {
        { "text", COVER_MATCHES, 0x1 },
        { ".b", COVER_MATCHES, 0x100 },
        { "text.a.b#t:lang(ko)", COVER_MATCHES, 0x10301 },
        { "text:lang(ja, ko-KR)", COVER_MATCHES, 0x101 },
        { "text:lang(ko-Hang)", COVER_MATCHES_NOT, 0 },
        { "text:lang(k)", COVER_MATCHES_NOT, 0 },
        { "rect", COVER_MATCHES_NOT, 0 },
        { ".A", COVER_MATCHES_NOT, 0 },
        { "#a", COVER_MATCHES_NOT, 0 },
        { "*", COVER_ODD, 0 },
        { ":lang(ko)", COVER_ODD, 0 },
        { "tspan", COVER_ODD, 0 },
        { "path", COVER_ODD, 0 },
        { "svg text", COVER_ODD, 0 },
        { "svg>text", COVER_ODD, 0 },
        { "text:first-child", COVER_ODD, 0 },
        { "text:lang()", COVER_ODD, 0 },
        { "text:lang(ko ja)", COVER_ODD, 0 },
        { "text::first-line", COVER_ODD, 0 },
        { "text[id]", COVER_ODD, 0 },
        { "text. a", COVER_ODD, 0 },
        { "text.", COVER_ODD, 0 },
        { "", COVER_ODD, 0 },
    };
    struct cover_attribute attrs[] = { { S("class"), S(" a b") },
                                       { S("id"), S("t") } };
    struct cover_element e = { S("text"), { attrs, 2, 2 } };

    for (size_t i = 0; i < N_OF(table); i++) {
        struct tokens t = css_tokenize(str_of(table[i].selector), &arena);
        uint32_t specificity = 0;
        enum cover_match got = cover_select(t, &e, S("ko-KR"), &specificity);
        if (got != table[i].want)
            fail_msg("%s: %d", table[i].selector, got);
        if (got == COVER_MATCHES)
            assert_int_equal(specificity, table[i].specificity);
    }
}

/* A style sheet, attributes of the root and of the text. */
static str page(const char *sheet, const char *root, const char *text)
{
    return arena_printf(&arena,
                        "<svg xmlns='http://www.w3.org/2000/svg' width='160' "
                        "height='200' viewBox='0 0 160 200' %s><style>%s"
                        "</style><rect width='9' height='9'/>"
                        "<text data-box='8 8 144 180' data-size='40' %s>"
                        "Ab</text></svg>",
                        root, sheet, text);
}

static bool styles_of(str svg, struct cover_style **styles)
{
    struct cover_texts texts = { 0 };

    cover_find_texts(svg, &arena, &texts);
    assert_int_equal(texts.n, 1);
    return cover_styles_read(svg, &texts, &arena, styles);
}

#define LANG "xml:lang='zh-Hant-TW'"

static void test_styles(void **state)
{
    static const struct {
        const char *sheet, *root, *text;
        const char *want; /* family, weight, slant, spacing, paint */
    } table[] = {
        { "text{font-family:'A B',serif}", LANG, "", "A B,serif 400 0 0.00 " },
        { "text{font-family:A  B;fill:#FFF}.t{font-weight:bold;fill:red}"
          "text{font-weight:300;fill:#000000}",
          LANG, "class='t'", "A B 700 0 0.00 fill:red;" },
        { "text{font-family:A;fill:#fff!important}#t{fill:red}", LANG,
          "id='t' style='fill:blue;opacity:50%'",
          "A 400 0 0.00 fill:#fff;opacity:50%;" },
        { "svg{font:unknown}", LANG, "font-family='A'", NULL },
        { "svg{font-family:A;font-style:italic}", LANG,
          "letter-spacing='0.5em' fill-opacity='.5' font-size='1'",
          "A 400 1 0.50 fill-opacity:.5;" },
        { ".t{font-family:A}", LANG " class='t' font-weight='600'", "",
          "A 600 0 0.00 " },
        { "text{font-family:A}text:lang(zh){font-weight:200}"
          "text:lang(zh-TW){font-weight:900}text:lang(zh-Hans)"
          "{font-weight:100}",
          LANG, "", "A 900 0 0.00 " },
        { "text:lang(ko){font-family:K}text{font-family:A}", LANG,
          "xml:lang='ko'", "K 400 0 0.00 " },
        { "text,rect.x{font-family:A}rect{stroke:url(#x)}/* a > b */", LANG,
          "transform='rotate(3)'", "A 400 0 0.00 " },
        /* not for certain */
        { "text{font-family:A}", "", "", NULL },
        { "", LANG, "", NULL },
        { "text{font-family:A;stroke:red}", LANG, "", NULL },
        { "text{font-family:A;text-anchor:end}", LANG, "", NULL },
        { "text{font-family:A}", LANG " text-anchor='end'", "", NULL },
        { "text{font-family:inherit}", LANG, "", NULL },
        { "text{font-family:A;fill:url(#g)}", LANG, "", NULL },
        { "text{font-family:A;fill:rainbow}", LANG, "", NULL },
        { "text{font-family:A;fill:}", LANG, "", NULL },
        { "text{font-family:A;letter-spacing:3px}", LANG, "", NULL },
        { "text{font-family:A;font-weight:bolder}", LANG, "", NULL },
        { "text{font-family:A;font-style:oblique}", LANG, "", NULL },
        { "text{font-family:A}", LANG, "writing-mode='tb'", NULL },
        { "text{font-family:A}", LANG, "xml:space='preserve'", NULL },
        { "text{font-family:A}", LANG, "id='&amp;'", NULL },
        { "text{font-family:A}@font-face{}", LANG, "", NULL },
        { "text{font-family:A}@media print{}", LANG, "", NULL },
        { "text{font-family:A}*{fill:red}", LANG, "", NULL },
        { "text{font-family:A}tspan{fill:red}", LANG, "", NULL },
        { "text{font-family:A}path{fill:red}", LANG, "", NULL },
        { "<![CDATA[text{font-family:A}]]>", LANG, "", NULL },
        { "text{font-family:A}</style><g><style>", LANG, "", NULL },
        { "text{font-family:A}", LANG " stroke='red'", "", NULL },
    };
    struct cover_style *st;

    for (size_t i = 0; i < N_OF(table); i++) {
        str svg = page(table[i].sheet, table[i].root, table[i].text);
        bool ok = styles_of(svg, &st);
        if (ok != (table[i].want != NULL))
            fail_msg("%.*s", STR_ARG(svg));
        if (!ok)
            continue;
        str got = st->families.v[0];
        for (size_t k = 1; k < st->families.n; k++)
            got = arena_printf(&arena, "%.*s,%.*s", STR_ARG(got),
                               STR_ARG(st->families.v[k]));
        got = arena_printf(&arena, "%.*s %u %d %.2f %.*s", STR_ARG(got),
                           st->weight, st->italic, st->spacing,
                           STR_ARG(st->paint));
        check_str(got, table[i].want);
    }
}

/* Where the texts are must be known. */
static void test_markup(void **state)
{
#define TEXT "<text data-box='0 0 9 9' font-family='A'>a</text>"
    static const struct {
        const char *svg;
        bool ok;
    } table[] = {
        { "<?xml version='1.0'?><!-- <g> --><svg " LANG ">" TEXT "</svg>",
          true },
        { "<svg " LANG "><g><rect/></g>" TEXT TEXT "</svg>", true },
        { "<svg " LANG "><g>" TEXT "</g></svg>", false },
        { "<svg " LANG "><!-- " TEXT " --></svg>", false },
        { "<!DOCTYPE svg><svg " LANG ">" TEXT "</svg>", false },
        { "<?xml-stylesheet href='a'?><svg " LANG ">" TEXT "</svg>", false },
        { "<svg " LANG ">" TEXT, false },
        { "<svg " LANG "></svg>" TEXT, false },
        { "<s:svg " LANG ">" TEXT "</s:svg>", false },
        { "<svg " LANG " a=1>" TEXT "</svg>", false },
        { "<svg " LANG " id='a' id='b'>" TEXT "</svg>", false },
        { "<svg " LANG "><style media='print'></style>" TEXT "</svg>", false },
        { "<svg " LANG "><style>" TEXT "</svg>", false },
        { "</svg><svg " LANG ">" TEXT "</svg>", false },
        { "<svg " LANG ">" TEXT "</svg><", false },
    };

    for (size_t i = 0; i < N_OF(table); i++) {
        struct cover_texts texts = { 0 };
        struct cover_style *st;
        str svg = str_of(table[i].svg);
        cover_find_texts(svg, &arena, &texts);
        if (cover_styles_read(svg, &texts, &arena, &st) != table[i].ok)
            fail_msg("%s", table[i].svg);
    }
}

static void test_letters(void **state)
{
    static const uint32_t plain[] = { 'A',    ' ',    0xE9,   0x301,  0x3A9,
                                      0x416,  0x2013, 0x2026, 0x3042, 0x30FC,
                                      0x4E00, 0xAC00, 0x1100, 0x3105, 0xFF01,
                                      0x2192, 0x20BB7 };
    static const uint32_t other[] = { 0,       0x9,     0xA,    0x7F,    0xAD,
                                      0x5D0,   0x627,   0x0E01, 0x0915,  0x200B,
                                      0x200D,  0x200F,  0x202E, 0x2028,  0x2066,
                                      0xFE0F,  0x20E3,  0x231A, 0x25FE,  0x2600,
                                      0x1F600, 0xE0041, 0xE000, 0x10FFFF };

    for (size_t i = 0; i < N_OF(plain); i++)
        if (!cover_is_plain(plain[i]))
            fail_msg("U+%04X", plain[i]);
    for (size_t i = 0; i < N_OF(other); i++)
        if (cover_is_plain(other[i]))
            fail_msg("U+%04X", other[i]);
}

/* Texts are paths, in the same places as tspans would be, or stay what they
 * are. */
static void test_outlines(void **state)
{
    static const struct {
        const char *text;
        bool outlines;
    } table[] = {
        { "Notes, of a \"long\"  walk", true },
        { "", true },
        { "\xF0\x9F\x8E\x89", false },
        { "a\u202Eb", false },
        { "\u05D0", false },
    };

    for (size_t i = 0; i < N_OF(table); i++) {
        struct cover_values v = { .title = str_of(table[i].text),
                                  .lang = S("en") };
        str svg;
        const char *why = cover_fill(
            S("<svg xmlns='http://www.w3.org/2000/svg' width='160' "
              "height='200' xml:lang='{{lang}}'><text data-box='8 8 144 180' "
              "id='t' data-size='40' font-family='serif' fill='red'>{{title}}"
              "</text></svg>"),
            &v, &arena, &svg);
        if (why && (is_missing(why) || strstr(why, "no font has")))
            skip();
        assert_null(why);
        bool outlines = str_find(svg, S("<text")) == STR_NONE;
        if (outlines != table[i].outlines)
            fail_msg("%.*s", STR_ARG(svg));
        if (outlines && v.title.n)
            assert_true(str_find(svg, S("<path id=\"t\" style=\"fill:red;"
                                        "fill-rule:nonzero\" d=\"M")) !=
                        STR_NONE);
    }
}

#define GROUND "<rect width='16' height='20' fill='#000'/>"

/* What a page can hold as it is, and what is left to librsvg. */
static void test_areas(void **state)
{
    static const struct {
        const char *svg;
        bool ok;
    } table[] = {
        { HEAD GROUND "<path d='M1 1L2 2L3 1Z' fill='red'/></svg>", true },
        { HEAD "<style>.a{fill:#fff}</style>" GROUND
               "<rect class='a' x='1' width='2' height='3'/></svg>",
          true },
        { HEAD "<!-- no ground --><path d='M1 1L2 2'/></svg>", true },
        { HEAD "</svg>", false },
        { HEAD GROUND "<circle r='3'/></svg>", false },
        { HEAD GROUND "<text>a</text></svg>", false },
        { HEAD GROUND "<g><rect width='1' height='1'/></g></svg>", false },
        { HEAD GROUND "<rect width='9' height='9' rx='2'/></svg>", false },
        { HEAD GROUND "<rect width='9px' height='9'/></svg>", false },
        { HEAD GROUND "<rect width='9'/></svg>", false },
        { HEAD GROUND "<path d='M1 1l1 1'/></svg>", false },
        { HEAD GROUND "<path d='M1 1L1'/></svg>", false },
        { HEAD GROUND "<path d='L1 1'/></svg>", false },
        { HEAD GROUND "<path d='M1 1Z5'/></svg>", false },
        { HEAD GROUND "<path d='M1 1L1e9 1'/></svg>", false },
        { HEAD GROUND "<path d='M1 1L2 2' stroke='red'/></svg>", false },
        { HEAD GROUND "<path d='M1 1L2 2' style='stroke:red'/></svg>", false },
        { HEAD GROUND "<path d='M1 1L2 2' transform='scale(2)'/></svg>",
          false },
        { HEAD GROUND "<path d='M1 1L2 2' fill='url(#a)'/></svg>", false },
        { HEAD GROUND "<path d='M1 1' fill-rule='evenodd'/></svg>", false },
        { HEAD "<style>rect{stroke:red}</style>" GROUND "</svg>", false },
        { "<svg viewBox='0 0 16 20' width='16' height='40'>" GROUND "</svg>",
          false },
        { "<svg viewBox='1 0 16 20'>" GROUND "</svg>", false },
        { "<svg width='16' height='20'>" GROUND "</svg>", false },
        { "<svg viewBox='0 0 16 20' opacity='.5'>" GROUND "</svg>", false },
    };
    struct cover_areas areas;

    for (size_t i = 0; i < N_OF(table); i++)
        if (cover_areas_read(str_of(table[i].svg), &arena, &areas) !=
            table[i].ok)
            fail_msg("%s", table[i].svg);
    assert_true(cover_areas_read(S(HEAD "<path d='M1 1'/>" GROUND "</svg>"),
                                 &arena, &areas));
    assert_false(areas.has_ground);
}

/* Of half white on black is grey, and on more than the ground it is unknown. */
static void test_opacity(void **state)
{
    struct cover_areas areas;

    assert_true(cover_areas_read(
        S(HEAD GROUND "<rect width='2' height='2' fill='#fff' opacity='50%'/>"
                      "<rect x='2' width='2' height='2' fill='#ff0000' "
                      "style='fill-opacity:.5;opacity:.5'/></svg>"),
        &arena, &areas));
    assert_true(areas.has_ground);
    assert_int_equal(areas.v.n, 3);
    assert_int_equal(areas.v.v[1].color, 0x808080);
    assert_int_equal(areas.v.v[2].color, 0x400000);
    assert_false(cover_areas_read(
        S(HEAD GROUND "<rect width='2' height='2' fill='#fff'/><rect x='1' "
                      "width='2' height='2' opacity='.5'/></svg>"),
        &arena, &areas));
    assert_false(cover_areas_read(
        S(HEAD "<rect width='2' height='2' opacity='.5'/></svg>"), &arena,
        &areas));
}

static str many_areas(unsigned n_rules, unsigned n_areas)
{
    struct buf b = { 0 };

    buf_puts(&b, HEAD "<style>");
    for (unsigned i = 0; i < n_rules; i++)
        buf_puts(&b, ".x{fill:red}");
    buf_puts(&b, "</style>" GROUND);
    for (unsigned i = 0; i < n_areas; i++)
        buf_puts(&b, "<path d='M1 1'/>");
    buf_puts(&b, "</svg>");
    str s = arena_dup(&arena, buf_str(&b));
    buf_done(&b);
    return s;
}

/* Every rule is tried for every area. */
static void test_many_areas(void **state)
{
    struct cover_areas areas;

    assert_true(cover_areas_read(many_areas(10, 1500), &arena, &areas));
    assert_true(cover_areas_read(many_areas(20000, 10), &arena, &areas));
    assert_false(cover_areas_read(many_areas(20000, 1500), &arena, &areas));
}

static void test_path(void **state)
{
    static const struct area_step steps[] = {
        { .kind = AREA_MOVE, .to = { 0, 0 } },
        { .kind = AREA_LINE, .to = { 5, 0 } },
        { .kind = AREA_LINE, .to = { 5, 6 } },
        { AREA_CURVE, { 8, 3 }, { { 7, 6 }, { 8, 5 } } },
        { .kind = AREA_LINE, .to = { 1, -0.5 } },
        { .kind = AREA_LINE, .to = { 30, 4 } },
        { .kind = AREA_CLOSE, .to = { 0, 0 } },
        { .kind = AREA_LINE, .to = { 2, 2 } },
    };
    struct cover_area area = { 0 };

    assert_true(cover_path_read(S("M0 0 5,0V6Q8 6 8 3L1e0-.5 3.0e+1 4ZL2 2 "),
                                &arena, &area));
    assert_int_equal(area.steps.n, N_OF(steps));
    for (size_t i = 0; i < N_OF(steps); i++) {
        const struct area_step *a = &area.steps.v[i], *b = &steps[i];
        assert_int_equal(a->kind, b->kind);
        assert_float_equal(a->to.x, b->to.x, 1e-9);
        assert_float_equal(a->to.y, b->to.y, 1e-9);
        for (int k = 0; k < 2; k++) {
            assert_float_equal(a->control[k].x, b->control[k].x, 1e-9);
            assert_float_equal(a->control[k].y, b->control[k].y, 1e-9);
        }
    }
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
        struct cover *c = cover_start(
            &(struct cover_request){ .settings = &set,
                                     .folder = dir,
                                     .wants_jpeg = true,
                                     .values = values });
        cover_wait(c, &dg);
        bool drawn = !dg.last || dg.last->code != DIAG_COVER_UNDRAWN;
        assert_int_equal(cover_image(c) != NULL, drawn);
        if (drawn)
            assert_int_equal(cover_image(c)->type, IMAGE_JPEG);
        if (drawn && !table[i].message)
            assert_null(dg.first);
        if (table[i].message) {
            assert_int_equal(dg.first->code, DIAG_COVER_BROKEN);
            assert_true(is_missing(arena_cstr(&arena, dg.first->text)) ||
                        str_find(dg.first->text, str_of(table[i].message)) !=
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
        cmocka_unit_test(test_selectors),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_markup),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_outlines),
        cmocka_unit_test(test_areas),
        cmocka_unit_test(test_many_areas),
        cmocka_unit_test(test_opacity),
        cmocka_unit_test(test_path),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_own_in_a_folder),
        cmocka_unit_test(test_given),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
