/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "epub/sheet.h"

static const struct {
    const char *in, *want;
    unsigned n_reports, line; /* of the first report */
} sheets[] = {
    { "p { color: red; margin: 0 }", "p { color: red; margin: 0 }\n", 0, 0 },
    { "@import 'x.css';\np{}", "\np{}\n", 1, 1 },
    { "p{a:b}\n@IMPORT url(x.css) screen;q{}", "p{a:b}q{}\n", 1, 1 },
    { "@charset \"euc-kr\";p{}", "p{}\n", 0, 0 },
    { "p{background:url(http://e.org/x.png);top:0}", "p{top:0}\n", 1, 1 },
    { "p{top:0;\nbackground:url( \"a;b}c.png\" )}", "p{top:0;}\n", 1, 1 },
    { "p{background:URL(a\\)b;c)}", "p{}\n", 1, 1 },
    { "p{background:\\75 rl(x.png);top:0}", "p{top:0}\n", 1, 1 },
    { "p{background:\\000075rl(x.png);top:0}", "p{top:0}\n", 1, 1 },
    { "p{background:u/**/rl(x)}", "p{background:u/**/rl(x)}\n", 0, 0 },
    { "p{b:image-set('x.png' 1x)}", "p{}\n", 1, 1 },
    { "p{b:-webkit-image-set('x' 1x)}", "p{}\n", 1, 1 },
    { "p{b:url(data:image/png;base64,AA==);c:d}",
      "p{b:url(data:image/png;base64,AA==);c:d}\n", 0, 0 },
    { "@font-face{font-family:x;src:url(x.woff)}",
      "@font-face{font-family:x;}\n", 1, 1 },
    { "p { direction: rtl; top: 0 }", "p { top: 0 }\n", 1, 1 },
    { "p{/* ; } */ unicode-bidi:embed}", "p{}\n", 1, 1 },
    { "p{content:'direction: rtl; url(x)'}",
      "p{content:'direction: rtl; url(x)'}\n", 0, 0 },
    { "/* url(x) */p{}", "/* url(x) */p{}\n", 0, 0 },
    { "p{}}q{", "p{}q{}\n", 0, 0 },
    { "@media print{p{top:0", "@media print{p{top:0}}\n", 0, 0 },
    { "@namespace url(http://e.org/);p{}",
      "@namespace url(http://e.org/);p{}\n", 0, 0 },
    { "p{a:'x\\", "p{a:'x\\}\n", 0, 0 },
    { "p{a:\\", "p{a:\\}\n", 0, 0 },
    { "p{b:url(x", "p{}\n", 1, 1 },
    { "/* open", "/* open*/\n", 0, 0 },
    { "", "\n", 0, 0 },
};

static unsigned count(const struct diag *dg)
{
    unsigned n = 0;

    for (const struct diag_item *it = dg->first; it; it = it->next) {
        assert_int_equal(it->code, DIAG_CSS_DROPPED);
        n++;
    }
    return n;
}

static void test_sheets(void **state)
{
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        struct arena a;
        struct diag dg;
        struct buf b = { 0 };
        arena_init(&a);
        diag_init(&dg, &a);
        sheet_clean(&b, str_of(sheets[i].in), S("x.css"), &dg);
        if (!str_eq(buf_str(&b), str_of(sheets[i].want)))
            fail_msg("%s\ngot %.*s", sheets[i].in, STR_ARG(buf_str(&b)));
        assert_int_equal(count(&dg), sheets[i].n_reports);
        if (dg.first)
            assert_int_equal(dg.first->line, sheets[i].line);
        buf_done(&b);
        arena_done(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sheets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
