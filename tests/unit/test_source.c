/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/utf8.h"
#include "convert/source_chars.h"
#include "convert/source_scan.h"

/* One letter a line: Blank Text Heading Rule Fence Code raW. */
static const char kinds[] = {
    [LINE_BLANK] = 'B', [LINE_TEXT] = 'T',  [LINE_HEADING] = 'H',
    [LINE_RULE] = 'R',  [LINE_FENCE] = 'F', [LINE_CODE] = 'C',
    [LINE_RAW] = 'W'
};

static const struct {
    const char *text, *want;
} scans[] = {
    { "a\n\n# b\n---\n", "TBHR" },
    { "a\n---\nb", "TRT" },
    { "```\n~~~\n```\na", "FCFT" },
    { "````c\n```\n````\na", "FCFT" },
    { "~~~ x `y`\na\n~~~~\n", "FCF" },
    { "``` a`b\nc", "TT" },
    { "    a\n\n    b\nc", "CBCT" },
    { "a\n    b", "TT" },
    { "\ta", "C" },
    { "> ```\n> a\n> ```\nb", "FCFT" },
    { "> ```\n> a\nb", "FCT" },
    { "- ```\n  a\n  ```\n- b", "FCFT" },
    { "- a\n\n      b\n    c", "TBCT" },
    { "1. a\n   ```\n   b\n   ```", "TFCF" },
    { "1. a\n\n2) b\n-   c", "TBTT" },
    { "a\n2. b", "TT" },
    { "> a\nb\n> c", "TTT" },
    { "<pre>\n\na\n</pre>\nb", "WBWWT" },
    { "<!-- a\nb -->\nc", "WWT" },
    { "<script>a</script>\nb", "WT" },
    { "* * *\n- - a", "RT" },
    { "- a\n  - b\n    - c\n\n      d", "TTTBT" },
};

static void lines_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof scans / sizeof *scans; i++) {
        struct scan sc;
        struct scan_line line;
        char got[32];
        size_t n = 0;

        scan_init(&sc, str_of(scans[i].text));
        while (scan_next(&sc, &line))
            got[n++] = line.kind == LINE_RAW && line.content.n == 0
                           ? 'B'
                           : kinds[line.kind];
        got[n] = '\0';
        if (strcmp(got, scans[i].want) != 0)
            print_error("in: %s\n", scans[i].text);
        assert_string_equal(got, scans[i].want);
        assert_int_equal(sc.line, n);
        assert_false(sc.too_deep);
    }
}

static void contents_stand_behind_containers(void **state)
{
    static const struct {
        const char *text, *prefix, *content;
    } lines[] = {
        { "> - a", "> - ", "a" },       { "  12) b", "  12) ", "b" },
        { ">\tc", ">\t", "c" },         { "plain", "", "plain" },
        { "   > > d", "   > > ", "d" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct scan sc;
        struct scan_line line;

        scan_init(&sc, str_of(lines[i].text));
        assert_true(scan_next(&sc, &line));
        assert_true(str_eq(line.prefix, str_of(lines[i].prefix)));
        assert_true(str_eq(line.content, str_of(lines[i].content)));
    }
}

static void characters_are_told_apart(void **state)
{
    static const struct {
        uint32_t c;
        bool cjk, punct, space;
    } chars[] = {
        { 'a', false, false, false },    { '*', false, true, false },
        { 0xa0, false, false, true },    { 0xac00, true, false, false },
        { 0x1100, true, false, false },  { 0x3042, true, false, false },
        { 0x4e00, true, false, false },  { 0x20000, true, false, false },
        { 0x3001, true, true, false },   { 0x3000, true, false, true },
        { 0xff08, true, true, false },   { 0xff71, true, false, false },
        { 0x2018, false, true, false },  { 0x1f600, false, false, false },
        { 0x231a, false, false, false }, { 0x303f, false, false, false },
        { 0xe9, false, false, false },   { 0x10ffff, false, false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof chars / sizeof *chars; i++) {
        assert_int_equal(char_is_cjk(chars[i].c), chars[i].cjk);
        assert_int_equal(char_is_punct(chars[i].c), chars[i].punct);
        assert_int_equal(utf8_is_space(chars[i].c), chars[i].space);
    }
}

/* '|' stands for the run. */
static void runs_flank(void **state)
{
    static const struct {
        const char *text;
        bool left, right;
    } runs[] = {
        { " |a", true, false }, { "a| ", false, true }, { " | ", false, false },
        { "a|b", true, true },  { "a|(", false, true }, { ")|b", true, false },
        { "가|(", true, true }, { ")|가", true, true }, { "。|b", true, true },
        { "a|「", true, true }, { "|a", true, false },  { "a|", false, true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        str s = str_of(runs[i].text);
        struct flanks f = flanks_of(s, str_find_char(s, '|'), 1);
        assert_int_equal(f.left, runs[i].left);
        assert_int_equal(f.right, runs[i].right);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_told_apart),
        cmocka_unit_test(contents_stand_behind_containers),
        cmocka_unit_test(characters_are_told_apart),
        cmocka_unit_test(runs_flank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
